"""Decides how a listing is liked and how many speak of it, and the stars of each review.

Called by `generation.py`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.demo.reviews.fates import Stars
from directory.reviews.models import Unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.demo.dice import Dice

# How often each number of stars is given where a listing is liked in this way.
TEMPERS: Mapping[str, Mapping[int, int]] = MappingProxyType(
    {
        "liked": {5: 48, 4: 34, 3: 11, 2: 4, 1: 3},
        "fair": {5: 22, 4: 39, 3: 24, 2: 10, 1: 5},
        "middling": {5: 9, 4: 25, 3: 37, 2: 20, 1: 9},
        "divided": {5: 34, 4: 16, 3: 9, 2: 15, 1: 26},
        "disliked": {5: 5, 4: 12, 3: 24, 2: 31, 1: 28},
    }
)
TEMPER_SHARES = {"liked": 33, "fair": 30, "middling": 17, "divided": 11, "disliked": 9}
# How many speak of a listing: (least, most) and how often.
TALK = {(0, 0): 20, (1, 4): 40, (5, 9): 25, (9, 13): 11, (16, 26): 3, (32, 46): 1}
ASPECT_STEPS = {0: 46, -1: 18, 1: 20, -2: 7, 2: 5, -3: 2, 3: 2}
UNSAFE = {1: 20, 2: 9}
UNSAID = 12


def temper_for(dice: Dice) -> str:
    """Give how a listing is liked."""
    return dice.weighted(TEMPER_SHARES)


def talk_about(listings: int, reviews: int, dice: Dice) -> list[int]:
    """Give how many reviews each listing has; together exactly `reviews`."""
    weights = [dice.whole(*dice.weighted(TALK)) for _ in range(listings)]
    if not sum(weights):
        weights[0] = 1
    scale = reviews / sum(weights)
    counts = [int(weight * scale) for weight in weights]
    places = dice.shuffled([index for index, weight in enumerate(weights) if weight])
    for turn in range(reviews - sum(counts)):
        counts[places[turn % len(places)]] += 1
    return counts


def overall_for(temper: str, wanted: Stars, dice: Dice) -> int:
    """Give the stars of a review whose fate asks for low ones, for others, or for any."""
    weights = {
        stars: weight
        for stars, weight in TEMPERS[temper].items()
        if wanted is Stars.ANY or (stars <= 2) == (wanted is Stars.LOW)  # noqa: PLR2004 - 2 is low
    }
    return dice.weighted(weights)


def aspect_for(overall: int, dice: Dice) -> int:
    """Give the stars of one aspect, near the overall ones but not always."""
    return min(5, max(1, overall + dice.weighted(ASPECT_STEPS)))


def unsafe_for(overall: int, dice: Dice) -> Unsafe:
    """Answer the safety question."""
    if dice.chance(UNSAFE.get(overall, 0.4)):
        return Unsafe.YES
    return Unsafe.UNSAID if dice.chance(UNSAID) else Unsafe.NO
