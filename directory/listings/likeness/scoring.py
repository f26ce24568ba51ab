"""How sure it is that two listings are one: points for what agrees, fewer for what speaks against.

The points are our own judgement, measured in `benchmarks/duplicates.py`: a register number is one
person's or one place's, a telephone is often shared, a name alone is shared by many in a city of
thirty million. Nothing follows from a score but the order of a list that a person reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.core.geo import distance_m
from directory.listings.likeness.names import SAME, Name, name_likeness, read_name
from directory.listings.likeness.sketches import AGAINST, Ground, Reason
from directory.listings.models import ListingKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from directory.listings.likeness.sketches import Sketch

LEAST_SCORE = 50
MOST_SCORE = 100
PROBABLE = 65
NEARLY_SURE = 80

FOR_REGISTER_NUMBER = 60
FOR_PHONE = 30
# More than so many listings under one number are a switchboard.
MOST_SHARING_A_PHONE = 4
FOR_SHARED_PHONE = 10
FOR_NAME = 40
FOR_RARE_NAME = 10
# So few people would share such a name by chance among the listings there are.
RARE = 0.1
LEAST_LIKE = 0.7
FOR_ROLE = 5
# Metres between the nearest two places, and the points for at most so many.
SAME_PLACE_M = 150
NEARNESS = ((SAME_PLACE_M, 20), (600, 15), (1500, 10))
FOR_LOCALITY = 10
FAR_M = 3000
AGAINST_REGISTER_NUMBER = -30
# A chain has one name and one telephone at many addresses; a person moves.
AGAINST_FAR_PLACE = -25

POINTLESS = frozenset("/-. ")


@dataclass(frozen=True, slots=True)
class Features:
    """A sketch with its names read and its numbers in one form."""

    sketch: Sketch
    names: tuple[Name, ...]
    registrations: frozenset[tuple[str, str]]

    @property
    def is_person(self) -> bool:
        """Tell whether this is a practitioner."""
        return self.sketch.kind is ListingKind.PRACTITIONER


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure it is, of 100, and why, the strongest reason first."""

    score: int
    reasons: tuple[Reason, ...]


def features_of(sketch: Sketch) -> Features:
    """Give a sketch as it is compared."""
    is_person = sketch.kind is ListingKind.PRACTITIONER
    return Features(
        sketch,
        tuple(dict.fromkeys(read_name(text, is_person=is_person) for text in sketch.names)),
        frozenset((register, bare_number(number)) for register, number in sketch.registrations),
    )


def bare_number(number: str) -> str:
    """Give a register number without what people vary: case, signs, zeros before it."""
    kept = "".join(sign for sign in number.upper() if sign not in POINTLESS)
    return kept.lstrip("0") or kept


def likeness_of(
    one: Features,
    other: Features,
    *,
    sharing: Callable[[str], int],
    expected: Callable[[Name, Name], float],
) -> Likeness | None:
    """Give how sure it is that two of one kind are the same; None when nothing much says so.

    `sharing` tells how many listings have a telephone, `expected` how many pairs of such names
    chance would give.
    """
    points = _of_registers(one, other)
    has_number = Ground.REGISTER_NUMBER in {reason.ground for _given, reason in points}
    like, names = max(
        ((name_likeness(a, b), (a, b)) for a in one.names for b in other.names),
        default=(0.0, None),
        key=lambda found: found[0],
    )
    points += _of_phones(one, other, sharing)
    points += _of_places(one, other)
    if like >= LEAST_LIKE and names is not None:
        ground = Ground.SAME_NAME if like == SAME else Ground.LIKE_NAME
        points.append((round(FOR_NAME * like), Reason(ground)))
        if expected(*names) < RARE:
            points.append((FOR_RARE_NAME, Reason(Ground.RARE_NAME)))
    elif not has_number and not _is_one_door(one, points):
        return None
    if one.sketch.role == other.sketch.role:
        points.append((FOR_ROLE, Reason(Ground.SAME_ROLE)))
    return _summed(points)


def _summed(points: list[tuple[int, Reason]]) -> Likeness | None:
    score = min(sum(given for given, _reason in points), MOST_SCORE)
    if score < LEAST_SCORE:
        return None
    points.sort(key=lambda each: (each[1].ground in AGAINST, -abs(each[0])))
    return Likeness(score, tuple(reason for _given, reason in points))


def _of_registers(one: Features, other: Features) -> list[tuple[int, Reason]]:
    shared = sorted(one.registrations & other.registrations)
    if shared:
        return [(FOR_REGISTER_NUMBER, Reason(Ground.REGISTER_NUMBER, shared[0][0]))]
    registers = {register for register, _number in one.registrations}
    differing = sorted(registers & {register for register, _number in other.registrations})
    if differing:
        reason = Reason(Ground.OTHER_REGISTER_NUMBER, differing[0])
        return [(AGAINST_REGISTER_NUMBER, reason)]
    return []


def _of_phones(
    one: Features, other: Features, sharing: Callable[[str], int]
) -> list[tuple[int, Reason]]:
    shared = sorted(one.sketch.phones & other.sketch.phones, key=lambda each: (sharing(each), each))
    if not shared:
        return []
    few = sharing(shared[0]) <= MOST_SHARING_A_PHONE
    return [(FOR_PHONE if few else FOR_SHARED_PHONE, Reason(Ground.PHONE, shared[0]))]


def _of_places(one: Features, other: Features) -> list[tuple[int, Reason]]:
    metres = min(
        (
            distance_m(here.lat, here.lon, there.lat, there.lon)
            for here in one.sketch.spots
            for there in other.sketch.spots
            if here.lat is not None
            and here.lon is not None
            and there.lat is not None
            and there.lon is not None
        ),
        default=None,
    )
    for most, given in NEARNESS:
        if metres is not None and metres <= most:
            ground = Ground.SAME_PLACE if most == SAME_PLACE_M else Ground.NEARBY
            return [(given, Reason(ground, metres))]
    here = {spot.locality for spot in one.sketch.spots if spot.locality}
    shared = sorted(here & {spot.locality for spot in other.sketch.spots if spot.locality})
    if shared:
        return [(FOR_LOCALITY, Reason(Ground.SAME_LOCALITY, shared[0]))]
    if metres is not None and metres > FAR_M and not one.is_person:
        return [(AGAINST_FAR_PLACE, Reason(Ground.FAR_APART, metres))]
    return []


def _is_one_door(one: Features, points: list[tuple[int, Reason]]) -> bool:
    """Tell whether two places of care answer one telephone at one address: perhaps renamed.

    Practitioners who share a practice do so as well, and are two.
    """
    grounds = {reason.ground for _given, reason in points}
    return not one.is_person and {Ground.PHONE, Ground.SAME_PLACE} <= grounds
