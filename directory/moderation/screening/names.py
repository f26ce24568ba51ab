"""Finds people who are named: somebody's relative, another person treated, a member of staff.

The listed person's own name is none, nor is a name that belongs to a place. Called by `screen`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from directory.moderation.screening.folding import folded, plain
from directory.moderation.screening.names_of_signals import Signal, SignalName
from directory.moderation.screening.places import words_of_places
from directory.moderation.screening.rules import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.moderation.screening.spoken import Spoken, Word

WHY_OTHER = "Somebody other than the listed person is named; a relation in general words is enough."
WHY_STAFF = "A member of staff other than the listed person is named."
WHY_SELF = "The author seems to give their own name."
LONGEST = 3
NEAR_STAFF = 5
SHORTEST_TOKEN = 3
VOWELS = re.compile(r"(?<=.)[aeiouy]")
SHOUTED = 0.6
POSTPOSITIONS = frozenset(
    {"ko", "ne", "ka", "ki", "ke", "se", "naam", "nam", "s", "is", "was", "has"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one text with what is known of each: a place, the listed name, in capitals."""

    words: tuple[Word, ...]
    places: frozenset[int]
    listed: frozenset[str]
    text: str
    has_capitals: bool

    def has(self, at: int, name: str) -> bool:
        """Say whether the word at a place belongs to a list of `data/names.yaml`."""
        return 0 <= at < len(self.words) and self.words[at].folded in listed_words(name)

    def plain(self, at: int) -> str:
        """Give the plain letters of the word at a place, or nothing beyond the ends."""
        return self.words[at].plain if 0 <= at < len(self.words) else ""


def found_names(said: Spoken, listed: str | None) -> Iterator[Signal]:
    """Yield everybody who is named in a text."""
    reading = _reading(said, listed)
    at = 0
    while at < len(reading.words):
        found = _named_at(reading, at)
        if found is None:
            at += 1
            continue
        name, start, end = found
        why = {SignalName.STAFF_NAME: WHY_STAFF, SignalName.SELF_IDENTIFYING: WHY_SELF}
        yield Signal(
            name, reading.words[start].start, reading.words[end - 1].end, why.get(name, WHY_OTHER)
        )
        at = end


def _named_at(reading: Reading, at: int) -> tuple[SignalName, int, int] | None:
    """Give who is named from a word on, and which words name them."""
    if not _may_be_name(reading, at):
        return None
    before, owner = _before(reading, at)
    end = at + _length(reading, at, is_introduced=bool(before))
    is_kin = before == "kin"
    is_nobody = end == at or _is_place(reading, at, end, is_kin=is_kin)
    if is_nobody or (not is_kin and _is_listed(reading, at, end)):
        return None
    return _introduced(reading, before, (owner, at, end)) if before else _alone(reading, at, end)


def _introduced(
    reading: Reading, before: str, places: tuple[int, int, int]
) -> tuple[SignalName, int, int]:
    """Judge a name by what introduces it; a title belongs to the name, a relation does not."""
    owner, at, end = places
    if before == "self":
        return SignalName.SELF_IDENTIFYING, at, end
    if before == "kin":
        return SignalName.THIRD_PERSON_NAME, at, end
    is_staff = before == "staff" or _is_near_staff(reading, at, end)
    return _other(is_staff=is_staff), at if before == "people" else owner, end


def _may_be_name(reading: Reading, at: int) -> bool:
    if reading.has(at, "names"):
        return reading.has(at, "given") or not reading.has(at, "ordinary")
    is_capital = reading.has_capitals and reading.text[reading.words[at].start].isupper()
    return is_capital and not reading.has(at, "ordinary")


def _alone(reading: Reading, at: int, end: int) -> tuple[SignalName, int, int] | None:
    """Judge a name that nothing introduces, by what follows and what stands near."""
    if reading.has(end, "after_staff"):
        return SignalName.STAFF_NAME, at, end + 1
    if reading.has(end, "whose") and reading.has(end + 1, "kin"):
        return SignalName.THIRD_PERSON_NAME, at, end
    is_sure = reading.has(at, "sure") or end - at > 1
    if not (is_sure or reading.has(end, "after_people")):
        return None
    first = reading.words[at]
    is_lower = first.plain.isascii() and not reading.text[first.start].isupper()
    if (
        is_lower
        and end - at == 1
        and not (_is_marked(reading, end) or reading.has(end, "after_people"))
    ):
        return None
    return _other(is_staff=_is_near_staff(reading, at, end)), at, end


def _is_marked(reading: Reading, end: int) -> bool:
    return reading.plain(end) in POSTPOSITIONS


def _other(*, is_staff: bool) -> SignalName:
    return SignalName.STAFF_NAME if is_staff else SignalName.THIRD_PERSON_NAME


def _before(reading: Reading, at: int) -> tuple[str, int]:
    """Give what introduces a name ("kin", "staff", "title", "self") and where that begins."""
    previous = at - 1
    if _ends_with_self(reading, at):
        return "self", at
    if reading.has(previous, "kin") and _is_kin(reading, previous):
        return "kin", previous
    if reading.has(previous, "titles_staff") or reading.plain(previous) in {"sister", "brother"}:
        return "staff", previous
    if reading.has(previous, "titles_people"):
        return "title", previous
    is_is = reading.plain(previous) in {"is", "was", "ka", "tha", "hai"}
    if reading.has(previous, "people") or (
        is_is and reading.plain(previous - 1) in {"name", "naam"}
    ):
        return "people", previous
    return "", at


def _is_kin(reading: Reading, at: int) -> bool:
    """Say whether "sister" is a relative: "Sister Mary" of a ward is none."""
    if reading.plain(at) not in {"sister", "brother"}:
        return True
    return (
        reading.has(at - 1, "whose") or reading.has(at - 1, "small") or reading.plain(at - 1) == "s"
    )


def _ends_with_self(reading: Reading, at: int) -> bool:
    said = tuple(reading.plain(place) for place in range(max(0, at - 3), at))
    return said[-3:] == ("my", "name", "is") or said[-2:] in {
        ("mera", "naam"),
        ("mera", "nam"),
        ("मेरा", "नाम"),
        ("myself", "is"),
    }


def _length(reading: Reading, at: int, *, is_introduced: bool) -> int:
    """Give how many words from one on make a name: known ones, or capitals after a title."""
    length = 0
    while length < LONGEST and _is_name(reading, at + length, after=is_introduced or length > 0):
        length += 1
    return length


def _is_name(reading: Reading, at: int, *, after: bool) -> bool:
    if at >= len(reading.words) or reading.has(at, "never"):
        return False
    word = reading.words[at]
    is_capital = reading.has_capitals and reading.text[word.start].isupper()
    if reading.has(at, "names"):
        return after or word.plain.isascii() is False or is_capital or reading.has(at, "given")
    if reading.has(at, "ordinary") or reading.has(at, "kin") or reading.has(at, "titles_staff"):
        return False
    is_short_form = reading.text[word.start : word.end].isupper() and reading.has_capitals
    is_word = len(word.plain) >= SHORTEST_TOKEN and word.plain.isalpha() and not is_short_form
    return after and is_capital and is_word


def _is_place(reading: Reading, at: int, end: int, *, is_kin: bool) -> bool:
    if reading.has(end, "places") or (reading.plain(end) == "s" and reading.has(end + 1, "places")):
        return True
    if end - at > 1 and reading.has(end - 1, "places"):
        return True
    inside = [place in reading.places for place in range(at, end)]
    return all(inside) and not is_kin


def _is_listed(reading: Reading, at: int, end: int) -> bool:
    words = [reading.words[place].folded for place in range(at, end)]
    return bool(reading.listed) and all(_skeleton(word) in reading.listed for word in words)


def _is_near_staff(reading: Reading, at: int, end: int) -> bool:
    near = (
        *range(max(0, at - NEAR_STAFF), at),
        *range(end, min(len(reading.words), end + NEAR_STAFF)),
    )
    return any(reading.has(place, "staff_near") for place in near)


def _reading(said: Spoken, listed: str | None) -> Reading:
    letters = [letter for letter in said.text if letter.isalpha() and letter.isascii()]
    shouted = sum(letter.isupper() for letter in letters) > SHOUTED * max(1, len(letters))
    names = _folded_words(listed or "")
    return Reading(
        words=said.words,
        places=words_of_places([word.folded for word in said.words]),
        listed=frozenset(_skeleton(name) for name in names if len(name) >= SHORTEST_TOKEN),
        text=said.text,
        has_capitals=not shouted,
    )


def _skeleton(word: str) -> str:
    """Give a word without its vowels, so that "Minakshee" is Meenakshi and मीनाक्षी."""
    return VOWELS.sub("", word)


def _folded_words(text: str) -> list[str]:
    letters = "".join(map(plain, text))
    return [folded(word) for word in re.findall(r"[a-z]+|[\u0900-\u097f]+", letters)]


@cache
def listed_words(name: str) -> frozenset[str]:
    """Give the folded words of a list; "names" are all of them, "sure" those that are no words."""
    data = read_data("names.yaml")
    if name == "names":
        return listed_words("given") | listed_words("surnames") | listed_words("like_words")
    if name == "sure":
        return listed_words("given") - listed_words("like_words")
    if name == "never":
        return frozenset({"."}) | listed_words("places")
    return frozenset(folded("".join(map(plain, word))) for word in data[name].split())
