"""Guides as readers see them: all on their shelves; one with who read it, dates and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template
from flask_babel import gettext

from directory.core.db import db
from directory.guides.queries import is_withdrawn, public_guide, published_guides
from directory.vocabulary.models import TermKind
from directory.web import current
from directory.web.access import access
from directory.web.entries import term_entries
from directory.web.errors import error_page
from directory.web.guide_links import matching_listings, related_guides, shelves_of
from directory.web.guide_words import FILTERS, unread_note, unread_words
from directory.web.markdown import guide_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from directory.guides.queries import PublicGuide, VersionView
    from directory.vocabulary.queries import TermView, Vocabulary

blueprint = Blueprint("guides", __name__)

for name, words in FILTERS.items():
    blueprint.add_app_template_filter(words, name)

SHOWN_INSTEAD = 4
ABOUT_TYPES = {TermKind.CONDITION: "MedicalCondition", TermKind.TREATMENT: "MedicalTherapy"}


@blueprint.get("/guides")
@access("anyone")
def guides() -> str:
    """List the guides that are published, on their shelves."""
    lines = published_guides(db.session())
    return render_template(
        "guides/index.html",
        shelves=shelves_of(lines),
        in_all=len(lines),
        unread=sum(line.reviewed_on is None for line in lines),
    )


@blueprint.get("/guides/<slug>")
@access("anyone")
def guide(slug: str) -> ResponseReturnValue:
    """Show a guide, who answers for it, until when, and what it rests on."""
    found = public_guide(db.session(), slug)
    if found is None:
        return _not_there(slug)
    terms = terms_of(found.version, current.vocabulary())
    return render_template(
        "guides/guide.html",
        version=found.version,
        text=guide_text(found.version.draft.body, sources=len(found.version.draft.sources)),
        about=term_entries(terms, current.counts().by_term),
        matching=matching_listings(slug, terms),
        related=related_guides(found.id, slug),
        linked=[_linked_data(found, terms)],
    )


def terms_of(version: VersionView, vocabulary: Vocabulary) -> list[TermView]:
    """Give the words a guide is about, leaving out what the vocabulary no longer has."""
    found = (vocabulary.term_by_id.get(term_id) for term_id in version.draft.term_ids)
    return sorted(
        (term for term in found if term is not None), key=lambda term: (term.kind, term.name_en)
    )


def _not_there(slug: str) -> ResponseReturnValue:
    """Answer 410 for a guide that was taken back, 404 for any other, with some there are."""
    session = db.session()
    others = [(line.title, f"/guides/{line.slug}") for line in published_guides(session)]
    shown = others[:SHOWN_INSTEAD]
    if is_withdrawn(session, slug):
        says = gettext("This guide was taken back: nobody keeps what it said true any more.")
        return error_page(410, says=says, suggestions=shown)
    return error_page(404, says=gettext("There is no such guide."), suggestions=shown)


def _linked_data(guide: PublicGuide, terms: Iterable[TermView]) -> dict[str, Any]:
    """Give a guide as a schema.org MedicalWebPage, with who reviewed it, or that nobody has."""
    version = guide.version
    reviewed_on = version.reviewed_on
    read: dict[str, Any] = (
        {"creativeWorkStatus": f"{unread_note()} {unread_words()}"}
        if reviewed_on is None
        else {
            "reviewedBy": {"@type": "Person", "name": version.reviewer},
            "lastReviewed": reviewed_on.isoformat(),
        }
    )
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": version.draft.title,
        "description": version.draft.summary,
        "url": f"{current.settings().site_url}/guides/{guide.slug}",
        "inLanguage": "en",
        "author": {
            "@type": "Organization" if version.is_shipped else "Person",
            "name": version.draft.author,
        },
        **read,
        "datePublished": guide.published_at.date().isoformat(),
        "about": [
            {"@type": ABOUT_TYPES[term.kind], "name": term.name_en}
            for term in terms
            if term.kind in ABOUT_TYPES
        ],
    }
