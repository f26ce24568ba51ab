"""Whether the database can serve pages: reached, migrated, and holding the reference data.

Not a look at the whole file (see `core/soundness.py`). Called by `/readyz`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import VocabularyCache

# What SQLite and PostgreSQL say of a table that is not there.
MISSING_TABLE = ("no such table", "does not exist")


def why_not_ready(session: Session, cache: VocabularyCache) -> str | None:
    """Give the reason why pages cannot be served and what to do, or None; one query."""
    try:
        vocabulary = cache.current(session)
    except (OperationalError, ProgrammingError) as problem:
        session.rollback()
        if any(words in str(problem.orig) for words in MISSING_TABLE):
            return "the database is not migrated; run: flask db upgrade"
        return "the database cannot be reached"
    except DBAPIError:
        session.rollback()
        return "the database cannot be read"
    if not vocabulary.digest:
        return "the reference data is missing; run: flask reference load"
    return None
