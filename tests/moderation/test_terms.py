"""Merging two terms: listings, history, guides, spellings, addresses and old slugs follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.audit.policy import COMMAND
from directory.audit.queries import AuditFilter, events
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.guides.models import Guide, GuideState, GuideTerm
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import ChangeCause, ListingChange, VerificationMethod
from directory.listings.operations import import_documents, undo_change
from directory.moderation.terms import Merged, merge_terms
from directory.vocabulary.models import TermKind
from directory.vocabulary.queries import load_vocabulary
from tests.factories.listings import Facts, make_centre, make_practitioner

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.listings.exchange.drafts import ListingDraft
    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made

pytestmark = pytest.mark.db


def merge(now: datetime, slug: str, into: str, kind: TermKind = TermKind.CONDITION) -> Merged:
    return merge_terms(actor=COMMAND, kind=kind, slug=slug, into=into, now=now)


def draft(session: Session, made: Made) -> ListingDraft:
    session.rollback()
    return read_drafts(session, [made.id], load_vocabulary(session))[made.id]


def test_listings_carry_what_stays_each_with_its_history(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    one = make_practitioner(vocabulary, Facts(name="Dr One", conditions=("grief", "ocd")))
    both = make_practitioner(vocabulary, Facts(name="Dr Two", conditions=("loneliness", "grief")))
    make_practitioner(vocabulary, Facts(name="Dr Three", conditions=("ocd",)))

    assert merge(now, "grief", "loneliness") == Merged(listings=2, guides=0)

    assert draft(session, one).terms["conditions"] == ("loneliness", "ocd")
    assert draft(session, both).terms["conditions"] == ("loneliness",)
    rows = session.scalars(
        select(ListingChange).filter_by(cause=ChangeCause.VOCABULARY).order_by(ListingChange.id)
    ).all()
    assert [(row.listing_id, row.before, row.after) for row in rows] == [
        (one.id, {"conditions": ["grief", "ocd"]}, {"conditions": ["loneliness", "ocd"]}),
        (both.id, {"conditions": ["loneliness", "grief"]}, {"conditions": ["loneliness"]}),
    ]
    act = events(session, AuditFilter()).items[0]
    grief, loneliness = (vocabulary.terms[TermKind.CONDITION][s] for s in ("grief", "loneliness"))
    assert (act.act, act.subject_id) == ("term.merged", grief.id)
    assert dict(act.facts) == {"into_id": loneliness.id, "listings": 2}


def test_roles_and_facilities_move_and_checks_stay(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    visited = [("facilities", VerificationMethod.VISIT, now.date())]
    made = make_centre(
        vocabulary, Facts(name="Kiran Home", facilities=("diet", "outdoor"), checks=visited)
    )
    doctor = make_practitioner(vocabulary, Facts(name="Dr One"), profession="psychologist")

    merge(now, "diet", "outdoor", TermKind.FACILITY)
    merge(now, "psychologist", "counsellor", TermKind.PROFESSION)

    found = draft(session, made)
    assert found.terms["facilities"] == ("outdoor",)
    assert [check.fact for check in found.checks] == ["facilities"]
    person = draft(session, doctor).practitioner
    assert person is not None
    assert person.profession == "counsellor"


def test_a_merged_term_is_in_no_list_and_known_by_its_old_slug(
    app: Flask, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    merge(now, "grief", "loneliness")
    merge(now, "loneliness", "anger")

    found = app.extensions["vocabulary"].current(session)
    terms = found.terms[TermKind.CONDITION]
    assert not {"grief", "loneliness"} & terms.keys()
    assert found.slug_today(TermKind.CONDITION, "grief") == "anger"
    grief = vocabulary.terms[TermKind.CONDITION]["grief"]
    assert found.term_by_id[grief.id] is terms["anger"]
    assert {grief.name_en, grief.name_hi} <= set(terms["anger"].synonyms)


def test_a_file_with_the_old_slug_still_goes_in(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    merge(now, "grief", "loneliness")
    session.rollback()
    document = {
        "ref": "test:1",
        "kind": "practitioner",
        "name": "Dr One",
        "profession": "psychiatrist",
        "conditions": ["grief", "loneliness", "ocd"],
        "locations": [{"locality": "saket"}],
    }

    result = import_documents([document], now=now, vocabulary=load_vocabulary(session))

    assert (result.new, tuple(result.errors)) == (1, ())
    session.rollback()
    (stored,) = read_drafts(session, [1], load_vocabulary(session)).values()
    assert stored.terms["conditions"] == ("loneliness", "ocd")


def test_guides_are_about_what_stays(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    conditions = vocabulary.terms[TermKind.CONDITION]
    with writing() as writer:
        guide = Guide(
            slug="after-a-death",
            state=GuideState.DRAFT,
            newest_version=1,
            created_at=now,
            updated_at=now,
        )
        writer.add(guide)
        writer.flush()
        writer.add_all(
            GuideTerm(guide_id=guide.id, term_id=conditions[slug].id)
            for slug in ("grief", "loneliness")
        )

    assert merge(now, "grief", "loneliness").guides == 1

    assert session.scalars(select(GuideTerm.term_id)).all() == [conditions["loneliness"].id]


def test_the_change_of_a_listing_by_a_merge_is_not_taken_back(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    make_practitioner(vocabulary, Facts(name="Dr One", conditions=("grief",)))
    merge(now, "grief", "loneliness")
    change_id = session.scalars(select(ListingChange.id)).one()

    with pytest.raises(ConflictError, match="cannot be taken back"):
        undo_change(
            actor=COMMAND, change_id=change_id, vocabulary=load_vocabulary(session), now=now
        )


@pytest.mark.parametrize(
    ("kind", "slug", "into", "error"),
    [
        (TermKind.CONDITION, "grief", "grief", InvalidError),
        (TermKind.CONDITION, "self-harm", "grief", InvalidError),
        (TermKind.REGISTER, "nmc", "dmc", InvalidError),
        (TermKind.CONDITION, "grief", "cbt", NotFoundError),
        (TermKind.CONDITION, "nothing", "grief", NotFoundError),
    ],
)
@pytest.mark.usefixtures("session")
def test_what_may_not_be_merged(
    now: datetime, *, kind: TermKind, slug: str, into: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        merge(now, slug, into, kind)
