"""Counts by kind, place and fee band, for the search of the database alone.

Each count leaves out its own filter, as those of `facets.py` do. Called by `search/fallback.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, select

from directory.listings.models import Fee, Listing, Location
from directory.listings.queries.counts import pairs
from directory.listings.queries.search import VISIT_FEES, matches, places_found
from directory.vocabulary.models import Locality, TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.listings.queries.search import ListingSearch
    from directory.vocabulary.queries import TermView, Vocabulary


def count_places_and_fees(
    session: Session, search: ListingSearch, vocabulary: Vocabulary, now: datetime
) -> dict[str, Mapping[str, int]]:
    """Give counts by `kind`, `locality`, `district` and `fee_band`, zeros left out; four queries.

    A listing counts once in each locality and district where it has a place that all else asked
    of a place holds for, and in the band of its lowest fee for a first visit.
    """
    return {
        "kind": _kinds(session, search.without("kind"), now),
        "locality": _localities(session, search.without("locality"), vocabulary, now),
        "district": _districts(session, search.without("district"), vocabulary, now),
        "fee_band": _fee_bands(session, search.without("fee_max"), vocabulary, now),
    }


def _kinds(session: Session, search: ListingSearch, now: datetime) -> dict[str, int]:
    statement = select(Listing.kind, func.count()).where(matches(search, now))
    counted = pairs(session, statement.group_by(Listing.kind))
    return {kind.value: number for kind, number in counted.items()}


def _localities(
    session: Session, search: ListingSearch, vocabulary: Vocabulary, now: datetime
) -> dict[str, int]:
    counted = pairs(
        session,
        select(Location.locality_id, func.count(Location.listing_id.distinct()))
        .join(Listing, Listing.id == Location.listing_id)
        .where(*_asked(search, now), Location.locality_id.is_not(None))
        .group_by(Location.locality_id),
    )
    return {vocabulary.locality_by_id[number].slug: found for number, found in counted.items()}


def _districts(
    session: Session, search: ListingSearch, vocabulary: Vocabulary, now: datetime
) -> dict[str, int]:
    counted = pairs(
        session,
        select(Locality.district_id, func.count(Location.listing_id.distinct()))
        .select_from(Location)
        .join(Locality, Locality.id == Location.locality_id)
        .join(Listing, Listing.id == Location.listing_id)
        .where(*_asked(search, now))
        .group_by(Locality.district_id),
    )
    slugs = {district.id: district.slug for district in vocabulary.districts.values()}
    return {slugs[number]: found for number, found in counted.items()}


def _asked(search: ListingSearch, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return matches(search, now), places_found(search, now)


def _fee_bands(
    session: Session, search: ListingSearch, vocabulary: Vocabulary, now: datetime
) -> dict[str, int]:
    bands = [
        band
        for band in vocabulary.terms[TermKind.FEE_BAND].values()
        if band.details.get("inr_min") is not None
    ]
    fees = (
        select(Fee.listing_id, func.min(Fee.amount_inr).label("amount"))
        .where(Fee.purpose.in_(VISIT_FEES))
        .group_by(Fee.listing_id)
        .subquery()
    )
    sums = [func.sum(case((_is_in_band(fees.c.amount, band), 1), else_=0)) for band in bands]
    row = session.execute(
        select(*sums)
        .select_from(Listing)
        .join(fees, fees.c.listing_id == Listing.id)
        .where(matches(search, now))
    ).one()
    return {band.slug: number for band, number in zip(bands, row, strict=True) if number}


def _is_in_band(amount: ColumnElement[int], band: TermView) -> ColumnElement[bool]:
    lowest, highest = band.details["inr_min"], band.details.get("inr_max")
    return amount >= lowest if highest is None else and_(amount >= lowest, amount <= highest)
