"""Two listings made one: what stays, what moves, what leads on, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from directory.accounts.models import Role
from directory.audit.actions import ACTS
from directory.audit.models import AuditEvent
from directory.audit.policy import COMMAND
from directory.core.db import db, writing
from directory.core.errors import ConflictError, InvalidError, NotAllowedError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.exporting import all_documents
from directory.listings.exchange.merging import Side
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import (
    CallOutcome,
    ChangeCause,
    Correction,
    Doubt,
    FeePurpose,
    Listing,
    ListingChange,
    ListingState,
    ToldApart,
    VerificationMethod,
)
from directory.listings.operations import import_documents
from directory.listings.operations.undoing import delete_within
from directory.listings.queries.finding import find_listing
from directory.listings.queries.lookalikes import LookalikesCache, lookalikes_of, pairs_alike
from directory.moderation.decisions import link_person
from directory.moderation.doubts import raise_doubt
from directory.moderation.merging import Merged, merge_listings, tell_apart
from directory.moderation.models import Affiliation, LinkNature
from directory.moderation.queries.merging import compare
from directory.reviews.models import RatingSummary
from tests.factories.listings import Facts, Place, make_centre, make_practitioner
from tests.listings.documents import centre, practitioner
from tests.listings.test_likeness import sketch
from tests.moderation.reported import report

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made
    from tests.moderation.desk import Desk

CHECKED = date(2026, 11, 1)


def twin(desk: Desk, **facts: Any) -> Made:
    """Make a second listing of the desk's practitioner."""
    told = {"name": "Minakshi Rawat", **facts}
    return make_practitioner(desk.vocabulary, Facts(**told))


def merge(
    desk: Desk, keep: Made, other: Made, choices: dict[str, Side] | None = None, **given: Any
) -> Merged:
    """Merge as the desk's administrator."""
    told = {
        "actor": desk.as_("admin").as_actor(),
        "keep_id": keep.id,
        "other_id": other.id,
        "choices": choices or {},
        "vocabulary": desk.vocabulary,
        "now": desk.now,
        **given,
    }
    return merge_listings(**told)


def document(listing: Made, vocabulary: Vocabulary) -> dict[str, Any]:
    """Give what a listing says now."""
    db.session().rollback()
    return document_of_draft(read_drafts(db.session(), [listing.id], vocabulary)[listing.id])


@pytest.mark.db
def test_reviews_reports_and_ties_come_to_the_one_that_stays(desk: Desk) -> None:
    keep, desk.listing = desk.listing, twin(desk)
    other = desk.listing
    published, waiting = desk.published("asha", overall=5), desk.submit("bela")
    report(desk)
    tied = desk.people["kabir"]
    link_person(
        viewer=desk.as_("admin"),
        user_id=tied,
        listing_id=other.id,
        nature=LinkNature.FAMILY,
        now=desk.now,
    )

    merged = merge(desk, keep, other)

    assert merged == Merged(keep.id, 2)
    assert {desk.review(each).listing_id for each in (published, waiting)} == {keep.id}
    session = db.session()
    assert session.get_one(RatingSummary, keep.id).stars == (0, 0, 0, 0, 1)
    assert session.get_one(RatingSummary, other.id).published == 0
    assert set(session.scalars(select(Correction.listing_id))) == {keep.id}
    ties = session.scalars(select(Affiliation)).all()
    assert [(tie.user_id, tie.listing_id) for tie in ties] == [(tied, keep.id)]
    with pytest.raises(NotAllowedError):
        desk.decide("kabir", waiting, "publish")


def test_every_old_address_leads_to_the_one_that_stays(desk: Desk) -> None:
    first, second, third = twin(desk, earlier_slugs=["minakshi"]), twin(desk), desk.listing
    merge(desk, second, first)
    merge(desk, third, second)

    for slug in ("minakshi", first.slug, second.slug, third.slug):
        assert find_listing(db.session(), slug).slug == third.slug
    merged = db.session().get_one(Listing, first.id)
    assert (merged.state, merged.merged_into_id) == (ListingState.CLOSED, third.id)


def test_both_histories_and_the_record_tell_of_it(desk: Desk) -> None:
    other = twin(desk)

    merge(desk, desk.listing, other)

    causes = select(ListingChange.listing_id, ListingChange.cause)
    assert set(db.session().execute(causes).all()) == {
        (desk.listing.id, ChangeCause.MERGE),
        (other.id, ChangeCause.MERGE),
    }
    acts = db.session().scalars(select(AuditEvent.act).order_by(AuditEvent.seq)).all()
    assert acts[-3:] == ["listing.changed", "listing.changed", "listing.merged"]
    assert set(acts) <= set(ACTS)


def test_a_check_stays_only_with_the_value_it_was_made_of(desk: Desk) -> None:
    fee, more = [(FeePurpose.FIRST_SESSION, 1500)], [(FeePurpose.FIRST_SESSION, 1800)]
    call = VerificationMethod.CALL
    keep = twin(desk, fees=fee, checks=[("fee", call, CHECKED), ("address", call, CHECKED)])
    other = twin(
        desk,
        fees=more,
        languages=["hi"],
        places=[Place(phones=())],
        checks=[("fee", call, CHECKED), ("payment", call, CHECKED), ("phone", call, CHECKED)],
    )

    merge(desk, keep, other, {"fees": Side.OTHER, "languages": Side.BOTH})

    said = document(keep, desk.vocabulary)
    assert (said["fees"][0]["amount"], said["languages"]) == (1800, ["hi"])
    # Of the fee it is the other's check that stays; the other's telephone was not taken.
    assert [check["fact"] for check in said["checks"]] == ["address", "fee", "payment"]


@pytest.mark.parametrize(
    ("choices", "error"),
    [
        ({"ref": Side.OTHER}, InvalidError),
        ({"checks": Side.OTHER}, InvalidError),
        ({"fees": Side.BOTH}, InvalidError),
        ({"no-such-key": Side.KEEP}, InvalidError),
    ],
)
def test_what_cannot_be_chosen_is_refused(
    desk: Desk, choices: dict[str, Side], error: type[Exception]
) -> None:
    other = twin(desk)

    with pytest.raises(error):
        merge(desk, desk.listing, other, choices)

    assert db.session().get_one(Listing, other.id).state is ListingState.PUBLISHED


def test_what_only_one_of_them_says_is_suggested(desk: Desk) -> None:
    keep = twin(desk, languages=["hi"], fees=[(FeePurpose.FIRST_SESSION, 1500)])
    other = twin(desk, name="Minakshi R.", languages=["en"], about="Listens.", headline="Kind.")

    found = compare(db.session(), keep.id, other.id, vocabulary=desk.vocabulary)

    assert found is not None
    assert found.suggested == {
        "name": Side.KEEP,
        "headline": Side.OTHER,
        "about": Side.OTHER,
        "languages": Side.BOTH,
        "fees": Side.KEEP,
    }


CLOSED = {"state": ListingState.CLOSED, "closed_on": CHECKED}
REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the one that would stay has closed": (CLOSED, {}),
    "only the other is published": ({"state": ListingState.DRAFT}, {}),
    "one of them is for demonstration": ({}, {"is_demo": True}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_leave_readers_with_nothing_is_refused(desk: Desk, case: str) -> None:
    keep, other = (twin(desk, **facts) for facts in REFUSED[case])

    with pytest.raises(ConflictError):
        merge(desk, keep, other)

    found = compare(db.session(), keep.id, other.id, vocabulary=desk.vocabulary)
    assert found is not None
    assert found.refusal is not None


def test_two_kinds_and_one_and_the_same_cannot_be_merged(desk: Desk) -> None:
    for other in (make_centre(desk.vocabulary), desk.listing):
        with pytest.raises(ConflictError):
            merge(desk, desk.listing, other)


def test_a_moderator_cannot_merge_and_a_command_can(desk: Desk) -> None:
    other = twin(desk)
    assert desk.as_("rani").role is Role.MODERATOR
    with pytest.raises(NotAllowedError):
        merge(desk, desk.listing, other, actor=desk.as_("rani").as_actor())

    assert merge(desk, desk.listing, other, actor=COMMAND).reviews == 0


def test_what_changed_since_it_was_compared_is_not_merged(desk: Desk) -> None:
    other = twin(desk)
    merge(desk, other, twin(desk))

    with pytest.raises(ConflictError, match="has changed since"):
        merge(desk, desk.listing, other, seen={desk.listing.id: None, other.id: None})


@pytest.mark.db
def test_one_person_with_a_review_of_each_in_hand_is_decided_first(desk: Desk) -> None:
    keep, other = desk.listing, twin(desk)
    one = desk.submit("asha")
    desk.listing = other
    desk.submit("asha")

    with pytest.raises(ConflictError, match="Decide one of them first"):
        merge(desk, keep, other)

    desk.publish(one)
    assert merge(desk, keep, other).reviews == 1


def test_two_published_reviews_of_one_person_both_stay_and_are_told(desk: Desk) -> None:
    keep, other = desk.listing, twin(desk)
    one = desk.published("asha", overall=4)
    desk.listing = other
    two = desk.published("asha", overall=2)

    found = compare(db.session(), keep.id, other.id, vocabulary=desk.vocabulary)
    assert found is not None
    assert (found.written_twice, found.moving.published) == (1, 1)
    merge(desk, keep, other)

    assert {desk.state(one), desk.state(two)} == {"published"}
    assert db.session().get_one(RatingSummary, keep.id).stars == (0, 1, 0, 1, 0)


def test_a_doubt_follows_its_value_and_goes_with_it(desk: Desk) -> None:
    keep = twin(desk, places=[Place(phones=())])
    other = twin(desk, fees=[(FeePurpose.FIRST_SESSION, 900)])
    with writing() as session:
        for fact in ("fee", "phone"):
            raise_doubt(
                session,
                other.id,
                fact,
                CallOutcome.FEE_DIFFERENT,
                reports=3,
                actor=COMMAND,
                now=desk.now,
            )

    merge(desk, keep, other, {"fees": Side.OTHER})

    doubts = {each.fact: each for each in db.session().scalars(select(Doubt))}
    assert (doubts["fee"].listing_id, doubts["fee"].cleared_at) == (keep.id, None)
    assert doubts["phone"].cleared_at == desk.now


def test_practitioners_at_a_merged_centre_are_at_the_one_that_stays(desk: Desk) -> None:
    keep, other = (make_centre(desk.vocabulary, Facts(name=name)) for name in ("Kadamb", "Kadam"))
    there = make_practitioner(desk.vocabulary, Facts(name="Asha Rao"), works_at=[other])
    at_both = make_practitioner(desk.vocabulary, Facts(name="Hari Das"), works_at=[other, keep])

    merge(desk, keep, other)

    refs = [document(each, desk.vocabulary)["works_at"] for each in (there, at_both)]
    assert refs == [[document(keep, desk.vocabulary)["ref"]]] * 2


@pytest.fixture
def brought(desk: Desk) -> tuple[Made, Made]:
    """Give two centres from files, the second merged into the first."""
    rows = [centre("c:1"), centre("c:2", name="Yamuna House Clinic")]
    import_documents(rows, now=desk.now, vocabulary=desk.vocabulary)
    ids = {row.ref: row.id for row in db.session().execute(select(Listing.ref, Listing.id))}
    keep, other = (replace(desk.listing, id=ids[ref]) for ref in ("c:1", "c:2"))
    merge(desk, keep, other)
    return keep, other


def test_a_file_does_not_bring_a_merged_listing_back(
    desk: Desk, brought: tuple[Made, Made]
) -> None:
    rows = [
        centre("c:2", name="Yamuna House Clinic"),
        centre("c:2", name="Yamuna House Clinic", state="published"),
        centre("c:2", name="Yamuna Clinic", beds=9),
    ]
    for row, refused in zip(rows, (0, 1, 1), strict=True):
        result = import_documents([row], now=desk.now, vocabulary=desk.vocabulary)
        assert (result.unchanged, result.refused) == (1 - refused, refused)

    assert db.session().get_one(Listing, brought[1].id).state is ListingState.CLOSED
    whole = list(all_documents(db.session(), desk.vocabulary))
    again = import_documents(whole, now=desk.now, vocabulary=desk.vocabulary)
    assert (again.unchanged, again.errors) == (len(whole), ())


def test_a_file_that_names_a_merged_centre_means_the_one_that_stays(
    desk: Desk, brought: tuple[Made, Made]
) -> None:
    row = practitioner("t:9", works_at=["c:2", "c:1"])

    first = import_documents([row], now=desk.now, vocabulary=desk.vocabulary)
    second = import_documents([row], now=desk.now, vocabulary=desk.vocabulary)

    assert (first.new, second.unchanged) == (1, 1)
    (told,) = [d for d in all_documents(db.session(), desk.vocabulary) if d["ref"] == "t:9"]
    assert told["works_at"] == ["c:1"]


def test_what_was_merged_is_not_deleted_with_its_batch(
    desk: Desk, brought: tuple[Made, Made]
) -> None:
    with writing() as session:
        changes = select(ListingChange).where(ListingChange.listing_id == brought[1].id)
        made = session.scalars(changes.order_by(ListingChange.id)).first()
        assert made is not None
        with pytest.raises(ConflictError, match="merged"):
            delete_within(session, made, COMMAND, now=desk.now)


def test_two_told_apart_are_not_offered_again(desk: Desk, vocabulary: Vocabulary) -> None:
    other, third = twin(desk), twin(desk, name="Rawat, Minakshi")
    cache = LookalikesCache()
    assert len(cache.waiting(db.session(), vocabulary)) == 3

    for one in (desk.listing, other):
        tell_apart(actor=COMMAND, one_id=third.id, other_id=one.id, now=desk.now)
        tell_apart(actor=COMMAND, one_id=one.id, other_id=third.id, now=desk.now)

    (pair,) = cache.waiting(db.session(), vocabulary)
    assert {pair.first, pair.second} == {desk.listing.id, other.id}
    merge(desk, desk.listing, other)
    assert cache.waiting(db.session(), vocabulary) == []
    told = db.session().scalars(select(ToldApart)).all()
    assert [{row.lower_id, row.higher_id} for row in told] == [{desk.listing.id, third.id}]


def test_closed_listings_are_lookalikes_of_a_file_and_merged_ones_are_not(
    desk: Desk, now: datetime
) -> None:
    closed, merged = twin(desk, **CLOSED), twin(desk)
    merge(desk, desk.listing, merged)
    row = sketch(7, "Meenakshi Rawat", phones=frozenset({"+911155501234"}))

    found = lookalikes_of(db.session(), [row], vocabulary=desk.vocabulary)

    assert [alike.listing_id for alike in found[7]] == [desk.listing.id, closed.id]
    assert pairs_alike(db.session(), vocabulary=desk.vocabulary) == []
