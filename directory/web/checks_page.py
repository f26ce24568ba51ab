"""What the pages of the desk of checks show, and where they lead. Called by `checks_desk.py`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import render_template, request

from directory.core.clock import delhi_day
from directory.core.db import db
from directory.listings.harm import Due, Harm
from directory.listings.models import ListingKind
from directory.listings.policy import FACTS
from directory.listings.queries.checkable import checkable_listing, checkable_listings
from directory.listings.queries.stale import QueueFilter, stale_counts, stale_queue
from directory.web import current
from directory.web.check_values import fact_lines
from directory.web.forms.checks import FOUND_STATES, METHODS, CheckForm, ListingCheckForm
from directory.web.links import editor_url
from directory.web.paging import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from typing import TypeVar

    from werkzeug.datastructures import MultiDict

    from directory.listings.queries.checkable import CheckableListing

    Word = TypeVar("Word", bound=StrEnum)

QUEUE = "/admin/checks"
LISTINGS_A_PAGE = 15
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class QueueAsked:
    """What of the queue an address asks for; what cannot be read asks for everything."""

    harm: Harm | None
    due: Due | None
    kind: ListingKind | None
    page: int

    def filter(self) -> QueueFilter:
        """Give what to read."""
        return QueueFilter(self.harm, self.due, self.kind)

    def address(
        self, page: int | None = None, harm: Harm | None = None, recorded: int | None = None
    ) -> str:
        """Give the address of the same queue: another page, another part, or what was recorded."""
        asked = {"harm": harm or self.harm, "due": self.due, "kind": self.kind}
        pairs = {name: value.value for name, value in asked.items() if value is not None}
        numbers = {"page": page if page != 1 else None, "recorded": recorded}
        pairs |= {name: str(number) for name, number in numbers.items() if number is not None}
        return QUEUE + (f"?{urlencode(pairs)}" if pairs else "")


def checks_url(listing_id: int) -> str:
    """Give the path of the checks of a listing."""
    return f"{editor_url(listing_id)}/checks"


def asked_queue(given: MultiDict[str, str]) -> QueueAsked:
    """Give what an address or a form asks for."""
    return QueueAsked(
        harm=_one_of(Harm, given.get("harm", "")),
        due=_one_of(Due, given.get("due", "")),
        kind=_one_of(ListingKind, given.get("kind", "")),
        page=max(1, number_of(given.get("page", "")) or 1),
    )


def ticked_of(given: MultiDict[str, str]) -> Iterator[tuple[int, list[str], int | None]]:
    """Yield each listing with its ticked facts (`12:phone`) and the change that was seen."""
    seen = dict(_pairs(given.getlist("seen")))
    facts: dict[int, list[str]] = defaultdict(list)
    for listing_id, fact in _pairs(given.getlist("fact")):
        facts[listing_id].append(fact)
    for listing_id, ticked in facts.items():
        yield listing_id, ticked, number_of(seen.get(listing_id, ""))


def queue_answer(asked: QueueAsked, form: CheckForm | None = None, recorded: int = 0) -> str:
    """Show a page of the queue, with what was ticked before."""
    session, today = db.session(), delhi_day(current.now())
    offset = (asked.page - 1) * LISTINGS_A_PAGE
    found = stale_queue(session, asked.filter(), today=today, offset=offset, limit=LISTINGS_A_PAGE)
    known = checkable_listings(
        session,
        [listing.id for listing in found.listings],
        vocabulary=current.vocabulary(),
        today=today,
    )
    return render_template(
        "admin/checks.html",
        asked=asked,
        found=found,
        known=known,
        counts=stale_counts(session, today),
        pages=pages_of(found.total, asked.page, LISTINGS_A_PAGE, asked.address),
        form=form or CheckForm(checked_on=today.isoformat()),
        recorded=recorded or number_of(request.args.get("recorded", "")),
        methods=METHODS,
        lines=fact_lines,
        dues=list(Due),
    )


def listing_answer(listing_id: int, form: ListingCheckForm | None = None) -> str:
    """Show the facts of one listing, with what was ticked before."""
    listing = listing_to_check(listing_id)
    return render_template(
        "admin/listing_checks.html",
        listing=listing,
        form=form or ListingCheckForm(seen=listing.seen, checked_on=current.today().isoformat()),
        recorded=number_of(request.args.get("recorded", "")),
        methods=METHODS,
        states=FOUND_STATES,
        days=FACTS,
        lines=fact_lines,
    )


def listing_to_check(listing_id: int) -> CheckableListing:
    """Give a listing with its facts; raises `NotFoundError`."""
    return checkable_listing(
        db.session(),
        listing_id,
        vocabulary=current.vocabulary(),
        today=delhi_day(current.now()),
    )


def number_of(words: str) -> int | None:
    """Give a whole number that somebody may have written, None for anything else."""
    fits = words.isascii() and words.isdigit() and len(words) <= MOST_DIGITS
    return int(words) if fits else None


def _pairs(values: list[str]) -> Iterator[tuple[int, str]]:
    for value in values:
        left, _colon, right = value.partition(":")
        listing_id = number_of(left)
        if listing_id is not None:
            yield listing_id, right


def _one_of(words: type[Word], value: str) -> Word | None:
    return words(value) if value in {each.value for each in words} else None
