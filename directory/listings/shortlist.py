"""The listings a reader saved, as their own browser keeps them: pure rules over ids in order.

We store nothing of it. Not for cookies and signatures (`web/saved.py`). Called by the HTML door.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# More than anybody compares by telephone, and few enough to choose from on a phone's screen.
MOST_SAVED = 20
# As many as stand side by side on a sheet of paper.
MOST_COMPARED = 4
# Days after the last change until a browser, and we, forget a list.
KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Ids of listings in the reader's order, each once, at most `MOST_SAVED`."""

    ids: tuple[int, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether nothing more can be saved."""
        return len(self.ids) >= MOST_SAVED

    def with_saved(self, listing_id: int, at: int | None = None) -> Shortlist:
        """Give the list with one more, at a place of it or at its end.

        The same list when it is saved already, or when the list is full.
        """
        if listing_id in self.ids or self.is_full:
            return self
        place = len(self.ids) if at is None else at
        return Shortlist((*self.ids[:place], listing_id, *self.ids[place:]))

    def without(self, listing_id: int) -> Shortlist:
        """Give the list without one."""
        return Shortlist(tuple(each for each in self.ids if each != listing_id))

    def moved(self, listing_id: int, by: int) -> Shortlist:
        """Give the list with one moved down by so many places, up when negative; ends hold."""
        if listing_id not in self.ids:
            return self
        place = max(0, self.ids.index(listing_id) + by)
        return self.without(listing_id).with_saved(listing_id, at=place)


def packed(shortlist: Shortlist, today: date) -> list[object]:
    """Give what a cookie holds: the day of the change, and the ids."""
    return [today.toordinal(), list(shortlist.ids)]


def unpacked(content: object, today: date) -> Shortlist:
    """Give the list a cookie holds; an empty one when it is too old or has another shape."""
    match content:
        case [int(day), list(ids)] if 0 <= today.toordinal() - day <= KEPT_DAYS:
            return Shortlist(_whole(ids))
        case _:
            return Shortlist()


def _whole(ids: Sequence[object]) -> tuple[int, ...]:
    """Give the ids among some values, each once, no more than fit."""
    numbers = [each for each in ids if type(each) is int and each > 0]
    return tuple(dict.fromkeys(numbers))[:MOST_SAVED]
