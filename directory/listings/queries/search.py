"""Finding listings by filters, in the database alone.

It knows words only as parts of names; free text is read by the door into filters first. Called
by the HTML door for `/search` and for the lists on landing pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from math import cos, radians
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Select, and_, bindparam, case, cast, func, or_, select, true

from directory.core.clock import DELHI, delhi_day
from directory.listings.models import (
    Accepting,
    Centre,
    Doubt,
    Fee,
    FeePurpose,
    Listing,
    ListingTerm,
    Location,
    Practitioner,
    Registration,
    RegistrationState,
)
from directory.listings.policy import FACTS
from directory.listings.queries.beds import centres_with_beds
from directory.listings.queries.hours import open_at
from directory.listings.queries.visible import is_public
from directory.listings.standing import REGISTER_OF_BEDS
from directory.vocabulary.models import Locality, Term, TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy import BindParameter, ColumnElement, SQLColumnExpression, Subquery
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from directory.listings.models import Gender, ListingKind
    from directory.listings.queries.cards import Point

METRES_IN_A_DEGREE = 111_195.0
ESCAPE = "\\"
# What a first visit costs; a centre that only names a price for a day is "not stated" here.
VISIT_FEES = (FeePurpose.FIRST_SESSION,)


class Sort(StrEnum):
    """The orders of the public contract; those by reviews are made by the search room."""

    BEST = "best"
    DISTANCE = "distance"
    RATING = "rating"
    FEE = "fee"
    REVIEWS = "reviews"


class OpenFilter(StrEnum):
    """When a place must be open."""

    NOW = "now"
    ROUND_THE_CLOCK = "24x7"
    EVENINGS = "evenings"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class ListingSearch:
    """Filters in force. Values of one are ORed, different ones are ANDed.

    `open_when`, `district_ids` and `locality_ids` choose among places, all of them among the same:
    distances, `within_m` too, are to those they leave.
    `terms` holds term ids by kind, professions and centre types among them; `words` must each
    stand in the name. `rated_ids` are the listings whose score reaches `rating_min`: reviews
    are no business of this room, so whoever asks its queries names them.
    """

    kind: ListingKind | None = None
    terms: Mapping[TermKind, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    genders: tuple[Gender, ...] = ()
    district_ids: tuple[int, ...] = ()
    locality_ids: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    near: Point | None = None
    within_m: int | None = None
    fee_max: int | None = None
    fee_unstated: bool = False
    open_when: frozenset[OpenFilter] = frozenset()
    accepting: bool = False
    registered: bool = False
    rating_min: float | None = None
    rated_ids: tuple[int, ...] = ()
    sort: Sort = Sort.BEST

    def without(self, parameter: str) -> ListingSearch:
        """Give the same search without one parameter of the public contract."""
        if parameter in set(TermKind):
            kept = {kind: ids for kind, ids in self.terms.items() if kind != parameter}
            return replace(self, terms=MappingProxyType(kept))
        return replace(self, **EMPTY[parameter])


EMPTY: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "kind": {"kind": None},
        "gender": {"genders": ()},
        "district": {"district_ids": ()},
        "locality": {"locality_ids": ()},
        "q": {"words": ()},
        "near": {"near": None, "within_m": None},
        "fee_max": {"fee_max": None, "fee_unstated": False},
        "open": {"open_when": frozenset()},
        "accepting": {"accepting": False},
        "registered": {"registered": False},
        "rating_min": {"rating_min": None, "rated_ids": ()},
    }
)


@dataclass(frozen=True, slots=True)
class FoundListings:
    """One page of ids in order, and how many there are in all."""

    ids: tuple[int, ...]
    total: int


def find_listings(
    session: Session, search: ListingSearch, now: datetime, *, offset: int, limit: int
) -> FoundListings:
    """Give one page of the public listings a search chooses, in two queries."""
    condition = matches(search, now)
    total = session.scalar(select(func.count()).select_from(Listing).where(condition)) or 0
    if offset >= total:
        return FoundListings((), total)
    statement = _ordered(select(Listing.id).where(condition), search, now)
    return FoundListings(tuple(session.scalars(statement.offset(offset).limit(limit))), total)


def count_listings(session: Session, search: ListingSearch, now: datetime) -> int:
    """Give how many public listings a search chooses, in one query."""
    statement = select(func.count()).select_from(Listing).where(matches(search, now))
    return session.scalar(statement) or 0


def matches(search: ListingSearch, now: datetime) -> ColumnElement[bool]:
    """Give the condition on `Listing` of a whole search; only public ones ever match."""
    conditions: list[ColumnElement[bool]] = [is_public()]
    if search.kind is not None:
        conditions.append(Listing.kind == search.kind)
    if search.genders:
        conditions.append(Listing.gender.in_(search.genders))
    conditions.extend(_has_term(kind, ids) for kind, ids in search.terms.items() if ids)
    conditions.extend(_name_has(word) for word in search.words)
    if search.accepting:
        conditions.append(Listing.accepting == Accepting.YES)
    if search.registered:
        conditions.append(is_registered(delhi_day(now)))
    if search.rating_min is not None:
        conditions.append(_is_one_of(search.rated_ids))
    if search.fee_max is not None:
        conditions.append(fee_at_most(search.fee_max, keep_unstated=search.fee_unstated))
    return and_(*conditions, *_has_place(search, now))


def _is_one_of(ids: tuple[int, ...]) -> ColumnElement[bool]:
    """Give the condition that a listing is named; however many, they are no bound parameters."""
    named: BindParameter[list[int]] = bindparam(
        "rated", list(ids), expanding=True, literal_execute=True, unique=True
    )
    return Listing.id.in_(named)


def is_registered(today: date) -> ColumnElement[bool]:
    """Give the condition that a register that counts had the listing, and that this still holds.

    The same two decisions as `standing.py`.
    """
    certificate = select(Term.id).where(
        Term.kind == TermKind.REGISTER, Term.slug == REGISTER_OF_BEDS
    )
    return _among(
        Registration.listing_id,
        Registration.state == RegistrationState.FOUND,
        or_(Registration.valid_until.is_(None), Registration.valid_until >= today),
        or_(
            Registration.register_id.in_(certificate),
            Registration.listing_id.not_in(centres_with_beds()),
        ),
    )


def fee_at_most(amount: int, *, keep_unstated: bool) -> ColumnElement[bool]:
    """Give the condition that a first visit costs no more; unstated fees are kept on request."""
    low_enough = _among(Fee.listing_id, Fee.purpose.in_(VISIT_FEES), Fee.amount_inr <= amount)
    return or_(low_enough, fee_unstated()) if keep_unstated else low_enough


def fee_unstated() -> ColumnElement[bool]:
    """Give the condition that no fee for a first visit is stated."""
    return ~_among(Fee.listing_id, Fee.purpose.in_(VISIT_FEES))


def places_meant(search: ListingSearch, now: datetime) -> ColumnElement[bool]:
    """Give the condition on `Location` of all that is asked of a place but how near it is."""
    conditions: list[ColumnElement[bool]] = []
    if search.open_when:
        moment = now.astimezone(DELHI)
        conditions.append(or_(*(open_at(when, moment) for when in sorted(search.open_when))))
    if search.locality_ids:
        conditions.append(Location.locality_id.in_(search.locality_ids))
    if search.district_ids:
        inside = select(Locality.id).where(Locality.district_id.in_(search.district_ids))
        conditions.append(Location.locality_id.in_(inside.correlate(None)))
    return and_(true(), *conditions)


def places_found(search: ListingSearch, now: datetime) -> ColumnElement[bool]:
    """Give the condition on `Location` of all that is asked of a place: one and the same one."""
    meant = places_meant(search, now)
    if search.near is None or search.within_m is None:
        return meant
    near_enough = (
        select(Location.id)
        .outerjoin(Locality, Locality.id == Location.locality_id)
        .where(_squared(search.near) <= search.within_m**2)
    )
    return and_(meant, Location.id.in_(near_enough.correlate(None)))


def is_open_when(when: OpenFilter, search: ListingSearch, now: datetime) -> ColumnElement[bool]:
    """Give the condition that a place as a search asks for it is open at such a time."""
    asked = places_found(replace(search, open_when=frozenset({when})), now)
    return _among(Location.listing_id, asked)


def _has_place(search: ListingSearch, now: datetime) -> list[ColumnElement[bool]]:
    """Give the condition that a listing has a place as it is asked for, if anything is asked."""
    is_near = search.near is not None and search.within_m is not None
    if not (is_near or search.open_when or search.locality_ids or search.district_ids):
        return []
    return [_among(Location.listing_id, places_found(search, now))]


def _among(
    listing_id: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Give the condition that a listing is among those a table names.

    Uncorrelated, so that it means the same in whatever query it stands.
    """
    return Listing.id.in_(select(listing_id).where(*conditions).correlate(None))


def _has_term(kind: TermKind, ids: tuple[int, ...]) -> ColumnElement[bool]:
    if kind is TermKind.PROFESSION:
        return _among(Practitioner.listing_id, Practitioner.profession_id.in_(ids))
    if kind is TermKind.CENTRE_TYPE:
        return _among(Centre.listing_id, Centre.centre_type_id.in_(ids))
    return _among(ListingTerm.listing_id, ListingTerm.term_id.in_(ids))


def _name_has(word: str) -> ColumnElement[bool]:
    plain = word.replace(ESCAPE, ESCAPE * 2).replace("%", ESCAPE + "%").replace("_", ESCAPE + "_")
    pattern = f"%{plain.lower()}%"
    return or_(
        func.lower(Listing.name).like(pattern, escape=ESCAPE),
        Listing.name_hi.like(pattern, escape=ESCAPE),
        func.lower(Listing.headline).like(pattern, escape=ESCAPE),
    )


def _distances(near: Point, meant: ColumnElement[bool]) -> Subquery:
    """Give, by listing, the squared metres from a point to its nearest place that is meant."""
    return (
        select(Location.listing_id, func.min(_squared(near)).label("squared"))
        .outerjoin(Locality, Locality.id == Location.locality_id)
        .where(meant)
        .group_by(Location.listing_id)
        .subquery()
    )


def _squared(near: Point) -> ColumnElement[float]:
    """Give the square of the metres from a point to a place, joined with its locality.

    Squares compare as distances do and need no root, which SQLite may not have.
    """
    lat = func.coalesce(Location.lat, Locality.lat)
    lon = func.coalesce(Location.lon, Locality.lon)
    north = (lat - near.lat) * METRES_IN_A_DEGREE
    east = (lon - near.lon) * (METRES_IN_A_DEGREE * cos(radians(near.lat)))
    return cast(north * north + east * east, Float)


def _ordered(statement: Select[int], search: ListingSearch, now: datetime) -> Select[int]:
    if search.sort is Sort.DISTANCE and search.near is not None:
        nearby = _distances(search.near, places_meant(search, now))
        statement = statement.outerjoin(nearby, nearby.c.listing_id == Listing.id)
        return statement.order_by(nearby.c.squared.is_(None), nearby.c.squared, Listing.id)
    if search.sort is Sort.FEE:
        fees = (
            select(Fee.listing_id, func.min(Fee.amount_inr).label("amount"))
            .where(Fee.purpose.in_(VISIT_FEES))
            .group_by(Fee.listing_id)
            .subquery()
        )
        statement = statement.outerjoin(fees, fees.c.listing_id == Listing.id)
        return statement.order_by(fees.c.amount.is_(None), fees.c.amount, Listing.id)
    return statement.order_by(*_best(now))


def _best(now: datetime) -> list[SQLColumnExpression[Any]]:
    """Give the order by fit: not in doubt, who can be reached now, who is registered, how fresh."""
    today = delhi_day(now)
    fresh = Listing.accepting_checked_on >= today - timedelta(days=FACTS["accepting"])
    taking = case(
        (and_(Listing.accepting == Accepting.YES, fresh), 0),
        (and_(Listing.accepting == Accepting.WAITING_LIST, fresh), 1),
        (Listing.accepting == Accepting.NO, 3),
        else_=2,
    )
    return [
        case((_among(Doubt.listing_id, Doubt.cleared_at.is_(None)), 1), else_=0),
        taking,
        case((is_registered(today), 0), else_=1),
        Listing.accepting_checked_on.is_(None),
        Listing.accepting_checked_on.desc(),
        Listing.id,
    ]
