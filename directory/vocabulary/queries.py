"""The whole vocabulary as frozen dataclasses, read in eight queries and kept for a process.

Pages never read these tables row by row: a door asks `VocabularyCache.current` once for each
request, which costs one small query and reads all again only when the data has changed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.geo import distance_m
from directory.vocabulary.models import (
    District,
    Helpline,
    HelplineShown,
    Locality,
    MetroLine,
    ReferenceLoad,
    SpellingUse,
    Station,
    StationLine,
    Term,
    TermKind,
    TermSpelling,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class SpellingView:
    """Another way a term is written or said, and what it may be used for."""

    text: str
    use: SpellingUse


@dataclass(frozen=True, slots=True)
class TermView:
    """A term; `synonyms` may be shown, `details` hold what is particular to its kind.

    `spellings` are all ways to write it, synonyms among them, and are for matching only: none
    that is not a synonym may ever be shown.
    """

    id: int
    kind: TermKind
    slug: str
    name_en: str
    name_hi: str
    group: str | None
    note: str | None
    synonyms: tuple[str, ...]
    details: Mapping[str, Any]
    spellings: tuple[SpellingView, ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """A metro line; `segments` are runs of station slugs along its track."""

    slug: str
    name_en: str
    name_hi: str
    segments: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class StationView:
    """A metro station and the lines that stop there, in map order."""

    id: int
    slug: str
    name_en: str
    name_hi: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    state: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class DistrictView:
    """A district of Delhi."""

    id: int
    slug: str
    name_en: str
    name_hi: str


@dataclass(frozen=True, slots=True)
class LocalityView:
    """A neighbourhood, its district and the metro station nearest to its middle."""

    id: int
    slug: str
    name_en: str
    name_hi: str
    aliases: tuple[str, ...]
    pincodes: tuple[str, ...]
    district: DistrictView
    lat: float
    lon: float
    station: StationView
    station_m: int


@dataclass(frozen=True, slots=True)
class HelplineView:
    """A helpline as it may be shown; `checked_on` is the day somebody of ours rang it last."""

    slug: str
    name_en: str
    name_hi: str
    number: str
    other_number: str | None
    channels: tuple[str, ...]
    for_whom: str
    hours: str
    languages: str
    operator: str
    area: str
    shown: HelplineShown
    source: str
    confidence: str
    note: str | None
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every controlled list and place, each mapping in the order it is shown.

    Terms that were merged are in no list: `merged` gives the slug of the one that took their
    place, and `term_by_id` that one under their ids as well.
    """

    digest: str
    terms: Mapping[TermKind, Mapping[str, TermView]]
    term_by_id: Mapping[int, TermView]
    lines: Mapping[str, LineView]
    stations: Mapping[str, StationView]
    station_by_id: Mapping[int, StationView]
    districts: Mapping[str, DistrictView]
    localities: Mapping[str, LocalityView]
    locality_by_id: Mapping[int, LocalityView]
    helplines: Mapping[str, HelplineView]
    merged: Mapping[TermKind, Mapping[str, str]] = field(default_factory=dict)

    def term(self, kind: TermKind, slug: str) -> TermView | None:
        """Give the term with this slug, or None."""
        return self.terms[kind].get(slug)

    def slug_today(self, kind: TermKind, slug: str) -> str:
        """Give the slug of what took a merged term's place; any other slug as it is."""
        return self.merged.get(kind, {}).get(slug, slug)

    def terms_once(self, kind: TermKind) -> Mapping[str, TermView]:
        """Give the terms of a kind by every slug they have, or once had by a merge."""
        merged, terms = self.merged.get(kind), self.terms[kind]
        if not merged:
            return terms
        return {**terms, **{slug: terms[into] for slug, into in merged.items() if into in terms}}

    def nearest_station(self, lat: float, lon: float) -> tuple[StationView, int]:
        """Give the station nearest to a point and its distance in metres."""
        return min(
            (
                (station, distance_m(lat, lon, station.lat, station.lon))
                for station in self.stations.values()
            ),
            key=lambda pair: (pair[1], pair[0].slug),
        )


def load_vocabulary(session: Session) -> Vocabulary:
    """Read the whole vocabulary; eight queries, some 15 ms."""
    every = _terms(session)
    by_id, merged = _merged(every)
    lines = {
        line.id: LineView(line.slug, line.name_en, line.name_hi, tuple(map(tuple, line.segments)))
        for line in session.scalars(select(MetroLine).order_by(MetroLine.position))
    }
    stations = _stations(session, lines)
    districts = {
        row.id: DistrictView(row.id, row.slug, row.name_en, row.name_hi)
        for row in session.scalars(select(District).order_by(District.id))
    }
    localities = _localities(session, districts, stations)
    return Vocabulary(
        digest=_digest(session),
        terms=_by_kind([term for term, into in every if into is None]),
        term_by_id=MappingProxyType(by_id),
        merged=MappingProxyType(merged),
        lines=MappingProxyType({line.slug: line for line in lines.values()}),
        stations=MappingProxyType({station.slug: station for station in stations.values()}),
        station_by_id=MappingProxyType(stations),
        districts=MappingProxyType({row.slug: row for row in districts.values()}),
        localities=MappingProxyType({row.slug: row for row in localities.values()}),
        locality_by_id=MappingProxyType(localities),
        helplines=MappingProxyType(_helplines(session)),
    )


def edited_at(session: Session, term_id: int) -> datetime | None:
    """Give when somebody edited a term last at the desk; None when nobody ever did."""
    return session.scalar(select(Term.edited_at).where(Term.id == term_id))


@dataclass
class VocabularyCache:
    """The vocabulary of one process; read again when the reference data has changed."""

    _kept: Vocabulary | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def current(self, session: Session) -> Vocabulary:
        """Give the present vocabulary; one query when nothing has changed."""
        digest = _digest(session)
        kept = self._kept
        if kept is not None and kept.digest == digest:
            return kept
        with self._lock:
            if self._kept is None or self._kept.digest != digest:
                self._kept = load_vocabulary(session)
            return self._kept


def _digest(session: Session) -> str:
    """Name the state of the vocabulary: the files it came from, and the desk's changes since."""
    load = session.execute(select(ReferenceLoad.digest, ReferenceLoad.edition)).one_or_none()
    if load is None:
        return ""
    return f"{load.digest}+{load.edition}" if load.edition else load.digest


def _by_kind(terms: Sequence[TermView]) -> Mapping[TermKind, Mapping[str, TermView]]:
    return MappingProxyType(
        {
            kind: MappingProxyType({term.slug: term for term in terms if term.kind is kind})
            for kind in TermKind
        }
    )


def _merged(
    every: list[tuple[TermView, int | None]],
) -> tuple[dict[int, TermView], dict[TermKind, Mapping[str, str]]]:
    """Give each id's term of today, and the slugs of merged terms with those of today."""
    into = {term.id: target for term, target in every}
    own = {term.id: term for term, _ in every}
    today: dict[int, TermView] = {}
    merged: dict[TermKind, dict[str, str]] = {}
    for term, _ in every:
        term_id = term.id
        while (target := into[term_id]) is not None:
            term_id = target
        today[term.id] = own[term_id]
        if term_id != term.id:
            merged.setdefault(term.kind, {})[term.slug] = own[term_id].slug
    return today, {kind: MappingProxyType(slugs) for kind, slugs in merged.items()}


def _terms(session: Session) -> list[tuple[TermView, int | None]]:
    """Give every term, and the id of the one it was merged into."""
    spellings: dict[int, list[SpellingView]] = {}
    rows = session.execute(
        select(TermSpelling.term_id, TermSpelling.text, TermSpelling.use).order_by(TermSpelling.id)
    )
    for term_id, text, use in rows:
        spellings.setdefault(term_id, []).append(SpellingView(text, use))
    return [
        (view_of(term, tuple(spellings.get(term.id, ()))), term.merged_into_id)
        for term in session.scalars(select(Term).order_by(Term.kind, Term.position, Term.id))
    ]


def view_of(term: Term, spellings: tuple[SpellingView, ...]) -> TermView:
    """Give a row of `term` as pages read it."""
    return TermView(
        id=term.id,
        kind=term.kind,
        slug=term.slug,
        name_en=term.name_en,
        name_hi=term.name_hi,
        group=term.group_slug,
        note=term.note,
        synonyms=tuple(item.text for item in spellings if item.use is SpellingUse.SYNONYM),
        details=MappingProxyType(term.details),
        spellings=spellings,
    )


def _stations(session: Session, lines: Mapping[int, LineView]) -> dict[int, StationView]:
    stops: dict[int, list[LineView]] = {}
    rows = session.execute(
        select(StationLine.station_id, StationLine.line_id).order_by(StationLine.position)
    )
    for station_id, line_id in rows:
        stops.setdefault(station_id, []).append(lines[line_id])
    return {
        row.id: StationView(
            id=row.id,
            slug=row.slug,
            name_en=row.name_en,
            name_hi=row.name_hi,
            aliases=tuple(row.aliases),
            lat=row.lat,
            lon=row.lon,
            state=row.state,
            lines=tuple(stops.get(row.id, ())),
        )
        for row in session.scalars(select(Station).order_by(Station.name_en))
    }


def _localities(
    session: Session,
    districts: Mapping[int, DistrictView],
    stations: Mapping[int, StationView],
) -> dict[int, LocalityView]:
    return {
        row.id: LocalityView(
            id=row.id,
            slug=row.slug,
            name_en=row.name_en,
            name_hi=row.name_hi,
            aliases=tuple(row.aliases),
            pincodes=tuple(row.pincodes),
            district=districts[row.district_id],
            lat=row.lat,
            lon=row.lon,
            station=stations[row.nearest_station_id],
            station_m=row.nearest_station_m,
        )
        for row in session.scalars(select(Locality).order_by(Locality.name_en))
    }


def _helplines(session: Session) -> dict[str, HelplineView]:
    return {
        row.slug: HelplineView(
            slug=row.slug,
            name_en=row.name_en,
            name_hi=row.name_hi,
            number=row.number,
            other_number=row.other_number,
            channels=tuple(row.channels),
            for_whom=row.for_whom,
            hours=row.hours,
            languages=row.languages,
            operator=row.operator,
            area=row.area,
            shown=row.shown,
            source=row.source,
            confidence=row.confidence,
            note=row.note,
            checked_on=row.checked_on,
        )
        for row in session.scalars(select(Helpline).order_by(Helpline.position))
    }
