"""Makes demo practitioners whose profession, place, money, hours and words fit together.

Called by `documents.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.demo import choices, facts, schedule
from directory.demo.checks import check, day_of_check, register_checks, registration
from directory.demo.dice import Dice
from directory.demo.fees import practitioner_fees
from directory.demo.names import PeopleNames, titled
from directory.demo.people_texts import speaker_of
from directory.demo.places import Places
from directory.demo.texts import PractitionerTexts
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from directory.demo.banks import Banks
    from directory.demo.centres import Workplace
    from directory.demo.checks import RegisterNumbers
    from directory.demo.choices import Calling
    from directory.demo.names import SpeltName
    from directory.demo.places import Spot, Telephones
    from directory.vocabulary.queries import Vocabulary

DOCTORATE = "Ph.D. Psychology"
REGISTER_STATES = {"found": 70, "provisional": 4, "not-found": 5, "unchecked": 21}
NO_REGISTRATION_STATED = 8
PAYMENT = {"upi": 90, "cash": 74, "card": 42, "netbanking": 22}
ACCESS = {
    "step-free": 33,
    "lift": 26,
    "ramp": 12,
    "accessible-toilet": 7,
    "wheelchair-room": 9,
    "quiet-room": 14,
    "written-comms": 24,
    "parking": 30,
    "carer-welcome": 28,
    "captions": 5,
}
GENDER_UNSTATED, NON_BINARY = 3, 1
YEARS = {(1, 4): 22, (5, 9): 28, (10, 15): 24, (16, 24): 17, (25, 38): 9}


@dataclass(frozen=True, slots=True)
class Person:
    """What has been settled about one person before the document is written."""

    calling: Calling
    name: SpeltName
    community: str
    degrees: list[str]
    gender: str | None
    years: int
    spot: Spot
    workplace: Workplace | None
    only_there: bool
    languages: list[str]
    modes: list[str]


@dataclass
class PractitionerMaker:
    """Makes one practitioner after the other."""

    banks: Banks
    vocabulary: Vocabulary
    seed: int
    today: date
    telephones: Telephones
    numbers: RegisterNumbers
    workplaces: Mapping[str, list[Workplace]]

    def __post_init__(self) -> None:
        """Prepare the decks."""
        terms = self.vocabulary.terms
        self._names = PeopleNames(self.banks, self.seed)
        self._callings = choices.Callings(self.banks, self.seed)
        self._concerns = choices.Concerns(self.banks, self.seed)
        self._places = Places(self.banks, self.vocabulary, self.seed, "people")
        self.texts = PractitionerTexts(
            self.banks, terms[TermKind.CONDITION], terms[TermKind.TREATMENT], self.seed
        )

    def make(self, number: int) -> dict[str, Any]:
        """Give the document of the practitioner with this number."""
        dice = Dice(self.seed, "practitioner", number)
        person = self._person(dice)
        state, closed_on = facts.state_of(self.today, dice)
        document = {
            **facts.head(self.seed, number, "practitioner", person.name, dice),
            "state": state,
            "closed_on": closed_on,
            **self._work(person, dice),
            **facts.accepting(self.today, dice, state),
            **facts.tail(self.today),
        }
        document["qualifications"] = self._qualifications(person, document["treatments"])
        document["locations"] = self._locations(person, dice)
        self._deaf_friendly(document)
        self._say(document, person, dice)
        document["fees"] = self._fees(document, person, dice)
        document["checks"] = self._checks(document, dice)
        return facts.in_order(document)

    def _person(self, dice: Dice) -> Person:
        """Settle who somebody is before anything is written."""
        calling = self._callings.deal(dice)
        woman = dice.chance(calling.entry["women"])
        name, community = self._names.deal(woman=woman)
        degrees = self._degrees(calling, dice)
        if calling.prescribes or calling.entry.get("ayush") or DOCTORATE in degrees:
            name = titled(name)
        spot = self._places.deal(dice)
        near = self._places.languages(spot.locality)
        workplace = choices.workplace_of(calling, self.workplaces, dice)
        has_rooms = workplace is not None and workplace.has_rooms
        only_there = has_rooms and ("at_centre_only" in calling.entry or dice.chance(30))
        return Person(
            calling=calling,
            name=name,
            community=community.slug,
            degrees=degrees,
            gender=_gender(dice, woman=woman),
            years=dice.whole(*dice.weighted(YEARS)),
            spot=workplace.spot if workplace and only_there else spot,
            workplace=workplace,
            only_there=only_there,
            languages=choices.languages_of(community, near, dice),
            modes=choices.modes_of(calling, dice),
        )

    def _work(self, person: Person, dice: Dice) -> dict[str, Any]:
        calling = person.calling
        ages = choices.ages_of(calling, dice)
        treatments = choices.treatments_of(
            calling,
            workplace=person.workplace,
            modes=person.modes,
            vocabulary=self.vocabulary,
            banks=self.banks,
            dice=dice,
        )
        if "group" in treatments:
            person.modes.append("group-in-person")
        return {
            "profession": calling.profession,
            "gender": person.gender,
            "practising_since": None if dice.chance(7) else self.today.year - person.years,
            "registrations": self._registrations(calling, dice),
            "conditions": self._concerns.deal(calling, ages, dice),
            "treatments": treatments,
            "languages": person.languages,
            "modes": person.modes,
            "age_groups": ages,
            "identities": choices.identities_of(calling, person.gender, person.community, dice),
            "payment": self._payment(calling, dice),
            "accessibility": self._access(person, dice),
            "works_at": [person.workplace.ref] if person.workplace else [],
        }

    def _degrees(self, calling: Calling, dice: Dice) -> list[str]:
        lay = "lay_degrees" in calling.entry and not calling.prescribes
        found = list(dice.pick(calling.entry["lay_degrees" if lay else "degrees"]))
        return [*found, DOCTORATE] if dice.chance(calling.entry.get("phd", 0)) else found

    def _qualifications(self, person: Person, treatments: list[str]) -> list[str]:
        training = self.banks.limits["training"]
        further = [training[slug] for slug in treatments if slug in training]
        return list(dict.fromkeys([*person.degrees, *further]))

    def _registrations(self, calling: Calling, dice: Dice) -> list[dict[str, Any]]:
        if not calling.registers or dice.chance(NO_REGISTRATION_STATED):
            return []
        registers = [calling.entry["register"]]
        if registers[0] == "dmc" and dice.chance(18):
            registers.append("nmc")
        return [
            registration(register, dice.weighted(REGISTER_STATES), self.numbers, self.today, dice)
            for register in registers
        ]

    def _payment(self, calling: Calling, dice: Dice) -> list[str]:
        found = [slug for slug, share in PAYMENT.items() if dice.chance(share)] or ["upi"]
        if calling.registers and dice.chance(36):
            found.append("reimbursement")
        if calling.sees_children and dice.chance(12):
            found.append("niramaya")
        if calling.practice in ("work", "stress") and dice.chance(18):
            found.append("eap")
        return found

    def _access(self, person: Person, dice: Dice) -> list[str]:
        if "in-person" not in person.modes:
            return ["captions"] if dice.chance(20) else []
        found = [slug for slug, share in ACCESS.items() if dice.chance(share)]
        return found + (["near-metro"] if person.spot.is_near_metro else [])

    def _locations(self, person: Person, dice: Dice) -> list[dict[str, Any]]:
        places = self._places_of(person, dice)
        for place in places:
            place["exceptions"] = schedule.exceptions(self.banks, self.today, dice)
            place["phones"] = [self.telephones.deal("appointments")]
        return places

    def _places_of(self, person: Person, dice: Dice) -> list[dict[str, Any]]:
        """Give the own room, the centre's, or both; who works online has a locality only."""
        labels, workplace = self.banks.places, person.workplace
        if "in-person" not in person.modes:
            kind = "night" if dice.chance(30) else "practitioner"
            place = person.spot.document("Online, from", self._week(kind, dice))
            return [place | {"address": None, "pincode": None, "lat": None, "lon": None}]
        if workplace is not None and person.only_there:
            return [person.spot.document(workplace.name, self._week("practitioner", dice))]
        week = self._week("practitioner", dice)
        places = [person.spot.document(dice.pick(labels["labels"]), week)]
        if workplace is not None and workplace.has_rooms and dice.chance(60):
            there = workplace.spot.document(workplace.name, self._week("visiting", dice))
            places.append(there)
        elif workplace is None and dice.chance(12):
            second = self._places.deal(dice)
            label = dice.pick(labels["second_labels"])
            places.append(second.document(label, self._week("visiting", dice)))
        return places

    def _week(self, kind: str, dice: Dice) -> list[dict[str, Any]]:
        """Give the hours of a week; a few places state none."""
        return [] if dice.chance(6) else schedule.week(self.banks, kind, dice)

    def _deaf_friendly(self, document: dict[str, Any]) -> None:
        if "deaf-friendly" in document["identities"]:
            document["languages"].append("ins")
            document["accessibility"].append("sign-language")

    def _say(self, document: dict[str, Any], person: Person, dice: Dice) -> None:
        speaker = speaker_of(document, person, self.banks, self.vocabulary, dice)
        text = self.texts.write(speaker, dice)
        document["headline"], document["about"] = text.headline, text.about

    def _fees(self, document: dict[str, Any], person: Person, dice: Dice) -> list[dict[str, Any]]:
        extras = {
            "couple-session": "couples" in document["treatments"],
            "family-session": "family" in document["treatments"] and dice.chance(60),
            "group-session": "group" in document["treatments"],
            "home-visit": "home-visit" in document["modes"],
            "assessment": "psych-assessment" in document["treatments"],
            "letter": dice.chance(9),
            "sliding": dice.chance(18),
        }
        wanted = tuple(slug for slug, holds in extras.items() if holds)
        dear = self._places.is_dear(person.spot.locality)
        return practitioner_fees(person.calling.entry, wanted, dice, dear=dear)

    def _checks(self, document: dict[str, Any], dice: Dice) -> list[dict[str, Any]]:
        if document["state"] in ("draft", "closed"):
            return []
        found = facts.accepting_checks(document) + register_checks(document["registrations"])
        plans = [
            ("phone", "call", 56),
            ("fee", "call", 48 if document["fees"] else 0),
            ("hours", "call", 40 if document["locations"][0]["hours"] else 0),
            ("address", "letter" if dice.chance(40) else "visit", 16),
            ("access", "visit", 14 if document["accessibility"] else 0),
            ("payment", "call", 8),
        ]
        for fact, method, share in plans:
            if dice.chance(share):
                found.append(check(fact, method, day_of_check(fact, self.today, dice)))
        return found


def _gender(dice: Dice, *, woman: bool) -> str | None:
    if dice.chance(GENDER_UNSTATED):
        return None
    if dice.chance(NON_BINARY):
        return "non-binary"
    return "woman" if woman else "man"
