"""What a listing states that a reader asks for first, and until when a check vouches for it.

In days, never in "now": the index holds these, and whoever asks it says which day it is. Called
by `gathering.py` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.listings.models import Accepting, ListingKind, RegistrationState
from directory.listings.opening import schedule_of
from directory.listings.policy import REGISTRATION, expires_on
from directory.listings.queries.doubts import facts_in
from directory.listings.standing import NO_END, Entry, good_until, has_beds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from directory.search.listing_rows import ListingRow, ListingRows, PlaceRow
    from directory.vocabulary.queries import Vocabulary


def claims_of(
    row: ListingRow, rows: ListingRows, vocabulary: Vocabulary
) -> Mapping[str, date | None]:
    """Give the last day each stated fact counts as confirmed; None for never, or in doubt."""
    doubted = facts_in(rows.doubts.get(row.id, ()))
    ends = dict(_ends(row, rows, vocabulary))
    return {fact: None if fact in doubted else until for fact, until in ends.items()}


def registered_until(
    row: ListingRow, rows: ListingRows, vocabulary: Vocabulary, state: RegistrationState
) -> date | None:
    """Give the last day on which a registration in a state holds; None for never."""
    by_type = bool(vocabulary.term_by_id[row.role_id].details.get("overnight_beds"))
    entries = [
        Entry(vocabulary.term_by_id[found.register_id].slug, found.state, found.valid_until)
        for found in rows.registrations.get(row.id, ())
    ]
    with_beds = row.kind is ListingKind.CENTRE and has_beds(row.beds, by_type=by_type)
    return good_until(entries, state, with_beds=with_beds)


def _ends(
    row: ListingRow, rows: ListingRows, vocabulary: Vocabulary
) -> Iterator[tuple[str, date | None]]:
    checks = rows.checks.get(row.id, {})
    ends = {fact: until or NO_END for fact, (_day, until) in checks.items()}
    if row.accepting is not Accepting.UNKNOWN:
        dated = row.accepting_checked_on
        yield "accepting", ends.get("accepting", dated and expires_on("accepting", dated))
    if row.id in rows.phoned:
        yield "phone", ends.get("phone")
    if row.id in rows.fees:
        yield "fee", ends.get("fee")
    places = rows.places.get(row.id, ())
    if row.kind is ListingKind.CENTRE and any(_is_always(place, rows) for place in places):
        yield "night", ends.get("night")
    for found in rows.registrations.get(row.id, ()):
        fact = f"{REGISTRATION}:{vocabulary.term_by_id[found.register_id].slug}"
        looked = found.checked_on and expires_on(fact, found.checked_on)
        until = ends.get(fact, looked)
        yield fact, until and min(until, found.valid_until or NO_END)


def _is_always(place: PlaceRow, rows: ListingRows) -> bool:
    spans = rows.hours.get(place.id, ())
    return schedule_of(spans, round_the_clock=place.open_24x7).is_always
