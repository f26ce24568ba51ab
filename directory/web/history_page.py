"""The page of a listing's history. Called by `listing_editor.py`."""

from __future__ import annotations

from flask import render_template, request

from directory.core.db import db
from directory.listings.queries.editing import listing_to_edit
from directory.listings.queries.history import history_of
from directory.web import current
from directory.web.addresses import row_number
from directory.web.document_words import KEYS


def history_page(listing_id: int) -> str:
    """Give the changes of a listing; the address may name keys, and a change to go on below."""
    session = db.session()
    edited = listing_to_edit(session, listing_id, vocabulary=current.vocabulary())
    keys = [key for key in dict.fromkeys(request.args.getlist("key")) if key in KEYS]
    below = request.args.get("below", type=row_number)
    return render_template(
        "admin/listing_history.html",
        listing=edited,
        history=history_of(session, listing_id, keys=keys, below=below),
        keys=keys,
        every_key=sorted(edited.document, key=list(KEYS).index),
    )
