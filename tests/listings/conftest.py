"""The import as tests of listings call it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from directory.listings.operations import ImportResult, import_documents
from tests.listings.import_desk import ImportDesk

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.listings.documents import Document
    from tests.listings.importing import Bring


@pytest.fixture
def bring(session: Session, vocabulary: Vocabulary, now: datetime) -> Bring:
    """Give the import with the test's vocabulary and time filled in."""

    def bring(*documents: Document, **options: Any) -> ImportResult:
        options.setdefault("now", now)
        return import_documents(documents, vocabulary=vocabulary, **options)

    return bring


@pytest.fixture
def desk(session: Session, vocabulary: Vocabulary, now: datetime) -> ImportDesk:
    """Give the import desk."""
    return ImportDesk(session, vocabulary, now)
