"""What the pages show on which readers report something, and the listing they report about.

Not for requests or rules: `corrections.py` calls it with what was asked and sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import TooManyError
from directory.listings.facts import facts_of
from directory.listings.models import CallOutcome, ListingKind
from directory.listings.queries.document import ListingDocument, listing_document
from directory.listings.queries.page import ClosedListing, listing_page
from directory.moderation.intake.reports import MOST_WORDS, crisis_signals
from directory.web import current
from directory.web.author_words import unparted
from directory.web.links import correct_url, listing_url
from directory.web.listing_words import fact_words
from directory.web.report_words import fact_lines
from directory.web.review_page import FINE, GONE, MOVED, WRONG, faults_of, faults_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from directory.core.errors import DirectoryError
    from directory.listings.facts import Fact
    from directory.web.forms.correction import CalledForm, CorrectionForm, SuggestionForm
    from directory.web.forms.proposals import Proposal

TOO_OFTEN = 429


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """The listing a report is about; `document` is what it says, in the import format's words."""

    id: int
    kind: ListingKind
    slug: str
    document: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Give the name as it stands in a sentence."""
        return unparted(self.document["name"])

    @property
    def path(self) -> str:
        """Give the address of its page."""
        return listing_url(self.kind, self.slug)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Give the facts a reader can call wrong, in the order of the page."""
        return facts_of(self.kind)


def reported_place(slug: str, kind: ListingKind) -> ReportedPlace | ResponseReturnValue:
    """Give the listing one can report about, or the answer instead: moved, or closed (410).

    What is sent under an old slug is taken, so that nothing typed is lost. Raises
    `NotFoundError` for any other, as the listing's own page does.
    """
    session, vocabulary, now = db.session(), current.vocabulary(), current.now()
    found = listing_document(session, slug, vocabulary=vocabulary, now=now)
    place = found.found if isinstance(found, ListingDocument) else found
    if place.closed_on is not None and place.slug == slug:
        closed = listing_page(session, slug, vocabulary=vocabulary, now=now)
        if isinstance(closed, ClosedListing):
            return render_template("listings/closed.html", closed=closed), GONE
    if isinstance(found, ListingDocument) and place.kind is kind:
        return ReportedPlace(place.id, place.kind, place.slug, found.document)
    if request.method == "POST":
        return reported_place(place.slug, place.kind)
    query = request.query_string.decode("ascii", "replace")
    moved = correct_url(place.kind, place.slug)
    return redirect(f"{moved}?{query}" if query else moved, MOVED)


def facts_page(place: ReportedPlace) -> str:
    """Show every fact with what the page says of it, to choose the one that is wrong."""
    return render_template(
        "corrections/facts.html",
        place=place,
        facts=[
            (
                fact_words(fact.key),
                correct_url(place.kind, place.slug, fact.key),
                _said(place, fact),
            )
            for fact in place.facts
        ],
    )


def correct_page(
    form: CorrectionForm,
    place: ReportedPlace,
    fact: Fact,
    proposal: Proposal,
    *,
    refused: DirectoryError | None = None,
) -> ResponseReturnValue:
    """Show the form for one fact, with what is wrong first (422), or why it is refused (429)."""
    faults = [*proposal.faults(), *faults_of(form)]
    html = render_template(
        "corrections/form.html",
        form=form,
        place=place,
        fact=fact,
        heading=gettext("Report a wrong detail of %(name)s", name=place.name),
        about=fact_words(fact.key),
        proposal=proposal,
        says=[] if proposal.has_fields else _said(place, fact),
        told=form.told,
        crisis=bool(faults) and bool(crisis_signals(form.words.data, form.evidence.data)),
        most=MOST_WORDS,
        today=current.today().isoformat(),
        **_refusal(faults, refused),
    )
    return _answer(html, faults, refused)


def called_page(
    form: CalledForm, place: ReportedPlace, refused: DirectoryError | None = None
) -> ResponseReturnValue:
    """Show the five buttons once more, on a page of their own, with why they did not do."""
    faults = faults_of(form)
    html = render_template(
        "corrections/called.html",
        place=place,
        outcomes=tuple(CallOutcome),
        **_refusal(faults, refused),
    )
    return _answer(html, faults, refused)


def suggest_page(
    form: SuggestionForm, *, refused: DirectoryError | None = None
) -> ResponseReturnValue:
    """Show the form for a listing that is missing."""
    faults = faults_of(form)
    html = render_template(
        "corrections/suggest.html",
        form=form,
        localities=[place.name_en for place in current.vocabulary().localities.values()],
        most=MOST_WORDS,
        **_refusal(faults, refused),
    )
    return _answer(html, faults, refused)


def _said(place: ReportedPlace, fact: Fact) -> list[str]:
    return [] if fact.key == "closed" else fact_lines(fact.key, place.document)


def _refusal(faults: Sequence[tuple[str, str]], refused: DirectoryError | None) -> dict[str, Any]:
    if refused is not None:
        return {
            "faults": [(refused.message, None)],
            "faults_title": gettext("This cannot be sent now"),
        }
    return {"faults": faults, "faults_title": faults_title(len(faults))}


def _answer(
    html: str, faults: Sequence[tuple[str, str]], refused: DirectoryError | None
) -> ResponseReturnValue:
    if isinstance(refused, TooManyError):
        return html, TOO_OFTEN, {"Retry-After": str(refused.retry_after_s)}
    return html, WRONG if faults else FINE
