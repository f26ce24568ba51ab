"""Likely duplicates: the list, two side by side, merging them, telling them apart.

For administrators. What the pages show is put together in `duplicates_page.py`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request

from directory.core.errors import ConflictError, InvalidError
from directory.listings.operations.editing import RefusedListingError
from directory.moderation.merging import merge_listings, tell_apart
from directory.web import current, duplicate_words
from directory.web.access import access
from directory.web.duplicates_page import (
    DUPLICATES,
    MergeForm,
    list_answer,
    pair_answer,
    pair_url,
)
from directory.web.pressed import require_own_button
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("duplicates", __name__)

for name, words in duplicate_words.FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/admin/duplicates")
@access("administrator")
def index() -> ResponseReturnValue:
    """List the pairs that may be one, the likeliest first, or lead to two that were named."""
    return list_answer()


@blueprint.get("/admin/duplicates/<int:keep_id>/<int:other_id>")
@access("administrator")
def pair(keep_id: int, other_id: int) -> ResponseReturnValue:
    """Show two side by side, with what a merge would do; the first one would stay."""
    return pair_answer(keep_id, other_id)


@blueprint.post("/admin/duplicates/<int:keep_id>/<int:other_id>")
@access("administrator")
def merge(keep_id: int, other_id: int) -> ResponseReturnValue:
    """Make one of the two, with the values chosen."""
    form = MergeForm(request.form)
    if not form.validate():
        return pair_answer(keep_id, other_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        merge_listings(
            actor=signed_in().as_actor(),
            keep_id=keep_id,
            other_id=other_id,
            choices=form.choices(),
            seen=form.seen(keep_id, other_id),
            vocabulary=current.vocabulary(),
            now=current.now(),
        )
    except (RefusedListingError, InvalidError) as fault:
        form.refuse(fault)
        return pair_answer(keep_id, other_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except ConflictError as fault:
        form.refuse(fault)
        return pair_answer(keep_id, other_id, form), HTTPStatus.CONFLICT
    return redirect(pair_url(keep_id, other_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/admin/duplicates/<int:one_id>/<int:other_id>/apart")
@access("administrator")
def apart(one_id: int, other_id: int) -> ResponseReturnValue:
    """Note that the two are two, and go on with the list."""
    require_own_button()
    tell_apart(actor=signed_in().as_actor(), one_id=one_id, other_id=other_id, now=current.now())
    return redirect(DUPLICATES, HTTPStatus.SEE_OTHER)
