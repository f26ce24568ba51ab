"""The day of the benchmarks and the vocabulary, with few imports: it is part of what is weighed.

Not a script: every benchmark of the search uses it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from directory.core.clock import DELHI
from directory.vocabulary.queries import load_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from directory.vocabulary.queries import Vocabulary

# The moment all searches of a benchmark are asked at: a Wednesday morning.
NOW = datetime(2026, 11, 25, 11, 30, tzinfo=DELHI)
TODAY = date(2026, 11, 25)


def vocabulary_in(file: Path) -> Vocabulary:
    """Give the vocabulary of a database."""
    engine = create_engine(f"sqlite:///{file}")
    with Session(engine) as session:
        vocabulary = load_vocabulary(session)
    engine.dispose()
    return vocabulary
