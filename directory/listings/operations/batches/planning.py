"""What would become of each row of a file: the dry run of a batch, row by row.

Reads what `exchange/planning.py` decided and writes nothing. A batch keeps these rows, and
applying it compares them with what is decided then. Called by `reading.py` and `applying.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.listings.exchange.checking import UNPRINTABLE
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.history import differences
from directory.listings.models import ListingKind, RowOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from directory.listings.exchange.checking import Fault
    from directory.listings.exchange.drafts import ListingDraft
    from directory.listings.exchange.planning import CheckedRow, Plan
    from directory.listings.exchange.reading import FileRow

# What a new listing is given that its row may leave open.
SETTLED = ("slug", "state")
REF_LENGTH, NAME_LENGTH = 120, 200


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of a file and what would become of it.

    `document` is what the file says, None when a part of it could not be read. `differences`
    holds before and after of each key that changes; of a new listing, what the import settles.
    """

    line: int
    outcome: RowOutcome
    ref: str | None
    name: str | None
    kind: ListingKind | None
    document: dict[str, Any] | None
    differences: dict[str, list[Any]] | None = None
    faults: tuple[tuple[str, str], ...] = ()

    def as_values(self) -> dict[str, Any]:
        """Give it as plain JSON values, by column."""
        return {
            "line": self.line,
            "outcome": self.outcome,
            "ref": self.ref,
            "name": self.name,
            "kind": self.kind,
            "document": self.document,
            "differences": self.differences,
            "faults": [list(fault) for fault in self.faults],
        }

    @property
    def decided(self) -> tuple[RowOutcome, dict[str, list[Any]] | None]:
        """What a dry run promises and applying must find again."""
        return self.outcome, self.differences


def planned_rows(batch: Sequence[CheckedRow], plan: Plan) -> Iterator[PlannedRow]:
    """Give what a plan makes of each row of its batch; rows that wait for others are left out."""
    refused = {row.line: row.faults for row in plan.refused}
    waiting = {row.line for row in plan.waiting}
    settled = {draft.ref: _settled(draft) for draft in plan.new}
    changed = {change.draft.ref: _changed(change.stored, change.draft) for change in plan.changed}
    for checked in batch:
        row = checked.row
        if row.line in waiting:
            continue
        if row.line in refused:
            yield _refused(row, refused[row.line])
        elif checked.draft is not None:
            yield _accepted(row, checked.draft, settled, changed)


def _accepted(
    row: FileRow,
    draft: ListingDraft,
    settled: Mapping[str, dict[str, list[Any]]],
    changed: Mapping[str, dict[str, list[Any]]],
) -> PlannedRow:
    ref, outcome, found = draft.ref, RowOutcome.UNCHANGED, None
    if ref in settled:
        outcome, found = RowOutcome.NEW, settled[ref]
    elif ref in changed:
        outcome, found = RowOutcome.CHANGED, changed[ref]
    return PlannedRow(row.line, outcome, ref, draft.name, draft.kind, row.document, found)


def _refused(row: FileRow, faults: Sequence[Fault]) -> PlannedRow:
    said = row.document or {}
    kind = said.get("kind")
    return PlannedRow(
        line=row.line,
        outcome=RowOutcome.REFUSED,
        ref=_text(said.get("ref"), REF_LENGTH),
        name=_text(said.get("name"), NAME_LENGTH),
        kind=ListingKind(kind) if kind in list(ListingKind) else None,
        document=row.document,
        faults=tuple((fault.field, fault.reason) for fault in faults),
    )


def _text(value: object, most: int) -> str | None:
    """Give what a refused row says as far as it can be stored and shown."""
    return UNPRINTABLE.sub("", value)[:most] or None if isinstance(value, str) else None


def _settled(draft: ListingDraft) -> dict[str, list[Any]]:
    document = document_of_draft(draft)
    return {key: [None, document[key]] for key in SETTLED}


def _changed(stored: ListingDraft, draft: ListingDraft) -> dict[str, list[Any]]:
    found = differences(document_of_draft(stored), document_of_draft(draft))
    return {key: list(values) for key, values in found.items()}
