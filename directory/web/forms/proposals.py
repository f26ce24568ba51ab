"""The fields in which a reader puts a value of a listing right: fees, numbers, beds and the like.

A `Proposal` shows what a document says now and gives the keys of it with what they should say.
Facts without such fields are told in words. Used by `correct_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from directory.listings.models import Accepting, FeePurpose, ListingKind, PhoneUse
from directory.web import text
from directory.web.forms.correction import day_of
from directory.web.listing_words import accepting_words, fee_words, phone_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from directory.listings.exchange.checking import Fault

NEW_FEE, NEW_FOR, NEW_PHONE = "fee-new", "fee-new-for", "phone-new"
ACCEPTING, WEB, BEDS, CLOSED_ON = "accepting", "web", "beds", "closed_on"
ANSWERS = (Accepting.YES, Accepting.WAITING_LIST, Accepting.NO)
# What people write round a sum, and what is left is digits.
ROUND_A_SUM = str.maketrans("", "", "₹, \u00a0/-")


@dataclass(frozen=True, slots=True)
class Line:
    """One value as it can be put right: its field, its label, what stands in it."""

    name: str
    label: str
    value: str
    inputmode: str = "text"
    hint: str | None = None
    type: str = "text"
    error: str | None = None


@dataclass
class Proposal:
    """What a reader may put right of one fact; `fields` are those of the form as sent, if any."""

    fact: str
    kind: ListingKind
    document: Mapping[str, Any]
    sent: Mapping[str, str] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """Give the fields in their order, with what was sent and what is wrong with it."""
        make = LINES.get(self.fact)
        return [] if make is None else [self._filled(line) for line in make(self)]

    @property
    def purposes(self) -> list[tuple[str, str]]:
        """Give what a sum that is not there yet may be for."""
        return [("", gettext("Choose")), *((each.value, fee_words(each)) for each in FeePurpose)]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Give the answers to choose from, for taking patients alone."""
        if self.fact != ACCEPTING:
            return []
        of_centre = self.kind is ListingKind.CENTRE
        return [(each.value, accepting_words(each, of_centre=of_centre)) for each in ANSWERS]

    @property
    def has_fields(self) -> bool:
        """Tell whether this fact has fields, so that words may be left out."""
        return bool(LINES.get(self.fact) or self.answers)

    def value(self, name: str, stated: str = "") -> str:
        """Give what stands in a field: what was sent, else what the page says."""
        return stated if self.sent is None else self.sent.get(name, "").strip()

    def changes(self) -> dict[str, Any]:
        """Give the keys with what they should say; what cannot be read is in `errors`."""
        self.errors.clear()
        read = CHANGES.get(self.fact)
        return {} if read is None else read(self)

    def lay(self, faults: Sequence[Fault]) -> list[str]:
        """Put faults of the document to their fields; give the reasons of those without one."""
        elsewhere = []
        for fault in faults:
            name = self.paths.get(fault.field)
            if name is None:
                elsewhere.append(fault.reason)
            else:
                self.errors.setdefault(name, _advice(self.fact))
        return elsewhere

    def faults(self) -> list[tuple[str, str]]:
        """Give what is wrong, and the anchor of each field."""
        return [(words, f"#{name}") for name, words in self.errors.items()]

    def _filled(self, line: Line) -> Line:
        return replace(
            line, value=self.value(line.name, line.value), error=self.errors.get(line.name)
        )


def _advice(fact: str) -> str:
    return {
        "phone": gettext("Give a number one can ring in India, such as 011-5550 1234"),
        "fee": gettext("Give the sum in whole rupees, such as 1500"),
        "beds": gettext("Give a whole number"),
        "about": gettext("Give a web address, such as www.example.org"),
    }.get(fact, gettext("This cannot be so"))


def _fee_lines(asked: Proposal) -> list[Line]:
    lines = []
    for at, fee in enumerate(asked.document["fees"]):
        about = fee_words(FeePurpose(fee["for"]))
        if fee["minutes"]:
            about = gettext("%(what)s, %(minutes)s minutes", what=about, minutes=fee["minutes"])
        if fee["note"]:
            about = f"{about} ({fee['note']})"
        lines.append(Line(f"fee-{at}", about, str(fee["amount"]), "numeric"))
    return lines


def _fees(asked: Proposal) -> dict[str, Any]:
    fees: list[dict[str, Any]] = []
    for at, fee in enumerate(asked.document["fees"]):
        amount = _sum(asked, f"fee-{at}", str(fee["amount"]))
        if amount is not None:
            asked.paths[f"fees[{len(fees)}].amount"] = f"fee-{at}"
            fees.append({**fee, "amount": amount})
    added = _sum(asked, NEW_FEE, "")
    if added is not None:
        purpose = asked.value(NEW_FOR)
        if purpose not in set(FeePurpose):
            asked.errors[NEW_FOR] = gettext("Choose what the sum is for")
        asked.paths[f"fees[{len(fees)}].amount"] = NEW_FEE
        fees.append({"for": purpose, "amount": added, "minutes": None, "note": None})
    return {"fees": fees}


def _sum(asked: Proposal, name: str, stated: str) -> int | None:
    """Give a sum as somebody writes it; None for an empty field."""
    said = asked.value(name, stated).lower().removeprefix("rs").lstrip(".").translate(ROUND_A_SUM)
    if not said:
        return None
    if not said.isdecimal():
        asked.errors[name] = _advice("fee")
        return 0
    return int(said)


def _phone_lines(asked: Proposal) -> list[Line]:
    lines = []
    places = asked.document["locations"]
    for at, place in enumerate(places):
        for number, phone in enumerate(place["phones"]):
            label = phone_words(PhoneUse(phone["use"]))
            if len(places) > 1 and place["label"]:
                label = f"{label}, {place['label']}"
            lines.append(Line(f"phone-{at}-{number}", label, text.phone(phone["number"]), "tel"))
    more = gettext("Another number") if lines else gettext("The number")
    return [*lines, Line(NEW_PHONE, more, "", "tel")]


def _phones(asked: Proposal) -> dict[str, Any]:
    places = []
    for at, place in enumerate(asked.document["locations"]):
        phones: list[dict[str, str]] = []
        for number, phone in enumerate(place["phones"]):
            name = f"phone-{at}-{number}"
            said = asked.value(name, text.phone(phone["number"]))
            _add_phone(asked, phones, f"locations[{at}]", (name, phone["use"], said))
        if at == 0:
            is_centre = asked.kind is ListingKind.CENTRE
            use = PhoneUse.ADMISSIONS if is_centre else PhoneUse.APPOINTMENTS
            added = (NEW_PHONE, use.value, asked.value(NEW_PHONE))
            _add_phone(asked, phones, f"locations[{at}]", added)
        places.append({**place, "phones": phones})
    return {"locations": places}


def _add_phone(
    asked: Proposal, phones: list[dict[str, str]], place: str, told: tuple[str, str, str]
) -> None:
    """Add a number with its use, unless its field was emptied; note where its faults belong."""
    name, use, said = told
    if said:
        asked.paths[f"{place}.phones[{len(phones)}].number"] = name
        phones.append({"use": use, "number": said})


def _web_lines(asked: Proposal) -> list[Line]:
    return [Line(WEB, gettext("Website"), asked.document["website"] or "", "url")]


def _web(asked: Proposal) -> dict[str, Any]:
    asked.paths["website"] = WEB
    return {"website": asked.value(WEB, asked.document["website"] or "") or None}


def _beds_lines(asked: Proposal) -> list[Line]:
    beds = asked.document["beds"]
    return [Line(BEDS, gettext("Beds"), "" if beds is None else str(beds), "numeric")]


def _beds(asked: Proposal) -> dict[str, Any]:
    said = asked.value(BEDS)
    if not said:
        return {"beds": None}
    if not said.isdecimal():
        asked.errors[BEDS] = _advice("beds")
        return {}
    asked.paths["beds"] = BEDS
    return {"beds": int(said)}


def _closed_lines(_asked: Proposal) -> list[Line]:
    label = gettext("Since which day, if you know it?")
    return [Line(CLOSED_ON, label, "", type="date")]


def _closed(asked: Proposal) -> dict[str, Any]:
    said = asked.value(CLOSED_ON)
    day = day_of(said)
    if said and day is None:
        asked.errors[CLOSED_ON] = gettext("Give the day like 2026-11-23, or leave it empty")
    return {} if day is None else {"closed_on": day.isoformat()}


def _accepting(asked: Proposal) -> dict[str, Any]:
    chosen = asked.value(ACCEPTING, asked.document["accepting"])
    return {"accepting": chosen} if chosen in set(ANSWERS) else {}


LINES: Mapping[str, Callable[[Proposal], list[Line]]] = {
    "fee": _fee_lines,
    "phone": _phone_lines,
    "about": _web_lines,
    "beds": _beds_lines,
    "closed": _closed_lines,
}
CHANGES: Mapping[str, Callable[[Proposal], dict[str, Any]]] = {
    "fee": _fees,
    "phone": _phones,
    "about": _web,
    "beds": _beds,
    "closed": _closed,
    "accepting": _accepting,
}
