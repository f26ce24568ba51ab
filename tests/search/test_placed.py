"""Where a listing stands: at its first place, or at the one nearest to a point."""

from __future__ import annotations

import pytest

from directory.core.geo import distance_m
from directory.listings.queries.cards import Point
from directory.search.placed import PlaceRows, standing_at
from directory.vocabulary.drawing.mercator import units_of

SAKET, DWARKA = (28.5245, 77.2066), (28.5921, 77.0460)
NOWHERE = (None, None)
ROWS = [(7, *DWARKA), (7, *SAKET), (3, *SAKET), (5, *NOWHERE), (9, *NOWHERE), (9, *DWARKA)]


@pytest.mark.parametrize(
    ("near", "expected", "without"),
    [
        (None, {7: DWARKA, 3: SAKET}, 2),
        (Point(28.52, 77.2), {7: SAKET, 3: SAKET, 9: DWARKA}, 1),
        (Point(28.6, 77.05), {7: DWARKA, 3: SAKET, 9: DWARKA}, 1),
    ],
    ids=["without a point, the first place", "near Saket", "near Dwarka"],
)
def test_a_listing_stands_where_its_card_says(
    near: Point | None, expected: dict[int, tuple[float, float]], without: int
) -> None:
    standing = standing_at(PlaceRows.of_rows(ROWS), near)

    spots = zip(standing.x.tolist(), standing.y.tolist(), strict=True)
    assert dict(zip(standing.numbers.tolist(), spots, strict=True)) == {
        number: units_of(*place) for number, place in expected.items()
    }
    assert standing.without == without


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_places_as_many_metres_away_the_first_counts(order: int) -> None:
    """Cards say whole metres, and name the first: half a metre nearer is no nearer."""
    near = Point(28.52, 77.2)
    to_north, to_south = (near.lat + 0.000902, near.lon), (near.lat - 0.000897, near.lon)
    assert distance_m(*near, *to_north) == distance_m(*near, *to_south) == 100
    first, second = (to_north, to_south)[::order]

    standing = standing_at(PlaceRows.of_rows([(7, *first), (7, *second)]), near)

    assert (standing.x[0], standing.y[0]) == units_of(*first)


def test_nothing_found_is_nothing_to_draw() -> None:
    standing = standing_at(PlaceRows.of_rows([]), None)

    assert len(standing) == 0
    assert standing.without == 0


def test_whoever_may_not_be_seen_leaves_the_map() -> None:
    standing = standing_at(PlaceRows.of_rows(ROWS), None)

    assert standing.only([7, 8]).numbers.tolist() == [7]
    assert standing.only([]).numbers.tolist() == []
