"""How searches would be read and answered with another vocabulary: for looking before saving.

Called by the desk of the vocabulary and by its commands. Reads words that touch the change with
both vocabularies, in memory; the index stays as it is, so hits are those of today's listings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from directory.search.parameters import ParametersError, read_request
from directory.search.understanding import Reader
from directory.search.understanding.lexicon import READ_KINDS, lexicon_of
from directory.search.understanding.phrases import letters_key, phrase_tokens
from directory.vocabulary.reading import read_example_searches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from directory.search.engine import Engine
    from directory.search.request import Reading, SearchRequest
    from directory.vocabulary.models import TermKind
    from directory.vocabulary.queries import TermView, Vocabulary

# More words than these are counted but not all of them are read.
MOST_READ = 400


@dataclass(frozen=True, slots=True)
class Side:
    """How a search is read with one vocabulary, and how many listings it finds, if known."""

    reading: Reading
    hits: int | None


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """A search that the change reads otherwise."""

    text: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Reread:
    """What a change does to searches: how many were read again, and those read otherwise."""

    tried: int
    changed: tuple[ReadOtherwise, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A spelling that means something else already; `meant` are (parameter, value) pairs.

    `is_lost`: with the change it still would not lead to the term it was given to.
    """

    text: str
    meant: tuple[tuple[str, str], ...]
    is_lost: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A vocabulary, what it would become, the kind and slug of the term that is at stake."""

    before: Vocabulary
    after: Vocabulary
    kind: TermKind
    slug: str

    @property
    def term_before(self) -> TermView | None:
        """The term as it is, or None for a new one."""
        return self.before.term(self.kind, self.slug)

    @property
    def is_merge(self) -> bool:
        """Whether the term goes into another."""
        return self.slug in self.after.merged.get(self.kind, {})

    @property
    def gained(self) -> tuple[str, ...]:
        """The names and spellings the change adds to the term that takes the slug's place."""
        today = self.after.terms_once(self.kind)[self.slug]
        known = self.before.term(self.kind, today.slug)
        had = set() if known is None else set(_said(known))
        return tuple(text for text in _said(today) if text not in had)

    @property
    def lost(self) -> tuple[str, ...]:
        """The names and spellings the change takes away from the term."""
        if self.term_before is None:
            return ()
        kept = set(_said(self.after.terms_once(self.kind)[self.slug]))
        return tuple(text for text in _said(self.term_before) if text not in kept)


def reread(change: Change, also: Iterable[str], engine: Engine | None, now: datetime) -> Reread:
    """Read the words that touch a change with both vocabularies; `also` are words from outside.

    The examples that come with the directory are read as well.
    Costs a new lexicon (some 200 ms) and about a millisecond for each text.
    """
    words = None if engine is None else engine.snapshot.words
    readers = Reader(change.before, words), Reader(change.after, words)
    texts = list(dict.fromkeys([*also, *read_example_searches(), *_texts_at_stake(change)]))
    found = (_compared(text, change, readers, engine, now) for text in texts[:MOST_READ])
    return Reread(len(texts), tuple(one for one in found if one is not None))


def clashes(change: Change) -> tuple[Clash, ...]:
    """Give the spellings a change adds that stand for something else already."""
    before, after = lexicon_of(change.before), lexicon_of(change.after)
    today = change.after.terms_once(change.kind)[change.slug]
    own = {(change.kind.value, change.slug), (change.kind.value, today.slug)}
    if change.kind not in READ_KINDS:
        return ()
    found: list[Clash] = []
    for text in change.gained:
        key = letters_key(phrase_tokens(text))
        known, then = before.by_letters.get(key), after.by_letters.get(key)
        meant = () if known is None else tuple(p for p in known.meaning.firm if p not in own)
        is_lost = then is None or not own.intersection(then.meaning.firm)
        if meant or is_lost:
            found.append(Clash(text, meant, is_lost))
    return tuple(found)


def _texts_at_stake(change: Change) -> Iterator[str]:
    """Yield what is gained and lost, the term's own words, and other names that share a word."""
    at_stake = [*change.gained, *change.lost]
    yield from at_stake
    for vocabulary in (change.before, change.after):
        term = vocabulary.terms_once(change.kind).get(change.slug)
        if term is not None:
            yield from _said(term)
    sounds = {token.sound for text in at_stake for token in phrase_tokens(text)}
    for text in _names(change.before):
        if any(token.sound in sounds for token in phrase_tokens(text)):
            yield text


def _names(vocabulary: Vocabulary) -> Iterator[str]:
    for kind in READ_KINDS:
        for term in vocabulary.terms[kind].values():
            yield from (term.name_en, term.name_hi, *term.synonyms)
    for place in vocabulary.localities.values():
        yield from (place.name_en, place.name_hi, *place.aliases)


def _said(term: TermView) -> tuple[str, ...]:
    spellings = (item.text for item in term.spellings)
    return tuple(dict.fromkeys([term.name_en, term.name_hi, *spellings]))


def _compared(
    text: str,
    change: Change,
    readers: tuple[Reader, Reader],
    engine: Engine | None,
    now: datetime,
) -> ReadOtherwise | None:
    """Give how a text is read before and after, or None when that is the same."""
    first, second = readers
    before = _asked(text, change.before, first, now)
    after = _asked(text, change.after, second, now)
    if before is None or after is None or _summed_up(before) == _summed_up(after):
        return None
    return ReadOtherwise(
        text,
        Side(before.reading, _hits(before, change.before, engine, now)),
        Side(after.reading, _hits_after(after, change, engine, now)),
    )


def _asked(
    text: str, vocabulary: Vocabulary, reader: Reader, now: datetime
) -> SearchRequest | None:
    try:
        return read_request({"q": [text]}, vocabulary, reader, now=now)
    except ParametersError:
        return None


def _summed_up(asked: SearchRequest) -> tuple[object, ...]:
    """Give what of a reading matters; the slug a merge takes away counts as another."""
    reading = asked.reading
    meant = {(item.parameter, item.value, item.hint) for item in reading.understood}
    return meant, reading.words, reading.crisis, reading.did_you_mean


def _hits_after(
    asked: SearchRequest, change: Change, engine: Engine | None, now: datetime
) -> int | None:
    """Give the hits of a search as read after the change, among the listings as they are today."""
    gone = change.term_before
    if gone is None or not change.is_merge:
        return _hits(asked, change.after, engine, now)
    stays = change.after.terms_once(change.kind)[change.slug].id
    chosen = asked.query.filters.terms
    if stays in chosen.get(change.kind, ()):
        # Today's listings still bear the term that goes.
        terms = {**chosen, change.kind: (*chosen[change.kind], gone.id)}
        filters = replace(asked.query.filters, terms=terms)
        asked = replace(asked, query=replace(asked.query, filters=filters))
    return _hits(asked, change.before, engine, now)


def _hits(
    asked: SearchRequest, vocabulary: Vocabulary, engine: Engine | None, now: datetime
) -> int | None:
    if engine is None:
        return None
    query = replace(asked.query, offset=0, limit=1, wanted=())
    return engine.search(query, vocabulary, now).total
