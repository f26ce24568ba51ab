"""Which words to decode before a new snapshot is used, so that no first search is slow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search.analysis import stems
from directory.search.suggest import suggestions
from directory.search.understanding import Reader
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from directory.search.snapshot.snapshot import Snapshot
    from directory.vocabulary.queries import Vocabulary

# Any word nobody knows: it makes the reader look at every name and spelling there is.
MISSPELT = "depresoin"
WARMED_KINDS = (
    TermKind.PROFESSION,
    TermKind.CONDITION,
    TermKind.TREATMENT,
    TermKind.CENTRE_TYPE,
)
# Each costs some 0.1 ms in a small new segment, and a listing waits for it to be seen.
MOST_WARMED_AGAIN = 200


def words_to_warm(vocabulary: Vocabulary, previous: Snapshot | None) -> list[str]:
    """Give the words of the vocabulary at first, later those asked for most recently."""
    if previous is not None:
        return previous.kept_words()[-MOST_WARMED_AGAIN:]
    names = [
        name
        for kind in WARMED_KINDS
        for term in vocabulary.terms[kind].values()
        for name in (term.name_en, term.name_hi)
    ]
    return list(dict.fromkeys(word for name in names for word in stems(name)))


def warm_reading(snapshot: Snapshot, vocabulary: Vocabulary) -> None:
    """Build what the first reader of words and the first suggestion would wait for.

    Once for a vocabulary it takes some hundred milliseconds, for each further snapshot a few.
    """
    Reader(vocabulary, snapshot.words).read(MISSPELT)
    suggestions(MISSPELT, vocabulary)
