"""`/api/v1/suggest`: what the beginning of a text may stand for, while it is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from flask import current_app

from directory.api import answers
from directory.api.answers import KEEP_FOR_ONE, answer, given, noun, takes
from directory.api.results import listing_path
from directory.core.db import db
from directory.search.named import listings_named
from directory.search.parameters import SUGGESTING, SUGGESTION_KINDS
from directory.search.suggest import MOST, Suggestion, suggestions

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.api.schemas import Suggestion as SuggestionDocument
    from directory.listings.queries.results import NamedListing
    from directory.search.local import LocalSearch

LISTING = "listing"
HINDI = re.compile(r"[\u0900-\u097f]")

blueprint = noun("api_suggest", __name__, "/api/v1")


@blueprint.get("/suggest")
@takes(*SUGGESTING, table=SUGGESTING)
def suggest() -> ResponseReturnValue:
    """Answer with at most eight suggestions, the likeliest first."""
    asked = given(SUGGESTING)
    text, kinds = asked.text("q") or "", asked.all("kind") or SUGGESTION_KINDS
    listings = _listings(text) if LISTING in kinds else []
    found = suggestions(text, answers.vocabulary(), MOST, kinds=kinds, listings=listings)
    is_hindi = HINDI.search(text) is not None
    return answer([_document(item, is_hindi=is_hindi) for item in found], KEEP_FOR_ONE)


def _listings(text: str) -> list[Suggestion]:
    search = cast("LocalSearch", current_app.extensions["search"])
    named = listings_named(db.session(), text, search.engine(), MOST)
    return [_suggestion(listing) for listing in named]


def _suggestion(listing: NamedListing) -> Suggestion:
    url = listing_path(listing.kind, listing.slug)
    return Suggestion(listing.name, listing.name_hi, LISTING, listing.slug, url)


def _document(item: Suggestion, *, is_hindi: bool) -> SuggestionDocument:
    """Give a suggestion by the name in the script that was typed."""
    return {
        "text": item.hindi if is_hindi and item.hindi else item.text,
        "kind": item.kind,
        "slug": item.slug,
        "url": item.url,
    }
