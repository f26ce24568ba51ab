"""Free words as the engine takes them: phrases, beginnings, and other names of a term.

Called by `asking.py` only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from directory.search.analysis import plain_words, stems
from directory.search.parameters.table import TERM_PARAMETERS
from directory.search.query import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.search.request import Reading
    from directory.vocabulary.queries import TermView, Vocabulary

MOST_WORDS = 8
MOST_LETTERS = 100
BEGINNING = "*"
# A word that ends in a star, outside quotes; quoted parts are matched to be passed over.
QUOTED_OR_BEGINNING = re.compile(r'("[^"]*"|“[^”]*”)|(?<!\S)([^\s"“”*]+\*)(?!\S)')
NAMES_KEPT = 8192
# What a name says in brackets is a gloss, and nobody types it along.
GLOSS = re.compile(r"\([^)]*\)")


def without_beginnings(text: str) -> tuple[tuple[str, ...], str]:
    """Give the words that end in a star, and the text without them."""
    found = tuple(match[2] for match in QUOTED_OR_BEGINNING.finditer(text) if match[2])
    rest = QUOTED_OR_BEGINNING.sub(lambda match: match[1] or " ", text)
    return found, rest


def words_of(
    reading: Reading, vocabulary: Vocabulary, *, with_other_names: bool
) -> tuple[Word, ...]:
    """Give the words and phrases to search for: the first eight, of 100 characters together.

    The first counts however long it is: without it a search would find everybody.
    Words that the index leaves out are left out here. `with_other_names` gives each word that
    names a term the term's other names.
    """
    found: dict[Word, None] = {}
    letters = 0
    for text in (*reading.words, *reading.phrases):
        letters += len(text)
        if (found and letters > MOST_LETTERS) or len(found) == MOST_WORDS:
            break
        word = _word(text)
        if word is not None:
            found[word] = None
    if not with_other_names:
        return tuple(found)
    return tuple(
        Word(word.texts, _other_names(word.texts, vocabulary), word.is_prefix) for word in found
    )


def _word(text: str) -> Word | None:
    """Give a text as a word; one that analysis cuts in pieces is a phrase of them."""
    texts = tuple(plain_words(text))
    if not texts:
        return None
    if text.endswith(BEGINNING) and len(texts) == 1:
        return Word(texts, is_prefix=True)
    return Word(texts) if stems(text) else None


def _other_names(texts: tuple[str, ...], vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Give the other names of every term that has such a name."""
    others: dict[tuple[str, ...], None] = {}
    for kind in TERM_PARAMETERS:
        for term in vocabulary.terms[kind].values():
            names = dict.fromkeys(_names(term))
            if texts in names:
                others |= names
    others.pop(texts, None)
    return tuple(others)


def _names(term: TermView) -> Iterator[tuple[str, ...]]:
    for name in (term.name_en, term.name_hi, *term.synonyms):
        words = _plain(name)
        if words:
            yield words


@lru_cache(maxsize=NAMES_KEPT)
def _plain(name: str) -> tuple[str, ...]:
    return tuple(plain_words(GLOSS.sub(" ", name)))
