"""What the pages of likely duplicates show. Called by `duplicates.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext
from wtforms import HiddenField

from directory.core.db import db
from directory.core.errors import NotFoundError
from directory.listings.exchange.merging import UNITED, Side
from directory.listings.queries.editing import listing_id_of, rows_of
from directory.moderation.queries.merging import compare
from directory.web import current
from directory.web.desk_page import asked_page
from directory.web.forms.base import BaseForm
from directory.web.paging import pages_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask.typing import ResponseReturnValue

    from directory.listings.likeness.sketches import AlikePair
    from directory.listings.queries.editing import FoundRow
    from directory.listings.queries.lookalikes import LookalikesCache
    from directory.moderation.queries.merging import Comparison

DUPLICATES = "/admin/duplicates"
PER_PAGE = 25
# The name of the choice for a key of the document begins with this.
CHOICE = "choice-"
FINE, WRONG, LEAD_ON = 200, 422, 303


class MergeForm(BaseForm):
    """Whose value each key has, and the newest change of each of the two when they were shown."""

    seen_keep = HiddenField()
    seen_other = HiddenField()

    def seen(self, keep_id: int, other_id: int) -> dict[int, int | None]:
        """Give the newest change of each when the page was shown, by id."""
        return {
            keep_id: _number_of(self.seen_keep.data),
            other_id: _number_of(self.seen_other.data),
        }

    def choices(self) -> dict[str, Side]:
        """Give the choices that were sent, by key; what is no side is left out."""
        sides = set(Side)
        return {
            name.removeprefix(CHOICE): Side(side)
            for name, side in request.form.items()
            if name.startswith(CHOICE) and side in sides
        }


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair of the list with what one needs to see of both."""

    pair: AlikePair
    one: FoundRow
    other: FoundRow

    @property
    def url(self) -> str:
        """Give where the two are compared; a published one would stay rather than a draft."""
        ids = (self.one.id, self.other.id)
        is_turned = self.other.state == "published" and self.one.state != "published"
        return pair_url(*(reversed(ids) if is_turned else ids))


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key both say differently: its values, whether both can be put together, what is chosen."""

    key: str
    mine: Any
    theirs: Any
    chosen: Side
    may_be_both: bool


def pair_url(keep_id: int, other_id: int) -> str:
    """Give the page that compares two listings, the first of which would stay."""
    return url_for("duplicates.pair", keep_id=keep_id, other_id=other_id)


def waiting_pairs() -> list[AlikePair]:
    """Give the pairs that wait for somebody to look at them, the likeliest first."""
    cache = cast("LookalikesCache", current_app.extensions["lookalikes"])
    return cache.waiting(db.session(), current.vocabulary())


def list_answer() -> ResponseReturnValue:
    """Give the list of pairs, or the way to the two listings that were named."""
    named = [request.args.get(name, "").strip() for name in ("one", "other")]
    fault = None
    if any(named):
        try:
            ids = [listing_id_of(db.session(), _slug_of(name)) for name in named]
        except NotFoundError as refused:
            fault = refused.message
        else:
            return redirect(pair_url(*ids), LEAD_ON)
    pairs, page = waiting_pairs(), asked_page()
    shown = pairs[(page - 1) * PER_PAGE : page * PER_PAGE]
    html = render_template(
        "admin/duplicates.html",
        total=len(pairs),
        rows=_rows(shown),
        pages=pages_of(len(pairs), page, PER_PAGE, lambda number: f"{DUPLICATES}?page={number}"),
        named=named,
        fault=fault,
        vocabulary=current.vocabulary(),
    )
    return html, WRONG if fault else FINE


def pair_answer(keep_id: int, other_id: int, form: MergeForm | None = None) -> str:
    """Give the page that compares two; a form that came back keeps what was chosen.

    Raises `NotFoundError` when one of them does not exist.
    """
    found = compare(db.session(), keep_id, other_id, vocabulary=current.vocabulary())
    if found is None:
        raise NotFoundError(gettext("There are no two such listings."))
    next_pair = next(
        (pair for pair in waiting_pairs() if {pair.first, pair.second} != {keep_id, other_id}),
        None,
    )
    return render_template(
        "admin/duplicate_pair.html",
        found=found,
        keys=_keys(found, form.choices() if form else found.suggested),
        faults=form.summary() if form else [],
        here=pair_url(keep_id, other_id),
        turned=pair_url(other_id, keep_id),
        next_url=pair_url(next_pair.first, next_pair.second) if next_pair else None,
        vocabulary=current.vocabulary(),
    )


def _number_of(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _slug_of(text: str) -> str:
    """Give the end of an address somebody pasted, or what they wrote."""
    return text.rstrip("/").rpartition("/")[2]


def _rows(pairs: list[AlikePair]) -> list[PairRow]:
    ids = [listing_id for pair in pairs for listing_id in (pair.first, pair.second)]
    rows = rows_of(db.session(), ids)
    return [
        PairRow(pair, rows[pair.first], rows[pair.second])
        for pair in pairs
        if pair.first in rows and pair.second in rows
    ]


def _keys(found: Comparison, chosen: Mapping[str, Side]) -> list[KeyRow]:
    return [
        KeyRow(
            key,
            found.keep.document[key],
            found.other.document[key],
            chosen.get(key, found.suggested[key]),
            key in UNITED and bool(found.keep.document[key]) and bool(found.other.document[key]),
        )
        for key in found.differing
    ]
