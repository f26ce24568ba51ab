"""A made-up listing, and two side by side, for the page of components and no other caller."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from directory.listings.models import Accepting, ListingKind
from directory.listings.queries.comparison import compare
from directory.vocabulary.models import TermKind
from directory.web import listing_samples

if TYPE_CHECKING:
    from datetime import datetime

    from directory.listings.queries.comparison import Comparison
    from directory.listings.queries.page import ListingPage
    from directory.vocabulary.queries import Vocabulary

# "Save" buttons carry ids of listings: these two are no other sample's.
IDS = (21, 22)


def listings(vocabulary: Vocabulary, now: datetime) -> dict[str, Any]:
    """Give a listing's page, and it beside another."""
    sample = listing_samples.page(vocabulary, now)
    return {"sample": sample, "comparison": _comparison(vocabulary, sample)}


def _comparison(vocabulary: Vocabulary, full: ListingPage) -> Comparison:
    """Give a practitioner beside a centre that says little."""
    first = replace(full, listing=replace(full.listing, id=IDS[0]))
    centre = replace(
        full.listing,
        id=IDS[1],
        kind=ListingKind.CENTRE,
        name="Aravalli House",
        role=next(iter(vocabulary.terms[TermKind.CENTRE_TYPE].values())),
        accepting=Accepting.UNKNOWN,
    )
    little = replace(full, listing=centre, terms={}, fees=(), checks={}, registrations=())
    return compare([first, little])
