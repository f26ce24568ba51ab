"""The answers of the listing editor: its list, its form, what would change, the preview.

Called by `listing_editor.py`. Everything typed stays typed until it is saved.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import ConflictError
from directory.listings.models import ListingKind, ListingState
from directory.listings.operations import RefusedListingError, create_listing, edit_listing
from directory.listings.operations.previewing import preview_edit, preview_new
from directory.listings.policy import STATE_MOVES
from directory.listings.queries.editing import count_by_state, find_listings, listing_to_edit
from directory.listings.queries.history import newest_changes
from directory.web import changed_values, current
from directory.web.addresses import row_number
from directory.web.desk_page import asked_page
from directory.web.forms.editing import StateForm, StepForm
from directory.web.forms.listing import ListingForm, sections_of
from directory.web.forms.listing.spots import PRESS
from directory.web.forms.tokens import EMPTY, TOKEN
from directory.web.links import editor_url
from directory.web.paging import pages_of
from directory.web.review_section import section_of
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.listings.operations.previewing import Preview
    from directory.listings.queries.editing import EditedListing
    from directory.listings.queries.page import ListingPage

LISTINGS = "/admin/listings"
NEW = f"{LISTINGS}/new"
PER_PAGE = 25
NEWEST = 8
MOST_WORDS = 120
# What a form is sent with besides the fields that are carried on.
NOT_CARRIED = frozenset({TOKEN, EMPTY, PRESS, "step", "seen"})


def list_page() -> str:
    """Give the listings the address asks for; with nothing asked, the newest changes too."""
    session, page = db.session(), asked_page()
    asked = {
        name: request.args.get(name, "")[:MOST_WORDS].strip() for name in ("q", "state", "kind")
    }
    state = ListingState(asked["state"]) if asked["state"] in set(ListingState) else None
    kind = asked_kind()
    found = find_listings(session, asked["q"], state=state, kind=kind, page=page, per_page=PER_PAGE)
    has_asked = any(asked.values()) or page > 1
    return render_template(
        "admin/listings.html",
        asked=asked,
        found=found,
        counts=count_by_state(session),
        states=list(ListingState),
        kinds=list(ListingKind),
        pages=pages_of(found.total, page, PER_PAGE, lambda number: _list_url(asked, number)),
        newest=() if has_asked else newest_changes(session, NEWEST),
    )


def asked_kind() -> ListingKind | None:
    """Give the kind the address names."""
    kind = request.args.get("kind", "")
    return ListingKind(kind) if kind in set(ListingKind) else None


def kinds_page() -> str:
    """Ask for which kind a new listing is."""
    return render_template("admin/listing_kinds.html", new=NEW)


def new_page(kind: ListingKind, fields: ListingForm | None = None) -> str:
    """Give the form of a new listing."""
    fields = fields or ListingForm(sections_of(kind), {}, current.vocabulary())
    here = f"{NEW}?kind={kind.value}"
    return render_template(
        "admin/listing_new.html", kind=kind, here=here, form=fields, sections=fields.drawn(here)
    )


def sent_new(kind: ListingKind) -> ResponseReturnValue:
    """Keep a new draft and lead to its editor, or show its page as it would be."""
    form = StepForm(request.form)
    fields = ListingForm(sections_of(kind), {}, current.vocabulary(), sent=request.form)
    if not form.validate():
        return _refused(new_page, kind, fields, form)
    if fields.was_pressed or form.step.data == "edit":
        return new_page(kind, fields)
    told = {"kind": kind.value, **fields.told()}
    known: Any = {"vocabulary": current.vocabulary(), "now": current.now()}
    try:
        if form.step.data == "preview":
            return _preview(preview_new(actor=signed_in().as_actor(), document=told, **known))
        made = create_listing(actor=signed_in().as_actor(), document=told, **known)
    except RefusedListingError as fault:
        fields.lay(fault.faults)
        return new_page(kind, fields), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(f"{editor_url(made)}?made=1", HTTPStatus.SEE_OTHER)


def edit_page(
    listing_id: int,
    fields: ListingForm | None = None,
    edited: EditedListing | None = None,
    *,
    state_form: StateForm | None = None,
    conflict: str | None = None,
) -> str:
    """Give the editor of a listing: as it is, or with what was typed into `fields`."""
    vocabulary = current.vocabulary()
    edited = edited or listing_to_edit(db.session(), listing_id, vocabulary=vocabulary)
    fields = fields or ListingForm(sections_of(edited.kind), edited.document, vocabulary)
    here = editor_url(listing_id)
    return render_template(
        "admin/listing.html",
        listing=edited,
        here=here,
        form=fields,
        sections=fields.drawn(here),
        moves=[state for state in ListingState if state in STATE_MOVES[edited.state]],
        state_form=state_form or StateForm(),
        conflict=conflict,
        saved=request.args.get("saved", type=row_number),
        made="made" in request.args,
    )


def sent_edit(listing_id: int) -> ResponseReturnValue:
    """Answer a listing's form: its buttons, what would change, the preview, or save it."""
    form = StepForm(request.form)
    edited = listing_to_edit(
        db.session(), listing_id, vocabulary=current.vocabulary(), seen=form.seen.data
    )
    fields = ListingForm(
        sections_of(edited.kind), edited.document, current.vocabulary(), sent=request.form
    )
    if not form.validate():
        return _refused(lambda _key, kept: edit_page(listing_id, kept, edited), 0, fields, form)
    if fields.was_pressed or form.step.data == "edit":
        return edit_page(listing_id, fields, edited)
    try:
        return _stepped(form.step.data or "see", edited, fields.changes())
    except RefusedListingError as fault:
        fields.lay(fault.faults)
        return edit_page(listing_id, fields, edited), HTTPStatus.UNPROCESSABLE_ENTITY
    except ConflictError as fault:
        return _overtaken(listing_id, fields.changes(), fault.message), HTTPStatus.CONFLICT


def _stepped(step: str, edited: EditedListing, changes: dict[str, Any]) -> ResponseReturnValue:
    known: Any = {
        "actor": signed_in().as_actor(),
        "listing_id": edited.id,
        "changes": changes,
        "seen": edited.seen,
        "vocabulary": current.vocabulary(),
        "now": current.now(),
    }
    if step == "save":
        saved = edit_listing(**known)
        return redirect(f"{editor_url(edited.id)}?saved={saved or 0}", HTTPStatus.SEE_OTHER)
    found = preview_edit(**known)
    if step == "preview":
        return _preview(found)
    return render_template(
        "admin/listing_review.html",
        listing=edited,
        here=editor_url(edited.id),
        changes=changed_values.changed_values(found.before, found.after, current.vocabulary()),
        carried=[pair for pair in request.form.items(multi=True) if pair[0] not in NOT_CARRIED],
    )


def _overtaken(listing_id: int, changes: dict[str, Any], words: str) -> str:
    """Give the editor with what was typed laid over what the listing says by now."""
    vocabulary = current.vocabulary()
    edited = listing_to_edit(db.session(), listing_id, vocabulary=vocabulary)
    shown = {**edited.document, **changes}
    fields = ListingForm(sections_of(edited.kind), edited.document, vocabulary, shown=shown)
    return edit_page(listing_id, fields, edited, conflict=words)


def _preview(found: Preview) -> ResponseReturnValue:
    if found.page is None:
        return render_template("admin/listing_no_page.html")
    page: ListingPage = found.page
    return render_template(
        "admin/listing_preview.html",
        page=page,
        crumbs=[(gettext("Preview"), None)],
        linked_data=[],
        reviews=section_of(page.listing.id, page.listing.kind, page.listing.slug),
    )


def _refused(show: Any, key: Any, fields: ListingForm, form: StepForm) -> ResponseReturnValue:  # noqa: ANN401 - either page
    for words, _address in form.summary():
        fields.refuse(words)
    return show(key, fields), HTTPStatus.UNPROCESSABLE_ENTITY


def _list_url(asked: dict[str, str], page: int) -> str:
    pairs = {name: value for name, value in asked.items() if value}
    pairs |= {"page": str(page)} if page > 1 else {}
    return LISTINGS + (f"?{urlencode(pairs)}" if pairs else "")
