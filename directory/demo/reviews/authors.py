"""Deals out authors: some write of several listings, nobody twice of one.

Called by `generation.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.demo.reviews.drafts import DemoAuthor

if TYPE_CHECKING:
    from directory.demo.dice import Dice

LANGUAGES = {"en": 54, "hi": 20, "hinglish": 26}
WOMEN = 52
NEW = 68
MOST_OF_ONE = 6
RECENT = 900


class Authors:
    """Numbers authors from 1 and remembers of which listings each has written."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._count = 0
        self._regulars: list[DemoAuthor] = []
        self._written: dict[int, set[str]] = {}

    def for_listing(self, listing_ref: str, dice: Dice) -> DemoAuthor:
        """Give somebody who has not written of this listing, perhaps known from another."""
        if self._regulars and not dice.chance(NEW):
            found = dice.pick(self._regulars[-RECENT:])
            listings = self._written[found.number]
            if listing_ref not in listings and len(listings) < MOST_OF_ONE:
                listings.add(listing_ref)
                return found
        author = self.newcomer(dice)
        self._regulars.append(author)
        self._written[author.number] = {listing_ref}
        return author

    def newcomer(self, dice: Dice, language: str | None = None) -> DemoAuthor:
        """Give somebody who writes only once."""
        self._count += 1
        return DemoAuthor(
            self._count, language or dice.weighted(LANGUAGES), is_woman=dice.chance(WOMEN)
        )
