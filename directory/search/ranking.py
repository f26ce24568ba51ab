"""The order of results: every weight by name, and the points of all listings at once.

`WEIGHTS` is the one table: the engine computes from it and `/policies/ranking` is rendered from
it. There is no field anywhere that money could fill. Called by `engine.py` and by the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from directory.search.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Weight:
    """The most points one reason can give, and what it rewards, in plain words."""

    name: str
    points: float
    what_en: str
    how_en: str


WEIGHTS: Mapping[str, Weight] = MappingProxyType(
    {
        weight.name: weight
        for weight in (
            Weight(
                "words",
                40,
                "How well it matches your words",
                "Words in a name, a profession or a list of concerns count three times as much as "
                "words in a description; words in reviews count half. The closest match gets all "
                "points, the others a share of them.",
            ),
            Weight(
                "distance",
                40,
                "How near it is, if you name a place",
                "All points at the place itself, half at five kilometres, a quarter at ten.",
            ),
            Weight(
                "meaning",
                20,
                "What your words hint at",
                "“Doctor” hints at a psychiatrist: they come first, and nobody is left out.",
            ),
            Weight(
                "rating",
                15,
                "What earlier patients said",
                "By the score of the reviews. Until there are five, everybody counts as 3.5 of 5, "
                "so being new neither helps nor harms.",
            ),
            Weight(
                "accepting",
                12,
                "Whether new patients are taken",
                "All points for a “yes” we confirmed within 30 days; half for an older “yes”, or "
                "for a waiting list confirmed within 30 days; a quarter if we do not know; none "
                "for “no”.",
            ),
            Weight(
                "registered",
                8,
                "Whether the registration was found",
                "All points if we found it in the register the law asks for, half if it is "
                "provisional; none from the day after it has run out.",
            ),
            Weight(
                "checked",
                8,
                "How new our last check is",
                "All points for 30 days, then a little less each day, and none after a year.",
            ),
            Weight(
                "confirmed",
                6,
                "How much of it still counts as confirmed",
                "By the share of what it states of telephone, fee, new patients, registration and "
                "being open at night that rests on a check which still counts. A check that has "
                "run out counts as none.",
            ),
            Weight(
                "undoubted",
                6,
                "Whether readers found it otherwise",
                "All points, until several callers tell us that a number, a fee or an answer is "
                "wrong; then none, until somebody has checked it.",
            ),
            Weight(
                "turn",
                2,
                "Whose turn it is today",
                "Equal listings change places every day at midnight. The draw depends on the date "
                "alone, so nobody stands first for ever.",
            ),
        )
    }
)

PRIOR_SCORE = 3.5  # reviews, moderation rules section 3
LOWEST_SCORE, HIGHEST_SCORE = 1.0, 5.0
HUNDREDTHS = 100
HALF_DISTANCE_M = 5000.0
FRESH_DAYS, STALE_DAYS = 30, 365
HALF, QUARTER = 0.5, 0.25
GOLDEN = 0x9E3779B97F4A7C15


def points_of(name: str) -> np.float32:
    """Give the most points a reason gives."""
    return np.float32(WEIGHTS[name].points)


def standing(snapshot: Snapshot, today: date) -> NDArray[np.float32]:
    """Give the points every document has before any word is typed, for one day of Delhi."""
    return (
        points_of("rating") * _rating(snapshot)
        + points_of("accepting") * _accepting(snapshot, today)
        + points_of("registered") * _registered(snapshot, today)
        + points_of("checked") * _checked(snapshot, today)
        + points_of("confirmed") * _confirmed(snapshot, today)
        + points_of("undoubted") * (snapshot.numbers["doubts"] == 0)
        + points_of("turn") * turns(snapshot.numbers["number"], today)
    ).astype(np.float32)


def nearness(metres: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the points for a distance; none where there is no point to measure to."""
    found = points_of("distance") * np.exp2(metres / np.float32(-HALF_DISTANCE_M))
    return np.nan_to_num(found, nan=0.0).astype(np.float32)


def turns(numbers: NDArray[np.int32], today: date) -> NDArray[np.float32]:
    """Give each listing's draw of the day from 0 to 1: the splitmix64 of its id and the date."""
    seed = (today.toordinal() * GOLDEN) % (1 << 64)
    mixed = numbers.astype(np.uint64) + np.uint64(seed)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(40)).astype(np.float32) / np.float32(1 << 24)


def _rating(snapshot: Snapshot) -> NDArray[np.float32]:
    score = snapshot.numbers["rating"].astype(np.float32) / HUNDREDTHS
    known = np.where(score > 0, score, np.float32(PRIOR_SCORE))
    return (known - np.float32(LOWEST_SCORE)) / np.float32(HIGHEST_SCORE - LOWEST_SCORE)


def _accepting(snapshot: Snapshot, today: date) -> NDArray[np.float32]:
    confirmed = snapshot.numbers["accepting_until"] >= today.toordinal()
    yes, waiting, no = (_flags(snapshot, f"taking={s}") for s in ("yes", "waiting-list", "no"))
    found = np.full(snapshot.count, QUARTER, dtype=np.float32)
    found[yes] = HALF
    found[yes & confirmed] = 1
    found[waiting & confirmed] = HALF
    found[no] = 0
    return found


def _registered(snapshot: Snapshot, today: date) -> NDArray[np.float32]:
    found = np.zeros(snapshot.count, dtype=np.float32)
    found[snapshot.numbers["provisional_until"] >= today.toordinal()] = HALF
    found[snapshot.numbers["registered_until"] >= today.toordinal()] = 1
    return found


def _confirmed(snapshot: Snapshot, today: date) -> NDArray[np.float32]:
    claims = np.maximum(snapshot.numbers["claims"], 1)
    return (snapshot.confirmed_on(today.toordinal()) / claims).astype(np.float32)


def _checked(snapshot: Snapshot, today: date) -> NDArray[np.float32]:
    age = today.toordinal() - snapshot.numbers["checked_day"]
    share = (STALE_DAYS - age) / np.float32(STALE_DAYS - FRESH_DAYS)
    return np.clip(share, 0, 1).astype(np.float32)


def _flags(snapshot: Snapshot, value: str) -> NDArray[np.bool_]:
    row = snapshot.facets.row(value)
    if row is None:
        return np.zeros(snapshot.count, dtype=np.bool_)
    flags = np.unpackbits(row.view(np.uint8), count=snapshot.count, bitorder="little")
    return flags.view(np.bool_)
