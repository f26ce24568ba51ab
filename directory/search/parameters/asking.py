"""From parameters to a `SearchRequest`: what was chosen, joined with what the words say.

Called by both doors, through the package.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from directory.listings.models import Gender, ListingKind
from directory.listings.queries.cards import Point
from directory.listings.queries.search import ListingSearch, OpenFilter, Sort
from directory.search.parameters.faults import ParameterFault, ParametersError
from directory.search.parameters.reading import Given, cleaned, faults_of
from directory.search.parameters.table import (
    DEFAULT_KILOMETRES,
    PARAMETERS,
    PER_PAGE,
    TERM_PARAMETERS,
)
from directory.search.parameters.words import without_beginnings, words_of
from directory.search.query import Hint, SearchQuery
from directory.search.request import Reading, SearchRequest
from directory.search.understanding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from directory.search.query import Word
    from directory.search.request import Place, Understood
    from directory.vocabulary.models import TermKind
    from directory.vocabulary.queries import Vocabulary

METRES_IN_A_KILOMETRE = 1000
NEEDS_A_POINT = "needs near, or lat and lon"


class Reader(Protocol):
    """Whoever reads free text and names of places; `understanding.Reader` does."""

    def read(self, text: str, *, now: datetime | None = None) -> Reading:
        """Give what a text says."""
        ...

    def place_named(self, text: str) -> Place | None:
        """Give the place a slug, a name or a PIN code stands for."""
        ...


@dataclass(frozen=True, slots=True)
class Where:
    """The point distances are measured from; `unknown` is a `near` nobody here knows."""

    point: Point | None = None
    place: Place | None = None
    unknown: str | None = None


def read_request(
    given: Mapping[str, Sequence[str]], vocabulary: Vocabulary, reader: Reader, *, now: datetime
) -> SearchRequest:
    """Give the search that parameters ask for; names that are no parameter are passed over.

    Raises `ParametersError` with every fault, in the order of the table.
    """
    chosen = _today(cleaned(given), vocabulary)
    faults = list(faults_of(chosen, vocabulary))
    reading = _reading(chosen, reader, faults, now)
    in_force = _joined(chosen, reading.understood)
    if chosen.text("sort") == Sort.DISTANCE and not {"near", "lat", "lon"} & set(in_force.values):
        faults.append(ParameterFault("sort", Sort.DISTANCE.value, NEEDS_A_POINT))
    if faults:
        order = list(PARAMETERS)
        raise ParametersError(tuple(sorted(faults, key=lambda item: order.index(item.parameter))))
    where = _where(in_force, reader)
    page, per_page = in_force.whole("page") or 1, in_force.whole("per_page") or PER_PAGE
    words = words_of(reading, vocabulary, with_other_names=not chosen.is_on("parse"))
    return SearchRequest(
        query=SearchQuery(
            filters=_filters(in_force, where, words, vocabulary),
            words=words,
            hints=_hints(reading),
            offset=(page - 1) * per_page,
            limit=per_page,
            # A phrase in quotation marks is insisted on.
            meaning_is_enough=bool(words and reading.understood) and not reading.phrases,
        ),
        given=_without_page(chosen),
        reading=reading,
        place=where.place,
        unknown_place=where.unknown,
        page=page,
        per_page=per_page,
    )


def _today(chosen: Given, vocabulary: Vocabulary) -> Given:
    """Give the parameters with each slug of a merged term as that of what took its place."""
    if not vocabulary.merged:
        return chosen
    today = {
        kind.value: tuple(
            dict.fromkeys(vocabulary.slug_today(kind, value) for value in chosen.all(kind.value))
        )
        for kind in TERM_PARAMETERS
        if kind.value in chosen
    }
    return Given(MappingProxyType({**chosen.values, **today}))


def _hints(reading: Reading) -> tuple[Hint, ...]:
    return tuple(Hint(item.parameter, item.value) for item in reading.understood if item.hint)


def _reading(
    chosen: Given, reader: Reader, faults: Iterable[ParameterFault], now: datetime
) -> Reading:
    """Give what the words say, without the meanings that an explicit parameter overrides."""
    text = chosen.text("q")
    if text is None or any(fault.parameter == "q" for fault in faults):
        return Reading()
    beginnings, rest = without_beginnings(text)
    reading = reader.read(rest, now=now) if chosen.is_on("parse") else plain(rest)
    understood = tuple(
        item for item in reading.understood if item.hint or not _is_overridden(item, chosen)
    )
    reading = replace(reading, understood=understood)
    return _with_beginnings(reading, beginnings, text) if beginnings else reading


def _with_beginnings(reading: Reading, beginnings: Sequence[str], text: str) -> Reading:
    """Give a reading with the words that end in a star, which mean nothing by themselves."""
    meant = reading.did_you_mean
    return replace(
        reading,
        words=(*reading.words, *beginnings),
        did_you_mean=None if meant is None else " ".join((meant, *beginnings)),
        crisis=reading.crisis or plain(text).crisis,
    )


def _is_overridden(item: Understood, chosen: Given) -> bool:
    """Say whether a single value was chosen where the words name another."""
    if item.parameter == "near":
        return any(name in chosen for name in ("near", "lat", "lon"))
    return item.parameter in chosen and not PARAMETERS[item.parameter].repeatable


def _joined(chosen: Given, understood: Iterable[Understood]) -> Given:
    """Give what was chosen and what was understood, as one set of parameters."""
    joined = dict(chosen.values)
    for item in understood:
        if item.hint:
            continue
        values = joined.get(item.parameter, ())
        if not values or PARAMETERS[item.parameter].repeatable:
            joined[item.parameter] = tuple(dict.fromkeys((*values, item.value)))
    return Given(MappingProxyType(joined))


def _where(in_force: Given, reader: Reader) -> Where:
    lat, lon = in_force.number("lat"), in_force.number("lon")
    if lat is not None and lon is not None:
        return Where(Point(lat, lon))
    near = in_force.text("near")
    if near is None:
        return Where()
    place = reader.place_named(near)
    return Where(unknown=near) if place is None else Where(place.point, place)


def _filters(
    in_force: Given, where: Where, words: Iterable[Word], vocabulary: Vocabulary
) -> ListingSearch:
    kind = in_force.text("kind")
    sort = Sort(in_force.text("sort") or Sort.BEST)
    if sort is Sort.DISTANCE and where.point is None:
        sort = Sort.BEST
    return ListingSearch(
        kind=ListingKind(kind) if kind else None,
        terms=_terms(in_force, vocabulary),
        genders=tuple(map(Gender, in_force.all("gender"))),
        district_ids=tuple(vocabulary.districts[slug].id for slug in in_force.all("district")),
        locality_ids=tuple(vocabulary.localities[slug].id for slug in in_force.all("locality")),
        words=tuple(" ".join(word.texts) for word in words),
        near=where.point,
        within_m=_within_m(in_force, where, sort),
        fee_max=in_force.whole("fee_max"),
        fee_unstated=in_force.is_on("fee_unstated"),
        open_when=frozenset(map(OpenFilter, in_force.all("open"))),
        accepting=in_force.is_on("accepting"),
        registered=in_force.is_on("registered"),
        rating_min=in_force.number("rating_min"),
        sort=sort,
    )


def _terms(in_force: Given, vocabulary: Vocabulary) -> Mapping[TermKind, tuple[int, ...]]:
    """Give the ids chosen, by kind; kinds without any are absent."""
    return MappingProxyType(
        {
            kind: tuple(vocabulary.terms[kind][slug].id for slug in in_force.all(kind.value))
            for kind in TERM_PARAMETERS
            if kind.value in in_force
        }
    )


def _within_m(in_force: Given, where: Where, sort: Sort) -> int | None:
    if where.point is None:
        return None
    kilometres = in_force.number("within")
    if kilometres is None:
        kilometres = DEFAULT_KILOMETRES if sort is Sort.DISTANCE else None
    return None if kilometres is None else round(kilometres * METRES_IN_A_KILOMETRE)


def _without_page(chosen: Given) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {name: values for name, values in chosen.values.items() if name != "page"}
    )
