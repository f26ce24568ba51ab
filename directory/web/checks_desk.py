"""The desk of checks: the queue of stale facts, and what was checked of one listing.

Called by administrators. A check is of what was seen: each form hands back the newest change of
its listings, so that nobody vouches for a value they never saw.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request
from flask_babel import gettext

from directory.core.errors import ConflictError, InvalidError
from directory.listings.operations import record_checks
from directory.web import current
from directory.web.access import access
from directory.web.checks_page import (
    asked_queue,
    checks_url,
    listing_answer,
    listing_to_check,
    queue_answer,
    ticked_of,
)
from directory.web.forms.checks import CheckForm, ListingCheckForm
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.listings.operations import CheckRecord

blueprint = Blueprint("checks", __name__)
blueprint.add_app_template_global(checks_url, "checks_url")


@blueprint.get("/admin/checks")
@access("administrator")
def queue() -> str:
    """Show the facts nobody vouches for, what harms most first."""
    return queue_answer(asked_queue(request.args))


@blueprint.post("/admin/checks")
@access("administrator")
def queue_record() -> ResponseReturnValue:
    """Record what was ticked in the queue, listing by listing."""
    asked, form = asked_queue(request.form), CheckForm(request.form)
    if not form.validate():
        return queue_answer(asked, form), HTTPStatus.UNPROCESSABLE_ENTITY
    recorded = 0
    for listing_id, facts, seen in ticked_of(request.form):
        try:
            _record(listing_id, form.record(facts, seen=seen))
            recorded += len(facts)
        except (InvalidError, ConflictError) as fault:
            name = listing_to_check(listing_id).name
            form.refuse("", gettext("%(name)s: %(what)s", name=name, what=_said(fault)))
    if form.form_errors:
        return queue_answer(asked, form, recorded=recorded), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(asked.address(recorded=recorded), HTTPStatus.SEE_OTHER)


@blueprint.get("/admin/listings/<int:listing_id>/checks")
@access("administrator")
def listing(listing_id: int) -> str:
    """Show what a listing states, and who vouches for it until when."""
    return listing_answer(listing_id)


@blueprint.post("/admin/listings/<int:listing_id>/checks")
@access("administrator")
def listing_record(listing_id: int) -> ResponseReturnValue:
    """Record what was checked of one listing."""
    form = ListingCheckForm(request.form)
    if form.validate():
        try:
            _record(listing_id, form.record(form.facts.data or (), seen=form.seen.data))
        except (InvalidError, ConflictError) as fault:
            field = fault.field if isinstance(fault, InvalidError) else ""
            form.refuse(InvalidError(field, _said(fault)))
        else:
            done = len(form.facts.data or ())
            return redirect(f"{checks_url(listing_id)}?recorded={done}", HTTPStatus.SEE_OTHER)
    return listing_answer(listing_id, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _record(listing_id: int, checks: CheckRecord) -> None:
    record_checks(
        actor=signed_in().as_actor(),
        listing_id=listing_id,
        checks=checks,
        vocabulary=current.vocabulary(),
        now=current.now(),
    )


def _said(fault: InvalidError | ConflictError) -> str:
    """Say what a room refused; the paths of a document become words."""
    if isinstance(fault, InvalidError) and fault.field.endswith(".number"):
        return gettext(
            "A registration that was found has a number. Write it into the listing first."
        )
    return fault.message
