"""What the index knows of one thing that can be found; the shape only.

`gathering.py` fills it from the database, `fields.py` turns it into fields of the index. The
index answers with ids alone: whatever a page shows is read from the database again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from directory.listings.models import Accepting, Gender


class DocumentKind(StrEnum):
    """What a document stands for; guides are pages to read, in a result group of their own."""

    PRACTITIONER = "practitioner"
    CENTRE = "centre"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """A location: its point (or its locality's middle), its locality and when it is open.

    Hours are (weekday, opens, closes) and exceptions (day, opens, closes), in minutes after
    Delhi midnight as in `listings.models.OpeningHours`; an exception without minutes is closed.
    """

    lat: float | None
    lon: float | None
    locality_id: int | None
    open_24x7: bool
    hours: tuple[tuple[int, int, int], ...]
    exceptions: tuple[tuple[date, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One published listing, or one page to read, as the index holds it.

    `key` is unique in the index (`listing:12`, `page:condition/depression`); `number` is the
    listing's id (for a guide, its term's id). `names` are looked up by their beginnings;
    `head`, `body` and `reviews` are texts to search.
    `terms` are (parameter, slug) pairs of the vocabulary, professions and centre types among
    them; `localities` and `districts` are slugs. `fee_inr` is the lowest fee of a first visit.
    `accepting_until`, `registered_until` and `provisional_until` are the last days on which that
    counts, `date.max` without an end and None for never; `claims` is how many facts a reader asks
    for first it states, `confirmed_until` the last day each check of one of these counts. Which day
    it is belongs to whoever asks: nothing in a document changes because time passes.
    `checked_on` is the newest day on which anybody checked any fact, `doubts` how many facts
    readers found to be otherwise. `rating` is the score as
    pages show it and None under five counted reviews. Words of reviews are left out of a repr.
    """

    key: str
    kind: DocumentKind
    number: int
    names: tuple[str, ...]
    head: tuple[str, ...]
    body: tuple[str, ...] = ()
    reviews: tuple[str, ...] = field(default=(), repr=False)
    terms: tuple[tuple[str, str], ...] = ()
    gender: Gender | None = None
    localities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    fee_inr: int | None = None
    accepting: Accepting | None = None
    accepting_until: date | None = None
    registered_until: date | None = None
    provisional_until: date | None = None
    claims: int = 0
    confirmed_until: tuple[date, ...] = ()
    doubts: int = 0
    checked_on: date | None = None
    rating: float | None = None
    review_count: int = 0
    places: tuple[DocumentPlace, ...] = ()


def digest_of(document: SearchDocument) -> int:
    """Give a number (63 bits) that changes when anything of a document does."""
    whole = repr((document, document.reviews))
    digest = hashlib.blake2b(whole.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
