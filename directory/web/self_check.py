"""The self-check (PHQ-9): a page that asks, and leaves the answers where they are given.

No answer ever comes to this file: there is no form, and the device adds up (decision 0030).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from directory.core.db import db
from directory.guides.queries import published_guides
from directory.vocabulary.self_check import INSTRUMENT, LANGUAGES, self_check
from directory.web import current
from directory.web.access import access
from directory.web.links import search_path

if TYPE_CHECKING:
    from directory.guides.queries import GuideLine
    from directory.vocabulary.self_check import SelfCheck

blueprint = Blueprint("self_check", __name__)

PATH = "/self-check"
ENGLISH, HINDI = LANGUAGES
# Pages of these concerns lead here.
CONCERNS = frozenset(("depression", "dysthymia", "mixed-anxiety-depression"))
# Guides that go on from here, as far as they are published.
GUIDES = ("depression-first-steps", "who-does-what")
URGENT = {ENGLISH: "/urgent", HINDI: "/urgent/hindi"}
SEARCHES = {
    "talking": {"treatment": "cbt", "condition": "depression"},
    "taking": {"condition": "depression", "accepting": "1"},
    "psychiatrists": {
        "profession": "psychiatrist",
        "condition": "depression",
        "accepting": "1",
    },
    "low_fee": {"condition": "depression", "fee_max": "300"},
}


@dataclass(frozen=True, slots=True)
class Lead:
    """Where to go on from the self-check: words in a language, and the guide if it is one."""

    words: str
    url: str
    language: str
    guide: GuideLine | None = None


@blueprint.get(PATH)
@access("anyone")
def page() -> str:
    """Show the questions in English or Hindi; the page is kept nowhere, nor are answers."""
    current.keep_nowhere()
    language = HINDI if request.args.get("lang") == HINDI else ENGLISH
    other = ENGLISH if language == HINDI else HINDI
    check = self_check(language)
    return render_template(
        "self_check/page.html",
        check=check,
        instrument=INSTRUMENT,
        other=self_check(other),
        own_url=url_in(language),
        other_url=url_in(other),
        urgent_url=URGENT[language],
        leads=_leads(check),
    )


def url_in(language: str) -> str:
    """Give the path of the self-check in a language."""
    return PATH if language == ENGLISH else f"{PATH}?lang={language}"


def _leads(check: SelfCheck) -> list[Lead]:
    """Give where to go on: to read, to search, and to urgent help."""
    published = {guide.slug: guide for guide in published_guides(db.session())}
    guides = [_to_guide(published[slug], check.language) for slug in GUIDES if slug in published]
    searches = [
        Lead(check.leads[key], search_path(parameters), check.language)
        for key, parameters in SEARCHES.items()
    ]
    return [*guides, *searches, Lead(check.leads["urgent"], URGENT[check.language], check.language)]


def _to_guide(guide: GuideLine, language: str) -> Lead:
    in_hindi = guide.title_hi if language == HINDI else None
    spoken = HINDI if in_hindi else ENGLISH
    return Lead(in_hindi or guide.title, f"/guides/{guide.slug}", spoken, guide)
