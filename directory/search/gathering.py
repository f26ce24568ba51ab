"""What the database says of listings and terms, as documents for the index.

Facts that filters use agree with `listings.queries`: a listing found here by a filter is found
there too (tests hold them together). Called by `indexer.py` and `verifying.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.listings.models import RegistrationState
from directory.reviews.queries.ratings import NO_REVIEWS
from directory.search.claims import claims_of, registered_until
from directory.search.documents import DocumentKind, DocumentPlace, SearchDocument
from directory.search.listing_rows import read_listing_rows
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from directory.search.listing_rows import ListingRow, ListingRows, PlaceRow
    from directory.vocabulary.queries import LocalityView, TermView, Vocabulary

# Whose names are searched in a listing, beside its profession or type of centre.
NAMED_KINDS = frozenset({TermKind.CONDITION, TermKind.TREATMENT})
NAMED_KINDS_OF_CENTRES = NAMED_KINDS | {TermKind.FACILITY}
# The kinds that have a page of plain words, found in a result group of their own.
GUIDE_KINDS = (TermKind.CONDITION, TermKind.TREATMENT, TermKind.PROFESSION)
GUIDE_TEXTS = ("plain_en", "plain_hi", "does_en", "does_hi", "check_en", "urgent_en", "urgent_hi")


def listing_key(listing_id: int) -> str:
    """Give the key of a listing's document."""
    return f"listing:{listing_id}"


def guide_key(term: TermView) -> str:
    """Give the key of the document of a term's page."""
    return f"page:{term.kind}/{term.slug}"


def listing_documents(
    session: Session, ids: Sequence[int], vocabulary: Vocabulary
) -> list[SearchDocument]:
    """Give the documents of the public listings among `ids` by id, in thirteen queries."""
    rows = read_listing_rows(session, ids)
    return [_listing(listing, rows, vocabulary) for listing in rows.listings]


def guide_documents(vocabulary: Vocabulary) -> list[SearchDocument]:
    """Give a document for the page of each condition, treatment and profession; no query."""
    return [_guide(term) for kind in GUIDE_KINDS for term in vocabulary.terms[kind].values()]


def _listing(row: ListingRow, rows: ListingRows, vocabulary: Vocabulary) -> SearchDocument:
    role = vocabulary.term_by_id[row.role_id]
    terms = [vocabulary.term_by_id[term_id] for term_id in rows.terms.get(row.id, ())]
    places = rows.places.get(row.id, ())
    rating = rows.ratings.get(row.id, NO_REVIEWS)
    localities = [
        vocabulary.locality_by_id[place.locality_id]
        for place in places
        if place.locality_id is not None
    ]
    return SearchDocument(
        key=listing_key(row.id),
        kind=DocumentKind(row.kind.value),
        number=row.id,
        names=_given(row.name, row.name_hi),
        head=tuple(dict.fromkeys(_head(row, rows, (role, *terms), vocabulary))),
        body=_given(row.headline, row.about),
        reviews=tuple(rows.reviews.get(row.id, ())),
        terms=tuple((term.kind.value, term.slug) for term in (role, *terms)),
        gender=row.gender,
        localities=tuple(dict.fromkeys(locality.slug for locality in localities)),
        districts=tuple(dict.fromkeys(locality.district.slug for locality in localities)),
        fee_inr=rows.fees.get(row.id),
        accepting=row.accepting,
        **_held_until(row, rows, vocabulary),
        checked_on=_checked_on(row, rows),
        rating=rating.score,
        review_count=rating.counted,
        places=tuple(_place(place, rows, vocabulary) for place in places),
    )


def _head(
    row: ListingRow, rows: ListingRows, terms: Sequence[TermView], vocabulary: Vocabulary
) -> Iterator[str]:
    """Yield what names a listing: itself, what it is and treats, its training, its places."""
    yield from _given(row.name, row.name_hi)
    role, *others = terms
    yield from (role.name_en, role.name_hi)
    yield from rows.qualifications.get(row.id, ())
    is_centre = role.kind is TermKind.CENTRE_TYPE
    named = NAMED_KINDS_OF_CENTRES if is_centre else NAMED_KINDS
    for term in others:
        if term.kind in named:
            yield from (term.name_en, term.name_hi)
    for place in rows.places.get(row.id, ()):
        locality = _locality(place, vocabulary)
        if locality is not None:
            yield from (locality.name_en, locality.name_hi)
        station = vocabulary.station_by_id.get(place.station_id or 0)
        if station is not None:
            yield from (station.name_en, station.name_hi)


def _locality(place: PlaceRow, vocabulary: Vocabulary) -> LocalityView | None:
    if place.locality_id is None:
        return None
    return vocabulary.locality_by_id[place.locality_id]


def _place(place: PlaceRow, rows: ListingRows, vocabulary: Vocabulary) -> DocumentPlace:
    """Give a place; one without a point stands at the middle of its locality, as on cards."""
    lat, lon = place.lat, place.lon
    locality = _locality(place, vocabulary)
    if (lat is None or lon is None) and locality is not None:
        lat, lon = locality.lat, locality.lon
    return DocumentPlace(
        lat=lat,
        lon=lon,
        locality_id=place.locality_id,
        open_24x7=place.open_24x7,
        hours=tuple(rows.hours.get(place.id, ())),
        exceptions=tuple(rows.exceptions.get(place.id, ())),
    )


def _held_until(row: ListingRow, rows: ListingRows, vocabulary: Vocabulary) -> dict[str, Any]:
    """Give until when its claims and registrations hold, and how many facts are in doubt."""
    claims = claims_of(row, rows, vocabulary)
    found, provisional = (
        registered_until(row, rows, vocabulary, state)
        for state in (RegistrationState.FOUND, RegistrationState.PROVISIONAL)
    )
    return {
        "accepting_until": claims.get("accepting"),
        "registered_until": found,
        "provisional_until": provisional,
        "claims": len(claims),
        "confirmed_until": tuple(sorted(until for until in claims.values() if until)),
        "doubts": len(rows.doubts.get(row.id, ())),
    }


def _checked_on(row: ListingRow, rows: ListingRows) -> date | None:
    """Give the newest day anybody checked anything: a fact, a register, whether there is room."""
    days = [row.accepting_checked_on]
    days += [day for day, _until in rows.checks.get(row.id, {}).values()]
    days += [found.checked_on for found in rows.registrations.get(row.id, ())]
    return max((day for day in days if day is not None), default=None)


def _guide(term: TermView) -> SearchDocument:
    details = term.details
    body = [details.get(name) for name in GUIDE_TEXTS]
    return SearchDocument(
        key=guide_key(term),
        kind=DocumentKind.GUIDE,
        number=term.id,
        names=(),
        head=(term.name_en, term.name_hi, *term.synonyms),
        body=_given(*body, term.note, *(details.get("ask") or ())),
    )


def _given(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
