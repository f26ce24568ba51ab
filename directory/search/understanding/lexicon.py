"""Everything the vocabulary and the room's own data know of words, ready to be looked up.

Built once for each state of the reference data. Called by `reader.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from directory.core.sounds import sound
from directory.search.understanding import data
from directory.search.understanding.data import Meaning
from directory.search.understanding.expressions import BY_LETTERS, prepared
from directory.search.understanding.forms import letters
from directory.search.understanding.merged import (
    expressions_today,
    implied_today,
    meaning_today,
)
from directory.search.understanding.phrases import (
    Known,
    Phrase,
    letters_key,
    merged,
    phrase_tokens,
    sound_key,
)
from directory.search.understanding.places import pins_of, place_phrases
from directory.search.understanding.spelling import words_pool
from directory.vocabulary.models import SpellingUse, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from directory.search.request import Place
    from directory.search.understanding.data import Implied
    from directory.search.understanding.expressions import Expressions
    from directory.search.understanding.forms import Token
    from directory.search.understanding.spelling import Pool
    from directory.vocabulary.queries import TermView, Vocabulary

# Kinds a word of a search may name, the one that is meant first where two share a word.
READ_KINDS = (
    TermKind.TREATMENT,
    TermKind.CENTRE_TYPE,
    TermKind.CONDITION,
    TermKind.PROFESSION,
    TermKind.LANGUAGE,
    TermKind.MODE,
    TermKind.AGE_GROUP,
    TermKind.IDENTITY,
    TermKind.PAYMENT,
    TermKind.ACCESSIBILITY,
    TermKind.FACILITY,
)
KNOWN_AS = {
    SpellingUse.SYNONYM: Known.NAME,
    SpellingUse.HINGLISH: Known.SPOKEN,
    SpellingUse.MISSPELLING: Known.MISSPELT,
    SpellingUse.MATCH_ONLY: Known.HIDDEN,
}
CLINICAL = READ_KINDS[:4]
# The plural of a shorter word ("OCDs") is no word to correct another to.
SHORTEST_PLURAL = 6
BRACKET = re.compile(r"^(?P<before>[^(]*)\((?P<inside>[^)]*)\)(?P<after>.*)$")
# A sound this short falls together with too many other words.
SHORTEST_SOUND = 4
# A misspelling less like every name than this is shown as the name itself.
LEAST_ALIKE = 0.5
# Endings of an English plural that are no plural.
NO_PLURAL = ("s", "y", "x")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by letters and by sound, words that say nothing, expressions and PIN codes."""

    by_letters: Mapping[str, Phrase]
    by_sound: Mapping[str, Phrase]
    dropped: frozenset[str]
    dropped_sounds: frozenset[str]
    said: frozenset[str]
    hidden: frozenset[str]
    expressions: Expressions
    implied: tuple[Implied, ...]
    pins: Mapping[str, Place]
    ages: tuple[tuple[int, int, str], ...]
    spellings: Mapping[str, Known]
    places: Mapping[str, str]
    place_sounds: Mapping[str, str]
    pool: Pool

    def meaning_of(self, word: str) -> Meaning | None:
        """Give what a word means by itself, a misspelt one as if spelled right; None for others."""
        phrase = self.by_letters.get(word)
        if phrase is not None and phrase.known is Known.MISSPELT:
            phrase = self.by_letters.get(letters(phrase.shown), phrase)
        return None if phrase is None else phrase.meaning


@dataclass(frozen=True, slots=True)
class _ByDigest:
    """A vocabulary that is told from others by its digest alone."""

    digest: str
    vocabulary: Vocabulary = field(compare=False)


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """Give the lexicon of a vocabulary; made once for each digest, some 100 ms."""
    return _lexicon(_ByDigest(vocabulary.digest, vocabulary))


@dataclass(frozen=True, slots=True)
class _Tables:
    """What phrases are looked up in, while it is being filled."""

    by_letters: dict[str, Phrase] = field(default_factory=dict)
    by_sound: dict[str, Phrase] = field(default_factory=dict)
    spellings: dict[str, Known] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    place_sounds: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, phrase: Phrase) -> None:
        """Note a phrase under its letters and its sound; the first of a key counts."""
        tokens = phrase_tokens(text)
        key, heard = letters_key(tokens), sound_key(tokens)
        _add(self.by_letters, key, phrase)
        _add(self.by_sound, _believable(heard, tokens), phrase)
        _spell(self.spellings, tokens, key, phrase)
        if phrase.known in {Known.PLACE, Known.HEAD}:
            self.places.setdefault(key, phrase.meaning.firm[0][1])
            self.place_sounds.setdefault(heard, phrase.meaning.firm[0][1])

    def add_words(self, words: Iterable[str], known: Known) -> None:
        """Note words that a misspelling may be corrected to."""
        for word in words:
            self.spellings.setdefault(word, known)


# Today's, the one before while an index is built anew, and one the desk tries out.
@lru_cache(maxsize=3)
def _lexicon(kept: _ByDigest) -> Lexicon:
    vocabulary = kept.vocabulary
    tables = _Tables()
    for text, phrase in _phrases(vocabulary):
        tables.add(text, phrase)
    dropped, said = data.words().dropped | data.words().small, _words_of_expressions()
    tables.add_words([*said, *map(letters, data.crisis_words())], Known.SPOKEN)
    tables.add_words(dropped, Known.DROPPED)
    tables.add_words(_words_of_helplines(vocabulary), Known.NAME)
    return Lexicon(
        by_letters=tables.by_letters,
        by_sound=tables.by_sound,
        dropped=dropped,
        dropped_sounds=frozenset(
            heard for heard in map(sound, dropped) if len(heard) >= SHORTEST_SOUND
        ),
        said=said,
        hidden=frozenset(_hidden(vocabulary)),
        expressions=prepared(expressions_today(vocabulary)),
        implied=implied_today(vocabulary),
        pins=pins_of(vocabulary),
        ages=tuple(_ages(vocabulary)),
        spellings=tables.spellings,
        places=tables.places,
        place_sounds=tables.place_sounds,
        pool=words_pool(tables.spellings, tables.by_letters),
    )


def _words_of_expressions() -> frozenset[str]:
    return frozenset(
        letters(word.removeprefix(BY_LETTERS))
        for item in data.expressions()
        for slot in item.slots
        for word in slot
    )


def _words_of_helplines(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the names of helplines, so that none is taken for a misspelling."""
    for line in vocabulary.helplines.values():
        for token in phrase_tokens(f"{line.name_en} {line.name_hi}"):
            yield token.letters


def _phrases(vocabulary: Vocabulary) -> Iterator[tuple[str, Phrase]]:
    """Yield every phrase with its text, the one that counts first where two share a text."""
    for text, group in {group.text: group for group in data.phrases()}.items():
        known = Known.MISSPELT if group.is_misspelt else Known.MEANING
        meaning = meaning_today(group.meaning, vocabulary)
        yield text, Phrase(len(phrase_tokens(text)), meaning, known, group.shown)
    for kind in READ_KINDS:
        for term in vocabulary.terms[kind].values():
            yield from _term_phrases(term)
    yield from place_phrases(vocabulary)


def _term_phrases(term: TermView) -> Iterator[tuple[str, Phrase]]:
    meaning = Meaning(firm=((term.kind.value, term.slug),))
    spellings = [(text, Known.NAME) for text in _names(term)]
    spellings += [(item.text, KNOWN_AS[item.use]) for item in term.spellings]
    for text, known in spellings:
        tokens = phrase_tokens(text)
        if not tokens:
            continue
        is_shown = known not in {Known.MISSPELT, Known.HIDDEN}
        shown = text if is_shown else _nearest(text, term)
        yield text, Phrase(len(tokens), meaning, known, shown)
        if text.isascii() and len(text) >= SHORTEST_SOUND and not text.endswith(NO_PLURAL):
            is_plural = len(text) < SHORTEST_PLURAL or term.kind not in CLINICAL
            yield text + "s", Phrase(len(tokens), meaning, known, shown, is_plural=is_plural)


def _nearest(misspelt: str, term: TermView) -> str:
    """Give the name that may be shown whose letters are nearest to a misspelling."""
    name = BRACKET.sub(r"\g<before>", term.name_en).strip().lower()
    spoken = [item.text for item in term.spellings if item.use is SpellingUse.HINGLISH]
    names = [name, *(synonym.lower() for synonym in term.synonyms), *spoken]
    near = extractOne(misspelt, names, scorer=OSA.normalized_similarity, score_cutoff=LEAST_ALIKE)
    return near[0] if near is not None else name


def _names(term: TermView) -> Iterator[str]:
    """Yield a term's names: whole, and before and inside a bracket."""
    names = [term.name_en, term.name_hi]
    if term.kind is not TermKind.LANGUAGE:  # "ne", "as" and "or" are words
        names.append(term.slug.replace("-", " "))
    for name in names:
        yield name
        found = BRACKET.match(name)
        if found is not None:
            yield found["before"] + found["after"]
            is_name = term.kind in CLINICAL and name is not term.name_en
            if is_name and "," not in found["inside"]:
                yield found["inside"]


def _add(phrases: dict[str, Phrase], key: str, phrase: Phrase) -> None:
    """Keep a phrase under a key; what the room's own data say of it is not added to."""
    present = phrases.get(key)
    if not key:
        return
    if present is None:
        phrases[key] = phrase
    elif _may_merge(present, phrase):
        phrases[key] = merged(present, phrase)


def _may_merge(present: Phrase, phrase: Phrase) -> bool:
    if Known.MEANING in {present.known, phrase.known} or present.meaning == phrase.meaning:
        return False
    if present.known is Known.MISSPELT:
        return False
    return max(present.known, phrase.known) < Known.PLACE or (
        phrase.known in {Known.SPOKEN, Known.MISSPELT} and present.known is phrase.known
    )


def _believable(heard: str, tokens: tuple[Token, ...]) -> str:
    """Give the key of a phrase by its sound; empty when too little is left of the phrase."""
    if len(heard) < SHORTEST_SOUND:
        return ""
    is_one_left = len(tokens) > 1 and any(heard == token.sound for token in tokens)
    return "" if is_one_left else heard


def _spell(
    spellings: dict[str, Known], tokens: tuple[Token, ...], key: str, phrase: Phrase
) -> None:
    """Note the words of a phrase as ones a misspelling may be corrected to."""
    if phrase.known is Known.HIDDEN or phrase.meaning.is_dropped or phrase.is_plural:
        return
    if phrase.known is Known.MISSPELT and len(tokens) > 1:
        return
    for token in tokens:
        spellings.setdefault(token.letters, phrase.known)
    if phrase.known is Known.PLACE and len(tokens) > 1:
        spellings.setdefault(key, phrase.known)


def _hidden(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the keys of the spellings that may never be shown."""
    for term in vocabulary.term_by_id.values():
        for item in term.spellings:
            if item.use in {SpellingUse.MISSPELLING, SpellingUse.MATCH_ONLY}:
                yield letters_key(phrase_tokens(item.text))


def _ages(vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    for term in vocabulary.terms[TermKind.AGE_GROUP].values():
        yield term.details["min"], term.details["max"], term.slug
