"""Writes of the listings room: imports, edits and their undoing, checks, states, batches, merges.

Each operation opens one transaction; what ends in `_within` belongs inside the caller's.
"""

from directory.listings.operations.checks import CheckRecord, record_checks
from directory.listings.operations.editing import (
    RefusedListingError,
    create_listing,
    edit_listing,
    move_listing,
)
from directory.listings.operations.importing import (
    ROWS_IN_A_BATCH,
    ImportResult,
    RowError,
    import_documents,
    import_listings,
)
from directory.listings.operations.undoing import undo_change

__all__ = [
    "ROWS_IN_A_BATCH",
    "CheckRecord",
    "ImportResult",
    "RefusedListingError",
    "RowError",
    "create_listing",
    "edit_listing",
    "import_documents",
    "import_listings",
    "move_listing",
    "record_checks",
    "undo_change",
]
