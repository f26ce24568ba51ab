"""What the editor reads: one listing as it says now or said at a change, and lists to find one.

In every state, drafts too, so not for readers' pages. Called by the administrator's pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from directory.core.errors import NotFoundError
from directory.listings.exchange.document import document_of, load_listings
from directory.listings.models import (
    Centre,
    Listing,
    ListingChange,
    ListingKind,
    ListingState,
    Location,
    Phone,
    Practitioner,
)
from directory.listings.policy import phone_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

MOST_FOUND = 8
NOT_THERE = "There is no such listing."


@dataclass(frozen=True, slots=True)
class EditedListing:
    """A listing for its editor; `document` is what it said when `seen` was its newest change."""

    id: int
    kind: ListingKind
    slug: str
    name: str
    state: ListingState
    is_demo: bool
    document: Mapping[str, Any]
    seen: int | None
    updated_at: datetime
    merged_into_id: int | None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the list of listings; `term_id` is its profession or centre type."""

    id: int
    kind: ListingKind
    slug: str
    name: str
    state: ListingState
    is_demo: bool
    term_id: int
    locality_id: int | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class FoundRows:
    """One page of listings, the last changed first, and how many there are."""

    items: tuple[FoundRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CentreName:
    """A centre somebody may work at."""

    id: int
    ref: str
    name: str
    slug: str
    state: ListingState

    def is_called(self, words: str) -> bool:
        """Tell whether these words are its whole name."""
        return " ".join(words.split()).casefold() == self.name.casefold()


def listing_to_edit(
    session: Session, listing_id: int, *, vocabulary: Vocabulary, seen: int | None = None
) -> EditedListing:
    """Give a listing in whatever state; with `seen`, the document as it was after that change.

    Raises `NotFoundError`.
    """
    listing = next(iter(load_listings(session, [listing_id])), None)
    if listing is None:
        raise NotFoundError(NOT_THERE)
    later = session.execute(
        select(ListingChange.id, ListingChange.before)
        .where(ListingChange.listing_id == listing_id)
        .order_by(ListingChange.id.desc())
    ).all()
    document = document_of(listing, vocabulary)
    for change_id, before in later:
        if seen is not None and change_id > seen:
            document = {**document, **(before or {})}
    return EditedListing(
        id=listing.id,
        kind=listing.kind,
        slug=listing.slug,
        name=listing.name,
        state=listing.state,
        is_demo=listing.is_demo,
        document=document,
        seen=later[0].id if later and seen is None else seen,
        updated_at=listing.updated_at,
        merged_into_id=listing.merged_into_id,
    )


def listing_id_of(session: Session, name: str) -> int:
    """Give the id of the listing with this ref or slug, in any state; raises `NotFoundError`."""
    found = session.scalar(select(Listing.id).where(or_(Listing.ref == name, Listing.slug == name)))
    if found is None:
        raise NotFoundError(f"There is no listing with the ref or slug {name!r}.")
    return found


def find_listings(
    session: Session,
    words: str = "",
    *,
    state: ListingState | None = None,
    kind: ListingKind | None = None,
    page: int = 1,
    per_page: int = 25,
) -> FoundRows:
    """Find listings by words of a name, a slug, a ref, a telephone number; all of them for none."""
    wanted = [_says(word) for word in words.split()]
    if (number := phone_number(words)) is not None:
        wanted = [or_(_has_number(number), *wanted)]
    if state is not None:
        wanted.append(Listing.state == state)
    if kind is not None:
        wanted.append(Listing.kind == kind)
    rows = session.execute(
        _rows()
        .where(*wanted)
        .order_by(Listing.updated_at.desc(), Listing.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    total = session.scalar(select(func.count()).select_from(Listing).where(*wanted)) or 0
    return FoundRows(tuple(FoundRow(*row) for row in rows), total)


def rows_of(session: Session, ids: Sequence[int]) -> dict[int, FoundRow]:
    """Give the rows of some listings, by id; one query."""
    rows = session.execute(_rows().where(Listing.id.in_(ids))) if ids else ()
    return {row.id: FoundRow(*row) for row in rows}


def count_by_state(session: Session) -> dict[ListingState, int]:
    """Give how many listings there are in each state."""
    rows = session.execute(
        select(Listing.state, func.count().label("many")).group_by(Listing.state)
    )
    return {row.state: row.many for row in rows}


def centres_by_ref(session: Session, refs: Sequence[str]) -> dict[str, CentreName]:
    """Give the centres with these refs."""
    rows = session.execute(_centres().where(Listing.ref.in_(refs))) if refs else ()
    return {row.ref: CentreName(*row) for row in rows}


def centres_named(session: Session, words: str) -> list[CentreName]:
    """Give a few centres whose name holds all these words, in order of name."""
    rows = session.execute(
        _centres()
        .where(*(_contains(Listing.name, word) for word in words.split()))
        .where(Listing.state != ListingState.CLOSED)
        .order_by(Listing.name, Listing.id)
        .limit(MOST_FOUND)
    )
    return [CentreName(*row) for row in rows]


def _centres() -> Select[int, str, str, str, ListingState]:
    return select(Listing.id, Listing.ref, Listing.name, Listing.slug, Listing.state).where(
        Listing.kind == ListingKind.CENTRE
    )


def _rows() -> Select[*tuple[Any, ...]]:
    first = (Location.listing_id == Listing.id) & (Location.position == 0)
    term_id = func.coalesce(Practitioner.profession_id, Centre.centre_type_id)
    return (
        select(
            Listing.id,
            Listing.kind,
            Listing.slug,
            Listing.name,
            Listing.state,
            Listing.is_demo,
            term_id,
            Location.locality_id,
            Listing.updated_at,
        )
        .outerjoin(Practitioner, Practitioner.listing_id == Listing.id)
        .outerjoin(Centre, Centre.listing_id == Listing.id)
        .outerjoin(Location, first)
    )


def _says(word: str) -> ColumnElement[bool]:
    columns = (Listing.name, Listing.name_hi, Listing.slug, Listing.ref)
    return or_(*(_contains(column, word) for column in columns))


def _contains(column: Any, word: str) -> ColumnElement[bool]:  # noqa: ANN401 - an attribute of a model
    found: ColumnElement[bool] = column.icontains(word, autoescape=True)
    return found


def _has_number(number: str) -> ColumnElement[bool]:
    places = select(Location.listing_id).join(Phone).where(Phone.number == number)
    return Listing.id.in_(places)
