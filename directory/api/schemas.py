"""The shapes of the API's answers: field names are stable, and only ever added to.

The listing's own document is the import format (`listings/exchange/document.py`); what is
here comes round it. Tests keep a snapshot of these names.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class Rating(TypedDict):
    """A listing's rating; `score` is null until enough reviews count."""

    score: float | None
    count: int


class Checked(TypedDict):
    """The newest check of one fact; `state` is valid or expired."""

    state: str
    method: str | None
    by: str | None
    checked_on: str | None
    expires_on: str | None


class Term(TypedDict):
    """One word of a controlled list; `facts` holds what is particular to its list."""

    slug: str
    name: str
    name_hi: str
    group: str | None
    synonyms: list[str]
    facts: dict[str, Any]


class Taxonomy(TypedDict):
    """Every controlled list by the name of its search parameter, each in the order shown."""

    version: str
    terms: dict[str, list[Term]]


class District(TypedDict):
    """A district of Delhi."""

    slug: str
    name: str
    name_hi: str


class NearestStation(TypedDict):
    """The metro station nearest to a locality's middle, in a straight line."""

    slug: str
    name: str
    name_hi: str
    lines: list[str]
    distance_m: int


class Locality(TypedDict):
    """A neighbourhood: its middle (WGS 84), district, PIN codes and nearest station."""

    slug: str
    name: str
    name_hi: str
    aliases: list[str]
    district: str
    pincodes: list[str]
    lat: float
    lon: float
    nearest_station: NearestStation


class Localities(TypedDict):
    """Every district and locality."""

    version: str
    districts: list[District]
    localities: list[Locality]


class Problem(TypedDict):
    """A refusal (RFC 9457); `parameters` names those refused, `closed_on` a closed one's day."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    parameters: NotRequired[list[str]]
    closed_on: NotRequired[str]
