"""Accepting and declining what readers reported, on the desk. Not for rules: those are the room's.

The page itself is that of any case (`moderation.py`); these are its two forms.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect
from flask_babel import gettext

from directory.accounts.models import Role
from directory.core.errors import ConflictError, InvalidError
from directory.listings.models import CorrectionKind, CorrectionState
from directory.listings.operations import RefusedListingError
from directory.moderation import decisions
from directory.web import current, desk_report_words
from directory.web.access import access
from directory.web.case_pages import conflict_answer, on_from
from directory.web.links import editor_url
from directory.web.report_page import (
    ReportForms,
    asked_changes,
    read_report,
    report_answer,
    sent_report_forms,
)
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.moderation.decisions import Corrected
    from directory.moderation.queries.report_views import ReportPage
    from directory.web.forms.report import AcceptForm, DeclineForm

blueprint = Blueprint("report_desk", __name__)

for name, words in desk_report_words.FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.post("/moderation/cases/<int:case_id>/accept")
@access("moderator")
def accept(case_id: int) -> ResponseReturnValue:
    """Let the page say what a report asks for; a row that was added or removed saves nothing."""
    found = read_report(case_id)
    forms = sent_report_forms(found)
    if forms.listing is not None and forms.listing.was_pressed:
        return report_answer(found, forms)
    if not _fits(found, forms):
        return _again(found, forms)
    try:
        made = _accept(found, forms)
    except RefusedListingError as fault:
        _lay(forms, fault)
        return _again(found, forms)
    except InvalidError as fault:
        forms.accept.refuse(fault)
        return _again(found, forms)
    except ConflictError as fault:
        return conflict_answer(case_id, fault, forms.accept.words.data)
    return _on(found, made)


@blueprint.post("/moderation/cases/<int:case_id>/decline")
@access("moderator")
def decline(case_id: int) -> ResponseReturnValue:
    """Leave the page as it is, with an answer."""
    found = read_report(case_id)
    forms = sent_report_forms(found)
    form = forms.decline
    if not form.validate() and not _is_stale(found, form):
        return _again(found, forms)
    try:
        decisions.decline(
            viewer=signed_in(),
            case_id=case_id,
            version=form.version.data or 0,
            words=form.reason.data,
            keys=current.keys(),
            now=current.now(),
            found_id=int(form.found.data) if form.found.data else None,
        )
    except InvalidError as fault:
        form.refuse(fault, otherwise="reason")
        return _again(found, forms)
    except ConflictError as fault:
        return conflict_answer(case_id, fault, form.reason.data)
    return on_from(case_id)


def _accept(found: ReportPage, forms: ReportForms) -> Corrected:
    form = forms.accept
    return decisions.accept(
        viewer=signed_in(),
        case_id=found.id,
        version=form.version.data or 0,
        changes=asked_changes(found, forms),
        words=form.words.data,
        keys=current.keys(),
        vocabulary=current.vocabulary(),
        now=current.now(),
        seen=form.seen.data,
    )


def _fits(found: ReportPage, forms: ReportForms) -> bool:
    """Tell whether an accepting form may go to the room; a stale one may, to be told so."""
    form = forms.accept
    fits = form.validate()
    if _is_stale(found, form):
        return True
    is_call = found.report_kind is CorrectionKind.OUTCOME
    if fits and is_call and not form.stays.data and not asked_changes(found, forms):
        form.refuse("", gettext("Nothing would change. Change it, or leave it in doubt."))
        return False
    return fits


def _lay(forms: ReportForms, fault: RefusedListingError) -> None:
    """Put what is wrong with the listing at the fields that said it."""
    if forms.listing is not None:
        forms.listing.lay(fault.faults)
        return
    for each in fault.faults:
        forms.accept.refuse(desk_report_words.FIELDS.get(each.field, ""), each.reason)


def _on(found: ReportPage, made: Corrected) -> ResponseReturnValue:
    """Lead on to the next case; an administrator who took a suggestion up goes to its editor."""
    is_new = found.report_kind is CorrectionKind.MISSING_LISTING
    may_edit = signed_in().role is Role.ADMINISTRATOR
    if is_new and may_edit and made.state is CorrectionState.ACCEPTED and made.listing_id:
        return redirect(editor_url(made.listing_id), HTTPStatus.SEE_OTHER)
    return on_from(found.id)


def _is_stale(found: ReportPage, form: AcceptForm | DeclineForm) -> bool:
    """Tell whether a form was filled in on an older state of the case: then it is told so."""
    is_older = form.version.data is not None and form.version.data < found.version
    return is_older and not form.is_forged()


def _again(found: ReportPage, forms: ReportForms) -> ResponseReturnValue:
    return report_answer(found, forms), HTTPStatus.UNPROCESSABLE_ENTITY
