"""The home page: what and where, what cannot wait, and every way to browse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template

from directory.core.db import db
from directory.guides.queries import published_guides
from directory.vocabulary.drawing import CityMap, city_map
from directory.vocabulary.models import TermKind
from directory.web import current
from directory.web.access import access
from directory.web.entries import chosen_terms, district_entries, line_entries, short_entries

if TYPE_CHECKING:
    from directory.guides.queries import GuideLine
    from directory.vocabulary.queries import Vocabulary

blueprint = Blueprint("home", __name__)

# The words people come with, the commonest first; every one leads to a page of its own.
CONCERNS = (
    "depression",
    "generalised-anxiety",
    "panic-disorder",
    "insomnia",
    "ocd",
    "grief",
    "relationship",
    "parenting",
    "exam-stress",
    "alcohol",
    "opioids",
    "dementia",
    "bipolar-i",
    "schizophrenia",
    "perinatal-depression",
)
TREATMENTS = (
    "cbt",
    "medication",
    "couples",
    "family",
    "psych-assessment",
    "dbt",
    "rtms",
    "iv-ketamine",
    "esketamine",
    "detox",
    "ect",
    "emdr",
)
PROFESSIONS = (
    "psychiatrist",
    "clinical-psychologist",
    "counselling-psychologist",
    "psychotherapist",
    "counsellor",
    "child-psychiatrist",
    "psychiatric-social-worker",
    "marriage-family-counsellor",
    "occupational-therapist",
)
# Read first by whoever does not know yet what to read; what is not published gives way to others.
GUIDES = (
    "depression-first-steps",
    "who-does-what",
    "choosing-a-24x7-centre",
    "costs-and-insurance",
)
EMERGENCY = "emergency-24x7"
MOST_LINES = 8


@dataclass
class DrawnCity:
    """The drawing of the city, made once for a vocabulary."""

    _digest: str | None = None
    _map: CityMap | None = None

    def of(self, vocabulary: Vocabulary) -> CityMap:
        """Give the drawing; another vocabulary makes another."""
        if self._map is None or self._digest != vocabulary.digest:
            self._map, self._digest = city_map(vocabulary), vocabulary.digest
        return self._map


@blueprint.get("/")
@access("anyone")
def home() -> str:
    """Show the home page."""
    vocabulary, counts = current.vocabulary(), current.counts()
    drawn: DrawnCity = current_app.extensions["drawn_city"]
    emergency = vocabulary.term(TermKind.FACILITY, EMERGENCY)
    guides = published_guides(db.session())
    return render_template(
        "home/home.html",
        city=drawn.of(vocabulary),
        counts=counts,
        emergency=counts.by_term.get(emergency.id, 0) if emergency else 0,
        concerns=short_entries(
            chosen_terms(vocabulary, TermKind.CONDITION, CONCERNS), counts.by_term
        ),
        concerns_in_all=len(vocabulary.terms[TermKind.CONDITION]),
        treatments=short_entries(
            chosen_terms(vocabulary, TermKind.TREATMENT, TREATMENTS), counts.by_term
        ),
        treatments_in_all=len(vocabulary.terms[TermKind.TREATMENT]),
        professions=short_entries(
            chosen_terms(vocabulary, TermKind.PROFESSION, PROFESSIONS), counts.by_term
        ),
        lines=line_entries(vocabulary, counts)[:MOST_LINES],
        districts=district_entries(vocabulary, counts),
        localities_in_all=len(vocabulary.localities),
        guides=_first(guides),
        guides_in_all=len(guides),
    )


def _first(guides: list[GuideLine]) -> list[GuideLine]:
    """Give as many guides as are chosen: those, and others where one of them is missing."""
    order = {slug: place for place, slug in enumerate(GUIDES)}
    return sorted(guides, key=lambda guide: order.get(guide.slug, len(order)))[: len(GUIDES)]
