"""Listings round a place or under a word, for landing pages. Called by the HTML door."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.core.geo import distance_m
from directory.listings.queries.search import ListingSearch, Sort

if TYPE_CHECKING:
    from directory.listings.queries.cards import Point
    from directory.vocabulary.queries import LocalityView, StationView, TermView, Vocabulary

ROUND_A_PLACE_M = 3000


def search_of_term(term: TermView) -> ListingSearch:
    """Give the search for one term: who carries it, the best fit first."""
    return ListingSearch(terms=MappingProxyType({term.kind: (term.id,)}))


def search_round(point: Point) -> ListingSearch:
    """Give the search for what lies within three kilometres of a point, nearest first."""
    return ListingSearch(near=point, within_m=ROUND_A_PLACE_M, sort=Sort.DISTANCE)


def nearest_localities(
    place: LocalityView, vocabulary: Vocabulary, most: int
) -> list[tuple[LocalityView, int]]:
    """Give the localities nearest to one and their distance in metres, without itself."""
    others = [
        (other, distance_m(place.lat, place.lon, other.lat, other.lon))
        for other in vocabulary.localities.values()
        if other.id != place.id
    ]
    return sorted(others, key=lambda pair: pair[1])[:most]


def nearest_stations(
    place: LocalityView, vocabulary: Vocabulary, most: int
) -> list[tuple[StationView, int]]:
    """Give the stations nearest to a locality's middle and their distance in metres."""
    stations = [
        (station, distance_m(place.lat, place.lon, station.lat, station.lon))
        for station in vocabulary.stations.values()
    ]
    return sorted(stations, key=lambda pair: pair[1])[:most]
