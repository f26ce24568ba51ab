"""Filters as rows of bits, one for each parameter in force, and distances; for `engine.py`."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from directory.core.geo import EARTH_RADIUS_M
from directory.search.fields import DEGREES, UNKNOWN
from directory.search.ranking import HUNDREDTHS
from directory.search.snapshot.snapshot import degrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from numpy.typing import NDArray

    from directory.listings.queries.cards import Point
    from directory.listings.queries.search import ListingSearch, OpenFilter
    from directory.search.snapshot.snapshot import Snapshot
    from directory.vocabulary.queries import Vocabulary

    Row = NDArray[np.uint64]

METRES_IN_A_UNIT = radians(1) * EARTH_RADIUS_M / DEGREES


# Filters of places: those of both that are in force must hold for one and the same place.
OF_PLACES = ("open", "near")


@dataclass(frozen=True)
class Filters:
    """The rows of the parameters in force, and the metres of every document when near a point.

    Metres are to the nearest place that is open when the search asks for it. `nearby` are the
    places near enough; `one_place` are the documents with one that is open too, None where not
    both are asked.
    """

    live: Row
    rows: Mapping[str, Row]
    metres: NDArray[np.float32] | None
    nearby: NDArray[np.int64] | None
    one_place: Row | None

    def all_but(self, parameter: str | None = None) -> Row:
        """Give the documents that pass every filter, or every one but a parameter's own."""
        row = self.live
        for name, other in self.rows.items():
            if name != parameter:
                row = row & other
        if self.one_place is not None and parameter not in OF_PLACES:
            row = row & self.one_place
        return row


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
    return _with_places(snapshot, search, moment, rows)


def _with_places(
    snapshot: Snapshot, search: ListingSearch, moment: datetime, rows: dict[str, Row]
) -> Filters:
    """Add the filters of places: when they are open, and how near they are."""
    meant, nearby = places_meant(snapshot, search.open_when, moment), places_near(snapshot, search)
    if meant is not None:
        rows["open"] = snapshot.row_of_places(meant)
    if nearby is not None:
        rows["near"] = snapshot.row_of_places(nearby)
    one_place = None
    if meant is not None and nearby is not None:
        one_place = snapshot.row_of_places(nearby[are_among(nearby, meant)])
    metres = None if search.near is None else distances(snapshot, search.near, meant)
    return Filters(snapshot.live_listings, rows, metres, nearby, one_place)


def places_meant(
    snapshot: Snapshot, times: Iterable[OpenFilter], moment: datetime
) -> NDArray[np.int64] | None:
    """Give the places open at one of some times, in order; None for all where no time is asked."""
    found = [snapshot.open_places(when, moment) for when in times]
    if len(found) > 1:
        return np.unique(np.concatenate(found))
    return found[0] if found else None


def places_near(snapshot: Snapshot, search: ListingSearch) -> NDArray[np.int64] | None:
    """Give the places as near as a search asks; None where it does not ask."""
    near, most = search.near, search.within_m
    if near is None or most is None:
        return None
    points = snapshot.points
    first = _metres(points.lat, points.lon, near) <= most
    further = _metres(points.further_lat, points.further_lon, near) <= most
    return np.concatenate([points.places[first], points.further_places[further]])


def distances(
    snapshot: Snapshot, near: Point, meant: NDArray[np.int64] | None
) -> NDArray[np.float32]:
    """Give the metres from a point to each document's nearest place that is meant; NaN without any.

    Equirectangular arithmetic, as `core.geo.distance_m`.
    """
    points = snapshot.points
    metres = _metres(points.lat, points.lon, near)
    further = _metres(points.further_lat, points.further_lon, near)
    if meant is not None:
        metres[~are_among(points.places, meant)] = np.nan
        further[~are_among(points.further_places, meant)] = np.nan
    if len(points.further_docs):
        np.fmin.at(metres, points.further_docs, further)
    return metres


def are_among(places: NDArray[np.int64], meant: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which places are among those meant, which stand in order."""
    if not len(meant):
        return np.zeros(len(places), dtype=np.bool_)
    at = np.minimum(np.searchsorted(meant, places), len(meant) - 1)
    return meant[at] == places


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
