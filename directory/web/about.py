"""Pages about the directory itself: where the data comes from, how it is checked, privacy.

What they say is rendered from the rules and files the code uses, so that it stays true.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import gettext

from directory.listings.policy import FACTS
from directory.listings.shortlist import KEPT_DAYS
from directory.vocabulary.models import TermKind
from directory.vocabulary.reading import read_sources
from directory.web import current, map_ground
from directory.web.access import access
from directory.web.helpline_lines import helpline_lines

blueprint = Blueprint("about", __name__)


@dataclass(frozen=True, slots=True)
class FactRule:
    """A fact that is checked: what it is, how it is asked, and how many days a check counts."""

    name: str
    how: str
    days: int


@blueprint.get("/about/data")
@access("anyone")
def data() -> str:
    """Show where names, places, lines and public facilities come from."""
    vocabulary, counts = current.vocabulary(), current.counts()
    return render_template(
        "about/data.html",
        sources=read_sources(),
        helplines=helpline_lines(vocabulary, current.now()),
        counts=counts,
        localities=len(vocabulary.localities),
        stations=len(vocabulary.stations),
        conditions=len(vocabulary.terms[TermKind.CONDITION]),
        treatments=len(vocabulary.terms[TermKind.TREATMENT]),
    )


@blueprint.get("/about/checking")
@access("anyone")
def checking() -> str:
    """Show what is checked, how, and for how long a check counts."""
    return render_template("about/checking.html", rules=fact_rules())


@blueprint.get("/policies/privacy")
@access("anyone")
def privacy() -> str:
    """Show what this site keeps about a reader."""
    source = map_ground.tile_source()
    return render_template("about/privacy.html", kept_days=KEPT_DAYS, source=source)


def fact_rules() -> list[FactRule]:
    """Give every fact of the policy in words, the shortest-lived first."""
    rules = [FactRule(*_fact_words(fact), days) for fact, days in FACTS.items()]
    return sorted(rules, key=lambda rule: rule.days)


def _fact_words(fact: str) -> tuple[str, str]:
    return {
        "accepting": (gettext("Taking patients"), gettext("We ask by phone or letter.")),
        "phone": (gettext("Telephone"), gettext("We call, and somebody answers.")),
        "night": (
            gettext("Open at night"),
            gettext("We call between ten at night and six in the morning, and ask who is there."),
        ),
        "staffing": (gettext("Who is on duty"), gettext("We ask for the roster.")),
        "fee": (gettext("Fees"), gettext("We ask, or read a printed list.")),
        "hours": (gettext("Hours"), gettext("We ask, or see them at the door.")),
        "payment": (gettext("Ways to pay"), gettext("We ask.")),
        "registration": (
            gettext("Registration"),
            gettext("We look the number up in the register itself."),
        ),
        "address": (gettext("Address"), gettext("We ask, visit, or find it in a public record.")),
        "access": (gettext("Step-free access"), gettext("We ask, or visit.")),
        "beds": (gettext("Beds"), gettext("We ask, or read the licence.")),
        "facilities": (gettext("What a centre has"), gettext("We ask, or visit.")),
    }[fact]
