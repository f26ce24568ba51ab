"""The page of any case, of a review or of a report, and what is told when somebody was faster.

Called by the views of the desk.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template

from directory.core.db import db
from directory.moderation.models import SubjectNoun
from directory.moderation.queries.case_frame import noun_of_case
from directory.moderation.queries.desk import queue_counts
from directory.moderation.queries.report_views import ReportPage
from directory.moderation.queries.stepping import neighbours
from directory.web import current
from directory.web.desk_links import case_url, queue_url
from directory.web.desk_page import asked_list, case_answer, desk_head, fresh_forms, read_case
from directory.web.report_page import fresh_report_forms, read_report, report_answer
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.core.errors import ConflictError
    from directory.moderation.queries.case_views import CasePage
    from directory.web.forms.decision import NoteForm


def any_case_answer(case_id: int, note: NoteForm | None = None) -> str:
    """Give the page of a case; `note` is one that came back with faults."""
    found = _read(case_id)
    if isinstance(found, ReportPage):
        forms = fresh_report_forms(found)
        return report_answer(found, replace(forms, note=note) if note else forms)
    review_forms = fresh_forms(found)
    return case_answer(found, replace(review_forms, note=note) if note else review_forms)


def conflict_answer(case_id: int, fault: ConflictError, kept: str | None) -> ResponseReturnValue:
    """Tell who did what meanwhile, and give back what was written."""
    session, viewer = db.session(), signed_in()
    page = render_template(
        "moderation/conflict.html",
        desk=desk_head(viewer, queue_counts(session, viewer, now=current.now())),
        case=_read(case_id),
        conflict=fault.message,
        kept=kept,
        which=asked_list(),
    )
    return page, HTTPStatus.CONFLICT


def on_from(case_id: int) -> ResponseReturnValue:
    """Lead on to the next case of the list, or back to the queue after its last one."""
    which = asked_list()
    near = neighbours(db.session(), signed_in(), case_id, which=which, now=current.now())
    address = case_url(near.after, which) if near.after else queue_url(which)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _read(case_id: int) -> CasePage | ReportPage:
    is_report = noun_of_case(db.session(), case_id) is SubjectNoun.CORRECTION
    return read_report(case_id) if is_report else read_case(case_id)
