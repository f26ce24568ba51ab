"""Filters as rows of bits, one for each parameter in force; for `engine.py`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from directory.search.asked_places import asked_places, distances
from directory.search.fields import UNKNOWN
from directory.search.ranking import HUNDREDTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from numpy.typing import NDArray

    from directory.listings.queries.search import ListingSearch
    from directory.search.asked_places import AskedPlaces
    from directory.search.snapshot.snapshot import Snapshot
    from directory.vocabulary.queries import Vocabulary

    Row = NDArray[np.uint64]


@dataclass(frozen=True)
class Filters:
    """The rows of the parameters in force, and the metres of every document when near a point.

    Metres are to the nearest place that is meant: one that `places` asks for, however near.
    """

    live: Row
    rows: Mapping[str, Row]
    places: AskedPlaces
    metres: NDArray[np.float32] | None

    def all_but(self, parameter: str | None = None) -> Row:
        """Give the documents that pass every filter, or every one but a parameter's own."""
        row = self.live
        for name, other in self.rows.items():
            if name != parameter:
                row = row & other
        one_place = self.places.row_but(parameter)
        return row if one_place is None else row & one_place


def filters_of(
    snapshot: Snapshot, search: ListingSearch, vocabulary: Vocabulary, moment: datetime
) -> Filters:
    """Give the rows of a search's filters; `moment` is in Delhi time."""
    rows = {
        parameter: _any(snapshot, (f"{parameter}={value}" for value in values))
        for parameter, values in _chosen(search, vocabulary).items()
    }
    if search.registered:
        rows["registered"] = registered_on(snapshot, moment.date())
    if search.fee_max is not None:
        rows["fee_max"] = fees_up_to(snapshot, search.fee_max)
        if search.fee_unstated:
            rows["fee_max"] = rows["fee_max"] | fees_unstated(snapshot)
    if search.rating_min is not None:
        rows["rating_min"] = rated_at_least(snapshot, search.rating_min)
    places = asked_places(snapshot, search, vocabulary, moment)
    if "open" in places.ways:
        opened = (snapshot.open_row(when, moment) for when in search.open_when)
        rows["open"] = reduce(np.bitwise_or, opened)
    if "near" in places.ways:
        rows["near"] = snapshot.row_of_places(places.of("near"))
    metres = None
    if search.near is not None:
        metres = distances(snapshot, search.near, places.all_but("near"))
    return Filters(snapshot.live_listings, rows, places, metres)


def fees_up_to(snapshot: Snapshot, amount: int) -> Row:
    """Give the documents whose first visit costs no more."""
    fees = snapshot.numbers["fee"]
    return snapshot.derived(f"fee<={amount}", lambda: (fees != UNKNOWN) & (fees <= amount))


def fees_between(snapshot: Snapshot, lowest: int, highest: int | None) -> Row:
    """Give the documents whose first visit costs from one sum to another."""
    fees = snapshot.numbers["fee"]
    most = highest if highest is not None else np.iinfo(np.int32).max
    return snapshot.derived(f"{lowest}<=fee<={highest}", lambda: (fees >= lowest) & (fees <= most))


def fees_unstated(snapshot: Snapshot) -> Row:
    """Give the documents that name no fee for a first visit."""
    return snapshot.derived("fee unstated", lambda: snapshot.numbers["fee"] == UNKNOWN)


def registered_on(snapshot: Snapshot, day: date) -> Row:
    """Give the documents whose registration holds on a day."""
    until = snapshot.numbers["registered_until"]
    return snapshot.derived(f"registered on {day}", lambda: until >= day.toordinal())


def rated_at_least(snapshot: Snapshot, score: float) -> Row:
    """Give the documents with a score that is shown and no lower."""
    rating = snapshot.numbers["rating"]
    least = max(1, round(score * HUNDREDTHS))
    return snapshot.derived(f"rating>={least}", lambda: rating >= least)


def _chosen(search: ListingSearch, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Give the parameters in force whose values are facets, with the slugs chosen."""
    districts = {district.id: district.slug for district in vocabulary.districts.values()}
    chosen = {
        "kind": [search.kind.value] if search.kind else [],
        "gender": [gender.value for gender in search.genders],
        "district": [districts[number] for number in search.district_ids],
        "locality": [vocabulary.locality_by_id[number].slug for number in search.locality_ids],
        "accepting": ["1"] if search.accepting else [],
    }
    chosen |= {
        kind.value: [vocabulary.term_by_id[number].slug for number in ids]
        for kind, ids in search.terms.items()
    }
    return {parameter: values for parameter, values in chosen.items() if values}


def _any(snapshot: Snapshot, values: Iterable[str]) -> Row:
    rows = [row for value in values if (row := snapshot.facets.row(value)) is not None]
    if not rows:
        return np.zeros_like(snapshot.live)
    found = rows[0]
    for row in rows[1:]:
        found = found | row
    return found
