"""Choices that fall the same on every machine and every Python: dice, decks, even rotation.

Built on `random.Random.random` alone, whose sequence Python promises to keep; the other methods
of that class may change. Nothing here rests on `hash()` or on the order of a set. Called by
every file of this room.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Item = TypeVar("Item")


class Dice:
    """A run of choices that follows from its seed."""

    __slots__ = ("_next",)

    def __init__(self, *seed: str | int) -> None:
        """Begin the run that belongs to the parts of `seed`."""
        self._next = Random(":".join(map(str, seed))).random  # noqa: S311 - nothing here is secret

    def below(self, limit: int) -> int:
        """Give a whole number from 0 to `limit` - 1."""
        return int(self._next() * limit)

    def whole(self, lowest: int, highest: int) -> int:
        """Give a whole number, both ends included."""
        return lowest + self.below(highest - lowest + 1)

    def chance(self, in_a_hundred: float) -> bool:
        """Tell whether something of this likelihood happens."""
        return self._next() * 100 < in_a_hundred

    def pick(self, items: Sequence[Item]) -> Item:
        """Give one of the items."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Give `count` different places of the sequence, or all, in a shuffled order."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Give all items in a new order."""
        return self.some(items, len(items))

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """Give one key; a key of twice the weight comes twice as often.

        Raises `ValueError` without any weight.
        """
        aim = self._next() * sum(weights.values())
        for item, weight in weights.items():
            aim -= weight
            if aim < 0:
                return item
        raise ValueError("there is nothing to choose from")


class Deck(Generic[Item]):
    """Cards dealt until none is left, then shuffled anew: shares hold even in small numbers."""

    __slots__ = ("_cards", "_dice", "_left", "rounds")

    def __init__(self, cards: Sequence[Item], *seed: str | int) -> None:
        """Lay the cards ready; `rounds` counts how often they were shuffled."""
        self._cards = list(cards)
        self._dice = Dice("deck", *seed)
        self._left: list[Item] = []
        self.rounds = 0

    def deal(self) -> Item:
        """Give the next card."""
        if not self._left:
            self._left = self._dice.shuffled(self._cards)
            self.rounds += 1
        return self._left.pop()

    def deal_several(self, count: int) -> list[Item]:
        """Give the next cards, each once; fewer when the deck repeats itself."""
        return list(dict.fromkeys(self.deal() for _ in range(count)))


class Rotation:
    """Gives out texts so that each is used about as often as the others it competes with."""

    __slots__ = ("used",)

    def __init__(self) -> None:
        """Begin with nothing used; `used` counts each text."""
        self.used: dict[str, int] = {}

    def pick(self, texts: Sequence[str], dice: Dice) -> str | None:
        """Give one of the least used texts, or None when there is none."""
        if not texts:
            return None
        used = self.used
        fewest = min(used.get(text, 0) for text in texts)
        chosen = dice.pick([text for text in texts if used.get(text, 0) == fewest])
        used[chosen] = fewest + 1
        return chosen


def cards(weights: Mapping[Item, int]) -> list[Item]:
    """Give each key as often as its weight says, in order: the cards of a deck."""
    return [item for item, weight in weights.items() for _ in range(weight)]
