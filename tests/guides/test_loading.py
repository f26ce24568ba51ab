"""Loading the guides that ship: shown at once, changed with the files, never over people's work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from directory.audit.policy import COMMAND
from directory.audit.queries import AuditFilter, events
from directory.core.db import writing
from directory.guides.files import GuideFile
from directory.guides.models import GuideVersion
from directory.guides.operations import publish_guide, withdraw_guide
from directory.guides.queries import (
    count_guides,
    desk_guides,
    published_guides,
    terms_of_guides,
)
from directory.guides.shipped import GuidesLoaded, load_shipped_guides
from tests.factories.guides import SLUG, draft, review, write

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

ABOUT = ("treatment/iv-ketamine", "condition/depression", "condition/of-no-page")
UNCHANGED = GuidesLoaded(1, 0, (), ())


def load(
    vocabulary: Vocabulary, now: datetime, about: tuple[str, ...] = ABOUT, **changes: Any
) -> GuidesLoaded:
    """Load one file."""
    file = GuideFile(SLUG, draft(**changes), about)
    return load_shipped_guides(now=now, vocabulary=vocabulary, files=[file])


def acts(session: Session) -> list[tuple[str, object]]:
    """Give the acts on record, the newest first, with the version each is of."""
    session.rollback()
    return [
        (event.act, event.facts.get("version")) for event in events(session, AuditFilter()).items
    ]


@pytest.mark.db
def test_a_guide_that_ships_is_shown_and_says_that_nobody_read_it(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    assert load(vocabulary, now) == replace(UNCHANGED, shown=1)

    (line,) = published_guides(session)
    assert (line.slug, line.reviewed_on, line.next_review_on) == (SLUG, None, None)
    assert len(terms_of_guides(session)[line.id]) == 2
    (desk,) = desk_guides(session, today=now.date())
    assert (desk.is_newest_shipped, desk.is_shown_unread) == (True, True)
    counts = count_guides(session, today=now.date())
    assert (counts.unreviewed, counts.shown_unread, counts.due) == (1, 1, 0)
    assert acts(session) == [("guide.published", 1), ("guide.written", 1)]


@pytest.mark.db
def test_the_same_file_changes_nothing_and_another_makes_a_version(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    load(vocabulary, now)

    assert load(vocabulary, now) == UNCHANGED
    assert len(acts(session)) == 2
    assert load(vocabulary, now, title="Another title") == replace(UNCHANGED, shown=1)
    assert published_guides(session)[0].title == "Another title"
    session.rollback()
    assert load(vocabulary, now, about=("treatment/cbt",), title="Another title") == UNCHANGED
    assert acts(session)[0] == ("guide.written", 2)


def test_what_a_clinician_read_stays_until_a_clinician_has_read_the_new_words(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    load(vocabulary, now)
    review(now)
    session.rollback()
    assert published_guides(session)[0].reviewed_on is not None
    assert count_guides(session, today=now.date()).shown_unread == 0

    assert load(vocabulary, now, title="Another title").waiting == (SLUG,)

    session.rollback()
    assert published_guides(session)[0].title == draft().title
    assert load(vocabulary, now, title="Another title") == UNCHANGED
    review(now, version=2)
    publish_guide(actor=COMMAND, slug=SLUG, version=2, now=now)
    session.rollback()
    assert published_guides(session)[0].title == "Another title"


def test_what_people_wrote_or_took_back_is_left_alone(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    load(vocabulary, now)
    write(vocabulary, now, seen=1, title="Of people")

    assert load(vocabulary, now, title="Another title").left == (SLUG,)
    session.rollback()
    assert published_guides(session)[0].title == draft().title

    withdraw_guide(actor=COMMAND, slug=SLUG, now=now)
    assert load(vocabulary, now).left == (SLUG,)
    session.rollback()
    assert published_guides(session) == []


def test_a_guide_taken_back_may_be_shown_again_as_it_shipped(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    load(vocabulary, now)
    withdraw_guide(actor=COMMAND, slug=SLUG, now=now)

    publish_guide(actor=COMMAND, slug=SLUG, version=1, now=now)

    session.rollback()
    assert [line.slug for line in published_guides(session)] == [SLUG]


@pytest.mark.db
def test_what_ships_is_written_by_no_person(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    load(vocabulary, now)
    guide_id = published_guides(session)[0].id

    with pytest.raises(IntegrityError, match="shipped_by_no_person"), writing() as written:
        written.get_one(GuideVersion, (guide_id, 1)).written_by_id = 1


def test_only_known_origins_are_stored(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    load(vocabulary, now)
    session.rollback()

    with pytest.raises(IntegrityError, match="guideorigin"), writing() as written:
        written.execute(text("UPDATE guide_version SET origin = 'found'"))
