"""Letters in the queue: with the change they tell about, once each, and gone when taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from directory.core.db import WriteOutsideTransactionError, writing
from directory.outbox.models import Letter, LetterKind, LetterState
from directory.outbox.operations import cancel_letters, queue_letter
from directory.outbox.policy import FACTS, LetterDraft, WrongLetterError, facts_from, facts_text

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

pytestmark = pytest.mark.db
GROUP = "decision:7"


def queue(
    now: datetime,
    kind: LetterKind = LetterKind.ERASED,
    *,
    group_key: str | None = GROUP,
    not_before: datetime | None = None,
) -> None:
    draft = LetterDraft(kind, "en", b"address", b"facts", group_key, not_before)
    with writing() as session:
        queue_letter(session, draft, now)


def cancel(now: datetime) -> bool:
    with writing() as session:
        return cancel_letters(session, GROUP, now)


def letters(session: Session) -> list[Letter]:
    session.rollback()
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_a_letter_waits_for_its_time(session: Session, now: datetime) -> None:
    queue(now, not_before=now + timedelta(minutes=1))
    queue(now, group_key=None)

    later, at_once = letters(session)
    assert (later.state, later.not_before) == (LetterState.QUEUED, now + timedelta(minutes=1))
    assert (at_once.state, at_once.not_before) == (LetterState.QUEUED, now)
    assert later.message_id != at_once.message_id


def test_a_letter_goes_with_the_change_it_tells_about(session: Session, now: datetime) -> None:
    draft = LetterDraft(LetterKind.ERASED, "en", b"address", b"facts")
    with pytest.raises(ValueError, match="half way"), writing() as transaction:  # noqa: PT012 - the failure comes after a write
        queue_letter(transaction, draft, now)
        raise ValueError("half way")

    assert letters(session) == []


def test_a_letter_belongs_into_a_writing_transaction(session: Session, now: datetime) -> None:
    with pytest.raises(WriteOutsideTransactionError):
        queue_letter(session, LetterDraft(LetterKind.ERASED, "en", b"a", b"f"), now)


def test_each_kind_is_queued_once_in_a_group(session: Session, now: datetime) -> None:
    queue(now)
    queue(now)
    queue(now, LetterKind.SECURITY)

    assert [letter.kind for letter in letters(session)] == [LetterKind.ERASED, LetterKind.SECURITY]


def test_what_is_taken_back_is_destroyed(session: Session, now: datetime) -> None:
    queue(now)
    queue(now, LetterKind.SECURITY)
    queue(now, group_key="decision:8")

    assert cancel(now)

    first, second, other = letters(session)
    assert [first.state, second.state] == [LetterState.CANCELLED] * 2
    assert (first.address_sealed, first.facts_sealed) == (None, None)
    assert other.state is LetterState.QUEUED


def test_a_group_without_letters_has_nothing_that_left(session: Session, now: datetime) -> None:
    assert cancel(now)


@pytest.mark.parametrize("state", [LetterState.SENDING, LetterState.SENT])
def test_a_letter_that_left_cannot_be_taken_back(
    session: Session, now: datetime, state: LetterState
) -> None:
    queue(now)
    is_sent = state is LetterState.SENT
    with writing() as transaction:
        transaction.execute(
            update(Letter).values(
                state=state,
                claimed_at=None if is_sent else now,
                sent_at=now if is_sent else None,
                address_sealed=None if is_sent else b"address",
                facts_sealed=None if is_sent else b"facts",
            )
        )

    assert not cancel(now)

    assert [letter.state for letter in letters(session)] == [state]


def test_a_letter_that_was_tried_may_have_left(session: Session, now: datetime) -> None:
    queue(now)
    with writing() as transaction:
        transaction.execute(update(Letter).values(attempts=1))

    assert not cancel(now)


@pytest.mark.parametrize(
    "values",
    [
        {"state": LetterState.SENT},
        {"state": LetterState.CANCELLED},
        {"address_sealed": None},
        {"facts_sealed": None},
        {"state": LetterState.SENDING},
        {"language": "fr"},
        {"attempts": -1},
    ],
    ids=str,
)
def test_the_database_refuses_a_letter_that_is_half_one_thing(
    session: Session, now: datetime, values: dict[str, object]
) -> None:
    queue(now)

    with pytest.raises(IntegrityError), writing() as transaction:
        transaction.execute(update(Letter).values(**values))


@pytest.mark.parametrize("kind", LetterKind)
def test_facts_come_back_as_they_were_and_none_is_missing(kind: LetterKind) -> None:
    facts = dict.fromkeys(FACTS[kind], "कुछ")

    assert facts_from(kind, facts_text(kind, facts)) == facts
    with pytest.raises(WrongLetterError, match="colour"):
        facts_text(kind, {**facts, "colour": "red"})
    with pytest.raises(WrongLetterError):
        facts_from(kind, '{"colour": "red"}')


@pytest.mark.parametrize(
    ("language", "message_id"), [("fr", None), ("en", "../../etc/x"), ("en", "short")]
)
def test_a_letter_nobody_could_send_is_refused(language: str, message_id: str | None) -> None:
    with pytest.raises(WrongLetterError):
        LetterDraft(LetterKind.ERASED, language, b"a", b"f", message_id=message_id)
