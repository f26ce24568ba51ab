"""The administrator's pages of listings: find one, make one, edit it, its state and its history.

Saving shows first what would change; a preview is the real page with what was typed, saved
nowhere. What the forms are made of is in `forms/listing`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request

from directory.core.db import db
from directory.core.errors import InvalidError
from directory.listings.models import ListingKind, ListingState
from directory.listings.operations import move_listing, undo_change
from directory.listings.queries.editing import listing_to_edit
from directory.web import changed_values, current, document_words, editor_words
from directory.web.access import access
from directory.web.editor_page import (
    asked_kind,
    edit_page,
    kinds_page,
    list_page,
    new_page,
    sent_edit,
    sent_new,
)
from directory.web.forms.editing import StateForm
from directory.web.history_page import history_page
from directory.web.links import editor_url, history_url
from directory.web.pressed import require_own_button
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("listing_editor", __name__)

for name, words in {
    **document_words.FILTERS,
    **changed_values.FILTERS,
    **editor_words.FILTERS,
}.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/admin/listings")
@access("administrator")
def listings() -> str:
    """Find listings in every state, and show what changed last."""
    return list_page()


@blueprint.get("/admin/listings/new")
@access("administrator")
def new() -> str:
    """Show an empty form, once it is known for which kind."""
    kind = asked_kind()
    return kinds_page() if kind is None else new_page(kind)


@blueprint.post("/admin/listings/new")
@access("administrator")
def make() -> ResponseReturnValue:
    """Keep a new draft, or show its page as it would be."""
    return sent_new(asked_kind() or ListingKind.PRACTITIONER)


@blueprint.get("/admin/listings/<int:listing_id>")
@access("administrator")
def edit(listing_id: int) -> str:
    """Show everything a listing says, to be changed."""
    return edit_page(listing_id)


@blueprint.post("/admin/listings/<int:listing_id>")
@access("administrator")
def change(listing_id: int) -> ResponseReturnValue:
    """Show what would change, save it, or show the page as it would be."""
    return sent_edit(listing_id)


@blueprint.post("/admin/listings/<int:listing_id>/state")
@access("administrator")
def move(listing_id: int) -> ResponseReturnValue:
    """Publish, suspend or close a listing."""
    form = StateForm(request.form)
    if form.validate():
        try:
            move_listing(
                actor=signed_in().as_actor(),
                listing_id=listing_id,
                to=ListingState(form.to.data),
                closed_on=form.closed_on.data if form.to.data == ListingState.CLOSED else None,
                vocabulary=current.vocabulary(),
                now=current.now(),
            )
        except InvalidError as fault:
            form.refuse(fault, otherwise="to")
        else:
            return redirect(editor_url(listing_id), HTTPStatus.SEE_OTHER)
    return edit_page(listing_id, state_form=form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/admin/listings/<int:listing_id>/history")
@access("administrator")
def history(listing_id: int) -> str:
    """Show every change of a listing, or those of some keys of it."""
    return history_page(listing_id)


@blueprint.post("/admin/listings/<int:listing_id>/history/<int:change_id>/undo")
@access("administrator")
def undo(listing_id: int, change_id: int) -> ResponseReturnValue:
    """Take one change back."""
    require_own_button()
    listing_to_edit(db.session(), listing_id, vocabulary=current.vocabulary())
    undo_change(
        actor=signed_in().as_actor(),
        change_id=change_id,
        vocabulary=current.vocabulary(),
        now=current.now(),
    )
    return redirect(history_url(listing_id), HTTPStatus.SEE_OTHER)
