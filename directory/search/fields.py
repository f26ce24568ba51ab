"""The Whoosh schema, and a document as its fields: field roles as data.

Three texts are scored (`head` counts three times, `reviews` half), `names` and `facets` are sets
of words, the rest are columns. Nothing is stored but the state of the index itself, in the one
document under `META_KEY`. A change here raises `FORMAT`, and every machine rebuilds its index.
"""

from __future__ import annotations

import struct
from array import array
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from whoosh import fields, formats
from whoosh.columns import NumericColumn, VarBytesColumn

from directory.search.analysis import ANALYSER, plain_words, stems
from directory.search.codec import ArrayCodec
from directory.search.documents import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from directory.search.documents import DocumentPlace, SearchDocument

FORMAT = 6
META_KEY = "meta"
TEXTS: Mapping[str, float] = MappingProxyType({"head": 3.0, "body": 1.0, "reviews": 0.5})
NUMBERS = (
    "number",
    "fee",
    "rating",
    "review_count",
    "accepting_until",
    "registered_until",
    "provisional_until",
    "checked_day",
    "claims",
    "doubts",
)
UNKNOWN = -1
DEGREES = 100_000
DAY_MINUTES = 1440
WEEK = range(7)
HUNDREDTHS = 100
# Texts of one field stand so far apart that no phrase runs from one into the next.
GAP = 16
LAST_POSITION = 65_535
FRAGMENTS_KEPT = 16_384

PLACE = struct.Struct("<iii")
HOURS = struct.Struct("<HHHH")
EXCEPTION = struct.Struct("<iiii")
DAY = struct.Struct("<i")


class StemmedPositions(formats.Positions):  # type: ignore[misc]  # Whoosh ships no types
    """Positions of words cut and stemmed before, as plain arrays that numpy reads at once."""

    def word_values(
        self,
        value: Iterable[Sequence[str]],
        analyzer: object,  # noqa: ARG002 - Whoosh's signature
        **options: object,  # noqa: ARG002 - Whoosh's signature
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield word, frequency, weight and positions for texts given as lists of stems."""
        places: dict[str, list[int]] = {}
        position = 0
        for text in value:
            for word in text:
                places.setdefault(word, []).append(min(position, LAST_POSITION))
                position += 1
            position += GAP
        for word, positions in places.items():
            yield word, len(positions), len(positions) * self.field_boost, self.encode(positions)

    def encode(self, positions: Sequence[int]) -> bytes:
        """Give positions as the index holds them."""
        return array("H", positions).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Give positions back, for Whoosh's own phrases."""
        return list(array("H", value))

    def decode_frequency(self, value: bytes) -> int:
        """Give how often the word occurs."""
        return len(value) // 2


class WordSet(formats.Existence):  # type: ignore[misc]  # Whoosh ships no types
    """A set of words as given: no analysis, no weight, no position."""

    def word_values(
        self,
        value: Iterable[str],
        analyzer: object,  # noqa: ARG002 - Whoosh's signature
        **options: object,  # noqa: ARG002 - Whoosh's signature
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield each word once."""
        for word in dict.fromkeys(value):
            yield word, 1, 1.0, b""


def _text(boost: float) -> Any:  # noqa: ANN401 - Whoosh ships no types
    field = fields.TEXT(analyzer=ANALYSER, phrase=True, field_boost=boost)
    field.format = StemmedPositions(field_boost=boost)
    return field


def _set() -> Any:  # noqa: ANN401 - Whoosh ships no types
    field = fields.KEYWORD()
    field.format = WordSet()
    return field


SCHEMA = fields.Schema(
    key=fields.ID(unique=True),
    state=fields.STORED,
    names=_set(),
    facets=_set(),
    digest=fields.COLUMN(NumericColumn("q")),
    places=fields.COLUMN(VarBytesColumn()),
    hours=fields.COLUMN(VarBytesColumn()),
    exceptions=fields.COLUMN(VarBytesColumn()),
    confirmed=fields.COLUMN(VarBytesColumn()),
    **{name: _text(boost) for name, boost in TEXTS.items()},
    **{name: fields.COLUMN(NumericColumn("i")) for name in NUMBERS},
)


def codec() -> Any:  # noqa: ANN401 - Whoosh ships no types
    """Give the codec every writer uses."""
    return ArrayCodec()


def fields_of(document: SearchDocument) -> dict[str, Any]:
    """Give the fields of a document, for `writer.update_document`."""
    return {
        "key": document.key,
        "head": _cut(document.head),
        "body": _cut(document.body),
        "reviews": _cut(document.reviews),
        "names": [word for name in document.names for word in plain_words(name)],
        "facets": list(facets_of(document)),
        "digest": digest_of(document),
        "places": b"".join(_place(place) for place in document.places),
        "hours": b"".join(_hours(document.places)),
        "exceptions": b"".join(_exceptions(document.places)),
        "number": document.number,
        "fee": UNKNOWN if document.fee_inr is None else document.fee_inr,
        "rating": 0 if document.rating is None else round(document.rating * HUNDREDTHS),
        "review_count": document.review_count,
        "accepting_until": _day(document.accepting_until),
        "registered_until": _day(document.registered_until),
        "provisional_until": _day(document.provisional_until),
        "checked_day": _day(document.checked_on),
        "claims": document.claims,
        "doubts": document.doubts,
        "confirmed": b"".join(DAY.pack(_day(day)) for day in document.confirmed_until),
    }


def meta_fields(state: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of the document that holds the state of the index itself."""
    return {
        "key": META_KEY,
        "state": dict(state),
        "places": b"",
        "hours": b"",
        "exceptions": b"",
        "confirmed": b"",
    }


def facets_of(document: SearchDocument) -> Iterator[str]:
    """Yield every value a document has of every parameter, as `parameter=value`.

    When it is open is no such value: that is asked of each place by its hours.
    """
    yield f"kind={document.kind}"
    yield from (f"{parameter}={slug}" for parameter, slug in document.terms)
    yield from (f"locality={slug}" for slug in document.localities)
    yield from (f"district={slug}" for slug in document.districts)
    if document.gender is not None:
        yield f"gender={document.gender}"
    if document.accepting is not None:
        yield f"taking={document.accepting}"
    if document.accepting == "yes":
        yield "accepting=1"


def _cut(texts: Sequence[str]) -> list[tuple[str, ...]]:
    return [_stems_of(text) for text in texts]


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _stems_of(text: str) -> tuple[str, ...]:
    """Give a text's stems; names of terms and places come again in thousands of documents."""
    return tuple(stems(text))


def _place(place: DocumentPlace) -> bytes:
    locality = UNKNOWN if place.locality_id is None else place.locality_id
    if place.lat is None or place.lon is None:
        return PLACE.pack(UNKNOWN, UNKNOWN, locality)
    return PLACE.pack(round(place.lat * DEGREES), round(place.lon * DEGREES), locality)


def _hours(places: Sequence[DocumentPlace]) -> Iterator[bytes]:
    """Yield a record for each span; a place open round the clock has one for every day."""
    for index, place in enumerate(places):
        if place.open_24x7:
            yield from (HOURS.pack(index, weekday, 0, DAY_MINUTES) for weekday in WEEK)
        yield from (HOURS.pack(index, *span) for span in place.hours)


def _exceptions(places: Sequence[DocumentPlace]) -> Iterator[bytes]:
    for index, place in enumerate(places):
        for day, opens, closes in place.exceptions:
            span = (UNKNOWN, UNKNOWN) if opens is None or closes is None else (opens, closes)
            yield EXCEPTION.pack(index, day.toordinal(), *span)


def _day(day: date | None) -> int:
    """Give a day as a number; none at all comes before every day."""
    return 0 if day is None else day.toordinal()
