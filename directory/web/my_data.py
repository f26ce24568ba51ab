"""An account's data: all of it as a file, and the erasing of it.

Who manages their account otherwise does so in `account.py`.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for

from directory.moderation.intake import erase_account, export_data
from directory.web import current
from directory.web.access import access
from directory.web.forms.flag import EraseForm, PressForm
from directory.web.review_page import faults_of
from directory.web.signing import forget, signed_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("my_data", __name__)

FILE_NAME = "my-data.json"


@blueprint.get("/account/data")
@access("user")
def data() -> ResponseReturnValue:
    """Say what can be taken along and what erasing means."""
    return _page(EraseForm())


@blueprint.post("/account/data/export")
@access("user")
def export() -> ResponseReturnValue:
    """Give everything held about the viewer as one file."""
    form = PressForm(request.form)
    if not form.validate():
        return _page(EraseForm(), faults_of(form))
    found = export_data(viewer=signed_in(), keys=current.keys(), now=current.now())
    body = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=False)
    response = Response(body, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/account/data/erase")
@access("user")
def erase() -> ResponseReturnValue:
    """Erase the viewer's account and reviews, once they have said that they are sure."""
    form = EraseForm(request.form)
    if not form.validate():
        return _page(form, faults_of(form))
    erase_account(viewer=signed_in(), keys=current.keys(), now=current.now())
    forget()
    return redirect(url_for("my_data.erased"), HTTPStatus.SEE_OTHER)


@blueprint.get("/account/erased")
@access("anyone")
def erased() -> str:
    """Say goodbye."""
    return render_template("account/data_erased.html")


def _page(form: EraseForm, faults: Sequence[tuple[str, str]] = ()) -> ResponseReturnValue:
    html = render_template("account/data.html", erase=form, faults=faults)
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
