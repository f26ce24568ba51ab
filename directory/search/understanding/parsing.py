"""Takes the words of a search apart: what each part means, and what is left over.

Order: numbers, cries for help, names after a title, sentences, phrases. Called by `reader.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from directory.core.clock import DELHI
from directory.search.understanding import crisis, data
from directory.search.understanding.data import Meaning
from directory.search.understanding.expressions import said
from directory.search.understanding.lexicon import SHORTEST_SOUND
from directory.search.understanding.matching import Match
from directory.search.understanding.meaning import CLINICAL
from directory.search.understanding.numbers import numbers_in
from directory.search.understanding.phrases import Known, Phrase, is_small

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import datetime

    from directory.search.understanding.expressions import Said
    from directory.search.understanding.forms import Token
    from directory.search.understanding.lexicon import Lexicon
    from directory.search.understanding.matching import Matcher

SUNDAY = 6
MOST_NAMES = 3
DOCTOR = Meaning(firm=(("profession", "psychiatrist"),), soft=True)
DROPPED = Meaning(is_dropped=True)
# What a lone word inside a sentence may add to it.
ADDING = (["age_group"], ["condition"], ["identity"], ["language"])
YOUNG = frozenset({"toddler", "child", "teen"})


@dataclass(slots=True)
class Parsed:
    """A search taken apart: matches in the order typed, and the places of words left over.

    `covered` words are read; `closed` ones say nothing beside the sentence they stand in; `names`
    stand after a title.
    """

    tokens: Sequence[Token]
    matches: list[Match] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    left: list[int] = field(default_factory=list)
    names: frozenset[int] = frozenset()
    crisis: bool = False

    def add(self, match: Match) -> None:
        """Note a match and that its words are read."""
        self.matches.append(match)
        self.covered.update(range(match.first, match.last))

    def add_cries(self, cries: Sequence[Said]) -> None:
        """Note cries for help; their words are read and searched for no more."""
        for cry in cries:
            self.crisis = True
            self.matches.append(_match(cry))
            self.covered.update(cry.places)
            self.closed.update(cry.places)
        self.left = [at for at in self.left if at not in self.covered]

    def says_something(self) -> bool:
        """Tell whether a part of the search has a meaning by itself."""
        return self.crisis or any(
            match.meaning.firm or match.meaning.hints or match.meaning.outside
            for match in self.matches
        )


@dataclass(frozen=True, slots=True)
class Parser:
    """Takes searches apart with one lexicon."""

    lexicon: Lexicon
    matcher: Matcher

    def parsed(
        self,
        tokens: Sequence[Token],
        now: datetime | None,
        named: Container[int] = frozenset(),
    ) -> Parsed:
        """Give the parts of a search; `now` tells what "today" is.

        `named` are places of words known to be names, because they were before they were mended.
        """
        parsed = Parsed(tokens)
        for match in numbers_in(tokens, self.lexicon):
            parsed.add(match)
        for match in _days(tokens, now):
            parsed.add(match)
        names = self._names(tokens, parsed, named)
        parsed.names = frozenset(names)
        taken = parsed.covered | names
        parsed.add_cries(crisis.heard(tokens))
        self._add_expressions(tokens, parsed)
        for match in self.matcher.matches(tokens, taken):
            self._add_phrase(match, parsed)
        self._add_weak(parsed)
        _add_place_parts(parsed)
        parsed.matches.sort(key=lambda match: match.first)
        parsed.left = [
            at
            for at, token in enumerate(tokens)
            if at not in parsed.covered
            and (at in names or not self._says_nothing(token, is_alone=not parsed.matches))
        ]
        return parsed

    def _names(self, tokens: Sequence[Token], parsed: Parsed, named: Container[int]) -> set[int]:
        """Give the places of words after a title that are names; note what the title means."""
        titles = data.words().titles
        names: set[int] = set()
        for at, token in enumerate(tokens):
            if token.letters not in titles:
                continue
            found = self._names_from(tokens, at + 1, named)
            names.update(found)
            parsed.add(Match(at, at + 1, DROPPED if found else DOCTOR))
        return names

    def _names_from(self, tokens: Sequence[Token], first: int, named: Container[int]) -> list[int]:
        """Give the run of words that are names; a lone one that means something else is none.

        What has a meaning of its own ("Saket") is a name first after the title, not later.
        """
        found: list[int] = []
        for at in range(first, min(len(tokens), first + MOST_NAMES)):
            word = tokens[at]
            if found and at not in named and word.letters in self.lexicon.by_letters:
                break
            is_known = word.letters in self.lexicon.spellings
            is_name = at in named or self.matcher.is_name(word.text.lower())
            if not is_name and (is_known or not word.text.isalpha()):
                break
            found.append(at)
        if len(found) == 1 and tokens[found[0]].letters in self.lexicon.by_letters:
            return []
        return found

    def _add_expressions(self, tokens: Sequence[Token], parsed: Parsed) -> None:
        """Add sentences, those of more parts first; one that adds too little is left out."""
        found = sorted(
            said(tokens, self.lexicon.expressions),
            key=lambda one: -len(one.places),
        )
        covered: set[int] = set()
        for one in found:
            fresh = [at for at in one.places if at not in covered]
            if len(fresh) < max(1, len(one.places) - 1):
                continue
            covered.update(one.places)
            parsed.matches.append(_match(one))
            if one.expression.meaning.comforts:
                parsed.closed.update(one.places)
        parsed.covered |= covered

    def _add_phrase(self, match: Match, parsed: Parsed) -> None:
        """Add a phrase; a lone word inside a sentence already read says little by itself."""
        is_alone = match.last - match.first == 1
        if match.first in parsed.closed and is_alone:
            return
        if is_alone and match.first in parsed.covered and not _adds(match.meaning):
            return
        meaning = _of_an_age(_for_whom(match, parsed.tokens), parsed)
        if not is_alone and not meaning.is_dropped:
            meaning = replace(meaning, hints=(*meaning.hints, *self._within(match, parsed)))
        parsed.add(replace(match, meaning=meaning))

    def _within(self, match: Match, parsed: Parsed) -> Iterator[tuple[str, str]]:
        """Yield what parts of a phrase mean clinically that the whole does not say."""
        said_already = {parameter for parameter, _ in match.meaning.firm}
        for parameter, value in self.matcher.within(parsed.tokens, match):
            if parameter in CLINICAL and parameter not in said_already:
                yield parameter, value

    def _add_weak(self, parsed: Parsed) -> None:
        """Add ordinary words that stand beside another of their kind ("upi or card")."""
        weak = data.words().weak
        for at, token in enumerate(parsed.tokens):
            phrase = self.lexicon.by_letters.get(token.letters) if token.letters in weak else None
            if phrase is None or at in parsed.covered:
                continue
            kinds = {parameter for parameter, _ in phrase.meaning.firm} - {"condition"}
            beside = (match for match in parsed.matches if _is_beside(match, at, parsed.tokens))
            if any(kinds & {name for name, _ in match.meaning.firm} for match in beside):
                parsed.add(Match(at, at + 1, phrase.meaning, phrase))

    def _says_nothing(self, token: Token, *, is_alone: bool) -> bool:
        """Tell whether a word left over is no word to search for.

        A word of a sentence ("neend") is one only when nothing else was understood.
        """
        word = token.letters
        return (
            word in self.lexicon.dropped
            or (word in self.lexicon.said and not is_alone)
            or token.sound in self.lexicon.dropped_sounds
            or (not word[:1].isalpha() and len(word) < SHORTEST_SOUND)
        )


def _is_beside(match: Match, at: int, tokens: Sequence[Token]) -> bool:
    """Tell whether a match and a word stand together, a small word at most between them."""
    between = tokens[match.last : at] if match.last <= at else tokens[at + 1 : match.first]
    return all(is_small(token) or token.letters in {"ya", "या"} for token in between)


def _match(one: Said) -> Match:
    """Give a sentence as a match over all the words from its first to its last."""
    return Match(one.places[0], one.places[-1] + 1, one.expression.meaning)


def _adds(meaning: Meaning) -> bool:
    """Tell whether a word adds to the sentence it stands in: an age, or one condition by name."""
    parameters = [parameter for parameter, _ in meaning.firm]
    return parameters in ADDING and not meaning.soft


def _for_whom(match: Match, tokens: Sequence[Token]) -> Meaning:
    """Give a gender said of the one who seeks ("for women") as a hint only."""
    if not any(parameter == "gender" for parameter, _ in match.meaning.firm):
        return match.meaning
    words = data.words().for_whom
    before = tokens[match.first - 1].letters if match.first else ""
    after = {token.letters for token in tokens[match.last : match.last + 2]}
    if before in words["before"] or after & words["after"]:
        return Meaning(hints=match.meaning.firm)
    return match.meaning


def _of_an_age(meaning: Meaning, parsed: Parsed) -> Meaning:
    """Give "child" as said already when a number says how old the child is."""
    groups = {value for name, value in meaning.firm if name == "age_group"}
    told = [
        value
        for match in parsed.matches
        if match.phrase is None
        for name, value in (*match.meaning.firm, *match.meaning.hints)
        if name == "age_group"
    ]
    if len(meaning.firm) != 1 or not groups <= YOUNG or not YOUNG.intersection(told) or not groups:
        return meaning
    return replace(meaning, firm=tuple(("age_group", value) for value in told if value in YOUNG))


def _days(tokens: Sequence[Token], now: datetime | None) -> list[Match]:
    """Give "today" and "tomorrow" as a Sunday when they are one."""
    if now is None:
        return []
    day = now.astimezone(DELHI)
    sundays = {
        word
        for name, ahead in (("today", 0), ("tomorrow", 1))
        if (day + timedelta(days=ahead)).weekday() == SUNDAY
        for word in data.words().days[name]
    }
    meaning = Meaning(firm=(("open", "sunday"),))
    return [Match(at, at + 1, meaning) for at, t in enumerate(tokens) if t.letters in sundays]


def _add_place_parts(parsed: Parsed) -> None:
    """Pass over the sector, block or pocket beside a place, which nobody lists apart."""
    parts = data.words().place_parts
    tokens = parsed.tokens
    for match in list(parsed.matches):
        if match.phrase is None or match.phrase.known not in {Known.PLACE, Known.HEAD}:
            continue
        for places in (range(match.last, len(tokens)), range(match.first - 1, -1, -1)):
            parsed.covered.update(takewhile(lambda at: _is_part(tokens[at], parts), places))


def _is_part(token: Token, parts: frozenset[str]) -> bool:
    word = token.letters
    return word in parts or (word.isdecimal() and len(word) < SHORTEST_SOUND)


def shown_phrase(match: Match) -> Phrase | None:
    """Give the phrase of a match when it was typed in a misspelling."""
    phrase = match.phrase
    return phrase if phrase is not None and phrase.known is Known.MISSPELT else None
