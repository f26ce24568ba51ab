"""The frozen shape between a file and the tables: one checked, normalised listing.

Two drafts are equal when they say the same, so an import can tell what changed. Made by
`validation.py` (from a document) and `document.py` (from stored rows); no rule lives here.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.listings.models import ListingKind
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from directory.listings.models import (
        Accepting,
        FeePurpose,
        Gender,
        ListingState,
        PhoneUse,
        Presence,
        RegistrationState,
        StaffRole,
        VerificationMethod,
    )
    from directory.vocabulary.models import Confidence

# The document's lists of vocabulary slugs, in the order they are written.
TERM_KEYS: Mapping[str, TermKind] = MappingProxyType(
    {
        "conditions": TermKind.CONDITION,
        "treatments": TermKind.TREATMENT,
        "languages": TermKind.LANGUAGE,
        "modes": TermKind.MODE,
        "age_groups": TermKind.AGE_GROUP,
        "identities": TermKind.IDENTITY,
        "payment": TermKind.PAYMENT,
        "facilities": TermKind.FACILITY,
        "accessibility": TermKind.ACCESSIBILITY,
        "admission_types": TermKind.ADMISSION_TYPE,
    }
)


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """A span on some weekdays (0 Monday … 6 Sunday), in minutes after Delhi midnight."""

    weekdays: tuple[int, ...]
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True, slots=True)
class ExceptionDraft:
    """What one dated day does instead; closed when both minutes are None."""

    on_date: date
    opens_minute: int | None
    closes_minute: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PhoneDraft:
    """A normalised telephone number and what it is for."""

    use: PhoneUse
    number: str


@dataclass(frozen=True, slots=True)
class LocationDraft:
    """One place; `locality` is a slug."""

    label: str | None
    address: str | None
    locality: str | None
    pincode: str | None
    lat: float | None
    lon: float | None
    open_24x7: bool
    hours: tuple[HoursDraft, ...]
    exceptions: tuple[ExceptionDraft, ...]
    phones: tuple[PhoneDraft, ...]


@dataclass(frozen=True, slots=True)
class RegistrationDraft:
    """A number in a register (a slug) and what the last look-up gave."""

    register: str
    number: str | None
    state: RegistrationState
    checked_on: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class FeeDraft:
    """A sum in whole rupees for one thing."""

    purpose: FeePurpose
    amount_inr: int
    minutes: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class StaffingDraft:
    """Who is at a centre from one minute of the day to another."""

    role: StaffRole
    presence: Presence
    from_minute: int
    to_minute: int
    count: int
    within_minutes: int | None


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """A dated check of one fact."""

    fact: str
    method: VerificationMethod
    checked_by: str
    checked_on: date
    expires_on: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """Where the facts were found."""

    name: str | None
    url: str | None
    retrieved_on: date | None
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class PractitionerDraft:
    """What only a person has; `profession` is a slug, `works_at` are refs of centres."""

    profession: str
    practising_since: int | None
    works_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CentreDraft:
    """What only a place of care has; `centre_type` is a slug."""

    centre_type: str
    beds: int | None
    staffing: tuple[StaffingDraft, ...]


@dataclass(frozen=True, slots=True)
class ListingDraft:
    """One whole listing; exactly one of `practitioner` and `centre` is given.

    `slug` and `state` are None when the document leaves them open. `terms` has every key of
    `TERM_KEYS`; `checks` are in order of fact, date and method.
    """

    ref: str
    practitioner: PractitionerDraft | None
    centre: CentreDraft | None
    slug: str | None
    state: ListingState | None
    closed_on: date | None
    name: str
    name_hi: str | None
    gender: Gender | None
    headline: str | None
    about: str | None
    qualifications: tuple[str, ...]
    registrations: tuple[RegistrationDraft, ...]
    terms: Mapping[str, tuple[str, ...]]
    fees: tuple[FeeDraft, ...]
    accepting: Accepting
    accepting_checked_on: date | None
    locations: tuple[LocationDraft, ...]
    website: str | None
    source: SourceDraft | None
    checks: tuple[CheckDraft, ...]
    is_demo: bool

    @property
    def kind(self) -> ListingKind:
        """The kind, as the part that is given says it."""
        return ListingKind.CENTRE if self.practitioner is None else ListingKind.PRACTITIONER

    @property
    def works_at(self) -> tuple[str, ...]:
        """The refs of the centres a practitioner works at; a centre has none."""
        return () if self.practitioner is None else self.practitioner.works_at
