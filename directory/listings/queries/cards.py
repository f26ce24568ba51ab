"""Cards: what a list says about each listing, whole and in a constant number of queries.

Only public listings get one. Not for the listing's own page (`page.py`). Called by the HTML
door for every list of listings; the search engine's answers become cards here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from directory.core.clock import delhi_day
from directory.listings.models import Accepting, ListingKind, VerificationMethod
from directory.listings.policy import expires_on, still_counts
from directory.listings.queries.card_places import PlaceSought, place_of
from directory.listings.queries.card_rows import CardRows, ListingRow, read_card_rows
from directory.listings.queries.doubts import facts_in
from directory.listings.standing import Entry, counting, has_beds, has_lapsed, standing
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.listings.models import FeePurpose, Gender, RegistrationState
    from directory.listings.queries.card_places import CardPlace
    from directory.listings.queries.card_rows import Newest, RegistrationRow
    from directory.listings.queries.doubts import DoubtView
    from directory.listings.queries.search import ListingSearch
    from directory.listings.standing import Standing
    from directory.vocabulary.queries import TermView, Vocabulary

PERSONAL_FEES = ("first-session", "follow-up", "home-visit")
CENTRE_FEES = ("bed-day", "first-session", "treatment-session", "month")
# Somebody was spoken to: only then may a card say that a telephone was answered.
SPOKEN = frozenset(
    {VerificationMethod.CALL, VerificationMethod.NIGHT_CALL, VerificationMethod.VISIT}
)


class Point(NamedTuple):
    """A place distances are measured from (WGS 84 degrees)."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class CardCheck:
    """The newest check of one fact; `expired` when it no longer counts.

    That is when its time is over, or when readers found the fact to be otherwise since.
    """

    checked_on: date
    expired: bool
    method: VerificationMethod | None = None

    @property
    def was_spoken(self) -> bool:
        """Whether it was a call or a visit."""
        return self.method in SPOKEN


@dataclass(frozen=True, slots=True)
class CardFee:
    """A sum of whole rupees for one thing."""

    purpose: FeePurpose
    amount_inr: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class CardRegistration:
    """What the register that matters most gave, and when.

    `expired` when nobody has looked it up for too long, `lapsed` when it has run out itself.
    """

    register: TermView
    state: RegistrationState
    checked_on: date | None
    valid_until: date | None
    expired: bool
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class CardRating:
    """What reviews give a listing: `score` is None while fewer than five count."""

    score: float | None
    counted: int


@dataclass(frozen=True, slots=True)
class ListingCard:
    """One line of the directory, as far as it is known; None and empty mean not stated.

    `registered` is how it stands with the registers that count, today; `doubts` are facts that
    readers found to be otherwise. `rating` is added by the doors, because reviews are another
    room's.
    """

    id: int
    slug: str
    kind: ListingKind
    name: str
    name_hi: str | None
    gender: Gender | None
    is_demo: bool
    role: TermView
    beds: int | None
    registration: CardRegistration | None
    accepting: Accepting
    accepting_check: CardCheck | None
    phone_check: CardCheck | None
    night_check: CardCheck | None
    fee_check: CardCheck | None
    fees: tuple[CardFee, ...]
    place: CardPlace | None
    modes: tuple[TermView, ...]
    age_groups: tuple[TermView, ...]
    languages: tuple[TermView, ...]
    from_public_sources: bool
    registered: Standing | None = None
    doubts: tuple[DoubtView, ...] = ()
    rating: CardRating | None = None

    @property
    def is_centre(self) -> bool:
        """Whether this is a place of care, not a person."""
        return self.kind is ListingKind.CENTRE

    @property
    def open_24x7(self) -> bool:
        """Whether the place says it is open day and night."""
        return self.place is not None and self.place.open_24x7

    @property
    def night_tested(self) -> bool:
        """Whether somebody answered at night, and that check still counts."""
        return self.night_check is not None and not self.night_check.expired

    @property
    def accepting_confirmed(self) -> bool:
        """Whether the word on taking patients rests on a check that still counts."""
        return self.accepting_check is not None and not self.accepting_check.expired


def cards(
    session: Session,
    ids: Sequence[int],
    vocabulary: Vocabulary,
    now: datetime,
    search: ListingSearch | None = None,
) -> list[ListingCard]:
    """Give the cards of the public listings among `ids`, in the order of `ids`.

    Ten queries, however many ids. With `search`, each card names the place that it finds: of those
    all that is asked of a place holds for, the nearest to its point, with the distance.
    """
    if not ids:
        return []
    rows = read_card_rows(session, ids, delhi_day(now))
    sought = PlaceSought(now) if search is None else PlaceSought(now, search)
    return cards_from(rows, ids, vocabulary, sought)


def cards_from(
    rows: CardRows, ids: Sequence[int], vocabulary: Vocabulary, sought: PlaceSought
) -> list[ListingCard]:
    """Give the same from rows that are read already; no query."""
    return [
        _card(rows.listings[listing_id], rows, vocabulary, sought)
        for listing_id in ids
        if listing_id in rows.listings
    ]


def _card(
    row: ListingRow, rows: CardRows, vocabulary: Vocabulary, sought: PlaceSought
) -> ListingCard:
    today = delhi_day(sought.now)
    terms = _terms_by_kind(rows.terms.get(row.id, ()), vocabulary)
    doubts = tuple(rows.doubts.get(row.id, ()))
    checks = _checks(row, rows.checks.get(row.id, {}), facts_in(doubts), today)
    counted, registered = _counting(row, rows, vocabulary, today)
    return ListingCard(
        id=row.id,
        slug=row.slug,
        kind=row.kind,
        name=row.name,
        name_hi=row.name_hi,
        gender=row.gender,
        is_demo=row.is_demo,
        role=vocabulary.term_by_id[row.role_id],
        beds=row.beds,
        registration=_registration(counted, vocabulary, checks, today),
        accepting=row.accepting,
        accepting_check=checks.get("accepting"),
        phone_check=checks.get("phone"),
        night_check=checks.get("night"),
        fee_check=checks.get("fee"),
        fees=_fees(row, rows),
        place=place_of(rows, row.id, vocabulary, sought),
        **_term_lists(terms),
        from_public_sources=row.has_source and not row.is_demo and not checks,
        registered=registered,
        doubts=doubts,
    )


def _term_lists(terms: Mapping[TermKind, tuple[TermView, ...]]) -> dict[str, Any]:
    return {
        "modes": terms.get(TermKind.MODE, ()),
        "age_groups": terms.get(TermKind.AGE_GROUP, ()),
        "languages": terms.get(TermKind.LANGUAGE, ()),
    }


def _terms_by_kind(
    term_ids: Sequence[int], vocabulary: Vocabulary
) -> dict[TermKind, tuple[TermView, ...]]:
    kinds: dict[TermKind, tuple[TermView, ...]] = {}
    for term_id in term_ids:
        term = vocabulary.term_by_id[term_id]
        kinds[term.kind] = (*kinds.get(term.kind, ()), term)
    return kinds


def _checks(
    row: ListingRow, found: Mapping[str, Newest], doubted: frozenset[str], today: date
) -> dict[str, CardCheck]:
    checks = {
        fact: CardCheck(
            checked_on, fact in doubted or not still_counts(until, today), method=method
        )
        for fact, (checked_on, until, method) in found.items()
    }
    dated = row.accepting_checked_on
    if dated is not None and "accepting" not in checks:
        until = expires_on("accepting", dated)
        in_doubt = "accepting" in doubted
        checks["accepting"] = CardCheck(dated, in_doubt or not still_counts(until, today))
    return checks


def _counting(
    row: ListingRow, rows: CardRows, vocabulary: Vocabulary, today: date
) -> tuple[list[RegistrationRow], Standing | None]:
    """Give the registrations that count for a listing, and how it stands with them."""
    by_type = bool(vocabulary.term_by_id[row.role_id].details.get("overnight_beds"))
    with_beds = row.kind is ListingKind.CENTRE and has_beds(row.beds, by_type=by_type)
    pairs = [
        (
            found,
            Entry(vocabulary.term_by_id[found.register_id].slug, found.state, found.valid_until),
        )
        for found in rows.registrations.get(row.id, ())
    ]
    entries = [entry for _found, entry in pairs]
    counted = counting(entries, with_beds=with_beds)
    return (
        [found for found, entry in pairs if entry in counted],
        standing(entries, with_beds=with_beds, today=today),
    )


def _registration(
    found: Sequence[RegistrationRow],
    vocabulary: Vocabulary,
    checks: Mapping[str, CardCheck],
    today: date,
) -> CardRegistration | None:
    """Give the registration that says most: one looked up, before one not looked up."""
    if not found:
        return None
    row = max(found, key=lambda item: (item.checked_on is not None, item.checked_on or today))
    register = vocabulary.term_by_id[row.register_id]
    fact = f"registration:{register.slug}"
    check = checks.get(fact)
    if check is None and row.checked_on is not None:
        until = expires_on(fact, row.checked_on)
        check = CardCheck(row.checked_on, not still_counts(until, today))
    return CardRegistration(
        register=register,
        state=row.state,
        checked_on=row.checked_on,
        valid_until=row.valid_until,
        expired=check is not None and check.expired,
        lapsed=has_lapsed(row.valid_until, today),
    )


def _fees(row: ListingRow, rows: CardRows) -> tuple[CardFee, ...]:
    """Give up to two fees, the one a first visit costs before the others."""
    order = CENTRE_FEES if row.kind is ListingKind.CENTRE else PERSONAL_FEES
    known: dict[str, CardFee] = {}
    for fee in rows.fees.get(row.id, ()):
        known.setdefault(fee.purpose.value, CardFee(fee.purpose, fee.amount_inr, fee.minutes))
    ordered = [known[purpose] for purpose in order if purpose in known]
    rest = [fee for purpose, fee in known.items() if purpose not in order]
    return tuple([*ordered, *rest][:2])
