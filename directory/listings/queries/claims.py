"""Every fact a public listing states, one row each, as SQL. Called by `stale.py` only.

The same facts as the page of a listing shows with a check (`page/build.py`), in one statement
over the whole directory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, cast, literal, null, or_, select, union_all

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
)
from directory.listings.policy import REGISTRATION
from directory.listings.queries.hours import always_open
from directory.listings.queries.visible import is_public
from directory.vocabulary.models import Term, TermKind

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, CompoundSelect, Select

TERMS_OF = {
    "payment": TermKind.PAYMENT,
    "access": TermKind.ACCESSIBILITY,
    "facilities": TermKind.FACILITY,
}


def claims() -> CompoundSelect[Any]:
    """Select (listing_id, fact, valid_until) of what is stated; `valid_until` of registrations."""
    facts = {
        "accepting": Listing.accepting != Accepting.UNKNOWN,
        "phone": Listing.id.in_(_at(select(Phone.location_id))),
        "night": (Listing.kind == ListingKind.CENTRE) & Listing.id.in_(_open(always_open())),
        "staffing": Listing.id.in_(select(Staffing.listing_id)),
        "fee": Listing.id.in_(select(Fee.listing_id)),
        "hours": or_(
            Listing.id.in_(_open(Location.open_24x7.is_(True))),
            Listing.id.in_(_at(select(OpeningHours.location_id))),
        ),
        "address": Listing.id.in_(select(Location.listing_id).where(Location.address.is_not(None))),
        "beds": Listing.id.in_(select(Centre.listing_id).where(Centre.beds.is_not(None))),
        **{fact: Listing.id.in_(_carrying(kind)) for fact, kind in TERMS_OF.items()},
    }
    stated = [
        select(
            Listing.id.label("listing_id"),
            literal(fact).label("fact"),
            cast(null(), Date).label("valid_until"),
        ).where(is_public(), condition)
        for fact, condition in facts.items()
    ]
    return union_all(*stated, _registrations())


def _registrations() -> Select[int, str, date | None]:
    return (
        select(
            Registration.listing_id,
            literal(f"{REGISTRATION}:").concat(Term.slug),
            Registration.valid_until,
        )
        .join(Term, Term.id == Registration.register_id)
        .join(Listing, Listing.id == Registration.listing_id)
        .where(is_public())
    )


def _at(locations: Select[int]) -> Select[int]:
    return select(Location.listing_id).where(Location.id.in_(locations))


def _open(condition: ColumnElement[bool]) -> Select[int]:
    return select(Location.listing_id).where(condition)


def _carrying(kind: TermKind) -> Select[int]:
    of_kind = select(Term.id).where(Term.kind == kind)
    return select(ListingTerm.listing_id).where(ListingTerm.term_id.in_(of_kind))
