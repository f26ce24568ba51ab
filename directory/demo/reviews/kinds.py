"""What a kind of listing means for its reviews: who is spoken of, who writes, what is rated.

Called by `generation.py` and `texts.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.reviews.models import Aspect, CareKind, Relation
from directory.reviews.policy import aspects_of

if TYPE_CHECKING:
    from directory.demo.dice import Dice
    from directory.demo.reviews.drafts import DemoListing

FOR_CHILDREN = frozenset(
    {
        *("child-psychologist", "child-psychiatrist", "special-educator", "speech-therapist"),
        "child-development-centre",
    }
)
FOR_OLDER = frozenset({"geriatric-psychiatrist", "memory-clinic"})
DOCTORS = frozenset(
    {
        *("psychiatrist", "child-psychiatrist", "geriatric-psychiatrist", "neurologist"),
        *("de-addiction-specialist", "anaesthetist", "ayush-manas"),
    }
)
WITH_BEDS = frozenset(
    {
        *("psychiatric-hospital", "gh-psychiatry-unit", "private-nursing-home"),
        *("de-addiction-private", "de-addiction-irca", "rehabilitation-home"),
        *("half-way-home", "group-home", "crisis-centre"),
    }
)


def caller_of(listing: DemoListing) -> str:
    """Give which words name the one who treats: a key of `callers` in the banks."""
    if listing.is_centre:
        return "centre"
    if listing.slug in DOCTORS:
        return "doctor"
    return "child" if listing.slug in FOR_CHILDREN else "talk"


def ages_of(listing: DemoListing) -> str:
    """Give whose concerns are spoken of: a key of `concerns` in the banks."""
    if listing.slug in FOR_CHILDREN:
        return "child"
    return "older" if listing.slug in FOR_OLDER else "adult"


def relation_for(listing: DemoListing, dice: Dice) -> Relation:
    """Give who writes; of a child's care never the child."""
    weights = {Relation.TREATED: 66, Relation.FAMILY: 23, Relation.CARER: 11}
    if listing.slug in FOR_CHILDREN:
        weights[Relation.TREATED] = 0
    elif listing.slug in FOR_OLDER:
        weights[Relation.TREATED] = 15
    return dice.weighted(weights)


def care_for(listing: DemoListing, dice: Dice) -> CareKind:
    """Give the kind of care; only where there are beds an admission."""
    weights = {CareKind.FIRST_VISIT: 38, CareKind.ONGOING: 62, CareKind.ADMISSION: 0}
    if listing.slug in WITH_BEDS:
        weights = {CareKind.FIRST_VISIT: 22, CareKind.ONGOING: 20, CareKind.ADMISSION: 58}
    return dice.weighted(weights)


def aspects_for(listing: DemoListing, care: CareKind, dice: Dice) -> list[Aspect]:
    """Give the aspects somebody rates: most, seldom all, sometimes none."""
    open_ones = [
        aspect
        for aspect in aspects_of(is_centre=listing.is_centre)
        if aspect is not Aspect.NIGHT or care is CareKind.ADMISSION
    ]
    share = dice.weighted({0: 9, 45: 26, 80: 45, 100: 20})
    return [aspect for aspect in open_ones if dice.chance(share)]
