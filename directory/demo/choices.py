"""Chooses what a practitioner does so that it fits: concerns, treatments, ages, languages.

What a profession may give comes from the taxonomy (`delivered_by`). Called by `people.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.demo.dice import Deck, cards
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.demo.banks import Banks
    from directory.demo.centres import Workplace
    from directory.demo.dice import Dice
    from directory.demo.names import Community
    from directory.vocabulary.queries import Vocabulary

YOUNG = ("toddler", "child", "teen")
AGES_IN_ORDER = ("toddler", "child", "teen", "young-adult", "adult", "older")
EVERYDAY = 62
RARELY_CHOSEN = {"esketamine": 40, "vns": 30, "ect": 70}
IDENTITIES = {
    "lgbtq-affirming": 11,
    "trauma-informed": 9,
    "student-friendly": 7,
    "faith-sensitive": 5,
    "caste-aware": 4,
    "disability-affirming": 4,
    "neurodiversity-affirming": 4,
    "armed-forces": 3,
    "refugee-migrant": 2,
    "deaf-friendly": 2,
    "north-east-friendly": 2,
}
MOST_IDENTITIES = 4


@dataclass(frozen=True, slots=True)
class Calling:
    """A profession, and within it what somebody's work is about."""

    profession: str
    entry: Mapping[str, Any]
    practice: str
    work: Mapping[str, Any]
    prescribes: bool
    sees_children: bool
    registers: bool


class Callings:
    """Deals professions by their share, and practices within each."""

    def __init__(self, banks: Banks, seed: int) -> None:
        """Prepare the decks."""
        self._banks = banks
        shares = {slug: entry["share"] for slug, entry in banks.professions.items()}
        self._professions = Deck(cards(shares), seed, "professions")
        self._practices: dict[tuple[str, str], Deck[str]] = {
            (slug, key): Deck(cards(entry[key]), seed, slug, key)
            for slug, entry in banks.professions.items()
            for key in ("practices", "adult_practices")
            if key in entry
        }

    def deal(self, dice: Dice) -> Calling:
        """Give the next calling."""
        slug = self._professions.deal()
        entry = self._banks.professions[slug]
        prescribes = bool(entry.get("doctor")) or dice.chance(entry.get("doctor_share", 0))
        children = bool(entry.get("children")) or dice.chance(entry.get("children_share", 0))
        key = "practices" if children or "adult_practices" not in entry else "adult_practices"
        practice = self._practices[slug, key].deal()
        registers = "register" in entry and (
            prescribes if "doctor_share" in entry else dice.chance(entry.get("register_share", 100))
        )
        return Calling(
            profession=slug,
            entry=entry,
            practice=practice,
            work=self._banks.practices[practice],
            prescribes=prescribes,
            sees_children=children,
            registers=registers,
        )


class Concerns:
    """Deals conditions: the heart of a practice first, then what else it sees."""

    def __init__(self, banks: Banks, seed: int) -> None:
        """Prepare two decks a practice, and one of what many see."""
        self._limits = banks.limits
        self._core = {
            slug: Deck(work["core"], seed, slug, "core") for slug, work in banks.practices.items()
        }
        self._also = {
            slug: Deck(work["also"], seed, slug, "also") for slug, work in banks.practices.items()
        }
        self._everyday = Deck(banks.limits["everyday"], seed, "everyday")

    def deal(self, calling: Calling, ages: list[str], dice: Dice) -> list[str]:
        """Give the conditions in the order stated, fitting the ages seen."""
        found = self._core[calling.practice].deal_several(dice.whole(1, 3))
        found += self._also[calling.practice].deal_several(dice.whole(1, 4))
        if calling.profession in self._limits["general"] and dice.chance(EVERYDAY):
            found += self._everyday.deal_several(dice.whole(1, 3))
        fitting = [slug for slug in dict.fromkeys(found) if self._fits(slug, ages)]
        return fitting or [slug for slug in calling.work["core"] if self._fits(slug, ages)][:1]

    def _fits(self, condition: str, ages: list[str]) -> bool:
        young = any(age in YOUNG for age in ages)
        grown = any(age not in YOUNG for age in ages)
        if condition in self._limits["only_young"]:
            return young
        return grown or condition not in self._limits["only_grown"]


def treatments_of(
    calling: Calling,
    *,
    workplace: Workplace | None,
    modes: list[str],
    vocabulary: Vocabulary,
    banks: Banks,
    dice: Dice,
) -> list[str]:
    """Give the treatments the profession may give, those of a supervised setting last."""
    may_give = _may_give(calling, vocabulary)
    only_at = banks.limits["only_at"]
    centre_type = workplace.centre_type if workplace else None
    allowed = [
        slug
        for slug in calling.work["treatments"]
        if slug in may_give and (slug not in only_at or centre_type in only_at[slug])
    ]
    kept = allowed[:1] + dice.some(allowed[1:], dice.whole(1, 3))
    if "telepsychiatry" in may_give and "video" in modes and dice.chance(55):
        kept.append("telepsychiatry")
    supervised = [
        slug
        for slug in calling.work.get("supervised", [])
        if slug in may_give
        and workplace is not None
        and slug in workplace.treatments
        and dice.chance(RARELY_CHOSEN.get(slug, 85))
    ]
    return sorted(kept, key=[*calling.work["treatments"], "telepsychiatry"].index) + supervised


def _may_give(calling: Calling, vocabulary: Vocabulary) -> set[str]:
    """Give the treatments the taxonomy lets somebody give; those of doctors only to doctors."""
    roles = {calling.profession, *calling.entry.get("counts_as", [])}
    if not calling.prescribes:
        roles.discard("psychiatrist")
    return {
        slug
        for slug, term in vocabulary.terms[TermKind.TREATMENT].items()
        if roles.intersection(term.details["delivered_by"])
        and (calling.prescribes or term.details["supervised_setting"] != "required")
    }


def ages_of(calling: Calling, dice: Dice) -> list[str]:
    """Give the ages somebody sees, youngest first."""
    if calling.work.get("older"):
        return ["adult", "older"]
    key = "ages" if calling.sees_children or "adult_ages" not in calling.entry else "adult_ages"
    found = set(dice.pick(calling.entry[key]))
    if calling.work.get("every_age"):
        found.update(("child", "teen"))
    if calling.work.get("students"):
        found.update(("teen", "young-adult"))
    return [age for age in AGES_IN_ORDER if age in found]


def languages_of(community: Community, near: list[str], dice: Dice) -> list[str]:
    """Give the languages spoken: of the city, of the family, of the neighbourhood."""
    found = ["hi", "en"] if dice.chance(96) else [dice.pick(("hi", "en"))]
    found += [slug for slug, share in community.languages.items() if dice.chance(share)]
    found += [slug for slug in near if dice.chance(14)]
    return list(dict.fromkeys(found))


def modes_of(calling: Calling, dice: Dice) -> list[str]:
    """Give the ways of meeting; a few work online only."""
    if calling.profession in ("anaesthetist", "peer-supporter"):
        return ["in-person"]
    talks = not calling.sees_children and not calling.work.get("home")
    if talks and dice.chance(5):
        return ["video", "phone"] if dice.chance(60) else ["video"]
    found = ["in-person"]
    shares = {"video": 62 if talks else 25, "phone": 20 if talks else 6, "chat": 5 if talks else 0}
    found += [slug for slug, share in shares.items() if dice.chance(share)]
    if calling.work.get("home") or dice.chance(4):
        found.append("home-visit")
    if "video" in found and dice.chance(14):
        found.append("hybrid")
    return found


def identities_of(calling: Calling, gender: str | None, community: str, dice: Dice) -> list[str]:
    """Give what a practitioner says of their stance; the stated gender gives its own tag."""
    found = [slug for slug in calling.work.get("identities", []) if dice.chance(66)]
    if community == "north-east" and dice.chance(60):
        found.append("north-east-friendly")
    found += [slug for slug, share in IDENTITIES.items() if dice.chance(share)]
    if calling.sees_children:
        found = [slug for slug in found if slug != "student-friendly"]
    found = list(dict.fromkeys(found))[:MOST_IDENTITIES]
    tag = {"woman": "women-therapist", "man": "man-therapist"}.get(gender or "")
    return [*found, tag] if tag else found


def workplace_of(
    calling: Calling, made: Mapping[str, list[Workplace]], dice: Dice
) -> Workplace | None:
    """Give the centre somebody works at, of a type that fits the work; often none."""
    share = calling.entry.get("at_centre", 0)
    if "supervised" in calling.work:
        share = max(share, 85)
    if not dice.chance(share):
        return None
    known = [slug for slug in calling.work["centres"] if slug in made]
    return dice.pick(made[dice.pick(known)]) if known else None
