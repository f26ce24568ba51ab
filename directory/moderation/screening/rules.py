"""Rules of words: rows of words with gaps, read from `data/`, tried on the words of a text.

A rule such as "my|our $kin ..2 has $illness" is made of: words, `a|b` (either), `$set` (any of a
set of `data/words.yaml`), `word*` (any ending), `several_words` (together), `..3` (up to three
words between; `~3` when none may be a "not"), and a `?` at the end (may be left out). `unless`
lists words that call it off anywhere in the sentence, `not_after` those that do within the three
words before. `NUM` is any number.

English rules are tried on plain letters, Hindi ones on folded letters, which are the same in
Devanagari and roman. A rule is only tried when each of its parts has a word in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from directory.moderation.screening.folding import folded, plain
from directory.moderation.screening.names_of_signals import Signal, SignalName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from directory.moderation.screening.spoken import Spoken

Texts = yaml.BaseLoader
DATA = Path(__file__).resolve().parent / "data"
GAP = re.compile(r"(\.\.|~)(\d*)$")
NOT = "(?!(?:not|never|no|dont|doesnt|didnt|wont|cant|cannot) )"
USUAL_GAP = "3"
NUMBER = "NUM"
WORDS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to be tried."""

    name: SignalName
    why: str
    pattern: re.Pattern[str]
    parts: tuple[frozenset[str], ...]
    unless: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Book:
    """The rules of one language and, for each word, the parts of rules it may stand for."""

    rules: tuple[tuple[Rule, frozenset[int]], ...]
    parts_of: dict[str, frozenset[int]]
    parts_of_beginning: dict[str, frozenset[int]]


@cache
def read_data(name: str) -> dict[str, Any]:
    """Give a file of `data/`."""
    # Texts only, so that "no" and "1" are words.
    read: dict[str, Any] = yaml.load((DATA / name).read_text("utf-8"), Loader=Texts)  # noqa: S506
    return read


def found_by_rules(said: Spoken) -> Iterator[Signal]:
    """Yield what the rules of both languages find in a text."""
    yield from _found(said, book("english.yaml"), said.plain)
    yield from _found(said, book("hindi.yaml"), said.folded)


def _found(said: Spoken, rules: Book, row: str) -> Iterator[Signal]:
    there = _parts_there(rules, set(row.split(" ")))
    places: list[int] = []
    for rule, needed in rules.rules:
        if not needed <= there:
            continue
        places = places or _places(row)
        for match in rule.pattern.finditer(row):
            if _is_called_off(rule, row, match):
                continue
            first, last = places[match.start() + 1], places[match.end() - 1]
            yield Signal(rule.name, said.words[first].start, said.words[last].end, rule.why)


def _places(row: str) -> list[int]:
    """Give the number of the word each letter of a row stands in."""
    number, places = -1, []
    for at, letter in enumerate(row):
        number += at > 0 and row[at - 1] == " "
        places.append(max(0, number - (letter == " " and at > 0 and row[at - 1] == " ")))
    return places


def _parts_there(rules: Book, words: set[str]) -> set[int]:
    there: set[int] = set()
    for word in words:
        there |= rules.parts_of.get(word, frozenset())
        if word.isdecimal():
            there |= rules.parts_of.get(NUMBER, frozenset())
        for length in range(2, len(word) + 1):
            there |= rules.parts_of_beginning.get(word[:length], frozenset())
    return there


def _is_called_off(rule: Rule, row: str, match: re.Match[str]) -> bool:
    start = row.rfind(" . ", 0, match.start() + 1) + 1
    end = row.find(" . ", match.end() - 1)
    if rule.unless and rule.unless.search(row[start : end + 1 if end >= 0 else len(row)]):
        return True
    before = row[start : match.start() + 1].rstrip().split(" ")[-WORDS_BEFORE:]
    return bool(rule.not_after and rule.not_after.search(f" {' '.join(before)} "))


@cache
def book(name: str) -> Book:
    """Give the rules of a file, compiled; read once."""
    letters = folded if name == "hindi.yaml" else str
    rules = [
        rule for signal, given in read_data(name).items() for rule in _rules(signal, given, letters)
    ]
    numbers: dict[frozenset[str], int] = {}
    for rule in rules:
        for part in rule.parts:
            numbers.setdefault(part, len(numbers))
    whole: dict[str, set[int]] = {}
    beginnings: dict[str, set[int]] = {}
    for part, number in numbers.items():
        for word in part:
            target = beginnings if word.endswith("*") else whole
            target.setdefault(word.removesuffix("*"), set()).add(number)
    return Book(
        rules=tuple((rule, frozenset(numbers[part] for part in rule.parts)) for rule in rules),
        parts_of={word: frozenset(found) for word, found in whole.items()},
        parts_of_beginning={word: frozenset(found) for word, found in beginnings.items()},
    )


def _rules(signal: str, given: dict[str, Any], letters: Callable[[str], str]) -> Iterator[Rule]:
    for entry in given["rules"]:
        said = {"say": entry} if isinstance(entry, str) else entry
        slots = said["say"].split()
        yield Rule(
            name=SignalName(signal),
            why=said.get("why", given["why"]),
            pattern=re.compile("".join(_regex(slot, letters) for slot in slots) + "(?= )"),
            parts=tuple(
                frozenset(choice.split("_")[0] for choice in _choices(slot, letters))
                for slot in slots
                if not GAP.match(slot) and not slot.endswith("?")
            ),
            unless=_any_of(f"{said.get('unless', '')} {given.get('unless', '')}", letters),
            not_after=_any_of(said.get("not_after", given.get("not_after", "")), letters),
        )


def _regex(slot: str, letters: Callable[[str], str]) -> str:
    gap = GAP.match(slot)
    if gap:
        word = rf" {NOT}[^ .]+" if gap.group(1) == "~" else r" [^ .]+"
        return f"(?:{word}){{0,{gap.group(2) or USUAL_GAP}}}?"
    words = "|".join(_word_regex(choice) for choice in _choices(slot, letters))
    return f"(?: (?:{words})(?= ))" + ("?" if slot.endswith("?") else "")


def _word_regex(choice: str) -> str:
    if choice == NUMBER:
        return r"\d+"
    return re.escape(choice).replace("_", " ").replace(r"\*", "[^ ]*")


def _choices(slot: str, letters: Callable[[str], str]) -> list[str]:
    """Give the words a part of a rule may be, longest first, so that the longest is taken."""
    found: set[str] = set()
    for choice in slot.removesuffix("?").split("|"):
        words = word_set(choice[1:]) if choice.startswith("$") else (choice,)
        found |= {_letters(word, letters) for word in words}
    return sorted(found, key=lambda word: (-len(word), word))


def _letters(choice: str, letters: Callable[[str], str]) -> str:
    if choice == NUMBER:
        return choice
    ending = "*" if choice.endswith("*") else ""
    kept = "".join(map(plain, choice.removesuffix("*")))
    return "_".join(letters(word) for word in kept.split("_")) + ending


def _any_of(words: str, letters: Callable[[str], str]) -> re.Pattern[str] | None:
    choices = [choice for word in words.split() for choice in _choices(word, letters)]
    if not choices:
        return None
    return re.compile(f" (?:{'|'.join(map(_word_regex, choices))})(?= )")


@cache
def word_set(name: str) -> tuple[str, ...]:
    """Give the words of a set of `data/words.yaml`; a set may name others by `$`."""
    found: list[str] = []
    for word in read_data("words.yaml")[name].split():
        found += word_set(word[1:]) if word.startswith("$") else [word]
    return tuple(dict.fromkeys(found))
