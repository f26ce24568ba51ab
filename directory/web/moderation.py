"""The review desk: the queue, a case, and what a moderator does with it.

Reading changes nothing; every step is a form of its own. Not for rules: those are in
`moderation`, which checks each step again.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request

from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError
from directory.moderation import decisions
from directory.moderation.queries.clocks_and_counts import desk_counts
from directory.moderation.queries.desk import queue_counts
from directory.moderation.queries.stepping import first_free
from directory.moderation.queries.undoing import undo_of
from directory.moderation.screening.lanes import Lane
from directory.web import author_words, case_words, current, desk_links, desk_words
from directory.web.access import access
from directory.web.case_pages import any_case_answer, conflict_answer, on_from
from directory.web.desk_links import case_url, queue_url
from directory.web.desk_page import (
    CaseForms,
    asked_list,
    case_answer,
    desk_head,
    fresh_forms,
    queue_answer,
    read_case,
)
from directory.web.desk_rules import options_of
from directory.web.forms.decision import AnswerForm, DecisionForm, NoteForm
from directory.web.pressed import require_own_button
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.moderation.queries.case_views import CasePage

blueprint = Blueprint("moderation", __name__)

for name, words in (desk_words.FILTERS | case_words.FILTERS | author_words.FILTERS).items():
    blueprint.add_app_template_filter(words, name)
for address in (desk_links.case_url, desk_links.queue_url):
    blueprint.add_app_template_global(address)


@blueprint.get("/moderation")
@access("moderator")
def queue() -> str:
    """Show one list of the queue."""
    return queue_answer()


@blueprint.get("/moderation/counts")
@access("moderator")
def counts() -> str:
    """Show the clocks and counts of the desk."""
    session, viewer = db.session(), signed_in()
    return render_template(
        "moderation/counts.html",
        desk=desk_head(viewer, queue_counts(session, viewer, now=current.now())),
        counts=desk_counts(session, now=current.now()),
    )


@blueprint.get("/moderation/cases/<int:case_id>")
@access("moderator")
def case(case_id: int) -> str:
    """Show a case; opening it takes nothing."""
    return any_case_answer(case_id)


@blueprint.post("/moderation/take")
@access("moderator")
def take_next() -> ResponseReturnValue:
    """Take the first case nobody has."""
    require_own_button()
    case_id = first_free(db.session(), signed_in(), now=current.now())
    if case_id is None:
        return _to(queue_url())
    try:
        decisions.lease(viewer=signed_in(), case_id=case_id, now=current.now())
    except ConflictError:
        return _to(queue_url())
    return _to(case_url(case_id))


@blueprint.post("/moderation/cases/<int:case_id>/take")
@access("moderator")
def take(case_id: int) -> ResponseReturnValue:
    """Take a case for twenty minutes."""
    require_own_button()
    try:
        decisions.lease(viewer=signed_in(), case_id=case_id, now=current.now())
    except ConflictError as fault:
        return conflict_answer(case_id, fault, None)
    return _to(case_url(case_id, asked_list()))


@blueprint.post("/moderation/cases/<int:case_id>/release")
@access("moderator")
def release(case_id: int) -> ResponseReturnValue:
    """Put a case back into the queue."""
    require_own_button()
    decisions.release(viewer=signed_in(), case_id=case_id, now=current.now())
    return _to(queue_url(asked_list()))


@blueprint.post("/moderation/cases/<int:case_id>/class")
@access("moderator")
def reclass(case_id: int) -> ResponseReturnValue:
    """Give a case another class."""
    require_own_button()
    lane = request.form.get("lane", "")
    if lane not in set(Lane):
        raise InvalidError("lane", "There is no such class.")
    decisions.reclass(viewer=signed_in(), case_id=case_id, lane=Lane(lane), now=current.now())
    return _to(case_url(case_id, asked_list()))


@blueprint.post("/moderation/cases/<int:case_id>/note")
@access("moderator")
def note(case_id: int) -> ResponseReturnValue:
    """Leave a note for the next person."""
    form = NoteForm(request.form)
    if not form.validate():
        return any_case_answer(case_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    decisions.add_note(
        viewer=signed_in(), case_id=case_id, text=form.note.data or "", now=current.now()
    )
    return _to(case_url(case_id, asked_list()))


@blueprint.post("/moderation/cases/<int:case_id>/decide")
@access("moderator")
def decide(case_id: int) -> ResponseReturnValue:
    """Decide a case as its first person."""
    found, form = read_case(case_id), DecisionForm(request.form)
    form.offer(found, options_of(found))
    if not form.validate() and not _is_stale(found, form):
        return _again(replace(fresh_forms(found), decision=form), found)
    try:
        decisions.decide(
            viewer=signed_in(),
            case_id=case_id,
            version=form.version.data or 0,
            judgement=form.judgement(found.language),
            keys=current.keys(),
            now=current.now(),
        )
    except InvalidError as fault:
        form.refuse(fault, otherwise="outcome")
        return _again(replace(fresh_forms(found), decision=form), found)
    except ConflictError as fault:
        return conflict_answer(case_id, fault, form.words.data)
    return on_from(case_id)


@blueprint.post("/moderation/cases/<int:case_id>/answer")
@access("moderator")
def answer(case_id: int) -> ResponseReturnValue:
    """Answer a proposal as its second person."""
    found, form = read_case(case_id), AnswerForm(request.form)
    if not form.validate() and not _is_stale(found, form):
        return _again(replace(fresh_forms(found), answer=form), found)
    try:
        decisions.answer(
            viewer=signed_in(),
            case_id=case_id,
            version=form.version.data or 0,
            agrees=form.agrees.data == "yes",
            words=form.words.data or None,
            keys=current.keys(),
            now=current.now(),
        )
    except ConflictError as fault:
        return conflict_answer(case_id, fault, form.words.data)
    return on_from(case_id)


@blueprint.post("/moderation/decisions/<int:decision_id>/undo")
@access("moderator")
def undo(decision_id: int) -> ResponseReturnValue:
    """Take a decision back within its minute."""
    require_own_button()
    made = undo_of(db.session(), signed_in(), now=current.now())
    decisions.undo(
        viewer=signed_in(),
        decision_id=decision_id,
        vocabulary=current.vocabulary(),
        now=current.now(),
    )
    was_newest = made is not None and made.decision_id == decision_id
    return _to(case_url(made.case_id) if made and was_newest else queue_url())


def _is_stale(found: CasePage, form: DecisionForm | AnswerForm) -> bool:
    """Tell whether a form was filled in on an older state of the case: then it is told so."""
    is_older = form.version.data is not None and form.version.data < found.version
    return is_older and not form.is_forged()


def _to(address: str) -> ResponseReturnValue:
    return redirect(address, HTTPStatus.SEE_OTHER)


def _again(forms: CaseForms, found: CasePage) -> ResponseReturnValue:
    return case_answer(found, forms), HTTPStatus.UNPROCESSABLE_ENTITY
