"""Who is in a centre through the night, from its stated staffing: pure rules, no words.

A night is drawn from 18:00 to 10:00; "all night" means from 22:00 to 6:00 without a gap.
Called by the reads of listings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.listings.models import Presence, StaffRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MINUTES_IN_A_DAY = 1440
# Minutes after the midnight before: 18:00 today to 10:00 tomorrow, and 22:00 to 6:00.
DRAWN = (18 * 60, 34 * 60)
NIGHT = (22 * 60, 30 * 60)


@dataclass(frozen=True, slots=True)
class Shift:
    """Stated staffing of one role: minutes after midnight, a span past midnight wraps."""

    role: StaffRole
    presence: Presence
    from_minute: int
    to_minute: int
    count: int
    within_minutes: int | None = None

    @property
    def is_round_the_clock(self) -> bool:
        """Whether somebody is there at every hour (equal ends mean that)."""
        return self.from_minute == self.to_minute


@dataclass(frozen=True, slots=True)
class RosterBar:
    """A stretch of the drawn night, in thousandths of its width."""

    left: int
    width: int
    presence: Presence


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One role: its shifts that touch the night, the others, and what that means.

    `all_night` is the strongest presence from 22:00 to 6:00 without a gap, None without one;
    `count` is the fewest people present through the night when somebody is all the time.
    """

    role: StaffRole
    at_night: tuple[Shift, ...]
    by_day: tuple[Shift, ...]
    all_night: Presence | None
    count: int
    bars: tuple[RosterBar, ...]

    @property
    def within_minutes(self) -> int | None:
        """How soon somebody on call comes, when that is stated."""
        stated = [
            shift.within_minutes
            for shift in self.at_night
            if shift.presence is Presence.ON_CALL and shift.within_minutes is not None
        ]
        return max(stated) if stated else None


def night_roster(shifts: Iterable[Shift]) -> tuple[RosterRow, ...]:
    """Give one row a role, in the order the roles are first stated."""
    by_role: dict[StaffRole, list[Shift]] = {}
    for shift in shifts:
        by_role.setdefault(shift.role, []).append(shift)
    return tuple(_row(role, found) for role, found in by_role.items())


def _row(role: StaffRole, shifts: Sequence[Shift]) -> RosterRow:
    at_night = tuple(shift for shift in shifts if _touches(shift, NIGHT))
    all_night = next((presence for presence in Presence if _fewest(at_night, presence) > 0), None)
    return RosterRow(
        role=role,
        at_night=at_night,
        by_day=tuple(shift for shift in shifts if shift not in at_night),
        all_night=all_night,
        count=_fewest(at_night, all_night) if all_night else 0,
        bars=tuple(_bars(shifts)),
    )


def _stretches(shift: Shift, window: tuple[int, int]) -> list[tuple[int, int]]:
    """Give the parts of a window a daily shift covers."""
    length = (shift.to_minute - shift.from_minute) % MINUTES_IN_A_DAY or MINUTES_IN_A_DAY
    parts = []
    for day in (-1, 0, 1):
        start = shift.from_minute + day * MINUTES_IN_A_DAY
        left, right = max(start, window[0]), min(start + length, window[1])
        if right > left:
            parts.append((left, right))
    return parts


def _touches(shift: Shift, window: tuple[int, int]) -> bool:
    return bool(_stretches(shift, window))


def _fewest(shifts: Sequence[Shift], presence: Presence) -> int:
    """Give the fewest people of a presence at any minute of the night."""
    covered = [
        (stretch, shift.count)
        for shift in shifts
        if shift.presence is presence
        for stretch in _stretches(shift, NIGHT)
    ]
    # People become fewer only where a shift ends, so those minutes and the first stand for all.
    moments = {NIGHT[0], *(end for (_left, end), _count in covered if end < NIGHT[1])}
    return min(
        sum(count for (left, right), count in covered if left <= moment < right)
        for moment in moments
    )


def _bars(shifts: Sequence[Shift]) -> list[RosterBar]:
    """Give the bars of the drawn night, on site first; shifts that touch are one bar."""
    bars: list[RosterBar] = []
    for presence in Presence:
        covered = sorted(
            stretch
            for shift in shifts
            if shift.presence is presence
            for stretch in _stretches(shift, DRAWN)
        )
        for left, right in _merged(covered):
            start, end = _drawn(left), _drawn(right)
            bars.append(RosterBar(start, end - start, presence))
    return bars


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches, given in order, that touch or overlap."""
    merged: list[tuple[int, int]] = []
    for left, right in stretches:
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _drawn(minute: int) -> int:
    return round(1000 * (minute - DRAWN[0]) / (DRAWN[1] - DRAWN[0]))
