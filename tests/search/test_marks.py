"""Points drawn together: each in exactly one mark, at every zoom level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.marks import CELL, are_at, is_one_place, marks_of
from directory.vocabulary.drawing.mercator import DEEPEST, WIDEST, units_at

ZOOMS = range(WIDEST, DEEPEST + 1)
SPOTS = st.tuples(st.integers(0, 60_000), st.integers(0, 60_000))


def arrays(points: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Give points as the arrays of a search."""
    both = np.array(points, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


@given(st.lists(SPOTS, min_size=1, max_size=60), st.sampled_from(ZOOMS))
def test_every_point_is_in_exactly_one_mark(points: list[tuple[int, int]], zoom: int) -> None:
    x, y = arrays(points)

    marks = marks_of(x, y, zoom)

    assert marks.sizes.sum() == len(points)
    assert (np.bincount(marks.of_point, minlength=len(marks)) == marks.sizes).all()
    assert (marks.sizes > 0).all()


@given(st.lists(SPOTS, min_size=1, max_size=40))
def test_points_apart_stay_apart_when_one_comes_nearer(points: list[tuple[int, int]]) -> None:
    """Not that marks only split: that nearer there is room for at least as many, or nearly."""
    x, y = arrays(points)

    numbers = [len(marks_of(x, y, zoom)) for zoom in ZOOMS]

    assert numbers[-1] >= numbers[0]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_points_at_one_place_are_one_mark_at_every_level(zoom: int) -> None:
    x, y = arrays([(30_000, 30_000)] * 12 + [(30_011, 30_009)])

    marks = marks_of(x, y, zoom)

    assert marks.sizes.tolist() == [13]
    assert is_one_place(x, y)


@pytest.mark.parametrize(
    ("points", "sizes"),
    [
        ([(0, 0)], [1]),
        ([(10, 0), (150, 0)], [1, 1]),
        ([(90, 0), (100, 0)], [2]),
        ([(10, 10), (20, 20), (500, 500)], [1, 2]),
        ([(90, 90), (100, 100), (100, 90), (90, 100)], [4]),
    ],
    ids=[
        "one",
        "two in cells side by side",
        "two over a border",
        "two and one",
        "four corners",
    ],
)
def test_marks_that_would_touch_become_one(points: list[tuple[int, int]], sizes: list[int]) -> None:
    marks = marks_of(*arrays(points), 16)

    assert sorted(marks.sizes.tolist()) == sizes


def test_the_grid_lies_on_the_ground_so_that_moving_changes_nothing() -> None:
    generator = np.random.default_rng(7)
    x, y = generator.integers(0, 20_000, 400), generator.integers(0, 20_000, 400)
    inside = (x > 4000) & (x < 16_000) & (y > 4000) & (y < 16_000)

    whole, part = marks_of(x, y, 13), marks_of(x[inside], y[inside], 13)

    middle = 8 * units_at(13, CELL)
    kept = set(zip(whole.x.tolist(), whole.y.tolist(), whole.sizes.tolist(), strict=True))
    seen = {
        spot
        for spot in zip(part.x.tolist(), part.y.tolist(), part.sizes.tolist(), strict=True)
        if 8000 < spot[0] < 8000 + middle / 2 and 8000 < spot[1] < 8000 + middle / 2
    }
    assert seen
    assert seen <= kept


def test_places_two_levels_draw_apart_are_not_one() -> None:
    assert not is_one_place(*arrays([(0, 0), (30, 0)]))


@pytest.mark.parametrize(
    ("away", "expected"), [((0, 0), True), ((23, -23), True), ((24, 0), False), ((0, -24), False)]
)
def test_one_place_is_what_is_one_place_of_two(away: tuple[int, int], *, expected: bool) -> None:
    x, y = arrays([(1000, 1000), (1000 + away[0], 1000 + away[1])])

    assert are_at(x, y, 1000, 1000).tolist() == [True, expected]
    assert is_one_place(x, y) is expected
