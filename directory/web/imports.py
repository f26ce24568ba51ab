"""The import desk: a file is read into a batch, looked at, chosen from, applied, undone as one."""

from __future__ import annotations

from http import HTTPStatus
from io import BufferedReader
from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, redirect, request
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError
from directory.listings.exchange.files import read_rows
from directory.listings.operations import batches
from directory.listings.queries.batches import batch_view, refused_rows
from directory.web import current
from directory.web.access import access
from directory.web.forms.base import BaseForm
from directory.web.imports_page import (
    FILTERS,
    asked_rows,
    batch_answer,
    batch_url,
    batches_answer,
    faults_as_csv,
    file_name,
    sent_lines,
)
from directory.web.pressed import require_own_button
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from io import RawIOBase

    from flask.typing import ResponseReturnValue
    from werkzeug.datastructures import FileStorage

blueprint = Blueprint("imports", __name__)

for name, words in FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/admin/imports")
@access("administrator")
def index() -> str:
    """Show the batches and the form for a file."""
    return batches_answer()


@blueprint.post("/admin/imports")
@access("administrator")
def read() -> ResponseReturnValue:
    """Read a file into a batch."""
    form, file = BaseForm(request.form), request.files.get("file")
    if form.validate():
        if file is None or not file.filename:
            return _refused(gettext("Choose a file."))
        try:
            return redirect(batch_url(_read(file)), HTTPStatus.SEE_OTHER)
        except InvalidError as fault:
            return _refused(f"{file_name(file.filename)} {fault.message}.")
    return _refused(" ".join(map(str, form.form_errors)))


@blueprint.get("/admin/imports/<int:batch_id>")
@access("administrator")
def batch(batch_id: int) -> str:
    """Show what a file would do, or did."""
    return batch_answer(batch_id)


@blueprint.get("/admin/imports/<int:batch_id>/refused.csv")
@access("administrator")
def refused(batch_id: int) -> Response:
    """Give the faults of a file as a table, for whoever made it."""
    batch_view(db.session(), batch_id)
    table = faults_as_csv(refused_rows(db.session(), batch_id))
    headers = {"Content-Disposition": f'attachment; filename="batch-{batch_id}-refused.csv"'}
    return Response(table, mimetype="text/csv", headers=headers)


@blueprint.post("/admin/imports/<int:batch_id>/choose")
@access("administrator")
def choose(batch_id: int) -> ResponseReturnValue:
    """Keep which rows shall go in: those ticked on this page, or all of a sort, or none."""
    require_own_button()
    shown, page = asked_rows(request.form)
    every = request.form.get("every")
    if every in ("in", "out"):
        batches.choose_all(batch_id=batch_id, shown=shown, chosen=every == "in")
    else:
        batches.choose_rows(batch_id=batch_id, lines=sent_lines("line"), among=sent_lines("among"))
    return redirect(batch_url(batch_id, shown, page), HTTPStatus.SEE_OTHER)


@blueprint.post("/admin/imports/<int:batch_id>/apply")
@access("administrator")
def apply(batch_id: int) -> ResponseReturnValue:
    """Apply the chosen rows as one."""
    require_own_button()
    try:
        batches.apply_batch(
            actor=signed_in().as_actor(),
            batch_id=batch_id,
            vocabulary=current.vocabulary(),
            now=current.now(),
        )
    except InvalidError as fault:
        return batch_answer(batch_id, fault.message), HTTPStatus.UNPROCESSABLE_ENTITY
    except ConflictError as fault:
        return batch_answer(batch_id, fault.message), HTTPStatus.CONFLICT
    return redirect(batch_url(batch_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/admin/imports/<int:batch_id>/renew")
@access("administrator")
def renew(batch_id: int) -> ResponseReturnValue:
    """Make the dry run again, with the directory as it is by now."""
    require_own_button()
    batches.renew_batch(
        actor=signed_in().as_actor(),
        batch_id=batch_id,
        vocabulary=current.vocabulary(),
        now=current.now(),
    )
    return redirect(batch_url(batch_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/admin/imports/<int:batch_id>/undo")
@access("administrator")
def undo(batch_id: int) -> ResponseReturnValue:
    """Take everything back that a batch did."""
    require_own_button()
    try:
        batches.undo_batch(
            actor=signed_in().as_actor(),
            batch_id=batch_id,
            vocabulary=current.vocabulary(),
            now=current.now(),
        )
    except ConflictError as fault:
        return batch_answer(batch_id, fault.message), HTTPStatus.CONFLICT
    return redirect(batch_url(batch_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/admin/imports/<int:batch_id>/drop")
@access("administrator")
def drop(batch_id: int) -> ResponseReturnValue:
    """Throw a batch away that was not applied."""
    require_own_button()
    batches.drop_batch(actor=signed_in().as_actor(), batch_id=batch_id, now=current.now())
    return redirect("/admin/imports", HTTPStatus.SEE_OTHER)


def _read(file: FileStorage) -> int:
    source: BufferedReader = BufferedReader(cast("RawIOBase", file.stream))
    name = file_name(file.filename or "")
    try:
        return batches.read_batch(
            actor=signed_in().as_actor(),
            name=name,
            rows=read_rows(source, name),
            vocabulary=current.vocabulary(),
            now=current.now(),
        )
    finally:
        source.detach()


def _refused(words: str) -> ResponseReturnValue:
    return batches_answer(words), HTTPStatus.UNPROCESSABLE_ENTITY
