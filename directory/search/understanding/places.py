"""Names of localities and stations, in all spellings, and what each may mean.

A name that several places share, or that begins several ("Patel Nagar", "GK", "Rohini"), means
one of them and offers the others. Called by `lexicon.py` and, for `near`, by `reader.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from directory.core.geo import distance_m
from directory.listings.queries.cards import Point
from directory.search.request import Place
from directory.search.understanding import data
from directory.search.understanding.data import Meaning
from directory.search.understanding.phrases import (
    Known,
    Phrase,
    phrase_tokens,
    sound_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from directory.vocabulary.queries import LocalityView, StationView, Vocabulary

# A station this near to a place is the same place to somebody who looks for one.
SAME_PLACE_M = 2_000
MOST_OTHERS = 4
SHORTEST_HEAD = 5
BRACKET = re.compile(r"\s*\([^)]*\)")
DASH = re.compile(r"\s+-\s+")
# The middle of the city: of several places of one name the nearest to it is taken.
MIDDLE = (28.6315, 77.2195)
NUMBERED = re.compile(
    r"^(?P<head>.+?)[\s-]+(?:(?:phase|part|sector|sec)[\s-]+)?(?P<number>[1-9]\d?)$",
    re.IGNORECASE,
)
SIDES = frozenset({"east", "west", "north", "south", "old", "new", "naveen", "extension"})


class Naming(IntEnum):
    """How a text names a place; the lower the likelier it is meant."""

    LOCALITY = 0
    OTHER_NAME = 1
    HEAD = 2
    NUMBERED_HEAD = 3
    STATION = 4
    STATION_OTHER_NAME = 5
    BEGINNING = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A text that names a place, and how."""

    text: str
    naming: Naming
    place: LocalityView | StationView


def place_phrases(vocabulary: Vocabulary) -> Iterator[tuple[str, Phrase]]:
    """Yield (text, phrase) for every name of a place; texts of one sound mean the same."""
    by_sound: dict[str, list[Named]] = {}
    for named in _names(vocabulary):
        by_sound.setdefault(sound_key(phrase_tokens(named.text)), []).append(named)
    for group in by_sound.values():
        group.sort(key=_number)
        taken = min(group, key=_likely)
        group.sort(key=lambda named: named.naming)
        group.remove(taken)
        group.insert(0, taken)
        made: dict[int, Phrase] = {}
        for named in group:
            words = len(phrase_tokens(named.text))
            if words not in made:
                made[words] = _phrase(group, words, vocabulary)
            yield named.text, made[words]


def pins_of(vocabulary: Vocabulary) -> dict[str, Place]:
    """Give each PIN code of Delhi as a place: the middle of the localities that share it."""
    sharing: dict[str, list[LocalityView]] = {}
    for locality in vocabulary.localities.values():
        for pin in locality.pincodes:
            sharing.setdefault(pin, []).append(locality)
    return {
        pin: Place(
            pin,
            f"{pin} ({found[0].name_en})",
            f"{pin} ({found[0].name_hi})",
            Point(_mean(place.lat for place in found), _mean(place.lon for place in found)),
        )
        for pin, found in sharing.items()
    }


def place_of(slug: str, vocabulary: Vocabulary) -> Place | None:
    """Give the locality or, failing that, the station with a slug."""
    found = vocabulary.localities.get(slug) or vocabulary.stations.get(slug)
    if found is None:
        return None
    return Place(found.slug, found.name_en, found.name_hi, Point(found.lat, found.lon))


def _names(vocabulary: Vocabulary) -> Iterator[Named]:
    localities = vocabulary.localities.values()
    for locality in localities:
        yield from _names_of_locality(locality)
    for station in vocabulary.stations.values():
        yield from _names_of_station(station)
    for locality in localities:
        yield from _beginning(locality)


def _names_of_locality(locality: LocalityView) -> Iterator[Named]:
    for text in _spellings([locality.name_en, locality.name_hi]):
        yield Named(text, Naming.LOCALITY, locality)
    for text in _spellings(locality.aliases):
        yield Named(text, Naming.OTHER_NAME, locality)
    for naming, text in _heads([locality.name_en, *locality.aliases]):
        yield Named(text, naming, locality)


def _names_of_station(station: StationView) -> Iterator[Named]:
    names = [BRACKET.sub("", name) for name in (station.name_en, station.name_hi)]
    for text in _spellings(names):
        yield Named(text, Naming.STATION, station)
    for text in _spellings([*station.aliases, *_parts(names)]):
        yield Named(text, Naming.STATION_OTHER_NAME, station)


def _spellings(names: Iterable[str]) -> Iterator[str]:
    """Yield names, and those of sectors also with the number first or alone."""
    for name in names:
        yield name
        numbered = NUMBERED.match(name)
        if numbered is None:
            continue
        head, number = numbered["head"], numbered["number"]
        if "phase" in name.lower():
            yield f"{head} {number}"
        elif "sector" in name.lower():
            yield f"Sector {number} {head}"
            yield f"{head} {number}"


def _heads(names: Iterable[str]) -> Iterator[tuple[Naming, str]]:
    """Yield names without a number, side or age, when something is left ("Patel Nagar")."""
    for name in map(str.lower, names):
        numbered = NUMBERED.match(name)
        if numbered is not None:
            yield Naming.NUMBERED_HEAD, numbered["head"]
            continue
        words = name.split()
        if len(words) > 2:  # noqa: PLR2004 - "West End" is a name of its own
            if words[0] in SIDES:
                yield Naming.HEAD, " ".join(words[1:])
            elif words[-1] in SIDES:
                yield Naming.HEAD, " ".join(words[:-1])


def _beginning(locality: LocalityView) -> Iterator[Named]:
    words = locality.name_en.split()
    is_telling = len(words[0]) >= SHORTEST_HEAD and words[0].lower() not in data.words().not_heads
    if len(words) > 1 and is_telling:
        yield Named(words[0], Naming.BEGINNING, locality)


def _parts(names: Iterable[str]) -> list[str]:
    return [part for name in names if DASH.search(name) for part in DASH.split(name)]


def _others(group: list[Named], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the slugs of what else the texts may mean, near copies of a place left out.

    The sectors and phases of a place that is named in full are no other meaning of it.
    """
    taken, naming = group[0].place, group[0].naming
    apart = {Naming.BEGINNING} - {naming}
    if naming is Naming.LOCALITY:
        apart.add(Naming.NUMBERED_HEAD)
    others = [
        named.place
        for named in group
        if named.place.slug != taken.slug and named.naming not in apart
    ]
    kept: dict[str, LocalityView | StationView] = {}
    for place in others:
        is_station = place.slug not in vocabulary.localities
        if is_station and any(_is_near(place, other) for other in [taken, *kept.values()]):
            continue
        kept.setdefault(place.slug, place)
    return tuple(kept)[:MOST_OTHERS]


def _number(named: Named) -> list[tuple[int, str]]:
    """Give what puts names in the order of their letters and numbers ("Sector 3, 7, 11")."""
    parts = named.place.slug.split("-")
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _likely(named: Named) -> tuple[int, int]:
    """Give what puts the place first that is likeliest meant."""
    return named.naming, distance_m(*MIDDLE, named.place.lat, named.place.lon)


def _is_near(one: LocalityView | StationView, other: LocalityView | StationView) -> bool:
    return distance_m(one.lat, one.lon, other.lat, other.lon) <= SAME_PLACE_M


def _phrase(group: list[Named], words: int, vocabulary: Vocabulary) -> Phrase:
    """Give what the names of one sound mean: the first of them, and the others as choices."""
    taken = group[0]
    return Phrase(
        words=words,
        meaning=Meaning(firm=(("near", taken.place.slug),)),
        known=Known.HEAD if taken.naming is Naming.BEGINNING else Known.PLACE,
        shown=taken.place.name_en,
        others=_others(group, vocabulary),
    )


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)
