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


def search_url(**parameters: str | int | Sequence[str] | None) -> str:
    """Give the path of a search; lists repeat the parameter, None leaves it out."""
    return search_path(parameters)


def search_path(parameters: Mapping[str, str | int | Sequence[str] | None]) -> str:
    """Give the path of a search from a mapping of its parameters, in their order."""
    pairs = {name: value for name, value in parameters.items() if value not in (None, "", [], ())}
    return "/search" + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")
