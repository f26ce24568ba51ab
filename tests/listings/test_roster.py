"""Who is there at night: each row of the table is one role's shifts and what they come to."""

from __future__ import annotations

import pytest

from directory.listings.models import Presence, StaffRole
from directory.listings.roster import RosterBar, Shift, night_roster

ON_SITE, ON_CALL = Presence.ON_SITE, Presence.ON_CALL
HOUR = 60


def shift(
    presence: Presence, from_hour: int, to_hour: int, count: int = 1, within: int | None = None
) -> Shift:
    return Shift(StaffRole.NURSE, presence, from_hour * HOUR, to_hour * HOUR, count, within)


CASES = [
    ("round the clock", [shift(ON_SITE, 0, 0)], ON_SITE, 1),
    ("equal ends at another hour", [shift(ON_SITE, 9, 9, 2)], ON_SITE, 2),
    ("the whole night", [shift(ON_SITE, 20, 8, 3)], ON_SITE, 3),
    ("exactly the night", [shift(ON_SITE, 22, 6)], ON_SITE, 1),
    ("an hour short", [shift(ON_SITE, 23, 6)], None, 0),
    ("by day only", [shift(ON_SITE, 9, 17)], None, 0),
    ("two halves", [shift(ON_SITE, 20, 2, 2), shift(ON_SITE, 2, 8)], ON_SITE, 1),
    ("two halves with a gap", [shift(ON_SITE, 20, 2), shift(ON_SITE, 3, 8)], None, 0),
    ("overlapping halves", [shift(ON_SITE, 20, 3), shift(ON_SITE, 2, 8)], ON_SITE, 1),
    ("on call all night", [shift(ON_CALL, 18, 8, 1, 40)], ON_CALL, 1),
    ("on site beats on call", [shift(ON_CALL, 18, 8), shift(ON_SITE, 20, 8)], ON_SITE, 1),
    ("on site then on call", [shift(ON_SITE, 18, 23), shift(ON_CALL, 23, 8)], None, 0),
    ("the small hours only", [shift(ON_SITE, 0, 6)], None, 0),
]


@pytest.mark.parametrize(
    ("shifts", "presence", "count"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_role_is_there_all_night_only_without_a_gap(
    shifts: list[Shift], presence: Presence | None, count: int
) -> None:
    (row,) = night_roster(shifts)

    assert (row.all_night, row.count) == (presence, count)


def test_a_day_shift_is_told_apart_from_the_night() -> None:
    day, night = shift(ON_SITE, 8, 20, 5), shift(ON_SITE, 20, 8, 3)

    (row,) = night_roster([day, night])

    assert (row.at_night, row.by_day) == ((night,), (day,))


def test_roles_keep_the_order_they_are_stated_in() -> None:
    doctor = Shift(StaffRole.DOCTOR, ON_SITE, 0, 0, 1)

    assert [row.role for row in night_roster([doctor, shift(ON_SITE, 20, 8)])] == [
        StaffRole.DOCTOR,
        StaffRole.NURSE,
    ]


def test_touching_shifts_are_drawn_as_one_bar() -> None:
    (row,) = night_roster([shift(ON_SITE, 8, 20), shift(ON_SITE, 20, 8)])

    assert row.bars == (RosterBar(0, 1000, ON_SITE),)


def test_the_night_is_drawn_from_six_in_the_evening_to_ten() -> None:
    (row,) = night_roster([shift(ON_CALL, 22, 6)])

    assert row.bars == (RosterBar(250, 500, ON_CALL),)


def test_how_soon_somebody_comes_is_the_longest_stated() -> None:
    (row,) = night_roster([shift(ON_CALL, 18, 8, 1, 20), shift(ON_CALL, 18, 8, 1, 40)])

    assert row.within_minutes == 40
