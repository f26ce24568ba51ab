"""Where one can be seen at any hour: round-the-clock centres and emergency departments.

Read from the database alone, so that urgent help needs no index. Called by the door of urgent
help.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from directory.listings.models import (
    Listing,
    ListingKind,
    ListingTerm,
    Location,
    Phone,
    PhoneUse,
    Staffing,
)
from directory.listings.nights import AMBULANCE, EMERGENCIES, STATED_BY, Need, needs_taken
from directory.listings.queries.card_rows import terms_of
from directory.listings.queries.distances import metres_to
from directory.listings.queries.visible import is_public
from directory.listings.roster import RosterRow, Shift, night_roster
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.listings.queries.cards import Point
    from directory.vocabulary.queries import TermView, Vocabulary

# Which number one calls at night.
NIGHT_CALLS = (PhoneUse.EMERGENCY, PhoneUse.ADMISSIONS, PhoneUse.APPOINTMENTS)
FAR_M = 10**9


@dataclass(frozen=True, slots=True)
class NightFacts:
    """What a centre states of its nights; empty and None mean not stated.

    `emergencies` are the kinds of emergency department, as terms of the vocabulary; `phones` are
    the numbers to call at night in the order to try them, by use.
    """

    roster: tuple[RosterRow, ...]
    takes: tuple[Need, ...]
    emergencies: tuple[TermView, ...]
    has_ambulance: bool
    ambulance_phone: str | None
    phones: Mapping[PhoneUse, str]

    @property
    def phone(self) -> str | None:
        """Give the first number to call at night."""
        return next((self.phones[use] for use in NIGHT_CALLS if use in self.phones), None)

    @property
    def there(self) -> tuple[RosterRow, ...]:
        """Give the roles that are there or on call all night."""
        return tuple(row for row in self.roster if row.all_night is not None)


def open_at_night(
    session: Session,
    vocabulary: Vocabulary,
    *,
    near: Point | None = None,
    needs: Iterable[Need] = (),
) -> list[int]:
    """Give the public centres one can go to at any hour, by id; one query.

    Nearest first with a point; without one, psychiatric emergencies first, then by name. With
    `needs`, only those that say they take all of them.
    """
    emergency_ids = _term_ids(vocabulary, TermKind.FACILITY, EMERGENCIES)
    at_an_emergency = _carries(emergency_ids)
    rows = session.execute(
        select(Listing.id, at_an_emergency, Location.lat, Location.lon, Location.locality_id)
        .join(Location, Location.listing_id == Listing.id)
        .where(
            is_public(),
            Listing.kind == ListingKind.CENTRE,
            or_(Location.open_24x7.is_(True), at_an_emergency),
            *(_takes(need, vocabulary) for need in needs),
        )
        .order_by(Listing.name, Listing.id, Location.position)
    )
    best: dict[int, tuple[int, bool]] = {}
    for listing_id, is_emergency, lat, lon, locality_id in rows:
        metres = FAR_M
        if near is not None:
            known = metres_to(near, vocabulary, lat=lat, lon=lon, locality_id=locality_id)
            metres = FAR_M if known is None else known
        if listing_id not in best or metres < best[listing_id][0]:
            best[listing_id] = (metres, not is_emergency)
    if near is None:
        return sorted(best, key=lambda listing_id: best[listing_id][1])
    return sorted(best, key=lambda listing_id: best[listing_id][0])


def night_facts(
    session: Session, ids: Sequence[int], vocabulary: Vocabulary
) -> Mapping[int, NightFacts]:
    """Give what centres state of their nights, by id; three queries, or none."""
    if not ids:
        return {}
    shifts, phones, terms = _shifts(session, ids), _phones(session, ids), terms_of(session, ids)
    return {
        listing_id: _facts(
            shifts.get(listing_id, ()),
            phones.get(listing_id, {}),
            [vocabulary.term_by_id[term_id] for term_id in terms.get(listing_id, ())],
        )
        for listing_id in ids
    }


def facts_of_night(
    roster: tuple[RosterRow, ...], phones: Mapping[PhoneUse, str], terms: Sequence[TermView]
) -> NightFacts:
    """Give the facts of a night from what a centre states of itself."""
    facilities = {term.slug: term for term in terms if term.kind is TermKind.FACILITY}
    return NightFacts(
        roster=roster,
        takes=needs_taken(terms),
        emergencies=tuple(facilities[slug] for slug in EMERGENCIES if slug in facilities),
        has_ambulance=AMBULANCE in facilities or PhoneUse.AMBULANCE in phones,
        ambulance_phone=phones.get(PhoneUse.AMBULANCE),
        phones={use: number for use, number in phones.items() if use in NIGHT_CALLS},
    )


def _facts(
    shifts: Iterable[Shift], phones: Mapping[PhoneUse, str], terms: Sequence[TermView]
) -> NightFacts:
    return facts_of_night(night_roster(shifts), phones, terms)


def _term_ids(vocabulary: Vocabulary, kind: TermKind, slugs: Iterable[str]) -> list[int]:
    known = vocabulary.terms[kind]
    return [known[slug].id for slug in slugs if slug in known]


def _carries(term_ids: Sequence[int]) -> ColumnElement[bool]:
    return Listing.id.in_(select(ListingTerm.listing_id).where(ListingTerm.term_id.in_(term_ids)))


def _takes(need: Need, vocabulary: Vocabulary) -> ColumnElement[bool]:
    kinds = STATED_BY[need].items()
    return _carries([i for kind, slugs in kinds for i in _term_ids(vocabulary, kind, slugs)])


def _shifts(session: Session, ids: Sequence[int]) -> dict[int, list[Shift]]:
    rows = session.execute(
        select(
            Staffing.listing_id,
            Staffing.role,
            Staffing.presence,
            Staffing.from_minute,
            Staffing.to_minute,
            Staffing.count,
            Staffing.within_minutes,
        )
        .where(Staffing.listing_id.in_(ids))
        .order_by(Staffing.listing_id, Staffing.position)
    )
    found: dict[int, list[Shift]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Shift(*row[1:]))
    return found


def _phones(session: Session, ids: Sequence[int]) -> dict[int, dict[PhoneUse, str]]:
    """Give the first number of each use."""
    rows = session.execute(
        select(Location.listing_id, Phone.use, Phone.number)
        .join(Phone, Phone.location_id == Location.id)
        .where(
            and_(Location.listing_id.in_(ids), Phone.use.in_((*NIGHT_CALLS, PhoneUse.AMBULANCE)))
        )
        .order_by(Location.listing_id, Location.position, Phone.position)
    )
    found: dict[int, dict[PhoneUse, str]] = defaultdict(dict)
    for listing_id, use, number in rows:
        found[listing_id].setdefault(use, number)
    return found
