"""`/api/v1/taxonomy` and `/api/v1/localities`: the controlled lists and places.

Spellings that only serve matching are not part of the vocabulary pages and answers read, so
they cannot appear here; nor do notes to editors or codes of diagnoses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.api import answers
from directory.api.answers import KEEP_AN_HOUR, answer, noun, takes
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.api.schemas import Localities, Locality, Taxonomy, Term
    from directory.vocabulary.queries import LocalityView, TermView

# What is particular to a list and of use outside; everything else is for editors.
PUBLIC_FACTS: dict[TermKind, tuple[str, ...]] = {
    TermKind.PROFESSION: (
        "does_en",
        "does_hi",
        "may_diagnose",
        "may_prescribe",
        "may_counsel",
        "statutory_register",
        "register",
    ),
    TermKind.CENTRE_TYPE: ("overnight_beds", "registers"),
    TermKind.TREATMENT: ("delivered_by", "supervised_setting"),
    TermKind.AGE_GROUP: ("min", "max"),
    TermKind.FEE_BAND: ("inr_min", "inr_max"),
    TermKind.REGISTER: ("full_name", "law"),
}

blueprint = noun("api_vocabulary", __name__, "/api/v1")


@blueprint.get("/taxonomy")
@takes()
def taxonomy() -> ResponseReturnValue:
    """Answer with every controlled list."""
    found = answers.vocabulary()
    document: Taxonomy = {
        "version": found.digest,
        "terms": {
            kind.value: [_term(term) for term in terms.values()]
            for kind, terms in found.terms.items()
        },
    }
    return answer(document, KEEP_AN_HOUR)


@blueprint.get("/localities")
@takes()
def localities() -> ResponseReturnValue:
    """Answer with every district and locality."""
    found = answers.vocabulary()
    document: Localities = {
        "version": found.digest,
        "districts": [
            {"slug": row.slug, "name": row.name_en, "name_hi": row.name_hi}
            for row in found.districts.values()
        ],
        "localities": [_locality(place) for place in found.localities.values()],
    }
    return answer(document, KEEP_AN_HOUR)


def _term(term: TermView) -> Term:
    public = PUBLIC_FACTS.get(term.kind, ())
    return {
        "slug": term.slug,
        "name": term.name_en,
        "name_hi": term.name_hi,
        "group": term.group,
        "synonyms": list(term.synonyms),
        "facts": {key: term.details[key] for key in public if key in term.details},
    }


def _locality(place: LocalityView) -> Locality:
    return {
        "slug": place.slug,
        "name": place.name_en,
        "name_hi": place.name_hi,
        "aliases": list(place.aliases),
        "district": place.district.slug,
        "pincodes": list(place.pincodes),
        "lat": place.lat,
        "lon": place.lon,
        "nearest_station": {
            "slug": place.station.slug,
            "name": place.station.name_en,
            "name_hi": place.station.name_hi,
            "lines": [line.slug for line in place.station.lines],
            "distance_m": place.station_m,
        },
    }
