"""Draws where a listing is: a real locality, a made-up address, a number that reaches nobody.

Called by `people.py` and `centres.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.demo.dice import Deck, cards

if TYPE_CHECKING:
    from directory.demo.banks import Banks
    from directory.demo.dice import Dice
    from directory.vocabulary.queries import LocalityView, Vocabulary

# India keeps no numbers for fiction. Demo telephones are 011-5550 xxxx: landline numbers of
# Delhi begin with the digit of their operator, and we know of none that uses 5. Every page marks
# the listing as made up, whatever becomes of the range.
UNREACHABLE = "+91115550"
NUMBERS = 10_000
# Prime to the count of numbers, so that all of them come before any comes again.
STRIDE = 7_919

# About 300 m: an address lies near the middle of its locality, not on it.
JITTER = 27
DEGREES = 10_000
NEAR_METRO_M = 650


@dataclass(frozen=True, slots=True)
class Spot:
    """One address: the locality as the vocabulary has it, and what was made up."""

    locality: LocalityView
    address: str
    pincode: str | None
    lat: float
    lon: float

    @property
    def is_near_metro(self) -> bool:
        """Tell whether the address is surely within a kilometre of a station."""
        return self.locality.station_m <= NEAR_METRO_M

    def document(self, label: str | None, hours: list[dict[str, Any]]) -> dict[str, Any]:
        """Give the location as the import format has it, without telephones and exceptions."""
        return {
            "label": label,
            "address": self.address,
            "locality": self.locality.slug,
            "pincode": self.pincode,
            "lat": self.lat,
            "lon": self.lon,
            "open_24x7": False,
            "hours": hours,
            "exceptions": [],
            "phones": [],
        }


class Places:
    """Deals localities, denser in the south and centre, and writes addresses."""

    def __init__(self, banks: Banks, vocabulary: Vocabulary, seed: int, noun: str) -> None:
        """Prepare a deck in which each locality has tickets after its district and its name."""
        bank = banks.places
        # By slug: the order of names differs between databases.
        localities = [vocabulary.localities[slug] for slug in sorted(vocabulary.localities)]
        tickets = {
            place.slug: bank["more"].get(place.slug, bank["districts"].get(place.district.slug, 1))
            for place in localities
        }
        self._localities = vocabulary.localities
        self._deck = Deck(cards(tickets), seed, noun, "localities")
        self._bank = bank

    def deal(self, dice: Dice) -> Spot:
        """Give a new address in the locality whose turn it is."""
        locality = self._localities[self._deck.deal()]
        return Spot(
            locality=locality,
            address=self._address(dice),
            pincode=dice.pick(locality.pincodes) if locality.pincodes else None,
            lat=round(locality.lat + dice.whole(-JITTER, JITTER) / DEGREES, 4),
            lon=round(locality.lon + dice.whole(-JITTER, JITTER) / DEGREES, 4),
        )

    def is_dear(self, locality: LocalityView) -> bool:
        """Tell whether rents and fees are high there."""
        bank = self._bank
        return (
            locality.slug in bank["dear_localities"]
            or locality.district.slug in bank["dear_districts"]
        )

    def languages(self, locality: LocalityView) -> list[str]:
        """Give the languages a neighbourhood adds to those of the family."""
        found: list[str] = self._bank["district_languages"].get(locality.district.slug, [])
        return found

    def _address(self, dice: Dice) -> str:
        unit = dice.pick(self._bank["units"]).format(
            letter=dice.pick("ABCDEFGHJKLMNP"), small=dice.whole(1, 48), number=dice.whole(3, 240)
        )
        if dice.chance(22):
            return (
                f"{unit}, {dice.pick(self._bank['buildings'])}, {dice.pick(self._bank['estates'])}"
            )
        return f"{unit}, {dice.pick(self._bank['estates'])}"


class Telephones:
    """Gives out the numbers that reach nobody, all of them before any comes again."""

    def __init__(self) -> None:
        """Begin with the first number."""
        self._given = 0

    def deal(self, use: str) -> dict[str, str]:
        """Give the next number for a use, as the import format has it."""
        self._given += 1
        return {"use": use, "number": f"{UNREACHABLE}{self._given * STRIDE % NUMBERS:04d}"}
