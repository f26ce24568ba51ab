"""The import desk as tests drive it: files of documents in, counts, rows and exports out."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from directory.audit.models import AuditEvent
from directory.audit.policy import COMMAND
from directory.listings.exchange.exporting import all_documents
from directory.listings.exchange.jsonl import read_json_lines, write_json_lines
from directory.listings.models import ImportRow, Listing, ListingChange, VerificationMethod
from directory.listings.operations import (
    CheckRecord,
    edit_listing,
    import_documents,
    record_checks,
)
from directory.listings.operations.batches import apply_batch, read_batch, undo_batch
from directory.listings.queries.batches import BatchCounts, batch_view
from tests.listings.importing import stored

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.listings.documents import Document


def fees(amount: int) -> list[Document]:
    """Give the fees of a listing that asks this much of a first visit."""
    return [{"for": "first-session", "amount": amount, "minutes": None, "note": None}]


class ImportDesk:
    """The import desk with the test's vocabulary and time filled in."""

    def __init__(self, session: Session, vocabulary: Vocabulary, now: datetime) -> None:
        self.session = session
        self.given: dict[str, Any] = {"vocabulary": vocabulary, "now": now}
        self.as_command = {"actor": COMMAND, **self.given}

    def bring(self, *documents: Document) -> None:
        """Import documents in one go; none is refused."""
        assert import_documents(documents, **self.given).errors == ()

    def read(self, *documents: Document) -> int:
        """Read a file of these documents and give the batch."""
        content = "".join(json.dumps(document) + "\n" for document in documents)
        return self.read_file(content.encode())

    def read_file(self, content: bytes) -> int:
        """Read a file of JSON Lines and give the batch."""
        rows = read_json_lines(io.BytesIO(content))
        return read_batch(name="file.jsonl", rows=rows, **self.as_command)

    def apply(self, batch_id: int) -> tuple[int, int, int]:
        """Apply a batch and give how many are new, changed, left out."""
        applied = apply_batch(batch_id=batch_id, **self.as_command)
        return applied.new, applied.changed, applied.left_out

    def undo(self, batch_id: int) -> tuple[int, int, int]:
        """Undo a batch and give how many are restored, taken away, kept."""
        undone = undo_batch(batch_id=batch_id, **self.as_command)
        return undone.restored, undone.removed, len(undone.kept)

    def rows(self, batch_id: int) -> list[ImportRow]:
        """Give the rows of a batch in order of line."""
        self.session.rollback()
        return list(
            self.session.scalars(
                select(ImportRow).where(ImportRow.batch_id == batch_id).order_by(ImportRow.line)
            )
        )

    def outcomes(self, batch_id: int) -> list[str]:
        """Give what would become of each row."""
        return [row.outcome.value for row in self.rows(batch_id)]

    def counts(self, batch_id: int) -> BatchCounts:
        """Give the counts of a batch."""
        self.session.rollback()
        return batch_view(self.session, batch_id).counts

    def document(self, ref: str) -> Document:
        """Give what a listing says."""
        return stored(self.session, self.given["vocabulary"], ref)

    def id_of(self, ref: str) -> int:
        """Give the id of a listing."""
        self.session.rollback()
        return self.session.scalars(select(Listing.id).where(Listing.ref == ref)).one()

    def edit(self, ref: str, **changes: Any) -> None:
        """Change keys of a listing, having seen all changes."""
        listing_id = self.id_of(ref)
        seen = self.session.scalar(select(func.max(ListingChange.id)))
        edit_listing(listing_id=listing_id, changes=changes, seen=seen, **self.as_command)

    def check(self, ref: str, *facts: str) -> None:
        """Record that facts of a listing were checked by a call today."""
        day = self.given["now"].date()
        checks = CheckRecord(facts=facts, method=VerificationMethod.CALL, checked_on=day)
        record_checks(listing_id=self.id_of(ref), checks=checks, **self.as_command)

    def export(self) -> bytes:
        """Give the directory as a file."""
        self.session.rollback()
        file = io.BytesIO()
        write_json_lines(all_documents(self.session, self.given["vocabulary"]), file)
        return file.getvalue()

    def facts_of(self, act: str) -> list[dict[str, Any]]:
        """Give the facts of every act of this name, in order."""
        self.session.rollback()
        found = self.session.scalars(
            select(AuditEvent.facts).where(AuditEvent.act == act).order_by(AuditEvent.seq)
        )
        return [json.loads(facts) for facts in found]
