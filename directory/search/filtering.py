"""Filters as rows of bits, one for each parameter in force, and distances; for `engine.py`."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from directory.core.geo import EARTH_RADIUS_M
from directory.listings.queries.search import OpenFilter
from directory.search.fields import DEGREES, UNKNOWN
from directory.search.ranking import HUNDREDTHS
from directory.search.snapshot import bits
from directory.search.snapshot.snapshot import degrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from numpy.typing import NDArray

    from directory.listings.queries.cards import Point
    from directory.listings.queries.search import ListingSearch
    from directory.search.snapshot.snapshot import Snapshot
    from directory.vocabulary.queries import Vocabulary

    Row = NDArray[np.uint64]

METRES_IN_A_UNIT = radians(1) * EARTH_RADIUS_M / DEGREES


@dataclass(frozen=True)
class Filters:
    """The rows of the parameters in force, and the metres of every document when near a point."""

    live: Row
    rows: Mapping[str, Row]
    metres: NDArray[np.float32] | None

    def all_but(self, parameter: str | None = None) -> Row:
        """Give the documents that pass every filter, or every one but a parameter's own."""
        row = self.live
        for name, other in self.rows.items():
            if name != parameter:
                row = row & other
        return row


def filters_of(
    snapshot: Snapshot, search: ListingSearch, vocabulary: Vocabulary, moment: datetime
) -> Filters:
    """Give the rows of a search's filters; `moment` is in Delhi time."""
    metres = None if search.near is None else distances(snapshot, search.near)
    rows = {
        parameter: _any(snapshot, (f"{parameter}={value}" for value in values))
        for parameter, values in _chosen(search, vocabulary).items()
    }
    if search.open_when:
        rows["open"] = _open(snapshot, search.open_when, moment)
    if search.registered:
        rows["registered"] = registered_on(snapshot, moment.date())
    if search.fee_max is not None:
        rows["fee_max"] = fees_up_to(snapshot, search.fee_max)
        if search.fee_unstated:
            rows["fee_max"] = rows["fee_max"] | fees_unstated(snapshot)
    if search.rating_min is not None:
        rows["rating_min"] = rated_at_least(snapshot, search.rating_min)
    if metres is not None and search.within_m is not None:
        rows["near"] = bits.row_of_flags(metres <= search.within_m, snapshot.words_in_row)
    return Filters(snapshot.live_listings, rows, metres)


def distances(snapshot: Snapshot, near: Point) -> NDArray[np.float32]:
    """Give the metres from a point to each document's nearest place; NaN without any.

    Equirectangular arithmetic, as `core.geo.distance_m`.
    """
    points = snapshot.points
    metres = _metres(points.lat, points.lon, near)
    if len(points.further_docs):
        further = _metres(points.further_lat, points.further_lon, near)
        np.fmin.at(metres, points.further_docs, further)
    return metres


def _metres(lat: NDArray[np.float32], lon: NDArray[np.float32], near: Point) -> NDArray[np.float32]:
    north = (lat - np.float32(degrees(near.lat))) * np.float32(METRES_IN_A_UNIT)
    east = (lon - np.float32(degrees(near.lon))) * np.float32(
        METRES_IN_A_UNIT * cos(radians(near.lat))
    )
    north *= north
    east *= east
    north += east
    return np.sqrt(north, out=north)


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


def _open(snapshot: Snapshot, times: Iterable[OpenFilter], moment: datetime) -> Row:
    found = np.zeros_like(snapshot.live)
    for when in times:
        if when is OpenFilter.NOW:
            found = found | snapshot.open_now(moment)
        else:
            found = found | _any(snapshot, [f"open={when.value}"])
    return found
