"""Addresses of pages that several doors and templates link to; paths are the public contract's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from directory.listings.models import ListingKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


def correct_url(kind: str, slug: str, fact: str | None = None) -> str:
    """Give the path of the form that reports a wrong detail, of this fact if one is named."""
    return listing_url(kind, slug) + "/correct" + (f"?{urlencode({'fact': fact})}" if fact else "")


def called_url(kind: str, slug: str) -> str:
    """Give the path that takes what a call came to."""
    return listing_url(kind, slug) + "/called"


def hand_out_url(kind: str, slug: str, *, plain: bool = False) -> str:
    """Give the path of a listing's sheet to print; a plain one does not say what it is about."""
    return listing_url(kind, slug) + "/hand-out" + ("?plain=1" if plain else "")


def compare_url(slugs: Sequence[str], near: str | None = None) -> str:
    """Give the path of some listings side by side, with distances from a place if one is named."""
    pairs = [("listing", slug) for slug in slugs] + ([("near", near)] if near else [])
    return "/compare" + (f"?{urlencode(pairs)}" if pairs else "")


def flag_url(public_id: str) -> str:
    """Give the path of the form that objects to a review."""
    return f"/reviews/{public_id}/flag"


def editor_url(listing_id: int) -> str:
    """Give the path of a listing's editor."""
    return f"/admin/listings/{listing_id}"


def history_url(listing_id: int, keys: Sequence[str] = (), below: int | None = None) -> str:
    """Give the path of a listing's history, of some keys of its document, from a change on."""
    pairs = [("key", key) for key in keys] + ([("below", str(below))] if below else [])
    return f"{editor_url(listing_id)}/history" + (f"?{urlencode(pairs)}" if pairs else "")


def search_url(**parameters: str | int | Sequence[str] | None) -> str:
    """Give the path of a search; lists repeat the parameter, None leaves it out."""
    return search_path(parameters)


def search_path(parameters: Mapping[str, str | int | Sequence[str] | None]) -> str:
    """Give the path of a search from a mapping of its parameters, in their order."""
    pairs = {name: value for name, value in parameters.items() if value not in (None, "", [], ())}
    return "/search" + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")


# What templates may call.
GLOBALS: Mapping[str, Callable[..., str]] = {
    "called_url": called_url,
    "compare_url": compare_url,
    "correct_url": correct_url,
    "editor_url": editor_url,
    "flag_url": flag_url,
    "hand_out_url": hand_out_url,
    "history_url": history_url,
    "listing_url": listing_url,
    "search_url": search_url,
}
