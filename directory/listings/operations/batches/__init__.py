"""The import desk: a file read into a batch, looked at, applied as one, undone as one."""

from directory.listings.operations.batches.applying import Applied, OvertakenError, apply_batch
from directory.listings.operations.batches.choosing import choose_all, choose_rows
from directory.listings.operations.batches.reading import MOST_ROWS, read_batch, renew_batch
from directory.listings.operations.batches.state import drop_batch, forget_batches
from directory.listings.operations.batches.undoing import Undone, undo_batch

__all__ = [
    "MOST_ROWS",
    "Applied",
    "OvertakenError",
    "Undone",
    "apply_batch",
    "choose_all",
    "choose_rows",
    "drop_batch",
    "forget_batches",
    "read_batch",
    "renew_batch",
    "undo_batch",
]
