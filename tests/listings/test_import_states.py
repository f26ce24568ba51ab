"""States and slugs through imports: only allowed moves, and no address is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.listings.models import Listing, ListingSlug, ListingState
from tests.listings.documents import Document, practitioner
from tests.listings.importing import Bring, counts, lines, stored

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

pytestmark = pytest.mark.db

STATES = [state.value for state in ListingState]
FORBIDDEN = {
    (
        "draft",
        "suspended",
    ): "this listing is draft; it can become closed or published, not suspended",
    (
        "published",
        "draft",
    ): "this listing is published; it can become closed or suspended, not draft",
    (
        "suspended",
        "draft",
    ): "this listing is suspended; it can become closed or published, not draft",
    ("closed", "draft"): "this listing is closed for good; it cannot become draft",
    ("closed", "published"): "this listing is closed for good; it cannot become published",
    ("closed", "suspended"): "this listing is closed for good; it cannot become suspended",
}


def in_state(state: str) -> Document:
    closed_on = "2026-01-01" if state == "closed" else None
    return practitioner("a", state=state, closed_on=closed_on)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_an_import_moves_states_only_as_the_policy_says(
    before: str, after: str, bring: Bring
) -> None:
    bring(in_state(before))

    result = bring(in_state(after))

    reason = FORBIDDEN.get((before, after))
    assert lines(result) == ([f"line 1, state: {reason}"] if reason else [])


def test_a_row_that_names_no_state_leaves_it_alone(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(
        practitioner("a", state="suspended"), in_state("closed") | {"ref": "b"}, practitioner("c")
    )

    assert counts(bring(*(practitioner(ref, headline="New") for ref in "abc"))) == (0, 3, 0, 0)
    assert [stored(session, vocabulary, ref)["state"] for ref in "abc"] == [
        "suspended",
        "closed",
        "published",
    ]


def test_namesakes_get_their_locality_then_a_number(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(*(practitioner(f"a:{number}") for number in range(4)))
    bring(practitioner("a:4"), practitioner("b", locations=[{"lat": 28.6, "lon": 77.2}]))

    slugs = [
        stored(session, vocabulary, ref)["slug"] for ref in ("a:0", "a:1", "a:2", "a:3", "a:4")
    ]
    assert slugs == [
        "asha-rao",
        "asha-rao-saket",
        "asha-rao-saket-2",
        "asha-rao-saket-3",
        "asha-rao-saket-4",
    ]
    assert stored(session, vocabulary, "b")["slug"] == "asha-rao-2"


def test_a_new_name_gives_a_new_slug_and_the_old_one_stays_to_redirect(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(practitioner("a"))
    bring(practitioner("a", name="Asha Verma"))
    bring(practitioner("b"))
    assert stored(session, vocabulary, "a")["slug"] == "asha-verma"
    assert stored(session, vocabulary, "b")["slug"] == "asha-rao-saket"

    bring(practitioner("a"))

    assert stored(session, vocabulary, "a")["slug"] == "asha-rao"
    kept = session.execute(
        select(ListingSlug.slug).join(Listing).where(Listing.ref == "a").order_by(ListingSlug.slug)
    )
    assert list(kept.scalars()) == ["asha-rao", "asha-verma"]


def test_a_slug_of_ones_own_choice_is_kept_while_the_name_changes(
    session: Session, vocabulary: Vocabulary, bring: Bring
) -> None:
    bring(practitioner("a", slug="chosen"))

    bring(practitioner("a"))

    assert stored(session, vocabulary, "a")["slug"] == "chosen"


def test_a_slug_that_was_ever_anothers_is_refused(bring: Bring) -> None:
    bring(practitioner("a"), practitioner("b", name="Bilal"))
    bring(practitioner("a", name="Asha Verma"))

    result = bring(practitioner("b", name="Bilal", slug="asha-rao"))

    assert lines(result) == ["line 1, slug: 'asha-rao' is, or was, the slug of another listing"]
