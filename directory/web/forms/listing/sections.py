"""The sections of a listing's form: which pieces say which keys, for each kind.

The state, the checks and what a register showed have ways of their own and no field here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.listings.facts import FACTS
from directory.listings.models import ListingKind
from directory.vocabulary.models import TermKind
from directory.web import document_words
from directory.web.forms.lazily import lazy_gettext as _
from directory.web.forms.listing import options
from directory.web.forms.listing.centres import Centres
from directory.web.forms.listing.fields import Choice, Field, Said, Tick
from directory.web.forms.listing.lists import Boxes, Inside, Rows, Texts
from directory.web.forms.listing.places import LocalityName, MapPoint
from directory.web.forms.listing.week import Week

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.web.forms.listing.spots import Piece


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces under one heading; `name` is its anchor."""

    name: str
    words: str
    pieces: Sequence[Piece]
    hint: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the document it says."""
        return tuple(piece.key for piece in self.pieces)


def _register_words(before: Mapping[str, Any]) -> str:
    return document_words.looked_up(before) if before.get("state") else ""


CHOOSE = _("Choose")
NOT_STATED = _("Not stated")
AS_STATED = _("As the person or place says it. Leave empty what is not stated.")

FIELDS: Mapping[str, Piece] = {
    piece.key: piece
    for piece in (
        Field("name", _("Name"), hint=_("As the person or place writes it"), most=200),
        Field(
            "name_hi", _("Name in Hindi"), hint=_("In Devanagari, if they write it so"), most=200
        ),
        Choice(
            "profession", _("Profession"), options.of_terms(TermKind.PROFESSION), nothing=CHOOSE
        ),
        Choice(
            "centre_type",
            _("Kind of place"),
            options.of_terms(TermKind.CENTRE_TYPE),
            nothing=CHOOSE,
        ),
        Choice("gender", _("Gender, as stated"), options.genders, nothing=NOT_STATED),
        Field("practising_since", _("Practising since"), "number", hint=_("A year"), short=True),
        Field("headline", _("One line about them"), most=300),
        Field("about", _("About"), "area", hint=_("In their own words; up to 20,000 characters")),
        Field("website", _("Website"), "web", hint=_("For example www.example.org"), most=500),
        Texts("qualifications", _("Training and degrees"), hint=_("One on a line")),
        Boxes("conditions", _("Concerns"), TermKind.CONDITION),
        Boxes("treatments", _("Treatments"), TermKind.TREATMENT),
        Boxes("age_groups", _("Ages"), TermKind.AGE_GROUP),
        Boxes("identities", _("Understands"), TermKind.IDENTITY),
        Boxes("modes", _("In person, video and so on"), TermKind.MODE),
        Boxes("languages", _("Languages"), TermKind.LANGUAGE),
        Boxes("payment", _("Ways to pay"), TermKind.PAYMENT),
        Boxes("facilities", _("Facilities"), TermKind.FACILITY),
        Boxes("accessibility", _("Getting in"), TermKind.ACCESSIBILITY),
        Boxes("admission_types", _("Kinds of admission"), TermKind.ADMISSION_TYPE),
        Field("beds", _("Beds"), "number", short=True),
        Centres(
            "works_at",
            _("Works at"),
            hint=_("Type part of a centre’s name, press Find, and add the right one."),
        ),
        Rows(
            "registrations",
            _("Registrations"),
            _("Registration"),
            (
                Choice(
                    "register", _("Register"), options.of_terms(TermKind.REGISTER), nothing=CHOOSE
                ),
                Field("number", _("Number"), most=80),
                Field("valid_until", _("Valid until"), "day", short=True),
                Said("state", _("What the register showed"), _register_words),
            ),
            add=_("Add a registration"),
            hint=_(
                "What a register showed is recorded as a check. Another number is unchecked again."
            ),
        ),
        Rows(
            "fees",
            _("Fees"),
            _("Fee"),
            (
                Choice("for", _("For"), options.purposes, nothing=CHOOSE),
                Field("amount", _("Rupees"), "number", short=True),
                Field("minutes", _("Minutes"), "number", short=True),
                Field("note", _("Note"), most=200),
            ),
            add=_("Add a fee"),
            hint=_("A fee that is not stated is left out; 0 says that it is free."),
        ),
        Rows(
            "staffing",
            _("Who is there, and when"),
            _("Shift"),
            (
                Choice("role", _("Who"), options.roles, nothing=CHOOSE),
                Choice("presence", _("How"), options.presences, nothing=CHOOSE),
                Field("from", _("From"), "clock", short=True),
                Field("to", _("To"), "clock", short=True),
                Field("count", _("How many"), "number", short=True),
                Field("within_minutes", _("Minutes away"), "number", short=True),
            ),
            add=_("Add a shift"),
            hint=_("The same time twice is round the clock. Minutes are for people on call."),
        ),
        Inside(
            "source",
            _("Where the facts were found"),
            (
                Field("name", _("Source"), most=300),
                Field("url", _("Its address"), "web", most=500),
                Field("retrieved_on", _("Read on"), "day", short=True),
                Choice("confidence", _("How sure"), options.confidences, nothing=NOT_STATED),
            ),
        ),
    )
}
ACCEPTING = Choice("accepting", _("New patients"), options.accepting, first="unknown")
ADMITTING = Choice("accepting", _("Room for new patients"), options.admitting, first="unknown")

PLACE: Mapping[str, Piece] = {
    piece.key: piece
    for piece in (
        Field("label", _("What this place is called"), hint=_("If there are several"), most=120),
        Field("address", _("Address"), most=300),
        LocalityName(
            "locality", _("Locality"), hint=_("Begin to type: Saket, Hauz Khas, Rohini …")
        ),
        Field("pincode", _("PIN code"), most=6, short=True),
        MapPoint(
            "point",
            _("Point on the map"),
            hint=_("Press on the map; each press brings it nearer. A locality alone is enough."),
        ),
        Tick("open_24x7", _("Somebody is there day and night")),
        Week(
            "hours",
            _("Weekly hours"),
            hint=_("9, 9:30, 5 pm: all are read. A day left empty is closed."),
        ),
        Rows(
            "exceptions",
            _("Days that are different"),
            _("Day"),
            (
                Field("on", _("Date"), "day", short=True),
                Field("opens", _("Opens"), "clock", short=True),
                Field("closes", _("Closes"), "clock", short=True),
                Field("note", _("Why"), most=120),
            ),
            add=_("Add a day"),
            hint=_("Without times the place is closed that day."),
        ),
        Rows(
            "phones",
            _("Telephone numbers"),
            _("Number"),
            (
                Choice("use", _("For"), options.uses, first="appointments"),
                Field("number", _("Number"), "phone", most=40),
            ),
            add=_("Add a number"),
            needs=("number",),
        ),
    )
}
# What each fact of a place shows of it.
OF_A_PLACE: Mapping[str, tuple[str, ...]] = {
    "phone": ("phones",),
    "hours": ("open_24x7", "hours", "exceptions"),
    "night": ("open_24x7",),
    "address": ("label", "address", "locality", "pincode", "point"),
}
# What no form can say: what a register showed, that a place closed, and whatever else there is.
PLACES_OF_FACT = _("Places")
WITHOUT_FORM = frozenset({"registration", "closed", "other"})


def _places(*keys: str, fixed: bool = False) -> Piece:
    pieces = [PLACE[key] for key in keys or tuple(PLACE)]
    words, one, add = _("Places"), _("Place"), _("Add a place")
    return Rows("locations", words, one, pieces, add=add, large=True, fixed=fixed)


def _section(name: str, words: str, *keys: str, hint: str | None = None) -> Section:
    return Section(name, words, [FIELDS[key] for key in keys], hint)


WHERE = Section("where", _("Where and when"), [_places(), FIELDS["accessibility"]])
MONEY = _section("money", _("Money"), "fees", "payment")
SOURCE = _section("source", _("Source"), "source")
WHOM = ("conditions", "treatments", "age_groups", "identities")

SECTIONS: Mapping[ListingKind, tuple[Section, ...]] = {
    ListingKind.PRACTITIONER: (
        _section(
            "who",
            _("Who they are"),
            *("name", "name_hi", "profession", "gender", "headline", "about", "website"),
            hint=AS_STATED,
        ),
        Section("taking", _("New patients"), [ACCEPTING]),
        WHERE,
        MONEY,
        _section("helps", _("What they help with"), *WHOM),
        _section("sessions", _("How sessions go"), "modes", "languages"),
        _section(
            "training",
            _("Training and registration"),
            *("qualifications", "practising_since", "registrations"),
        ),
        _section("centres", _("Centres"), "works_at"),
        SOURCE,
    ),
    ListingKind.CENTRE: (
        _section(
            "who",
            _("What it is"),
            *("name", "name_hi", "centre_type", "headline", "about", "website"),
            hint=AS_STATED,
        ),
        Section("taking", _("Room"), [ADMITTING, FIELDS["beds"], FIELDS["admission_types"]]),
        WHERE,
        _section("staff", _("Staff"), "staffing"),
        MONEY,
        _section("helps", _("What it helps with"), *WHOM),
        _section("sessions", _("How it goes"), "modes", "languages", "facilities"),
        _section("training", _("Registration"), "registrations", "qualifications"),
        SOURCE,
    ),
}


def sections_of(kind: ListingKind) -> tuple[Section, ...]:
    """Give the sections of a listing of this kind, in the order of its page."""
    return SECTIONS[kind]


def section_for_fact(fact: str, kind: ListingKind) -> Section | None:
    """Give the section that says one fact (a key of `listings.facts.FACTS`) and nothing else.

    None for a fact that no form says: what a register showed, that a place closed, anything else.
    """
    known = FACTS.get(fact)
    if known is None or kind not in known.kinds or fact in WITHOUT_FORM:
        return None
    if fact in OF_A_PLACE:
        return Section(fact, PLACES_OF_FACT, [_places(*OF_A_PLACE[fact], fixed=True)])
    pieces = {piece.key: piece for section in SECTIONS[kind] for piece in section.pieces}
    found = [pieces[key] for key in known.keys if key in pieces]
    return Section(fact, found[0].words, found) if found else None
