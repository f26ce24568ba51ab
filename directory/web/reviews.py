"""The list of all reviews of a listing, with filters and orders, all of them in the address.

Not for writing one (`review_form.py`) or objecting to one (`flags.py`). These lists are kept out
of other search engines, whose copies would outlive a review that was withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import InvalidError, NotFoundError
from directory.listings.models import ListingKind
from directory.listings.queries.finding import find_listing
from directory.listings.queries.page import listing_page
from directory.listings.queries.results import named_listings
from directory.reviews.models import CareKind, Relation
from directory.reviews.queries.listing import Order, Period, ReviewFilter
from directory.web import current, review_words
from directory.web.access import access
from directory.web.links import listing_url, review_form_url, reviews_url
from directory.web.paging import pages_of
from directory.web.review_section import PER_PAGE, page_of, rating_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask.typing import ResponseReturnValue

    from directory.listings.queries.results import NamedListing

blueprint = Blueprint("reviews", __name__)

for name, words in review_words.FILTERS.items():
    blueprint.add_app_template_filter(words, name)

LAST_PAGE = 10_000
ON_PAGES = (Period.YEAR, Period.OLDER)
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What the address asks for."""

    wanted: ReviewFilter
    page: int


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """One way to see the list, and whether it is the one in force."""

    name: str
    words: str
    url: str
    current: bool


@blueprint.get("/therapists/<slug>/reviews")
@access("anyone")
def therapist(slug: str) -> ResponseReturnValue:
    """Show the reviews of a practitioner."""
    return _answer(slug, ListingKind.PRACTITIONER)


@blueprint.get("/centres/<slug>/reviews")
@access("anyone")
def centre(slug: str) -> ResponseReturnValue:
    """Show the reviews of a centre."""
    return _answer(slug, ListingKind.CENTRE)


def read_request(args: Mapping[str, str]) -> ListRequest:
    """Read the address; raises `InvalidError` for a value that is none of those offered."""
    period = _one_of(args, "period", ON_PAGES)
    wanted = ReviewFilter(
        relation=_one_of(args, "relation", Relation),
        care_kind=_one_of(args, "care_kind", CareKind),
        period=period,
        order=_one_of(args, "order", Order) or Order.NEWEST,
    )
    return ListRequest(wanted, _page_number(args.get("page") or "1"))


def _one_of(args: Mapping[str, str], name: str, values: Iterable[Choice]) -> Choice | None:
    given = args.get(name) or None
    if given is None:
        return None
    for value in values:
        if value.value == given:
            return value
    raise InvalidError(name, gettext("There is no such choice. Begin with all reviews."))


def _page_number(given: str) -> int:
    if given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= LAST_PAGE:
        return int(given[:6])
    raise InvalidError("page", gettext("There is no such page. Begin with the first."))


def _answer(slug: str, kind: ListingKind) -> ResponseReturnValue:
    found = find_listing(db.session(), slug)
    if found.slug != slug or found.kind is not kind:
        return redirect(reviews_url(found.kind, found.slug), HTTPStatus.MOVED_PERMANENTLY)
    if found.closed_on is not None:
        closed = listing_page(
            db.session(), slug, vocabulary=current.vocabulary(), now=current.now()
        )
        return render_template("listings/closed.html", closed=closed), HTTPStatus.GONE
    asked = read_request(request.args)
    [listing] = named_listings(db.session(), [found.id])
    return _list(listing, asked)


def _list(listing: NamedListing, asked: ListRequest) -> str:
    page = page_of(listing.id, asked.wanted, page=asked.page)
    if asked.page > 1 and not page.items:
        raise NotFoundError(gettext("This list has no such page."))
    return render_template(
        "reviews/list.html",
        listing=listing,
        listing_path=listing_url(listing.kind, listing.slug),
        write_url=review_form_url(listing.kind, listing.slug),
        all_url=reviews_url(listing.kind, listing.slug),
        rating=rating_view(listing.id),
        page=page,
        wanted=asked.wanted,
        choices=choices(listing, asked.wanted),
        pages=pages_of(
            page.rows, asked.page, PER_PAGE, lambda number: _url(listing, asked.wanted, page=number)
        ),
    )


def choices(listing: NamedListing, wanted: ReviewFilter) -> list[tuple[str, list[ChoiceLink]]]:
    """Give the filters and orders with their links, each keeping the others in force."""
    return [
        (
            gettext("Order"),
            [_link(listing, wanted, "order", value, words) for value, words in _orders().items()],
        ),
        (
            gettext("Visits"),
            [_link(listing, wanted, "period", value, words) for value, words in _periods().items()],
        ),
        (
            gettext("Written by"),
            [
                _link(listing, wanted, "relation", value, words)
                for value, words in _relations().items()
            ],
        ),
        (
            gettext("Kind of care"),
            [
                _link(listing, wanted, "care_kind", value, words)
                for value, words in _care_kinds().items()
            ],
        ),
    ]


def _orders() -> dict[StrEnum | None, str]:
    return {
        Order.NEWEST: gettext("Newest"),
        Order.OLDEST: gettext("Oldest"),
        Order.HIGHEST: gettext("Highest"),
        Order.LOWEST: gettext("Lowest"),
    }


def _periods() -> dict[StrEnum | None, str]:
    return {
        None: gettext("Last 24 months"),
        Period.YEAR: gettext("Last 12 months"),
        Period.OLDER: gettext("Older"),
    }


def _relations() -> dict[StrEnum | None, str]:
    return {
        None: gettext("Everyone"),
        Relation.TREATED: gettext("Patients"),
        Relation.CARER: gettext("Carers"),
        Relation.FAMILY: gettext("Family"),
    }


def _care_kinds() -> dict[StrEnum | None, str]:
    return {
        None: gettext("Any care"),
        CareKind.FIRST_VISIT: gettext("First visit"),
        CareKind.ONGOING: gettext("Ongoing care"),
        CareKind.ADMISSION: gettext("Admission"),
    }


def _link(
    listing: NamedListing, wanted: ReviewFilter, name: str, value: StrEnum | None, words: str
) -> ChoiceLink:
    return ChoiceLink(
        name=f"{name}-{value or 'any'}",
        words=words,
        url=_url(listing, wanted, **{name: value}),
        current=getattr(wanted, name) is value,
    )


def _url(listing: NamedListing, wanted: ReviewFilter, **changes: StrEnum | int | None) -> str:
    """Give the address of the list as it is, with some things changed."""
    parameters: dict[str, StrEnum | int | None] = {
        "order": wanted.order,
        "period": wanted.period,
        "relation": wanted.relation,
        "care_kind": wanted.care_kind,
        **changes,
    }
    if parameters["order"] is Order.NEWEST:
        parameters["order"] = None
    if parameters.get("page") == 1:
        parameters["page"] = None
    return reviews_url(listing.kind, listing.slug, **parameters)
