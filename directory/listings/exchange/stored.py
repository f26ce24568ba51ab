"""Stored rows of listings as drafts, a thousand at a time.

Reads plain rows instead of objects, because an import compares every row of a file with what is
stored, and an export reads everything. Called by `planning.py`, `exporting.py` and, for the
shape alone, `document.py`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.listings.exchange.drafts import (
    TERM_KEYS,
    CentreDraft,
    CheckDraft,
    ExceptionDraft,
    FeeDraft,
    HoursDraft,
    ListingDraft,
    LocationDraft,
    PhoneDraft,
    PractitionerDraft,
    RegistrationDraft,
    SourceDraft,
    StaffingDraft,
)
from directory.listings.models import (
    Centre,
    Fee,
    Listing,
    ListingTerm,
    Location,
    OpeningHours,
    Phone,
    Practitioner,
    PractitionerRole,
    Qualification,
    Registration,
    ScheduleException,
    Staffing,
    Verification,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from directory.core.db import Base
    from directory.vocabulary.models import TermKind
    from directory.vocabulary.queries import Vocabulary

KEY_BY_KIND: Mapping[TermKind, str] = {kind: key for key, kind in TERM_KEYS.items()}
NO_SOURCE = SourceDraft(None, None, None, None)
SAME_SPAN = attrgetter("position", "opens_minute", "closes_minute")


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """A location's row and the rows that hang on it, as objects or plain rows alike."""

    location: Location
    phones: Sequence[Phone]
    hours: Sequence[OpeningHours]
    exceptions: Sequence[ScheduleException]


@dataclass(frozen=True, slots=True)
class StoredListing:
    """All rows of one listing, as objects or plain rows alike, in order of position.

    `works_at` are refs, `terms` are ids of terms.
    """

    listing: Listing
    practitioner: Practitioner | None
    centre: Centre | None
    works_at: Sequence[str]
    staffing: Sequence[Staffing]
    terms: Sequence[int]
    qualifications: Sequence[str]
    registrations: Sequence[Registration]
    fees: Sequence[Fee]
    verifications: Sequence[Verification]
    places: Sequence[StoredPlace]


def read_drafts(
    session: Session, ids: Sequence[int], vocabulary: Vocabulary
) -> dict[int, ListingDraft]:
    """Give what the listings with these ids say, by id, in the order of `ids`; 14 queries.

    `ids` are at most some thousands: each is a parameter of a statement.
    """
    read = _Reader(session, ids)
    listings = read.grouped(Listing, "id")
    practitioners, centres = read.grouped(Practitioner), read.grouped(Centre)
    works_at, staffing = read.works_at(), read.grouped(Staffing)
    terms, qualifications = read.grouped(ListingTerm), read.grouped(Qualification)
    registrations, fees = read.grouped(Registration), read.grouped(Fee)
    verifications, places = read.grouped(Verification), read.places()
    drafts = {}
    for key in filter(listings.__contains__, ids):
        rows = StoredListing(
            listing=listings[key][0],
            practitioner=next(iter(practitioners[key]), None),
            centre=next(iter(centres[key]), None),
            works_at=works_at[key],
            staffing=staffing[key],
            terms=[row.term_id for row in terms[key]],
            qualifications=[row.text for row in qualifications[key]],
            registrations=registrations[key],
            fees=fees[key],
            verifications=verifications[key],
            places=places[key],
        )
        drafts[key] = draft_of_rows(rows, vocabulary)
    return drafts


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of some listings, table by table."""

    session: Session
    ids: Sequence[int]

    def grouped(self, model: type[Base], key: str = "listing_id") -> defaultdict[int, list[Any]]:
        """Give a table's rows by listing, in order of position."""
        return self._grouped(model, key, self.ids)

    def works_at(self) -> defaultdict[int, list[str]]:
        """Give the refs of the centres each practitioner works at."""
        rows = self.session.execute(
            select(PractitionerRole.practitioner_id, Listing.ref)
            .join(Listing, Listing.id == PractitionerRole.centre_id)
            .where(PractitionerRole.practitioner_id.in_(self.ids))
            .order_by(PractitionerRole.position)
        )
        found: defaultdict[int, list[str]] = defaultdict(list)
        for practitioner_id, ref in rows:
            found[practitioner_id].append(ref)
        return found

    def places(self) -> defaultdict[int, list[StoredPlace]]:
        """Give the locations of each listing with their telephones, hours and exceptions."""
        locations = self.grouped(Location)
        ids = [row.id for rows in locations.values() for row in rows]
        phones = self._grouped(Phone, "location_id", ids)
        hours = self._grouped(OpeningHours, "location_id", ids)
        exceptions = self._grouped(ScheduleException, "location_id", ids)
        found: defaultdict[int, list[StoredPlace]] = defaultdict(list)
        for listing_id, rows in locations.items():
            found[listing_id] = [
                StoredPlace(row, phones[row.id], hours[row.id], exceptions[row.id]) for row in rows
            ]
        return found

    def _grouped(
        self, model: type[Base], key: str, ids: Sequence[int]
    ) -> defaultdict[int, list[Any]]:
        table = model.__table__
        statement = select(table).where(table.c[key].in_(ids))
        if "position" in table.c:
            statement = statement.order_by(table.c.position)
        found: defaultdict[int, list[Any]] = defaultdict(list)
        owner = attrgetter(key)
        for row in self.session.execute(statement):
            found[owner(row)].append(row)
        return found


def draft_of_rows(rows: StoredListing, vocabulary: Vocabulary) -> ListingDraft:
    """Give what the rows of a listing say."""
    listing = rows.listing
    return ListingDraft(
        ref=listing.ref,
        practitioner=_practitioner(rows, vocabulary),
        centre=_centre(rows, vocabulary),
        slug=listing.slug,
        state=listing.state,
        closed_on=listing.closed_on,
        name=listing.name,
        name_hi=listing.name_hi,
        gender=listing.gender,
        headline=listing.headline,
        about=listing.about,
        qualifications=tuple(rows.qualifications),
        registrations=_registrations(rows.registrations, vocabulary),
        terms=_terms(rows.terms, vocabulary),
        fees=tuple(
            FeeDraft(row.purpose, row.amount_inr, row.minutes, row.note) for row in rows.fees
        ),
        accepting=listing.accepting,
        accepting_checked_on=listing.accepting_checked_on,
        locations=tuple(_place(place, vocabulary) for place in rows.places),
        website=listing.website,
        source=_source(listing),
        checks=_checks(rows.verifications),
        is_demo=listing.is_demo,
    )


def _practitioner(rows: StoredListing, vocabulary: Vocabulary) -> PractitionerDraft | None:
    row = rows.practitioner
    if row is None:
        return None
    profession = vocabulary.term_by_id[row.profession_id].slug
    return PractitionerDraft(profession, row.practising_since, tuple(rows.works_at))


def _centre(rows: StoredListing, vocabulary: Vocabulary) -> CentreDraft | None:
    row = rows.centre
    if row is None:
        return None
    centre_type = vocabulary.term_by_id[row.centre_type_id].slug
    return CentreDraft(centre_type, row.beds, _staffing(rows.staffing))


def _staffing(rows: Sequence[Staffing]) -> tuple[StaffingDraft, ...]:
    return tuple(
        StaffingDraft(
            row.role, row.presence, row.from_minute, row.to_minute, row.count, row.within_minutes
        )
        for row in rows
    )


def _terms(ids: Sequence[int], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    slugs: dict[str, list[str]] = {key: [] for key in TERM_KEYS}
    for term_id in ids:
        term = vocabulary.term_by_id[term_id]
        slugs[KEY_BY_KIND[term.kind]].append(term.slug)
    return {key: tuple(values) for key, values in slugs.items()}


def _registrations(
    rows: Sequence[Registration], vocabulary: Vocabulary
) -> tuple[RegistrationDraft, ...]:
    return tuple(
        RegistrationDraft(
            vocabulary.term_by_id[row.register_id].slug,
            row.number,
            row.state,
            row.checked_on,
            row.valid_until,
        )
        for row in rows
    )


def _source(listing: Listing) -> SourceDraft | None:
    source = SourceDraft(
        listing.source_name,
        listing.source_url,
        listing.source_retrieved_on,
        listing.source_confidence,
    )
    return None if source == NO_SOURCE else source


def _checks(rows: Sequence[Verification]) -> tuple[CheckDraft, ...]:
    checks = (
        CheckDraft(row.fact, row.method, row.checked_by, row.checked_on, row.expires_on, row.note)
        for row in rows
    )
    return tuple(sorted(checks, key=attrgetter("fact", "checked_on", "method")))


def _place(place: StoredPlace, vocabulary: Vocabulary) -> LocationDraft:
    row = place.location
    locality = None if row.locality_id is None else vocabulary.locality_by_id[row.locality_id]
    return LocationDraft(
        label=row.label,
        address=row.address,
        locality=locality.slug if locality else None,
        pincode=row.pincode,
        lat=row.lat,
        lon=row.lon,
        open_24x7=row.open_24x7,
        hours=_hours(place.hours),
        exceptions=tuple(
            ExceptionDraft(item.on_date, item.opens_minute, item.closes_minute, item.note)
            for item in place.exceptions
        ),
        phones=tuple(PhoneDraft(item.use, item.number) for item in place.phones),
    )


def _hours(rows: Sequence[OpeningHours]) -> tuple[HoursDraft, ...]:
    """Give the weekly spans; rows of one position are one span on several weekdays."""
    spans = []
    ordered = sorted(rows, key=attrgetter("position", "weekday"))
    for (_position, opens, closes), group in groupby(ordered, key=SAME_SPAN):
        spans.append(HoursDraft(tuple(row.weekday for row in group), opens, closes))
    return tuple(spans)
