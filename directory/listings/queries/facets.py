"""How many listings each further filter would leave, for the filters beside a search.

A facet's counts apply all filters but its own. Called by the HTML door for `/search`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from directory.core.clock import delhi_day
from directory.listings.models import Accepting, Centre, Listing, ListingTerm, Practitioner
from directory.listings.queries.counts import pairs
from directory.listings.queries.search import (
    OpenFilter,
    fee_at_most,
    fee_unstated,
    is_open_when,
    is_registered,
    matches,
)
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.listings.queries.search import ListingSearch
    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class Facets:
    """How many results each value of a parameter would leave, without that parameter's own filter.

    `counts` holds, by parameter of the public contract and then by value, what is not zero:
    every repeatable parameter, `kind`, `open`, `accepting` and `registered` (value "1"),
    `fee_band`, `rating_band`; `fee_max` holds the steps asked for as text, and `fee_unstated`
    (value "1") those without a fee. `any_fee` is the number without the fee's own filter.
    """

    counts: Mapping[str, Mapping[str, int]]
    any_fee: int

    def count(self, parameter: str, value: str) -> int:
        """Give the number of results under one value; zero when nothing is counted."""
        return self.counts.get(parameter, {}).get(value, 0)


def count_facets(
    session: Session,
    search: ListingSearch,
    vocabulary: Vocabulary,
    now: datetime,
    fee_steps: Sequence[int],
) -> Facets:
    """Give the counts of all facets: seven queries, and one more for each kind of term chosen."""
    fees = _sums(
        session,
        matches(search.without("fee_max"), now),
        [fee_unstated(), *(fee_at_most(step, keep_unstated=False) for step in fee_steps)],
    )
    states = _sums(
        session,
        matches(search, now),
        [Listing.accepting == Accepting.YES, is_registered(delhi_day(now))],
    )
    counts: dict[str, Mapping[str, int]] = {
        **_by_kind(_terms(session, search, vocabulary, now), vocabulary),
        "gender": _genders(session, search, now),
        "open": _open_when(session, search, now),
        "fee_max": {str(step): n for step, n in zip(fee_steps, fees[2:], strict=True)},
        "fee_unstated": {"1": fees[1]},
        "accepting": {"1": states[1]},
        "registered": {"1": states[2]},
    }
    return Facets(counts=MappingProxyType(counts), any_fee=fees[0])


def _by_kind(counted: Mapping[int, int], vocabulary: Vocabulary) -> dict[str, dict[str, int]]:
    """Give counts by term id as counts by slug under each kind's parameter."""
    by_kind: dict[str, dict[str, int]] = {}
    for term_id, number in counted.items():
        term = vocabulary.term_by_id[term_id]
        by_kind.setdefault(term.kind.value, {})[term.slug] = number
    return by_kind


def _genders(session: Session, search: ListingSearch, now: datetime) -> dict[str, int]:
    condition = matches(search.without("gender"), now)
    counted = pairs(
        session,
        select(Listing.gender, func.count())
        .where(condition, Listing.gender.is_not(None))
        .group_by(Listing.gender),
    )
    return {gender.value: number for gender, number in counted.items()}


def _open_when(session: Session, search: ListingSearch, now: datetime) -> dict[str, int]:
    condition = matches(search.without("open"), now)
    counted = _sums(session, condition, [is_open_when(when, search, now) for when in OpenFilter])
    return {when.value: n for when, n in zip(OpenFilter, counted[1:], strict=True)}


def _terms(
    session: Session, search: ListingSearch, vocabulary: Vocabulary, now: datetime
) -> dict[int, int]:
    """Count all kinds under all filters, then each chosen kind again without its own filter."""
    found = _listing_terms(session, matches(search, now))
    found.update(_roles(session, search, now))
    for kind in search.terms:
        if kind in {TermKind.PROFESSION, TermKind.CENTRE_TYPE}:
            continue
        own = {term.id for term in vocabulary.terms[kind].values()}
        alone = _listing_terms(session, matches(search.without(kind), now))
        found = {term_id: number for term_id, number in found.items() if term_id not in own}
        found.update({term_id: number for term_id, number in alone.items() if term_id in own})
    return found


def _listing_terms(session: Session, condition: ColumnElement[bool]) -> dict[int, int]:
    return pairs(
        session,
        select(ListingTerm.term_id, func.count())
        .join(Listing, Listing.id == ListingTerm.listing_id)
        .where(condition)
        .group_by(ListingTerm.term_id),
    )


def _roles(session: Session, search: ListingSearch, now: datetime) -> dict[int, int]:
    """Count professions and centre types, each without its own filter."""
    professions = (
        select(Practitioner.profession_id, func.count())
        .join(Listing, Listing.id == Practitioner.listing_id)
        .where(matches(search.without(TermKind.PROFESSION), now))
        .group_by(Practitioner.profession_id)
    )
    centre_types = (
        select(Centre.centre_type_id, func.count())
        .join(Listing, Listing.id == Centre.listing_id)
        .where(matches(search.without(TermKind.CENTRE_TYPE), now))
        .group_by(Centre.centre_type_id)
    )
    return {**pairs(session, professions), **pairs(session, centre_types)}


def _sums(
    session: Session, condition: ColumnElement[bool], tests: Sequence[ColumnElement[bool]]
) -> list[int]:
    """Give how many listings meet the condition, then how many of them meet each test."""
    counted = [func.sum(case((test, 1), else_=0)) for test in tests]
    row = session.execute(
        select(func.count(), *counted).select_from(Listing).where(condition)
    ).one()
    return [number or 0 for number in row]
