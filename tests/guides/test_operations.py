"""A guide from its first words to its end: versions, review, readers, the record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.audit.models import ActorKind
from directory.audit.policy import COMMAND, Actor
from directory.audit.queries import AuditFilter, events
from directory.core.clock import delhi_day
from directory.core.errors import ConflictError, NotAllowedError, NotFoundError
from directory.guides.models import GuideState
from directory.guides.operations import (
    publish_guide,
    review_version,
    withdraw_guide,
    write_guide,
)
from directory.guides.policy import RefusedGuideError, Review
from directory.guides.queries import (
    count_guides,
    desk_guide,
    desk_guides,
    guides_of_terms,
    is_withdrawn,
    public_guide,
    published_guides,
)
from directory.vocabulary.models import TermKind
from tests.factories.guides import REVIEWER, SLUG, draft, publish, review, write

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary


def shown_body(session: Session) -> str | None:
    """Give what readers see; None for nothing."""
    session.rollback()
    found = public_guide(session, SLUG)
    return None if found is None else found.version.draft.body


@pytest.mark.db
def test_a_guide_is_shown_once_a_clinician_has_read_it(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    write(vocabulary, now)
    assert shown_body(session) is None
    with pytest.raises(RefusedGuideError, match="clinician"):
        publish_guide(actor=COMMAND, slug=SLUG, version=1, now=now)

    review(now)
    publish_guide(actor=COMMAND, slug=SLUG, version=1, now=now)

    assert shown_body(session) == draft().body
    term = vocabulary.terms[TermKind.TREATMENT]["iv-ketamine"]
    (line,) = guides_of_terms(session, [term.id])[term.id]
    assert [line] == published_guides(session)
    assert (line.slug, line.reviewed_on) == (SLUG, delhi_day(now))


@pytest.mark.db
def test_writing_on_leaves_what_readers_see(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)

    write(vocabulary, now, seen=1, body="New words [1].")

    assert shown_body(session) == draft().body
    guide = desk_guide(session, SLUG)
    assert (guide.newest.number, guide.shown_version) == (2, 1)
    assert not guide.newest.is_reviewed
    review(now, version=2)
    publish_guide(actor=COMMAND, slug=SLUG, version=2, now=now)
    assert shown_body(session) == "New words [1]."


def test_the_same_words_make_no_version_and_other_terms_count_at_once(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)

    write(vocabulary, now, seen=1)
    assert desk_guide(session, SLUG).newest.number == 1
    write(vocabulary, now, seen=1, about="cbt")

    session.rollback()
    term = vocabulary.terms[TermKind.TREATMENT]["cbt"]
    assert list(guides_of_terms(session, [term.id])) == [term.id]
    assert desk_guide(session, SLUG).newest.number == 1


def test_a_version_written_meanwhile_is_not_overwritten(
    vocabulary: Vocabulary, now: datetime
) -> None:
    write(vocabulary, now)
    write(vocabulary, now, seen=1, title="Second")

    with pytest.raises(ConflictError):
        write(vocabulary, now, seen=1, title="Third")
    with pytest.raises(ConflictError):
        publish_guide(actor=COMMAND, slug=SLUG, version=1, now=now)
    with pytest.raises(ConflictError):
        review(now, version=1)


def test_an_address_is_given_once(vocabulary: Vocabulary, now: datetime) -> None:
    write(vocabulary, now)

    with pytest.raises(RefusedGuideError, match="at this address already"):
        write(vocabulary, now)
    with pytest.raises(NotFoundError):
        write(vocabulary, now, slug="another", seen=1)


def test_everything_that_is_wrong_is_said_at_once(vocabulary: Vocabulary, now: datetime) -> None:
    language = vocabulary.terms[TermKind.LANGUAGE]["hi"]
    with pytest.raises(RefusedGuideError) as refused:
        write_guide(
            actor=COMMAND,
            slug="No",
            draft=draft(title="", term_ids=(language.id,)),
            seen=None,
            vocabulary=vocabulary,
            now=now,
        )

    assert [fault.field for fault in refused.value.faults] == ["slug", "title", "about"]


def test_a_review_that_is_over_is_due_and_said_to_readers(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)
    later = now + timedelta(days=365)
    today = delhi_day(later)

    (line,) = desk_guides(session, today=today)
    assert line.is_due(today)
    assert not line.is_due(today - timedelta(days=1))
    assert published_guides(session)[0].is_over(today)
    assert count_guides(session, today=today).due == 1

    review_version(
        actor=COMMAND,
        slug=SLUG,
        version=1,
        review=Review(REVIEWER, today, today + timedelta(days=200)),
        now=later,
    )
    session.rollback()
    assert count_guides(session, today=today).due == 0


def test_a_guide_taken_back_is_seen_no_more_and_may_come_back(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)

    withdraw_guide(actor=COMMAND, slug=SLUG, now=now)

    assert shown_body(session) is None
    assert is_withdrawn(session, SLUG)
    assert desk_guide(session, SLUG).state is GuideState.WITHDRAWN
    with pytest.raises(ConflictError):
        withdraw_guide(actor=COMMAND, slug=SLUG, now=now)
    publish_guide(actor=COMMAND, slug=SLUG, version=1, now=now)
    assert shown_body(session) is not None
    with pytest.raises(ConflictError, match="already"):
        publish_guide(actor=COMMAND, slug=SLUG, version=1, now=now)


def test_every_step_is_an_act_in_the_record(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)
    withdraw_guide(actor=COMMAND, slug=SLUG, now=now)

    acts = [
        (event.act, event.facts.get("version")) for event in events(session, AuditFilter()).items
    ]
    assert acts == [
        ("guide.withdrawn", 1),
        ("guide.published", 1),
        ("guide.reviewed", 1),
        ("guide.written", 1),
    ]


def test_only_an_administrator_may_do_any_of_it(vocabulary: Vocabulary, now: datetime) -> None:
    publish(vocabulary, now)
    rani = Actor(ActorKind.MODERATOR, 7, "Rani")
    today = delhi_day(now)
    found = Review("Rani, MD", today, today + timedelta(days=9))

    for step in (
        lambda: write_guide(
            actor=rani, slug="x", draft=draft(), seen=None, vocabulary=vocabulary, now=now
        ),
        lambda: review_version(actor=rani, slug=SLUG, version=1, review=found, now=now),
        lambda: publish_guide(actor=rani, slug=SLUG, version=1, now=now),
        lambda: withdraw_guide(actor=rani, slug=SLUG, now=now),
    ):
        with pytest.raises(NotAllowedError):
            step()
