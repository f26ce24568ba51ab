"""What the page of a reader's report is rendered with, in the frame of the desk.

Called by `case_pages.py` and by the views that accept and decline (`report_desk.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import render_template, request

from directory.accounts.models import Role
from directory.core.db import db
from directory.listings.models import CorrectionKind, ListingKind
from directory.moderation.queries.report_case import report_page
from directory.moderation.queries.suggested import already_there
from directory.vocabulary.models import TermKind
from directory.web import current
from directory.web.changed_values import changed_values
from directory.web.desk_links import case_url
from directory.web.desk_page import asked_list, case_parts
from directory.web.forms.decision import NoteForm
from directory.web.forms.listing import ListingForm, section_for_fact
from directory.web.forms.report import AcceptForm, DeclineForm, SuggestedForm
from directory.web.signing import signed_in
from directory.web.suggestions import APART, roles_offered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from directory.moderation.queries.report_views import FactChange, ReportPage
    from directory.moderation.queries.suggested import AlikeListing
    from directory.web.changed_values import ChangedValue

CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ReportForms:
    """The forms of a report's page; `listing` is the part of the editor for its fact, if any."""

    accept: AcceptForm
    decline: DeclineForm
    note: NoteForm
    listing: ListingForm | None

    def accept_faults(self) -> list[tuple[str, str | None]]:
        """Give what is wrong with accepting: words, and where to put it right."""
        return [*self.accept.summary(), *(self.listing.summary() if self.listing else ())]


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change of this part of the page, in words."""

    made: FactChange
    values: list[ChangedValue]


def read_report(case_id: int) -> ReportPage:
    """Give a report's case as its page shows it."""
    return report_page(
        db.session(), signed_in(), case_id, vocabulary=current.vocabulary(), now=current.now()
    )


def fresh_report_forms(found: ReportPage) -> ReportForms:
    """Give the forms of a report with what it proposes filled in."""
    forms = _forms(found, None)
    forms.accept.version.data = forms.decline.version.data = found.version
    forms.accept.seen.data = found.listing.seen if found.listing else None
    forms.accept.closed_on.data = str(found.asked.get("closed_on") or "")
    if isinstance(forms.accept, SuggestedForm):
        _fill(forms.accept, found.suggested or {})
    return forms


def sent_report_forms(found: ReportPage) -> ReportForms:
    """Give the forms of a report as somebody sent them."""
    return _forms(found, request.form)


def report_answer(found: ReportPage, forms: ReportForms | None = None) -> str:
    """Give the page of a report, with a list of the queue beside it."""
    forms = forms or fresh_report_forms(found)
    accept_url = case_url(found.id, asked_list(), "accept")
    return render_template(
        "moderation/correction.html",
        **case_parts(found.id),
        case=found,
        form=forms.accept,
        decline_form=forms.decline,
        note_form=forms.note,
        faults=forms.accept_faults(),
        decline_faults=forms.decline.summary(),
        sections=forms.listing.drawn(accept_url) if forms.listing else [],
        differences=_differences(found),
        past=_past(found),
        alike=_alike(found),
        localities=_localities(found),
        may_edit=signed_in().role is Role.ADMINISTRATOR,
    )


def asked_changes(found: ReportPage, forms: ReportForms) -> dict[str, Any]:
    """Give what the page should say by a valid form, in keys of the listing's document."""
    form = forms.accept
    if isinstance(form, SuggestedForm):
        return form.document()
    if form.stays.data:
        return {}
    if found.fact == CLOSED:
        return {"state": CLOSED, "closed_on": form.closed_on.data or None}
    return forms.listing.changes() if forms.listing else {}


def _forms(found: ReportPage, sent: MultiDict[str, str] | None) -> ReportForms:
    is_suggestion = found.report_kind is CorrectionKind.MISSING_LISTING
    accept = (SuggestedForm if is_suggestion else AcceptForm)(sent)
    if isinstance(accept, SuggestedForm):
        accept.role.choices = roles_offered()
    return ReportForms(accept, DeclineForm(sent), NoteForm(), _listing_form(found, sent))


def _listing_form(found: ReportPage, sent: MultiDict[str, str] | None) -> ListingForm | None:
    listing = found.listing
    section = section_for_fact(found.fact, listing.kind) if listing else None
    if listing is None or section is None or not found.may_decide:
        return None
    shown = {**listing.document, **found.asked}
    return ListingForm([section], listing.document, current.vocabulary(), shown=shown, sent=sent)


def _fill(form: SuggestedForm, suggested: Mapping[str, Any]) -> None:
    locality = current.vocabulary().localities.get(str(suggested.get("locality")))
    is_centre = suggested.get("kind") == ListingKind.CENTRE.value
    kind = TermKind.CENTRE_TYPE if is_centre else TermKind.PROFESSION
    form.name.data = suggested.get("name") or ""
    form.role.data = f"{kind}{APART}{suggested.get('role') or ''}"
    form.locality.data = locality.name_en if locality else ""
    form.where.data = suggested.get("where") or ""
    form.phone.data = suggested.get("phone") or ""
    form.site.data = suggested.get("website") or ""


def _differences(found: ReportPage) -> list[ChangedValue]:
    """Give what the report would change, in words."""
    if found.listing is None:
        return []
    says = {key: found.listing.document.get(key) for key in found.asked}
    return changed_values(says, found.asked, current.vocabulary())


def _past(found: ReportPage) -> list[PastChange]:
    known = current.vocabulary()
    return [
        PastChange(made, changed_values(made.before, made.after, known)) for made in found.changes
    ]


def _localities(found: ReportPage) -> list[str]:
    """Give the names of localities to choose from, where one has to be."""
    if found.suggested is None:
        return []
    return sorted(each.name_en for each in current.vocabulary().localities.values())


def _alike(found: ReportPage) -> tuple[AlikeListing, ...]:
    """Give the listings a suggestion may be already, while it can be decided."""
    if found.suggested is None or not found.is_open:
        return ()
    return already_there(
        db.session(), found.suggested, vocabulary=current.vocabulary(), now=current.now()
    )
