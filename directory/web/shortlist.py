"""Saved listings: one page, and the presses that change it. No account; see `saved.py`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request

from directory.web import current
from directory.web.access import access
from directory.web.pressed import require_own_button
from directory.web.shortlist_page import press, shortlist_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("shortlist", __name__)


@blueprint.get("/shortlist")
@access("anyone")
def shortlist() -> str:
    """Show the saved listings in the reader's order."""
    current.keep_nowhere()
    return render_template("shortlist/shortlist.html", page=shortlist_page())


@blueprint.post("/shortlist")
@access("anyone")
def pressed() -> ResponseReturnValue:
    """Save, remove or move a listing, or clear the list, and lead back."""
    require_own_button()
    return redirect(press(request.form), HTTPStatus.SEE_OTHER)
