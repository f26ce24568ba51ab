"""Finds, among thousands of listings, the few pairs worth comparing, in near-linear time.

Listings are put under keys (a telephone, a register number, two words of a name, a word and a
square of the map), and only those under one key are compared. A key many share says nothing and
is passed over. Called by `queries/lookalikes.py` and by the import desk for rows of one file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations, product
from math import floor
from typing import TYPE_CHECKING

from directory.listings.likeness.scoring import features_of, likeness_of
from directory.listings.likeness.sketches import AlikePair, Lookalike
from directory.listings.models import ListingKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from directory.listings.likeness.names import Name
    from directory.listings.likeness.scoring import Features, Likeness
    from directory.listings.likeness.sketches import Sketch

    Key = tuple[Hashable, ...]

# A key more listings than this share is passed over: it would cost much and say little.
MOST_UNDER_A_KEY = {"phone": 40, "number": 40, "name": 300, "joined": 100, "near": 60}
# The side of a square of the map in degrees, 1.1 km; with four grids shifted by half a side, two
# places within 550 m share a square.
SIDE = 0.01
SHIFTS = tuple(product((0.0, 0.5), repeat=2))
MOST_OF_ONE = 5


@dataclass(slots=True)
class Crowd:
    """Listings to find lookalikes among; a `Sketch` is found under its place in `members`."""

    members: list[Features] = field(default_factory=list)
    under: defaultdict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    _sharing: Counter[str] = field(default_factory=Counter)
    _words: Counter[tuple[ListingKind, str]] = field(default_factory=Counter)
    _sizes: Counter[ListingKind] = field(default_factory=Counter)

    @classmethod
    def of(cls, sketches: Iterable[Sketch]) -> Crowd:
        """Give a crowd of these."""
        crowd = cls()
        for sketch in sketches:
            crowd.add(sketch)
        return crowd

    def add(self, sketch: Sketch) -> None:
        """Put one more into the crowd."""
        features = features_of(sketch)
        for key in _keys(features):
            self.under[key].append(len(self.members))
        self.members.append(features)
        self._sharing.update(sketch.phones)
        self._sizes[sketch.kind] += 1
        self._words.update({(sketch.kind, word) for name in features.names for word in name.words})

    def pairs(self) -> list[AlikePair]:
        """Give every pair that may be one, the likeliest first."""
        seen: set[tuple[int, int]] = set()
        found = []
        for key, under in self.under.items():
            if not 1 < len(under) <= MOST_UNDER_A_KEY[str(key[0])]:
                continue
            for pair in combinations(under, 2):
                if pair in seen:
                    continue
                seen.add(pair)
                one, other = self.members[pair[0]], self.members[pair[1]]
                likeness = self._likeness(one, other)
                if likeness is not None:
                    found.append(_pair(one.sketch.key, other.sketch.key, likeness))
        return sorted(found, key=lambda each: (-each.score, each.first, each.second))

    def alike(self, sketch: Sketch) -> tuple[Lookalike, ...]:
        """Give the likeliest of the crowd for one that need not be in it, at most five.

        What has the same key or the same ref is itself.
        """
        features = features_of(sketch)
        near = {
            member
            for key in _keys(features)
            if len(self.under.get(key, ())) <= MOST_UNDER_A_KEY[str(key[0])]
            for member in self.under.get(key, ())
        }
        found = []
        for other in (self.members[member] for member in near):
            if other.sketch.ref == sketch.ref:
                continue
            likeness = self._likeness(features, other)
            if likeness is not None:
                found.append(Lookalike(other.sketch.key, likeness.score, likeness.reasons))
        found.sort(key=lambda each: (-each.score, each.listing_id))
        return tuple(found[:MOST_OF_ONE])

    def _likeness(self, one: Features, other: Features) -> Likeness | None:
        return likeness_of(one, other, sharing=self._sharing.__getitem__, expected=self._expected)

    def _expected(self, one: Name, other: Name) -> float:
        """Give how many others chance would give the words of the shorter of two names."""
        kind = ListingKind.PRACTITIONER if one.is_person else ListingKind.CENTRE
        size = max(self._sizes[kind], 1)
        expected = float(size)
        for word in min(one.words, other.words, key=len):
            expected *= max(self._words[kind, word] - 1, 1) / size
        return expected


def _pair(one: int, other: int, likeness: Likeness) -> AlikePair:
    return AlikePair(min(one, other), max(one, other), likeness.score, likeness.reasons)


def _keys(features: Features) -> Iterator[Key]:
    """Give what a listing is put under; each key begins with its family and names the kind."""
    kind = features.sketch.kind
    for phone in features.sketch.phones:
        yield "phone", kind, phone
    for register, number in features.registrations:
        yield "number", kind, register, number
    bones = sorted({bone for name in features.names for bone in name.bones})
    for pair in {tuple(sorted(pair)) for name in features.names for pair in _couples(name)}:
        yield "name", kind, *pair
    for joined in {name.joined for name in features.names}:
        yield "joined", kind, joined
    for square in set(_squares(features)):
        for bone in bones:
            yield "near", kind, bone, square


def _couples(name: Name) -> Iterator[tuple[str, ...]]:
    """Give the telling words of a name two by two; a place is known by one of them as well."""
    yield from combinations(name.bones, 2)
    if not name.is_person or len(name.bones) == 1:
        yield from ((bone,) for bone in name.bones)


def _squares(features: Features) -> Iterator[Hashable]:
    """Give the squares of the map a listing stands in, and its localities."""
    for spot in features.sketch.spots:
        if spot.locality is not None:
            yield spot.locality
        if spot.lat is not None and spot.lon is not None:
            for down, across in SHIFTS:
                row, column = floor(spot.lat / SIDE + down), floor(spot.lon / SIDE + across)
                yield down, across, row, column
