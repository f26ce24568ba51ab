"""How old the checks of each fact are, over all public listings that state it.

For the administrator's dashboard. One statement for all facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, literal, or_, select, union_all

from directory.listings.models import (
    Accepting,
    Centre,
    Fee,
    Listing,
    ListingKind,
    ListingTerm,
    Location,
    OpeningHours,
    Phone,
    Registration,
    Staffing,
    Verification,
)
from directory.listings.policy import FACTS, REGISTRATION
from directory.listings.queries.hours import always_open
from directory.listings.queries.visible import is_public
from directory.vocabulary.models import Term, TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class FactAge:
    """One fact over all public listings that state it: how many of each age of check.

    `valid` and `expired` have a check that counts, or counts no longer; `never` has none.
    """

    fact: str
    valid: int
    expired: int
    never: int

    @property
    def stated(self) -> int:
        """Give how many listings state it."""
        return self.valid + self.expired + self.never


def fact_ages(session: Session, today: date) -> tuple[FactAge, ...]:
    """Give the age of every fact, in the order in which checks run out; one statement."""
    statements = (_counted(fact, ids, today) for fact, ids in _stated().items())
    rows = {row.fact: row for row in session.execute(union_all(*statements))}
    return tuple(
        FactAge(fact, rows[fact].valid, rows[fact].expired, rows[fact].never) for fact in FACTS
    )


def _counted(fact: str, stated: ColumnElement[bool], today: date) -> Select[Any]:
    checked = (
        select(Verification.listing_id, func.max(Verification.expires_on).label("until"))
        .where(_is_check_of(fact))
        .group_by(Verification.listing_id)
        .subquery()
    )
    counts = {
        "valid": and_(
            checked.c.listing_id.is_not(None),
            or_(checked.c.until.is_(None), checked.c.until >= today),
        ),
        "expired": checked.c.until < today,
        "never": checked.c.listing_id.is_(None),
    }
    return (
        select(
            literal(fact).label("fact"),
            *(
                func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)
                for name, condition in counts.items()
            ),
        )
        .select_from(Listing)
        .outerjoin(checked, checked.c.listing_id == Listing.id)
        .where(is_public(), stated)
    )


def _is_check_of(fact: str) -> ColumnElement[bool]:
    if fact == REGISTRATION:
        return Verification.fact.startswith(f"{REGISTRATION}:", autoescape=True)
    return Verification.fact == fact


def _stated() -> Mapping[str, ColumnElement[bool]]:
    """Give the condition under which a listing states each fact."""
    places = select(Location.listing_id)
    return {
        "accepting": Listing.accepting != Accepting.UNKNOWN,
        "phone": Listing.id.in_(places.join(Phone, Phone.location_id == Location.id)),
        "night": (Listing.kind == ListingKind.CENTRE) & Listing.id.in_(places.where(always_open())),
        "staffing": Listing.id.in_(select(Staffing.listing_id)),
        "fee": Listing.id.in_(select(Fee.listing_id)),
        "hours": or_(
            Listing.id.in_(places.join(OpeningHours, OpeningHours.location_id == Location.id)),
            Listing.id.in_(places.where(Location.open_24x7)),
        ),
        "payment": _has_term(TermKind.PAYMENT),
        REGISTRATION: Listing.id.in_(select(Registration.listing_id)),
        "address": Listing.id.in_(places.where(Location.address.is_not(None))),
        "access": _has_term(TermKind.ACCESSIBILITY),
        "beds": Listing.id.in_(select(Centre.listing_id).where(Centre.beds.is_not(None))),
        "facilities": _has_term(TermKind.FACILITY),
    }


def _has_term(kind: TermKind) -> ColumnElement[bool]:
    return Listing.id.in_(
        select(ListingTerm.listing_id)
        .join(Term, Term.id == ListingTerm.term_id)
        .where(Term.kind == kind)
    )
