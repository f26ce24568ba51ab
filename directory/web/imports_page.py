"""What the pages of the import desk are rendered with. Called by `imports.py`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import render_template, request
from flask_babel import lazy_gettext

from directory.core.characters import CONTROL_OR_LINE_END
from directory.core.db import db
from directory.listings.exchange.columns import FORMULA_STARTS
from directory.listings.models import BatchState
from directory.listings.queries.batches import (
    RowsShown,
    batch_rows,
    batch_view,
    count_batches,
    kept_listings,
    list_batches,
)
from directory.web.audit_log import staff_names
from directory.web.desk_page import asked_page
from directory.web.desk_words import words_of
from directory.web.paging import pages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.listings.queries.batches import BatchCounts

BATCHES = "/admin/imports"
PER_PAGE = 25
MOST_DIGITS = 9
# What a row of a new listing is known by, before one opens all of it.
TELLING = ("profession", "centre_type", "locations", "fees", "registrations")

STATES: Mapping[str, LazyString] = {
    BatchState.READ: lazy_gettext("looked at"),
    BatchState.APPLIED: lazy_gettext("applied"),
    BatchState.UNDONE: lazy_gettext("undone"),
    BatchState.DROPPED: lazy_gettext("thrown away"),
}
SORTS: Mapping[str, LazyString] = {
    RowsShown.NEW: lazy_gettext("New"),
    RowsShown.LOOKALIKE: lazy_gettext("Likely here already"),
    RowsShown.CHANGED: lazy_gettext("Changed"),
    RowsShown.UNCHANGED: lazy_gettext("Unchanged"),
    RowsShown.REFUSED: lazy_gettext("Refused"),
}
FILTERS: dict[str, Callable[..., Any]] = {
    "batch_state_words": words_of(STATES),
    "rows_words": words_of(SORTS),
}


def batch_url(batch_id: int, shown: RowsShown | None = None, page: int = 1) -> str:
    """Give the address of a batch, of its rows of one sort, of a page of them."""
    asked = {"outcome": shown.value} if shown else {}
    asked |= {"page": str(page)} if page > 1 else {}
    return f"{BATCHES}/{batch_id}" + (f"?{urlencode(asked)}" if asked else "")


def batches_answer(fault: str | None = None) -> str:
    """Give the list of batches with the form for a file; `fault` is what is wrong with one."""
    session, page = db.session(), asked_page()
    total = count_batches(session)
    return render_template(
        "admin/imports.html",
        batches=list_batches(session, limit=PER_PAGE, offset=(page - 1) * PER_PAGE),
        pages=pages_of(total, page, PER_PAGE, lambda number: f"{BATCHES}?page={number}"),
        names=staff_names(),
        fault=fault,
    )


def batch_answer(batch_id: int, fault: str | None = None) -> str:
    """Give the page of a batch; `fault` says why nothing was done."""
    session = db.session()
    session.rollback()
    batch = batch_view(session, batch_id)
    shown, page = asked_rows(request.args)
    if "outcome" not in request.args:
        shown = _first(batch.counts)
    return render_template(
        "admin/import.html",
        batch=batch,
        sorts=list(RowsShown),
        shown=shown,
        page=page,
        rows=batch_rows(session, batch_id, shown, limit=PER_PAGE, offset=(page - 1) * PER_PAGE),
        pages=pages_of(
            batch.counts.of(shown),
            page,
            PER_PAGE,
            lambda number: batch_url(batch_id, shown, number),
        ),
        kept=kept_listings(session, batch_id) if batch.state is BatchState.UNDONE else [],
        telling=TELLING,
        names=staff_names(),
        fault=fault,
    )


def asked_rows(given: Mapping[str, str]) -> tuple[RowsShown, int]:
    """Give which rows an address or a form asks for, and which page of them."""
    outcome, page = given.get("outcome", ""), given.get("page", "")
    shown = RowsShown(outcome) if outcome in set(RowsShown) else RowsShown.NEW
    return shown, max(1, _number(page) or 1)


def sent_lines(name: str) -> list[int]:
    """Give the lines a form names; what is no number is passed over."""
    found = (_number(words) for words in request.form.getlist(name))
    return [number for number in found if number is not None]


def file_name(given: str) -> str:
    """Give the name of a file as its owner knows it, without folders."""
    return CONTROL_OR_LINE_END.sub("", given.replace("\\", "/").rpartition("/")[2]) or "file"


def faults_as_csv(faults: Iterable[tuple[int, str, str]]) -> str:
    """Give faults as a table; what a spreadsheet would run as a formula stays text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("line", "field", "reason"))
    for line, *words in faults:
        writer.writerow((line, *(f"'{w}" if w.startswith(FORMULA_STARTS) else w for w in words)))
    return text.getvalue()


def _first(counts: BatchCounts) -> RowsShown:
    """Give what to look at first: what needs a decision."""
    for shown in (RowsShown.LOOKALIKE, RowsShown.CHANGED, RowsShown.NEW, RowsShown.REFUSED):
        if counts.of(shown):
            return shown
    return RowsShown.UNCHANGED


def _number(words: str) -> int | None:
    fits = words.isascii() and words.isdigit() and len(words) <= MOST_DIGITS
    return int(words) if fits else None
