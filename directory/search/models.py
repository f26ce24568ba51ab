"""The one table of the search: words that found nothing, counted by day and by nobody.

Not a log of searches: no time of day, no address, no account, and never words of danger. Written
by `unmet.py`, read by the desk of the vocabulary.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.core.db import Base


class UnmetWord(Base):
    """How often some words found nothing on one day of Delhi."""

    __tablename__ = "unmet_word"
    __table_args__ = (CheckConstraint("times >= 1", name="times_from_one"),)

    words: Mapped[str] = mapped_column(String(60), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int]
