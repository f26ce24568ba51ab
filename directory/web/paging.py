"""Links to the other pages of a list. Called by views that show one."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUND_CURRENT = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a list; without an address it is a gap."""

    number: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list stands: first, last and those round the current page, with gaps between."""

    current: int
    last: int
    steps: tuple[Step, ...]
    previous: str | None
    next: str | None


def pages_of(total: int, current: int, per_page: int, address: Callable[[int], str]) -> Pages:
    """Give the pages of a list of `total` things; `address` gives the address of a page."""
    last = max(1, ceil(total / per_page))
    wanted = {1, last, *range(current - ROUND_CURRENT, current + ROUND_CURRENT + 1)}
    steps: list[Step] = []
    for number in sorted(number for number in wanted if 1 <= number <= last):
        if steps and number > steps[-1].number + 1:
            steps.append(Step(number, None))
        steps.append(Step(number, address(number)))
    return Pages(
        current=current,
        last=last,
        steps=tuple(steps),
        previous=address(current - 1) if 1 < current <= last else None,
        next=address(current + 1) if current < last else None,
    )
