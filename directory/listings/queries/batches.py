"""Reads of the import desk: the batches, the rows of one, and what an undoing had to keep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, cast, exists, func, select
from sqlalchemy.orm import aliased

from directory.core.errors import NotFoundError
from directory.listings.likeness.sketches import Ground, Reason
from directory.listings.models import (
    BatchState,
    ChangeCause,
    ImportBatch,
    ImportRow,
    Listing,
    ListingChange,
    ListingKind,
    ListingState,
    RowOutcome,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.audit.models import ActorKind

# What an import can carry out; other rows cannot be chosen.
CHOOSABLE = (RowOutcome.NEW, RowOutcome.CHANGED)
# JSON has no equality on either database; the empty list has one way of being written.
LOOKS_LIKE_ANOTHER = cast(ImportRow.lookalikes, Text) != "[]"


class RowsShown(StrEnum):
    """Which rows of a batch a page shows: those of an outcome, or those that look like another."""

    NEW = "new"
    LOOKALIKE = "lookalike"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


CONDITIONS: dict[RowsShown, ColumnElement[bool]] = {
    RowsShown.NEW: and_(ImportRow.outcome == RowOutcome.NEW, ~LOOKS_LIKE_ANOTHER),
    RowsShown.LOOKALIKE: LOOKS_LIKE_ANOTHER,
    RowsShown.CHANGED: ImportRow.outcome == RowOutcome.CHANGED,
    RowsShown.UNCHANGED: ImportRow.outcome == RowOutcome.UNCHANGED,
    RowsShown.REFUSED: ImportRow.outcome == RowOutcome.REFUSED,
}


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many rows of a batch there are of each sort; `new` without the lookalikes."""

    new: int = 0
    lookalike: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    chosen_new: int = 0
    chosen_changed: int = 0

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return self.new + self.lookalike + self.changed + self.unchanged + self.refused

    @property
    def left_out(self) -> int:
        """How many rows could go in and are not chosen."""
        could = self.new + self.lookalike + self.changed
        return could - self.chosen_new - self.chosen_changed

    def of(self, shown: RowsShown) -> int:
        """Give the number of rows of one sort."""
        number: int = getattr(self, shown.value)
        return number


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as lists and its own page tell it."""

    id: int
    name: str
    state: BatchState
    actor_kind: ActorKind
    actor_id: int | None
    read_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    counts: BatchCounts


@dataclass(frozen=True, slots=True)
class ListingName:
    """Enough of a listing to name it and lead to it."""

    id: int
    ref: str
    kind: ListingKind
    state: ListingState
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class LookalikeView:
    """What a row is likely to be already: a listing, or another line of the same file."""

    listing: ListingName | None
    line: int | None
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a batch; `listing` is the one with its ref, if there is one by now.

    `needs` are the lines of new centres it works at that are left out, and so it is as well.
    """

    line: int
    outcome: RowOutcome
    ref: str | None
    name: str | None
    kind: ListingKind | None
    document: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    faults: tuple[tuple[str, str], ...]
    listing: ListingName | None
    lookalikes: tuple[LookalikeView, ...]
    needs: tuple[int, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class KeptListing:
    """A listing an undoing left as it is, wholly or in these keys; no key: it came with the batch.

    `is_changed` tells whether somebody changed it since; else something belongs to it by now.
    """

    listing: ListingName
    keys: tuple[str, ...]
    is_changed: bool


def list_batches(session: Session, *, limit: int, offset: int = 0) -> list[BatchView]:
    """Give batches, the newest first; two queries."""
    batches = session.scalars(
        select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit).offset(offset)
    ).all()
    counts = _counts(session, [batch.id for batch in batches])
    return [_view(batch, counts.get(batch.id, BatchCounts())) for batch in batches]


def count_batches(session: Session) -> int:
    """Count the batches there are."""
    return session.scalar(select(func.count()).select_from(ImportBatch)) or 0


def batch_view(session: Session, batch_id: int) -> BatchView:
    """Give one batch; raises `NotFoundError`."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFoundError("There is no such batch.")
    return _view(batch, _counts(session, [batch_id]).get(batch_id, BatchCounts()))


def batch_rows(
    session: Session, batch_id: int, shown: RowsShown, *, limit: int, offset: int = 0
) -> list[RowView]:
    """Give rows of a batch in order of line; three queries."""
    rows = session.scalars(
        select(ImportRow)
        .where(ImportRow.batch_id == batch_id, CONDITIONS[shown])
        .order_by(ImportRow.line)
        .limit(limit)
        .offset(offset)
    ).all()
    named = _names(
        session,
        refs={row.ref for row in rows if row.ref is not None},
        ids={alike["id"] for row in rows for alike in row.lookalikes if "id" in alike},
    )
    by_ref, by_id = {each.ref: each for each in named}, {each.id: each for each in named}
    centres = left_out_centres(session, batch_id)
    return [_row_view(row, by_ref, by_id, centres) for row in rows]


def left_out_centres(session: Session, batch_id: int) -> dict[str, int]:
    """Give the lines of the new centres of a batch that are not chosen, by ref."""
    rows = session.execute(
        select(ImportRow.ref, ImportRow.line).where(
            ImportRow.batch_id == batch_id,
            ImportRow.outcome == RowOutcome.NEW,
            ImportRow.kind == ListingKind.CENTRE,
            ImportRow.chosen.is_(False),
        )
    )
    return {ref: line for ref, line in rows if ref is not None}


def refused_rows(session: Session, batch_id: int) -> Iterable[tuple[int, str, str]]:
    """Give line, field and reason of each fault of a batch, in order of line."""
    rows = session.execute(
        select(ImportRow.line, ImportRow.faults)
        .where(ImportRow.batch_id == batch_id, ImportRow.outcome == RowOutcome.REFUSED)
        .order_by(ImportRow.line)
    )
    return [(row.line, field, reason) for row in rows for field, reason in row.faults]


def kept_listings(session: Session, batch_id: int) -> list[KeptListing]:
    """Give what the undoing of a batch left as it is, in order of name.

    Nothing says so but the history: the keys of a change of the batch that its undoing lacks.
    """
    undoing, later = aliased(ListingChange), aliased(ListingChange)
    own = ListingChange.batch_id == batch_id
    changed_since = exists().where(
        later.listing_id == ListingChange.listing_id,
        later.id > ListingChange.id,
        later.cause != ChangeCause.UNDO,
    )
    rows = session.execute(
        select(
            ListingChange.listing_id,
            ListingChange.after,
            undoing.after.label("undone"),
            changed_since.label("is_changed"),
        )
        .outerjoin(undoing, undoing.undoes_id == ListingChange.id)
        .where(own, ListingChange.cause == ChangeCause.IMPORT)
    ).all()
    kept = {
        row.listing_id: (_kept_keys(row.after, row.undone), row.is_changed)
        for row in rows
        if row.after is None or _kept_keys(row.after, row.undone)
    }
    found = _names(session, ids=kept, refs=())
    return [KeptListing(each, *kept[each.id]) for each in sorted(found, key=lambda each: each.name)]


def _row_view(
    row: ImportRow,
    by_ref: Mapping[str, ListingName],
    by_id: Mapping[int, ListingName],
    centres: Mapping[str, int],
) -> RowView:
    differences = row.differences or {}
    refs = (row.document or {}).get("works_at") if row.outcome in CHOOSABLE else None
    alike = (
        LookalikeView(
            by_id.get(each.get("id", 0)),
            each.get("line"),
            each["score"],
            tuple(Reason(Ground(ground), detail) for ground, detail in each["reasons"]),
        )
        for each in row.lookalikes
    )
    return RowView(
        line=row.line,
        outcome=row.outcome,
        ref=row.ref,
        name=row.name,
        kind=row.kind,
        document=row.document or {},
        before={key: values[0] for key, values in differences.items()},
        after={key: values[1] for key, values in differences.items()},
        faults=tuple((fault[0], fault[1]) for fault in row.faults),
        listing=by_ref.get(row.ref) if row.ref else None,
        lookalikes=tuple(each for each in alike if each.listing or each.line is not None),
        needs=tuple(centres[ref] for ref in refs or () if ref in centres),
        chosen=row.chosen,
    )


def _kept_keys(after: dict[str, Any] | None, undone: dict[str, Any] | None) -> tuple[str, ...]:
    # Checks come back one by one, as far as the facts they were made of did.
    return tuple(sorted((after or {}).keys() - (undone or {}).keys() - {"checks"}))


def _view(batch: ImportBatch, counts: BatchCounts) -> BatchView:
    return BatchView(
        id=batch.id,
        name=batch.name,
        state=batch.state,
        actor_kind=batch.actor_kind,
        actor_id=batch.actor_id,
        read_at=batch.read_at,
        applied_at=batch.applied_at,
        undone_at=batch.undone_at,
        counts=counts,
    )


def _counts(session: Session, ids: Sequence[int]) -> dict[int, BatchCounts]:
    rows = session.execute(
        select(
            ImportRow.batch_id,
            ImportRow.outcome,
            ImportRow.chosen,
            LOOKS_LIKE_ANOTHER.label("lookalike"),
            func.count().label("number"),
        )
        .where(ImportRow.batch_id.in_(ids))
        .group_by(ImportRow.batch_id, ImportRow.outcome, ImportRow.chosen, LOOKS_LIKE_ANOTHER)
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        numbers = found.setdefault(row.batch_id, {})
        sort = RowsShown.LOOKALIKE.value if row.lookalike else row.outcome.value
        numbers[sort] = numbers.get(sort, 0) + row.number
        if row.chosen:
            key = f"chosen_{row.outcome.value}"
            numbers[key] = numbers.get(key, 0) + row.number
    return {batch_id: BatchCounts(**numbers) for batch_id, numbers in found.items()}


def _names(session: Session, *, ids: Collection[int], refs: Collection[str]) -> list[ListingName]:
    columns = (Listing.id, Listing.ref, Listing.kind, Listing.state, Listing.slug, Listing.name)
    rows = session.execute(select(*columns).where(Listing.id.in_(ids) | Listing.ref.in_(refs)))
    return [ListingName(*row) for row in rows]
