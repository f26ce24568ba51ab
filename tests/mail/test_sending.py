"""Sending: each letter once, again after a failure, and nothing kept of what has left."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from directory.accounts.keys import Keys
from directory.core.db import WRITING, db, writing
from directory.mail.operations import KEPT, PAUSES, SendCount, prune_letters, send_due
from directory.mail.senders import NeverError, NotNowError
from directory.outbox.models import Letter, LetterKind, LetterState
from tests.mail.letters import ADDRESS, KEYS, SITE, Kept, Refusing, queue, read, rows

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.mail.senders import Sender
    from tests.conftest import CountSql

pytestmark = [pytest.mark.db, pytest.mark.timeout(30)]


def send(now: datetime, sender: Sender, *, keys: Keys = KEYS, limit: int = 50) -> SendCount:
    return send_due(sender=sender, keys=keys, site=SITE, now=now, limit=limit)


def test_a_letter_leaves_and_nothing_of_it_is_kept(session: Session, now: datetime) -> None:
    queue(now, LetterKind.SIGN_IN)
    sender = Kept()

    assert send(now, sender) == SendCount(sent=1)

    (message,) = [read(sent) for sent in sender.sent]
    assert message["To"] == ADDRESS
    assert "ABCD2345" in message.get_content()
    (letter,) = rows()
    assert (letter.state, letter.sent_at, letter.claimed_at) == (LetterState.SENT, now, None)
    assert (letter.address_sealed, letter.facts_sealed) == (None, None)
    assert message["Message-ID"] == f"<{letter.message_id}@directory.example>"


def test_a_letter_leaves_once(session: Session, now: datetime) -> None:
    queue(now)
    sender = Kept()

    send(now, sender)
    send(now + timedelta(days=1), sender)

    assert len(sender.sent) == 1


def test_a_letter_waits_for_its_time(session: Session, now: datetime) -> None:
    queue(now, not_before=now + timedelta(seconds=60))
    sender = Kept()

    assert send(now + timedelta(seconds=59), sender).tried == 0
    assert send(now + timedelta(seconds=60), sender).sent == 1


def test_the_oldest_leave_first_and_no_more_than_asked(session: Session, now: datetime) -> None:
    for number in range(5):
        queue(now + timedelta(seconds=-number), address=f"reader{number}@example.org")
    sender = Kept()

    assert send(now, sender, limit=2).sent == 2

    assert [read(sent)["To"] for sent in sender.sent] == [
        "reader4@example.org",
        "reader3@example.org",
    ]


def test_nothing_is_held_in_the_database_while_a_letter_leaves(
    session: Session, now: datetime
) -> None:
    class Looking:
        def send(self, message: EmailMessage) -> None:
            assert message["To"] == ADDRESS
            assert not db.session().info.get(WRITING)
            assert not db.session().in_transaction()

    queue(now)

    assert send(now, Looking()).sent == 1


def test_a_failure_waits_longer_each_time_and_then_is_given_up(
    session: Session, now: datetime
) -> None:
    queue(now)
    sender = Refusing(NotNowError("SMTP 451"))
    due = now
    for attempt, pause in enumerate(PAUSES, start=1):
        assert send(due, sender) == SendCount(delayed=1)
        (letter,) = rows()
        assert (letter.state, letter.attempts, letter.last_fault) == (
            LetterState.QUEUED,
            attempt,
            "SMTP 451",
        )
        assert send(due + pause - timedelta(seconds=1), sender).tried == 0
        due += pause

    assert send(due, sender) == SendCount(failed=1)

    (letter,) = rows()
    assert letter.state is LetterState.FAILED
    assert (letter.address_sealed, letter.facts_sealed) == (None, None)
    assert send(due + timedelta(days=30), Kept()).tried == 0


def test_an_address_nobody_has_is_given_up_at_once(session: Session, now: datetime) -> None:
    queue(now)

    assert send(now, Refusing(NeverError("SMTP 550"))) == SendCount(failed=1)

    (letter,) = rows()
    assert (letter.state, letter.last_fault) == (LetterState.FAILED, "SMTP 550")
    assert letter.address_sealed is None


def test_a_letter_sealed_with_another_key_waits_for_the_right_one(
    session: Session, now: datetime
) -> None:
    queue(now)
    sender = Kept()

    assert send(now, sender, keys=Keys.from_secret("another")) == SendCount(delayed=1)
    assert send(now + PAUSES[0], sender) == SendCount(sent=1)


def test_one_letter_that_cannot_be_written_holds_up_no_other(
    session: Session, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    class Choosy(Kept):
        def send(self, message: EmailMessage) -> None:
            if message["To"] == ADDRESS:
                raise ValueError(f"no way to {ADDRESS}")
            super().send(message)

    queue(now - timedelta(seconds=1))
    queue(now, address="other@example.org")
    sender = Choosy()

    assert send(now, sender) == SendCount(sent=1, delayed=1)
    assert rows()[0].last_fault == "ValueError"
    assert ADDRESS not in caplog.text


def test_a_letter_a_dead_sender_held_is_taken_up_after_five_minutes(
    session: Session, now: datetime
) -> None:
    queue(now)
    claim_for_somebody_who_dies(now)
    sender = Kept()

    assert send(now + timedelta(minutes=5), sender).tried == 0
    assert send(now + timedelta(minutes=5, seconds=1), sender).sent == 1


def claim_for_somebody_who_dies(now: datetime) -> None:
    with writing() as session:
        session.execute(update(Letter).values(state=LetterState.SENDING, claimed_at=now))


def test_who_comes_back_late_marks_nothing(session: Session, now: datetime) -> None:
    """A sender so slow that somebody else took its letter up does not speak for that one."""

    class Slow(Kept):
        def send(self, message: EmailMessage) -> None:
            super().send(message)
            claim_for_somebody_who_dies(now + timedelta(minutes=6))
            raise NotNowError("SMTP 451")

    queue(now)

    send(now, Slow())

    (letter,) = rows()
    assert (letter.state, letter.attempts) == (LetterState.SENDING, 0)


def test_two_senders_at_once_send_each_letter_once(app: Flask, now: datetime) -> None:
    with app.app_context():
        for number in range(20):
            queue(now, address=f"reader{number}@example.org")
    sender = Kept()

    def work() -> None:
        with app.app_context():
            send(now, sender)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    addresses = sorted(read(sent)["To"] for sent in sender.sent)
    assert len(addresses) == len(set(addresses)) == 20


def test_looking_for_nothing_writes_nothing(
    session: Session, now: datetime, count_sql: CountSql
) -> None:
    session.rollback()
    with count_sql() as statements:
        send(now, Kept())

    assert len(statements) == 1


def test_letters_that_ended_are_kept_for_thirty_days(session: Session, now: datetime) -> None:
    queue(now - KEPT - timedelta(seconds=1))
    queue(now - KEPT)
    send(now, Kept())
    queue(now - KEPT - timedelta(days=9), not_before=now + timedelta(days=1))

    assert prune_letters(now=now) == 1

    assert [letter.state for letter in rows()] == [LetterState.SENT, LetterState.QUEUED]
