"""The search page: the form reads the address, the rooms find, `search_page` words it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask_babel import gettext

from directory.core.db import db
from directory.listings.queries.cards import cards
from directory.listings.queries.facets import count_facets
from directory.listings.queries.search import find_listings
from directory.web import current, search_page
from directory.web.access import access
from directory.web.errors import error_page
from directory.web.forms.search import SearchForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("search", __name__)

MOST_SHOWN = 80


@blueprint.get("/search")
@access("anyone")
def results() -> ResponseReturnValue:
    """Show the listings that fit the address's parameters, or what to let go of."""
    vocabulary = current.vocabulary()
    form = SearchForm.of_address(request.args, vocabulary)
    if not form.validate():
        return _refuse(form)
    asked = form.request(vocabulary)
    session, now = db.session(), current.now()
    start = (asked.page - 1) * asked.per_page
    found = find_listings(session, asked.search, now, offset=start, limit=asked.per_page)
    facets = count_facets(session, asked.search, vocabulary, now, search_page.FEE_STEPS)
    page = search_page.compose(asked, found.total, facets, vocabulary)
    if not found.ids:
        ways = search_page.ways_out(session, asked, vocabulary, now)
        return render_template("search/nothing.html", page=page, ways=ways)
    listed = cards(session, found.ids, vocabulary, now, near=asked.search.near)
    return render_template("search/results.html", page=page, cards=listed)


def _refuse(form: SearchForm) -> ResponseReturnValue:
    """Give the 400 page: it names each wrong parameter, with a link that leaves it out."""
    wrong = list(form.errors)
    faults: list[tuple[str, str | None]] = [
        (f"{name} = {', '.join(form[name].raw_data or ())}"[:MOST_SHOWN], None) for name in wrong
    ]
    kept = search_page.address_without(request.args, wrong)
    return error_page(
        400,
        says=gettext("This search has a value we do not know, or one out of range."),
        faults=faults,
        suggestions=[(gettext("The same search without it"), kept)],
    )
