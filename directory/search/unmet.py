"""Words of searches that nobody in the directory holds: what the vocabulary may be missing.

Words and the day of Delhi, nothing else: no time, no address, no account, no other word of the
same search. Never anything of a search that a cry for help was heard in. Kept in memory where a
search is answered, and written by the thread that keeps the index fresh (`local.py`), so that no
request waits. Read by the desk of the vocabulary and by the dashboard.
"""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.search.models import UnmetWord
from directory.search.understanding import data
from directory.search.understanding.forms import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.search.query import Found
    from directory.search.request import SearchRequest

MOST_LETTERS = 60
# Fewer times may be one person's words; from three on they are shown.
SHOWN_FROM = 3
KEPT = timedelta(days=90)
# What one process holds between two writings; more is a flood and is let go.
MOST_HELD = 500
MARKS = {"Mn", "Mc"}
# Inside a word: apostrophes, hyphens, and the joiners of Devanagari.
INSIDE = frozenset("'’-\u200c\u200d")
# What stands for an address of mail or of a page.
NOT_WORDS = frozenset("@/\\#")


@dataclass(frozen=True, slots=True)
class Unmet:
    """Words that found nothing, how often in the days kept, and on which day last."""

    words: str
    times: int
    last_on: date


@dataclass
class UnmetWords:
    """The counts of one process since it last wrote them down."""

    _counts: dict[str, int] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, words: str | None) -> None:
        """Count words once more; None counts nothing."""
        if words is None:
            return
        with self._lock:
            if words in self._counts or len(self._counts) < MOST_HELD:
                self._counts[words] = self._counts.get(words, 0) + 1

    def write(self, now: datetime) -> int:
        """Write down what was counted and give how many different words; begins anew."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if counts:
            count_unmet(counts, delhi_day(now))
        return len(counts)


def unmet_in(asked: SearchRequest, found: Found, knows: Callable[[str], bool]) -> str | None:
    """Give the words of a search that nobody holds, in small letters, or None.

    `knows` tells whether some result holds a word. None for a search that asks for help, that
    names a person by a title, or in which a figure or an address stands.
    """
    reading = asked.reading
    text = next(iter(asked.given.get("q", ())), "")
    if reading.crisis or reading.comforts or asked.page > 1 or not _is_of_words(text):
        return None
    unknown = [word for word in reading.words if not knows(word)]
    is_narrowed = bool(asked.given.keys() - {"q"} or reading.understood)
    if found.total and not found.without_words:
        words = unknown
    else:
        words = list(reading.words) if unknown or not is_narrowed else []
    said = unicodedata.normalize("NFC", " ".join(words)).lower()
    return said if said and len(said) <= MOST_LETTERS and _has_letters_only(said) else None


def count_unmet(counts: Mapping[str, int], day: date) -> None:
    """Add to how often words were looked for on a day."""
    try:
        _add(counts, day)
    except IntegrityError:
        # Another process wrote the same words first: now there is a row to add to.
        _add(counts, day)


def unmet_words(session: Session, limit: int) -> tuple[Unmet, ...]:
    """Give words that found nothing at least `SHOWN_FROM` times, the most wanted first."""
    times = func.sum(UnmetWord.times)
    rows = session.execute(
        select(UnmetWord.words, times, func.max(UnmetWord.on))
        .group_by(UnmetWord.words)
        .having(times >= SHOWN_FROM)
        .order_by(times.desc(), UnmetWord.words)
        .limit(limit)
    )
    return tuple(Unmet(words, number, last_on) for words, number, last_on in rows)


def forget_words(words: str) -> None:
    """Forget words somebody has seen to, of all days."""
    with writing() as session:
        session.execute(delete(UnmetWord).where(UnmetWord.words == words))


def prune_unmet(*, now: datetime) -> int:
    """Forget what was counted more than ninety days ago; give how many rows."""
    with writing() as session:
        old = delete(UnmetWord).where(UnmetWord.on < delhi_day(now) - KEPT)
        return len(session.execute(old.returning(UnmetWord.words)).all())


def _add(counts: Mapping[str, int], day: date) -> None:
    with writing() as session:
        for words, times in counts.items():
            known = session.execute(
                update(UnmetWord)
                .where(UnmetWord.words == words, UnmetWord.on == day)
                .values(times=UnmetWord.times + times)
                .returning(UnmetWord.words)
                .execution_options(synchronize_session=False)
            ).first()
            if known is None:
                session.execute(insert(UnmetWord).values(words=words, on=day, times=times))


def _is_of_words(text: str) -> bool:
    """Tell whether a search may be kept in part: no figure, no address, no title of a person."""
    if any(one.isdigit() or one in NOT_WORDS for one in text):
        return False
    titles = data.words().titles
    return not any(letters(word.strip(".,")) in titles for word in text.split())


def _has_letters_only(said: str) -> bool:
    return all(
        one.isalpha() or one == " " or one in INSIDE or unicodedata.category(one) in MARKS
        for one in said
    )
