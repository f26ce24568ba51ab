"""The rules of a saved list, and what is taken from a cookie that says it holds one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from directory.listings.shortlist import KEPT_DAYS, MOST_SAVED, Shortlist, packed, unpacked

TODAY = date(2026, 11, 26)
FULL = Shortlist(tuple(range(1, MOST_SAVED + 1)))


def made(days_ago: int) -> int:
    return (TODAY - timedelta(days=days_ago)).toordinal()


@pytest.mark.parametrize(
    ("before", "saved", "at", "after"),
    [
        ((), 7, None, (7,)),
        ((1, 2), 7, None, (1, 2, 7)),
        ((1, 2), 2, None, (1, 2)),
        ((1, 2), 7, 1, (1, 7, 2)),
        ((1, 2), 7, 0, (7, 1, 2)),
        ((1, 2), 7, 9, (1, 2, 7)),
        (FULL.ids, 99, None, FULL.ids),
    ],
)
def test_one_more_is_saved_once_and_only_while_there_is_room(
    before: tuple[int, ...], saved: int, at: int | None, after: tuple[int, ...]
) -> None:
    assert Shortlist(before).with_saved(saved, at).ids == after


@pytest.mark.parametrize(
    ("listing_id", "by", "after"),
    [
        (2, -1, (2, 1, 3)),
        (2, 1, (1, 3, 2)),
        (1, -1, (1, 2, 3)),
        (3, 1, (1, 2, 3)),
        (9, 1, (1, 2, 3)),
    ],
)
def test_a_listing_moves_one_place_and_the_ends_hold(
    listing_id: int, by: int, after: tuple[int, ...]
) -> None:
    assert Shortlist((1, 2, 3)).moved(listing_id, by).ids == after


def test_moving_works_in_a_full_list_too() -> None:
    assert FULL.moved(MOST_SAVED, -1).ids[-2:] == (MOST_SAVED, MOST_SAVED - 1)


def test_removing_what_is_not_there_changes_nothing() -> None:
    assert Shortlist((1, 2)).without(9) == Shortlist((1, 2))


def test_what_is_packed_is_what_comes_out() -> None:
    assert unpacked(packed(FULL, TODAY), TODAY) == FULL


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ([made(0), [3, 1]], (3, 1)),
        ([made(KEPT_DAYS), [3]], (3,)),
        ([made(KEPT_DAYS + 1), [3]], ()),
        ([made(-1), [3]], ()),
        ([made(0), [3, 3, 1, 3]], (3, 1)),
        ([made(0), list(range(1, 40))], FULL.ids),
        ([made(0), [0, -4, "5", 2.5, True, None, [6], 7]], (7,)),
        ([made(0), []], ()),
        ([made(0)], ()),
        ([made(0), [3], "more"], ()),
        ([str(made(0)), [3]], ()),
        ([made(0), {"3": 3}], ()),
        ([made(0), "345"], ()),
        ({"ids": [3]}, ()),
        ("3", ()),
        (None, ()),
        (3, ()),
    ],
)
def test_only_ids_of_our_own_shape_are_taken_from_a_cookie(
    content: object, ids: tuple[int, ...]
) -> None:
    assert unpacked(content, TODAY).ids == ids
