"""Makes demo centres: beds, rota, registration, and facilities that follow from them.

Called by `documents.py`, which yields them before the people who work in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.demo import facts, schedule
from directory.demo.centre_facts import (
    admission_phones,
    centre_checks,
    facilities_of,
    payment_of,
    registrations_of,
    rota,
)
from directory.demo.centre_texts import CentreTexts, House
from directory.demo.dice import Deck, Dice, cards
from directory.demo.fees import centre_fees
from directory.demo.names import CentreNames
from directory.demo.places import Places, Spot

if TYPE_CHECKING:
    from datetime import date

    from directory.demo.banks import Banks
    from directory.demo.checks import RegisterNumbers
    from directory.demo.names import SpeltName
    from directory.demo.places import Telephones
    from directory.vocabulary.queries import Vocabulary

LANGUAGES = ("pa", "ur", "bn", "ml", "ta", "ne")
STEP_FREE = ("step-free", "ramp", "lift", "accessible-toilet", "wheelchair-room", "parking")
OLDEST, YOUNGEST = 38, 2


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a practitioner needs to know of the centre they work at."""

    ref: str
    name: str
    centre_type: str
    spot: Spot
    treatments: frozenset[str]
    has_rooms: bool


@dataclass
class CentreMaker:
    """Makes one centre after the other; `made` are those somebody may work at."""

    banks: Banks
    vocabulary: Vocabulary
    seed: int
    today: date
    telephones: Telephones
    numbers: RegisterNumbers

    def __post_init__(self) -> None:
        """Prepare the decks."""
        shares = {slug: entry["share"] for slug, entry in self.banks.centre_types.items()}
        self.made: dict[str, list[Workplace]] = {}
        self._types = Deck(cards(shares), self.seed, "centre types")
        self._names = CentreNames(self.banks, self.seed)
        self._places = Places(self.banks, self.vocabulary, self.seed, "centres")
        self._texts = CentreTexts(self.banks, self.seed)
        self._met: dict[str, int] = {}

    def make(self, number: int) -> dict[str, Any]:
        """Give the document of the centre with this number."""
        dice = Dice(self.seed, "centre", number)
        centre_type = self._types.deal()
        entry = self.banks.centre_types[centre_type]
        spot = self._places.deal(dice)
        name = self._names.deal(centre_type, entry["names"], spot.locality.name_en, dice)
        registrations = registrations_of(
            self.vocabulary, centre_type, numbers=self.numbers, today=self.today, dice=dice
        )
        state, closed_on = facts.centre_state(registrations, entry, self.today, dice)
        document = {
            **facts.head(self.seed, number, "centre", name, dice),
            "state": state,
            "closed_on": closed_on,
            "registrations": registrations,
            **self._terms(centre_type, entry, spot, dice),
            "fees": centre_fees(entry, dice),
            "locations": [self._location(entry, spot, dice)],
            "website": f"https://{host_of(name)}.example" if dice.chance(30) else None,
            **facts.accepting(self.today, dice, state),
            **facts.tail(self.today),
        }
        text = self._texts.write(self._house(entry, spot, document, dice), dice)
        document["headline"], document["about"] = text.headline, text.about
        document["checks"] = centre_checks(document, entry, self.today, dice)
        if state == "published":
            self._remember(spot, document)
        return facts.in_order(document)

    def _terms(
        self,
        centre_type: str,
        entry: dict[str, Any],
        spot: Spot,
        dice: Dice,
    ) -> dict[str, Any]:
        staffing = rota(self.banks, entry, dice)
        conditions = entry["conditions"]
        kept = dice.whole(max(2, len(conditions) * 2 // 3), len(conditions))
        chosen = set(dice.some(conditions, kept))
        near = self._places.languages(spot.locality)
        languages = [slug for slug in near if dice.chance(40)] + dice.some(LANGUAGES, dice.below(3))
        access = [slug for slug in STEP_FREE if dice.chance(42)]
        access += ["near-metro"] if spot.is_near_metro else []
        return {
            "centre_type": centre_type,
            "conditions": [slug for slug in conditions if slug in chosen],
            "treatments": self._treatments(centre_type, entry, dice),
            "languages": list(dict.fromkeys(["hi", "en", *languages])),
            "modes": entry.get("modes") or ["in-person", *(["video"] if dice.chance(35) else [])],
            "age_groups": entry["ages"],
            "identities": ["lgbtq-affirming"] if dice.chance(15) else [],
            "payment": payment_of(entry, dice),
            "facilities": facilities_of(entry, staffing, dice),
            "accessibility": ["captions"] if "modes" in entry else access,
            "beds": dice.whole(*entry["beds"]) if "beds" in entry else None,
            "admission_types": entry.get("admission", []),
            "staffing": staffing,
        }

    def _treatments(self, centre_type: str, entry: dict[str, Any], dice: Dice) -> list[str]:
        """Give what is offered there; what is rare only at every second centre of a type."""
        before = self._met.get(centre_type, 0)
        self._met[centre_type] = before + 1
        rare = entry.get("rare", []) if before % 2 else []
        return [
            slug
            for place, slug in enumerate(entry["treatments"])
            if slug not in rare and (place == 0 or slug in entry.get("rare", []) or dice.chance(88))
        ]

    def _location(self, entry: dict[str, Any], spot: Spot, dice: Dice) -> dict[str, Any]:
        round_the_clock = entry.get("open_24x7", False)
        kind = "online" if "modes" in entry else "centre"
        hours = [] if round_the_clock else schedule.week(self.banks, kind, dice)
        location = spot.document(None, hours)
        location["open_24x7"] = round_the_clock
        if not round_the_clock:
            location["exceptions"] = schedule.exceptions(self.banks, self.today, dice)
        location["phones"] = admission_phones(entry, self.telephones, dice)
        return location

    def _house(
        self,
        entry: dict[str, Any],
        spot: Spot,
        document: dict[str, Any],
        dice: Dice,
    ) -> House:
        beds = document["beds"]
        flags = [*entry["manner"], "free" if entry.get("free") else "paid"]
        flags += ["night"] if "ward" in flags else []
        flags += [*document["facilities"], *document["accessibility"]]
        slots = facts.place_slots(spot)
        slots["year"] = str(self.today.year - dice.whole(YOUNGEST, OLDEST))
        slots["topic"] = self.banks.hindi["topics"][document["conditions"][0]]
        further = document["languages"][2:]
        if further:
            slots["language"] = facts.language_names(self.vocabulary, further)[0]
        if beds:
            slots["beds"] = str(beds)
        return House(
            centre_type=document["centre_type"],
            flags=tuple(dict.fromkeys(flags)),
            conditions=tuple(document["conditions"][:3]),
            slots=slots,
        )

    def _remember(self, spot: Spot, document: dict[str, Any]) -> None:
        centre_type = document["centre_type"]
        place = Workplace(
            ref=document["ref"],
            name=document["name"],
            centre_type=centre_type,
            spot=spot,
            treatments=frozenset(document["treatments"]),
            has_rooms="in-person" in document["modes"],
        )
        self.made.setdefault(centre_type, []).append(place)


def host_of(name: SpeltName) -> str:
    """Give a host name under .example, which no one can own (RFC 2606)."""
    return "".join(letter for letter in name.latin.lower() if letter.isascii() and letter.isalpha())
