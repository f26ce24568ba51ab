"""The guides desk: all guides, one as it is written with its preview beside, its review, its end.

Called by `web.register`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import ConflictError
from directory.guides import operations
from directory.guides.policy import RefusedGuideError, faults_of, slug_fault
from directory.guides.queries import desk_guide, desk_guides
from directory.web import current
from directory.web.access import access
from directory.web.forms.guide import GuideForm, ReviewForm
from directory.web.guide_page import form_of, guide_answer, guide_url, new_answer
from directory.web.pressed import require_own_button
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("guides_desk", __name__)


@blueprint.get("/admin/guides")
@access("administrator")
def guides() -> str:
    """List every guide, those whose review is due first."""
    lines = desk_guides(db.session(), today=current.today())
    return render_template("admin/guides.html", guides=lines)


@blueprint.get("/admin/guides/new")
@access("administrator")
def new() -> str:
    """Show the form of a guide nobody has written yet."""
    form = GuideForm()
    form.read(request.args, current.vocabulary())
    return new_answer(form)


@blueprint.post("/admin/guides/new")
@access("administrator")
def add() -> ResponseReturnValue:
    """Keep a new guide, or show it as readers would see it."""
    form = _sent()
    slug = form.slug.data or ""
    fault = slug_fault(slug)
    if fault is not None and _is_to_be_kept():
        form.lay((fault,))
    if _is_to_be_kept() and not any(form.faults()) and _save(form, slug, None):
        return _to(slug)
    return new_answer(form), _status(form)


@blueprint.get("/admin/guides/<slug>")
@access("administrator")
def guide(slug: str) -> str:
    """Show a guide to go on with: the newest version, or one to take up again."""
    found = desk_guide(db.session(), slug)
    number = request.args.get("from", type=int) or found.newest.number
    return guide_answer(found, form_of(found, number))


@blueprint.post("/admin/guides/<slug>")
@access("administrator")
def write(slug: str) -> ResponseReturnValue:
    """Keep another version, or show it as readers would see it."""
    form = _sent()
    if _is_to_be_kept() and not any(form.faults()) and _save(form, slug, form.seen.data or 0):
        return _to(slug)
    return guide_answer(desk_guide(db.session(), slug), form), _status(form)


@blueprint.post("/admin/guides/<slug>/review")
@access("administrator")
def review(slug: str) -> ResponseReturnValue:
    """Note that a clinician read a version."""
    form = ReviewForm(request.form)
    if form.validate():
        try:
            operations.review_version(
                actor=signed_in().as_actor(),
                slug=slug,
                version=form.version.data or 0,
                review=form.review(),
                now=current.now(),
            )
        except RefusedGuideError as refused:
            form.lay(refused.faults)
        except ConflictError as overtaken:
            form.refuse(overtaken)
        else:
            return _to(slug, "#review")
    return _review_again(slug, form)


@blueprint.post("/admin/guides/<slug>/publish")
@access("administrator")
def publish(slug: str) -> ResponseReturnValue:
    """Show the newest version to readers."""
    require_own_button()
    try:
        operations.publish_guide(
            actor=signed_in().as_actor(),
            slug=slug,
            version=request.form.get("version", 0, type=int),
            now=current.now(),
        )
    except RefusedGuideError as refused:
        form = ReviewForm()
        form.lay(refused.faults)
        return _review_again(slug, form)
    return _to(slug)


@blueprint.post("/admin/guides/<slug>/withdraw")
@access("administrator")
def withdraw(slug: str) -> ResponseReturnValue:
    """Take a guide back from readers."""
    require_own_button()
    operations.withdraw_guide(actor=signed_in().as_actor(), slug=slug, now=current.now())
    return _to(slug)


def _sent() -> GuideForm:
    """Give the form that was sent with everything that is wrong with it."""
    form = GuideForm(request.form)
    form.read(request.form, current.vocabulary())
    form.validate()
    form.lay(faults_of(form.draft(), today=current.today()))
    return form


def _is_to_be_kept() -> bool:
    """Tell whether the form is to be kept, not only to be seen."""
    return request.form.get("step") == "save"


def _save(form: GuideForm, slug: str, seen: int | None) -> bool:
    """Keep what was typed and tell whether that went well; faults are laid onto the form."""
    try:
        operations.write_guide(
            actor=signed_in().as_actor(),
            slug=slug,
            draft=form.draft(),
            seen=seen,
            vocabulary=current.vocabulary(),
            now=current.now(),
        )
    except RefusedGuideError as refused:
        form.lay(refused.faults)
    except ConflictError:
        newest = desk_guide(db.session(), slug).newest.number
        form.refuse(
            "",
            gettext(
                "Somebody wrote version %(number)s meanwhile. Nothing of yours is lost: look at "
                "what changed below, then save again to put yours on top.",
                number=newest,
            ),
        )
        form.seen.data = newest
    else:
        return True
    return False


def _review_again(slug: str, form: ReviewForm) -> ResponseReturnValue:
    found = desk_guide(db.session(), slug)
    return guide_answer(found, form_of(found, found.newest.number), form), _status(form)


def _status(form: GuideForm | ReviewForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if any(form.faults()) else HTTPStatus.OK


def _to(slug: str, part: str = "") -> ResponseReturnValue:
    return redirect(guide_url(slug) + part, HTTPStatus.SEE_OTHER)
