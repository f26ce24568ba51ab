"""kill -9 of a sender at any moment: in the end every letter is one whole file, none is lost."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import utc_now
from directory.mail.operations import send_due
from directory.mail.queries import CLAIM_GOOD_FOR
from directory.mail.senders import FolderSender
from directory.outbox.models import LetterKind, LetterState
from tests.drills.test_killed_indexer import kill_a_child, program
from tests.mail.letters import SITE, queue, read, rows

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

pytestmark = pytest.mark.db
LETTERS_A_KILL = 12
LONGEST_SECONDS = 0.5
# So few kills may all have fallen between two letters.
FEW = 30


def test_a_sender_killed_at_any_moment_sends_every_letter_once(
    app: Flask, session: Session, *, database_url: str, tmp_path: Path, kills: int
) -> None:
    dice = random.Random(kills)  # noqa: S311 - no secret
    keys, folder = app.extensions["keys"], tmp_path / "mail"
    left_in_the_middle = 0
    with program(database_url, tmp_path, "killed_sender") as started:
        for turn in range(kills):
            for number in range(LETTERS_A_KILL):
                address = f"reader{turn}-{number}@example.org"
                queue(utc_now(), LetterKind.SIGN_IN, keys=keys, address=address)
            session.rollback()
            kill_a_child(started, dice.uniform(0.02, LONGEST_SECONDS))
            left_in_the_middle += any(letter.state is LetterState.SENDING for letter in rows())

    later = utc_now() + CLAIM_GOOD_FOR + timedelta(seconds=1)
    queued = kills * LETTERS_A_KILL
    send_due(sender=FolderSender(folder), keys=keys, site=SITE, now=later, limit=queued)

    assert [letter.state for letter in rows()] == [LetterState.SENT] * queued
    messages = [read(path) for path in folder.iterdir()]
    addresses = Counter(message["To"] for message in messages)
    assert set(addresses.values()) == {1}
    assert len(addresses) == queued
    assert len({message["Message-ID"] for message in messages}) == queued
    assert [path.name for path in folder.iterdir() if path.suffix != ".eml"] == []
    assert all(message.get_content().count("ABCD2345") == 2 for message in messages)
    assert left_in_the_middle or kills < FEW
