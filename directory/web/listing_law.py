"""What registers, admissions and rights mean, in plain words with the law they rest on.

Template filters of the listing pages; sources in docs/guide-facts.md, section 4. Wording that
rests on general knowledge there gives no figure. Not legal advice, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from directory.vocabulary.queries import TermView

# How a centre's facilities are grouped, in the order of the page; the rest is "Also".
FACILITY_GROUPS = {
    "people": (
        "psychiatrist-24x7-on-site",
        "psychiatrist-on-call",
        "doctor-24x7-on-site",
        "nurse-24x7",
        "emergency-24x7",
        "general-emergency-24x7",
        "psychologist-onsite",
    ),
    "medical": (
        "icu",
        "icu-tieup",
        "ambulance",
        "resuscitation",
        "anaesthetist",
        "detox-beds",
        "ect-suite",
        "rtms",
        "ketamine-monitoring",
        "lab",
        "pharmacy",
    ),
    "family": ("women-ward", "children-ward", "family-stay", "visitors-daily", "phone-access"),
    "daily": ("occupational-therapy", "diet", "outdoor"),
    "rights": (
        "no-seclusion",
        "restraint-policy",
        "advance-directive",
        "mhrb-info",
        "complaints-desk",
        "cctv-common",
        "discharge-plan",
        "price-list",
    ),
}
ADMISSION_SECTIONS = {
    "independent": "86",
    "minor": "87",
    "supported": "89",
    "supported-beyond-30": "90",
    "emergency": "94",
}
# Facilities that are a number in the taxonomy; without the number they say nothing.
NEEDS_A_NUMBER = {"beds", "nursing-ratio-day", "nursing-ratio-night"}


@dataclass(frozen=True, slots=True)
class Admission:
    """A way of being admitted: its short name, what it means, and its section of the Act."""

    name: str
    means: str
    section: str


def admission_words(term: TermView) -> Admission:
    """Say what a way of being admitted means (Mental Healthcare Act 2017 ss. 86-94)."""
    names = {
        "independent": gettext("Independent"),
        "minor": gettext("Under 18"),
        "supported": gettext("Supported"),
        "supported-beyond-30": gettext("Supported, longer"),
        "emergency": gettext("Emergency"),
    }
    name = names.get(term.slug, term.name_en)
    return Admission(name, _admission_means(term.slug), ADMISSION_SECTIONS.get(term.slug, ""))


def _admission_means(slug: str) -> str:
    return {
        "independent": gettext("You ask for it yourself, and you may leave when you ask to."),
        "minor": gettext(
            "Asked for by the nominated representative, usually a parent. The Review Board is told."
        ),
        "supported": gettext(
            "With your nominated representative, when you need almost full support to decide. "
            "Up to 30 days, and the Review Board is told."
        ),
        "supported-beyond-30": gettext(
            "Beyond 30 days, only when the need goes on and the Review Board agrees."
        ),
        "emergency": gettext("Up to 72 hours, to prevent serious harm. No ECT in this time."),
    }.get(slug, "")


def rights_words(terms: Iterable[TermView]) -> list[str]:
    """List what is owed to everyone inside; what this place adds is said with it."""
    stated = {term.slug for term in terms}
    visits = (
        gettext("You may receive visitors and use a phone (section 26). Here: visitors daily.")
        if "visitors-daily" in stated
        else gettext("You may receive visitors and use a phone (section 26).")
    )
    complaints = (
        gettext("A complaint goes to the desk here, then to the Mental Health Review Board.")
        if "complaints-desk" in stated
        else gettext("A complaint goes to the centre, then to the Mental Health Review Board.")
    )
    return [
        gettext("You choose a nominated representative, and can change them (section 14)."),
        gettext("You may write down beforehand how you want to be treated (section 5)."),
        visits,
        gettext("No chaining (section 95), no locked solitary room (section 97)."),
        gettext("ECT only with anaesthesia, and only with consent (section 95)."),
        gettext("Your papers and your photo stay private (sections 23 and 24)."),
        gettext("A written plan when you leave (section 98)."),
        complaints,
    ]


def facility_groups(terms: Iterable[TermView]) -> list[tuple[str, list[TermView]]]:
    """Give a centre's facilities in groups with their headings, empty groups left out."""
    headings = {
        "people": gettext("People"),
        "medical": gettext("Medical"),
        "family": gettext("Wards and family"),
        "daily": gettext("By day"),
        "rights": gettext("Rights"),
        "also": gettext("Also"),
    }
    group_of = {slug: group for group, slugs in FACILITY_GROUPS.items() for slug in slugs}
    groups: dict[str, list[TermView]] = {group: [] for group in headings}
    for term in terms:
        if term.slug not in NEEDS_A_NUMBER:
            groups[group_of.get(term.slug, "also")].append(term)
    return [(headings[group], found) for group, found in groups.items() if found]


def register_means(register: TermView) -> str:
    """Say what being in a register means, and what it does not."""
    limit = gettext("Being listed says nothing about how good the care is.")
    known = {
        "nmc": gettext("The national register lists a doctor of this name and number."),
        "dmc": gettext(
            "The council lists a doctor of this name and number who may practise in Delhi."
        ),
        "rci": gettext(
            "The council lists this person, with training it recognises. Certificates run out "
            "and are renewed."
        ),
        "ncahp": gettext(
            "A new commission for psychologists, counsellors and social workers. Its rules were "
            "still a draft in late 2025, so few can be registered yet."
        ),
        "smha-delhi": gettext(
            "Any place where people with mental illness are admitted must be registered with "
            "this authority (Mental Healthcare Act 2017, section 65)."
        ),
        "dghs-nh": gettext("The city’s register of nursing homes, for places with beds."),
        "nabh": gettext("A voluntary mark for hospitals that had themselves examined."),
        "msje-irca": gettext("The ministry’s list of rehabilitation centres it pays for."),
        "dnc": gettext("The council lists a nurse of this name and number."),
        "inc": gettext("The national register lists a nurse of this name and number."),
        "delhi-ot-council": gettext("The council lists this therapist."),
        "ayush-boards": gettext("The board lists a practitioner of this name and number."),
    }
    return f"{known[register.slug]} {limit}" if register.slug in known else limit


def register_lookup(register: TermView) -> str:
    """Say how to look it up oneself."""
    known = {
        "nmc": gettext("Search the name or number in the Indian Medical Register on nmc.org.in."),
        "dmc": gettext("Search the name or number on the Delhi Medical Council’s website."),
        "rci": gettext(
            "Search the number in the Central Rehabilitation Register on rciregistration.nic.in."
        ),
        "smha-delhi": gettext(
            "Look in the authority’s published list, and ask the centre for a dated copy of its "
            "certificate."
        ),
        "dghs-nh": gettext("Ask the centre for its certificate, or look in the city’s list."),
        "nabh": gettext("Search the name on nabh.co."),
        "msje-irca": gettext("Look in the ministry’s list."),
    }
    return known.get(register.slug, gettext("Ask at the register’s office."))


def no_register_words(role: TermView) -> str:
    """Say what it means that a profession has no register of its own; empty where it has one."""
    statutory = role.details.get("statutory_register")
    if statutory == "no":
        return gettext(
            "There is no legal register for this profession, so ask about training and who "
            "supervises the work."
        )
    if statutory == "starting":
        return gettext(
            "A legal register for this profession is only being set up, so ask about training."
        )
    if statutory == "partly":
        return gettext("Only some people of this profession are in a legal register: ask which.")
    return ""


FILTERS: dict[str, Callable[..., Any]] = {
    "admission_words": admission_words,
    "facility_groups": facility_groups,
    "no_register_words": no_register_words,
    "register_lookup": register_lookup,
    "register_means": register_means,
    "rights_words": rights_words,
}
