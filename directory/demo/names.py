"""Names of people and centres that exist nowhere, in Latin letters and in Devanagari.

People: a given and a family name of one community, every pair once; when the pairs of a
community are used up a middle initial is added, so that names stay different for far more
listings than Delhi will ever have. Called by `people.py` and `centres.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

from directory.demo.banks import spelt_pairs
from directory.demo.dice import Deck, cards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.demo.banks import Banks
    from directory.demo.dice import Dice

INITIALS = "KPRSMNVDJBGALTHCEUOY"
INITIALS_HI = (
    *("के", "पी", "आर", "एस", "एम", "एन", "वी", "डी", "जे", "बी"),
    *("जी", "ए", "एल", "टी", "एच", "सी", "ई", "यू", "ओ", "वाई"),
)


@dataclass(frozen=True, slots=True)
class SpeltName:
    """A name as written in Latin letters and in Devanagari."""

    latin: str
    devanagari: str


@dataclass(frozen=True, slots=True)
class Community:
    """Where a name comes from, and how likely (in a hundred) each further language is."""

    slug: str
    languages: Mapping[str, int]


class PeopleNames:
    """Deals communities by their share, and within one community names that never repeat."""

    def __init__(self, banks: Banks, seed: int) -> None:
        """Prepare one deck of communities and two decks of pairs for each."""
        entries = {entry["id"]: entry for entry in banks.names}
        self._communities = {
            slug: Community(slug, entry["languages"]) for slug, entry in entries.items()
        }
        shares = {slug: entry["weight"] for slug, entry in entries.items()}
        self._order = Deck(cards(shares), seed, "communities")
        self._pairs = {
            (slug, gender): Deck(_pairs(entry, gender), seed, slug, gender)
            for slug, entry in entries.items()
            for gender in ("women", "men")
        }

    def deal(self, *, woman: bool) -> tuple[SpeltName, Community]:
        """Give a name nobody has yet, and the community it belongs to."""
        community = self._communities[self._order.deal()]
        pairs = self._pairs[community.slug, "women" if woman else "men"]
        (given, given_hi), (family, family_hi) = pairs.deal()
        middle, middle_hi = _initial(pairs.rounds - 1)
        return (
            SpeltName(f"{given}{middle} {family}", f"{given_hi}{middle_hi} {family_hi}"),
            community,
        )


def titled(name: SpeltName) -> SpeltName:
    """Give the name of somebody who is addressed as Dr."""
    return SpeltName(f"Dr {name.latin}", f"डॉ. {name.devanagari}")


class CentreNames:
    """Deals invented names of centres: a tree, bird or corner of a house, and what it is."""

    def __init__(self, banks: Banks, seed: int) -> None:
        """Prepare the words and the patterns of each type."""
        self._words = Deck(spelt_pairs(banks.centre_names["words"]), seed, "centre words")
        self._places = Deck(spelt_pairs(banks.centre_names["places"]), seed, "centre places")
        self._nouns = banks.centre_names["nouns"]
        self._taken: set[str] = set()

    def deal(self, centre_type: str, patterns: list[str], locality: str, dice: Dice) -> SpeltName:
        """Give a name no other centre has; the locality joins it when the words run out."""
        word, word_hi = self._words.deal()
        place, place_hi = self._places.deal()
        if " " in word:
            place, place_hi = "", ""
        pattern = dice.pick(patterns)
        latin = " ".join(pattern.format(word=word, place=place).split())
        if "{place}" not in pattern:
            place_hi = ""
        devanagari = " ".join(f"{word_hi} {place_hi} {self._nouns[centre_type]}".split())
        return SpeltName(self._free(latin, locality), devanagari)

    def _free(self, name: str, locality: str) -> str:
        """Give the name, with the locality and then a number behind it when it is taken."""
        wishes = chain((name, f"{name}, {locality}"), (f"{name}, {locality} {n}" for n in count(2)))
        free = next(wish for wish in wishes if wish not in self._taken)
        self._taken.add(free)
        return free


def _pairs(entry: Mapping[str, str], gender: str) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    families = spelt_pairs(entry["families"])
    return [(given, family) for given in spelt_pairs(entry[gender]) for family in families]


def _initial(laps: int) -> tuple[str, str]:
    """Give the middle initials after so many laps through all pairs; none in the first."""
    latin, devanagari = "", ""
    while laps > 0:
        laps, place = divmod(laps - 1, len(INITIALS))
        latin = f" {INITIALS[place]}.{latin}"
        devanagari = f" {INITIALS_HI[place]}.{devanagari}"
    return latin, devanagari
