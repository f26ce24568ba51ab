"""What a reader may choose and type about a listing that is missing. Called by `corrections.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from directory.core.errors import InvalidError
from directory.core.geo import distance_m
from directory.listings.models import ListingKind
from directory.moderation.intake import Suggestion
from directory.vocabulary.models import TermKind
from directory.web import current
from directory.web.environment import language

if TYPE_CHECKING:
    from directory.vocabulary.queries import LocalityView, StationView
    from directory.web.forms.correction import SuggestionForm

# The kind of a listing by the list its role stands in.
KINDS = {
    TermKind.PROFESSION: ListingKind.PRACTITIONER,
    TermKind.CENTRE_TYPE: ListingKind.CENTRE,
}
APART = ":"


def roles_offered() -> list[Any]:
    """Give professions and kinds of places, each with its key; the first asks to choose."""
    terms = current.vocabulary().terms
    return [
        ("", gettext("Choose")),
        *(
            (f"{kind}{APART}{term.slug}", term.name_en)
            for kind in KINDS
            for term in terms[kind].values()
        ),
    ]


def suggestion_of(form: SuggestionForm) -> Suggestion:
    """Give what a valid form says; raises `InvalidError` for a locality nobody knows."""
    kind, _, slug = form.role.data.partition(APART)
    return Suggestion(
        kind=KINDS[TermKind(kind)],
        name=form.name.data or "",
        role=slug,
        locality=_locality(form.locality.data or "").slug,
        where=form.where.data or None,
        phone=form.phone.data or None,
        website=form.web.data or None,
        evidence=form.evidence.data or None,
        address=form.email.data or None,
        language=language(),
    )


def _locality(words: str) -> LocalityView:
    """Give the locality somebody means, also by another name of it or by its metro station."""
    said = " ".join(words.casefold().split())
    vocabulary = current.vocabulary()
    for locality in vocabulary.localities.values():
        if said in _names(locality):
            return locality
    for station in vocabulary.stations.values():
        if said in _names(station):
            return min(
                vocabulary.localities.values(),
                key=lambda near: distance_m(station.lat, station.lon, near.lat, near.lon),
            )
    raise InvalidError(
        "locality",
        gettext("We do not know a place of this name. Give a locality or station near it."),
    )


def _names(place: LocalityView | StationView) -> set[str]:
    names = (place.slug, place.name_en, place.name_hi, *place.aliases)
    return {name.casefold() for name in names}
