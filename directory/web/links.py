"""Addresses of pages that several doors and templates link to; paths are the public contract's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from directory.listings.models import ListingKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDERS = {ListingKind.PRACTITIONER: "therapists", ListingKind.CENTRE: "centres"}


def listing_url(kind: str, slug: str) -> str:
    """Give the path of a listing's page."""
    return f"/{FOLDERS[ListingKind(kind)]}/{slug}"


def reviews_url(kind: str, slug: str, **parameters: str | int | None) -> str:
    """Give the path of the list of a listing's reviews; None leaves a parameter out."""
    pairs = {name: str(value) for name, value in parameters.items() if value is not None}
    return listing_url(kind, slug) + "/reviews" + (f"?{urlencode(pairs)}" if pairs else "")


def review_form_url(kind: str, slug: str) -> str:
    """Give the path of the form for a review of a listing."""
    return listing_url(kind, slug) + "/review"


def flag_url(public_id: str) -> str:
    """Give the path of the form that objects to a review."""
    return f"/reviews/{public_id}/flag"


def search_url(**parameters: str | int | Sequence[str] | None) -> str:
    """Give the path of a search; lists repeat the parameter, None leaves it out."""
    return search_path(parameters)


def search_path(parameters: Mapping[str, str | int | Sequence[str] | None]) -> str:
    """Give the path of a search from a mapping of its parameters, in their order."""
    pairs = {name: value for name, value in parameters.items() if value not in (None, "", [], ())}
    return "/search" + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")
