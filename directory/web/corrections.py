"""Readers tell what is wrong, without an account: a detail, what a call came to, who is missing.

Each answers with a receipt (`receipts.py`), which tells what became of it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext

from directory.core.errors import InvalidError, TooManyError
from directory.listings.facts import FACTS
from directory.listings.models import CallOutcome, ListingKind
from directory.listings.operations import RefusedListingError
from directory.moderation.intake import (
    DetailReport,
    report_detail,
    report_outcome,
    suggest_listing,
)
from directory.moderation.intake.reports import crisis_signals
from directory.web import current, just_sent, limits, report_words
from directory.web.access import access
from directory.web.correct_page import (
    ReportedPlace,
    called_page,
    correct_page,
    facts_page,
    reported_place,
    suggest_page,
)
from directory.web.environment import language
from directory.web.forms.correction import TOLD, CalledForm, CorrectionForm, SuggestionForm, day_of
from directory.web.forms.proposals import Proposal
from directory.web.links import correct_url
from directory.web.review_page import is_whole
from directory.web.suggestions import roles_offered, suggestion_of

if TYPE_CHECKING:
    from typing import Any

    from flask.typing import ResponseReturnValue

    from directory.listings.facts import Fact

blueprint = Blueprint("corrections", __name__)

for name, words in report_words.FILTERS.items():
    blueprint.add_app_template_filter(words, name)

PERSON: dict[str, Any] = {"kind": ListingKind.PRACTITIONER}
CENTRE: dict[str, Any] = {"kind": ListingKind.CENTRE}


@blueprint.get("/therapists/<slug>/correct", defaults=PERSON)
@blueprint.get("/centres/<slug>/correct", defaults=CENTRE)
@access("anyone")
def correct(slug: str, kind: ListingKind) -> ResponseReturnValue:
    """Show the form for the fact in the address; without one, the facts to choose from."""
    place = reported_place(slug, kind)
    if not isinstance(place, ReportedPlace):
        return place
    fact = _fact(place)
    if fact is None:
        return facts_page(place)
    form = CorrectionForm()
    if request.args.get("called") == TOLD:
        form.outcome.data, form.called_on.data = TOLD.value, current.today().isoformat()
    return correct_page(form, place, fact, Proposal(fact.key, place.kind, place.document))


@blueprint.post("/therapists/<slug>/correct", defaults=PERSON)
@blueprint.post("/centres/<slug>/correct", defaults=CENTRE)
@access("anyone")
def correct_send(slug: str, kind: ListingKind) -> ResponseReturnValue:
    """Take the report of a wrong detail, and lead to its receipt."""
    place = reported_place(slug, kind)
    if not isinstance(place, ReportedPlace):
        return place
    fact = _fact(place)
    if fact is None:
        return facts_page(place), HTTPStatus.UNPROCESSABLE_ENTITY
    return _take(CorrectionForm(request.form), place, fact)


def _take(form: CorrectionForm, place: ReportedPlace, fact: Fact) -> ResponseReturnValue:
    proposal = Proposal(fact.key, place.kind, place.document, request.form)
    changes = proposal.changes()
    if not is_whole(form) or proposal.errors:
        return correct_page(form, place, fact, proposal)
    try:
        _count(form)
        receipt = _report(form, place, fact, changes)
    except InvalidError as error:
        _refuse(form, proposal, error)
        return correct_page(form, place, fact, proposal)
    except TooManyError as error:
        return correct_page(form, place, fact, proposal, refused=error)
    return _lead_to(receipt, form.words.data, form.evidence.data)


@blueprint.post("/therapists/<slug>/called", defaults=PERSON)
@blueprint.post("/centres/<slug>/called", defaults=CENTRE)
@access("anyone")
def called(slug: str, kind: ListingKind) -> ResponseReturnValue:
    """Take what a call came to; another fee leads to the form for it."""
    place = reported_place(slug, kind)
    if not isinstance(place, ReportedPlace):
        return place
    form = CalledForm(request.form)
    outcome = form.chosen()
    if outcome is CallOutcome.FEE_DIFFERENT:
        address = correct_url(place.kind, place.slug, "fee") + f"&called={TOLD}"
        return redirect(address, HTTPStatus.SEE_OTHER)
    if outcome is None:
        form.refuse("", gettext("Choose what the call came to"))
    if not is_whole(form) or outcome is None:
        return called_page(form, place)
    try:
        limits.take("correction")
    except TooManyError as error:
        return called_page(form, place, error)
    receipt = report_outcome(
        listing_id=place.id,
        outcome=outcome,
        language=language(),
        network_hash=limits.network_hash(),
        vocabulary=current.vocabulary(),
        now=current.now(),
    )
    return _lead_to(receipt)


@blueprint.get("/listings/suggest")
@access("anyone")
def suggest() -> ResponseReturnValue:
    """Show the form for a listing that is missing."""
    form = SuggestionForm()
    form.role.choices = roles_offered()
    return suggest_page(form)


@blueprint.post("/listings/suggest")
@access("anyone")
def suggest_send() -> ResponseReturnValue:
    """Take a suggestion, and lead to its receipt."""
    form = SuggestionForm(request.form)
    form.role.choices = roles_offered()
    if not is_whole(form):
        return suggest_page(form)
    try:
        _count(form)
        receipt = suggest_listing(
            suggestion=suggestion_of(form),
            network_hash=limits.network_hash(),
            keys=current.keys(),
            vocabulary=current.vocabulary(),
            now=current.now(),
        )
    except InvalidError as error:
        form.refuse(error)
        return suggest_page(form)
    except TooManyError as error:
        return suggest_page(form, refused=error)
    return _lead_to(receipt, form.evidence.data)


def _fact(place: ReportedPlace) -> Fact | None:
    """Give the fact the address names, if this listing can have it."""
    fact = FACTS.get(request.args.get("fact", ""))
    return fact if fact in place.facts else None


def _refuse(form: CorrectionForm, proposal: Proposal, error: InvalidError) -> None:
    if not isinstance(error, RefusedListingError):
        form.refuse(error)
        return
    for reason in proposal.lay(error.faults):
        form.refuse("", reason)


def _count(form: CorrectionForm | SuggestionForm) -> None:
    limits.take("correction")
    if form.email.data:
        limits.take_for_address("correction", form.email.data)


def _report(form: CorrectionForm, place: ReportedPlace, fact: Fact, changes: dict[str, Any]) -> str:
    return report_detail(
        report=DetailReport(
            listing_id=place.id,
            fact=fact.key,
            changes=changes,
            words=form.words.data,
            evidence=form.evidence.data,
            called_on=day_of(form.called_on.data),
            address=form.email.data,
            language=language(),
            outcome=form.told if fact.key == "fee" else None,
        ),
        network_hash=limits.network_hash(),
        keys=current.keys(),
        vocabulary=current.vocabulary(),
        now=current.now(),
    )


def _lead_to(receipt: str, *words: str | None) -> ResponseReturnValue:
    """Lead to a receipt; words of danger are answered there with help before anything else."""
    path = url_for("receipts.receipt", receipt=receipt)
    if crisis_signals(*words):
        return just_sent.lead_there({"crisis": True}, path)
    return redirect(path, HTTPStatus.SEE_OTHER)
