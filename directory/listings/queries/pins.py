"""What the map of a search draws: which listings may be seen, where they stand, what they are.

Cards say the rest (`cards.py`). Called by the search room and by the HTML door.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, String, and_, bindparam, cast, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from directory.listings.models import Centre, Listing, Location, Practitioner
from directory.listings.queries.search import matches, places_meant
from directory.listings.queries.visible import is_public
from directory.vocabulary.models import Locality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session
    from sqlalchemy.sql.compiler import SQLCompiler

    from directory.listings.queries.search import ListingSearch


class Pin(NamedTuple):
    """A listing as the map names it; `role_id` is its profession or its type of centre."""

    id: int
    slug: str
    name: str
    role_id: int


def public_among(session: Session, ids: Sequence[int]) -> list[int]:
    """Give the public listings among `ids`, however many, in one query."""
    return list(session.scalars(select(Listing.id).where(is_public(), _is_one_of(ids))))


def pins(session: Session, ids: Sequence[int]) -> dict[int, Pin]:
    """Give the public listings among `ids` by id, however many, in one query."""
    rows = session.execute(
        select(
            Listing.id,
            Listing.slug,
            Listing.name,
            func.coalesce(Practitioner.profession_id, Centre.centre_type_id),
        )
        .outerjoin(Practitioner, Practitioner.listing_id == Listing.id)
        .outerjoin(Centre, Centre.listing_id == Listing.id)
        .where(is_public(), _is_one_of(ids))
    )
    return {row[0]: Pin._make(row) for row in rows}


def listing_at(session: Session, slug: str) -> int | None:
    """Give the id of the public listing of this slug, or None."""
    return session.scalar(select(Listing.id).where(is_public(), Listing.slug == slug))


def places_found(
    session: Session, search: ListingSearch, now: datetime
) -> list[tuple[int, float | None, float | None]]:
    """Give listing, latitude and longitude of every place that is meant of all a search finds.

    Those it asks for, else all; by listing and in the order of its places. One
    without a point of its own stands in the middle of its locality, and a listing without a place
    has one row without a point.
    """
    rows = session.execute(
        select(
            Listing.id,
            func.coalesce(Location.lat, Locality.lat),
            func.coalesce(Location.lon, Locality.lon),
        )
        .outerjoin(Location, and_(Location.listing_id == Listing.id, places_meant(search, now)))
        .outerjoin(Locality, Locality.id == Location.locality_id)
        .where(matches(search, now))
        .order_by(Listing.id, Location.position)
    )
    return [(row[0], row[1], row[2]) for row in rows]


class _Listed(FunctionElement[str]):
    """The values of a JSON list, one a row: one parameter, however many they are."""

    inherit_cache = True


@compiles(_Listed, "sqlite")
def _in_sqlite(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Listed, "postgresql")
def _in_postgresql(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json))"


def _is_one_of(ids: Sequence[int]) -> ColumnElement[bool]:
    """Give the condition that a listing is named."""
    named = _Listed(bindparam(None, json.dumps(list(ids)), String)).table_valued("value")
    return Listing.id.in_(select(cast(named.c.value, Integer)))
