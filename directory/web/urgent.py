"""Urgent help: who to call, and where one is seen at any hour, nearest first.

A position is read from the address of the request and kept nowhere. Nothing here asks the index.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, render_template, request

from directory.core.db import db
from directory.guides.queries import published_guides
from directory.listings.models import RegistrationState
from directory.listings.nights import Need
from directory.listings.queries.cards import Point, cards
from directory.listings.queries.nights import night_facts, open_at_night
from directory.search.parameters.table import LATITUDES, LONGITUDES
from directory.web import current, night_words, urgent_hindi
from directory.web.access import access
from directory.web.helpline_lines import helpline_lines
from directory.web.night_words import need_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Response

    from directory.listings.queries.cards import ListingCard
    from directory.listings.queries.nights import NightFacts
    from directory.vocabulary.queries import DistrictView, LocalityView

blueprint = Blueprint("urgent", __name__)

for name, words in (night_words.FILTERS | urgent_hindi.FILTERS).items():
    blueprint.add_app_template_filter(words, name)

PATH = "/urgent"
PATH_HINDI = "/urgent/hindi"
SHOWN_CENTRES = 6
MOST_IN_ALL = 150
LONGEST_PLACE = 80
# One well-known place in each part of the city, to be tapped instead of typed.
TAPPED = (
    "rohini",
    "pitampura",
    "narela",
    "civil-lines",
    "chandni-chowk",
    "karol-bagh",
    "connaught-place",
    "seelampur",
    "shahdara",
    "dilshad-garden",
    "laxmi-nagar",
    "mayur-vihar-phase-1",
    "lajpat-nagar",
    "hauz-khas",
    "saket",
    "mehrauli",
    "dwarka",
    "janakpuri",
    "rajouri-garden",
    "najafgarh",
)
# Guides for whoever is with a person in danger, or looks for a place for one.
GUIDES = {
    "after-a-suicide-attempt-or-loss",
    "choosing-a-24x7-centre",
    "when-someone-does-not-want-help",
}
WORKER = "workers/urgent.js"


@dataclass(frozen=True, slots=True)
class Where:
    """What the list is near to. `place` is its name, None for a position or for all of Delhi."""

    typed: str
    place: str | None
    slug: str | None
    point: Point | None
    is_unknown: bool = False
    place_hi: str | None = None

    @property
    def is_position(self) -> bool:
        """Whether it is where the reader's device stands."""
        return self.point is not None and self.place is None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Give the parameters that say it again."""
        if self.point is not None and self.place is None:
            return [("lat", str(self.point.lat)), ("lon", str(self.point.lon))]
        named = self.slug or self.typed
        return [("near", named)] if named else []


@dataclass(frozen=True, slots=True)
class Stop:
    """A place one can go to: its card, and what it states of its nights."""

    card: ListingCard
    night: NightFacts

    @property
    def phone(self) -> str | None:
        """Give the number to call; none while its registration is in doubt, as on its card."""
        registration = self.card.registration
        if registration is not None and registration.state is RegistrationState.NOT_FOUND:
            return None
        return self.night.phone or (self.card.place.phone if self.card.place else None)


@dataclass(frozen=True, slots=True)
class NeedLink:
    """A need one can ask for, with the address that asks for it, or no longer does."""

    words: str
    url: str
    is_asked: bool


@blueprint.get(PATH)
@access("anyone")
def urgent() -> str:
    """Show the numbers to call and where one is seen now, nearest first for a place."""
    guides = [guide for guide in published_guides(db.session()) if guide.slug in GUIDES]
    return render_template("urgent/urgent.html", **_shown(PATH, need_words), guides=guides)


@blueprint.get(PATH_HINDI)
@access("anyone")
def in_hindi() -> str:
    """Show the same in Hindi, written so and not translated word for word."""
    return render_template("urgent/hindi.html", **_shown(PATH_HINDI, urgent_hindi.hindi_need))


@blueprint.get(f"{PATH}/all")
@access("anyone")
def all_open() -> str:
    """List every place open at any hour by district: short enough to be kept on a phone."""
    ids = open_at_night(db.session(), current.vocabulary())
    stops = sorted(stops_of(ids[:MOST_IN_ALL], None), key=_by_district)
    districts = [(district, list(group)) for district, group in groupby(stops, key=_district)]
    return render_template("urgent/all.html", districts=districts, shown=len(stops), total=len(ids))


@blueprint.get("/urgent-worker.js")
@access("anyone")
def worker() -> Response:
    """Send the script that keeps urgent help on the device; its address is its reach."""
    script = (Path(current_app.static_folder or "") / WORKER).read_bytes()
    response = current_app.response_class(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def stops_of(ids: Sequence[int], near: Point | None) -> list[Stop]:
    """Give the stops of listings, in the order of `ids`."""
    vocabulary, session = current.vocabulary(), db.session()
    nights = night_facts(session, ids, vocabulary)
    return [
        Stop(card, nights[card.id])
        for card in cards(session, ids, vocabulary, current.now(), near=near)
    ]


def _shown(path: str, named: Callable[[Need], str]) -> dict[str, Any]:
    """Give what both languages show: the list from a place on, what to narrow it by, lines."""
    vocabulary = current.vocabulary()
    where, asked = _where(), _needs()
    if where.is_position:
        current.keep_nowhere()
    ids = open_at_night(db.session(), vocabulary, near=where.point, needs=asked)
    other = PATH if path == PATH_HINDI else PATH_HINDI
    return {
        "where": where,
        "asked": asked,
        "total": len(ids),
        "stops": stops_of(ids[:SHOWN_CENTRES], where.point),
        "needs": list(_need_links(path, where, asked, named)),
        "other_language": _address(other, where, asked),
        "tapped": [vocabulary.localities[slug] for slug in TAPPED if slug in vocabulary.localities],
        "helplines": helpline_lines(vocabulary, current.now()),
    }


def _where() -> Where:
    """Give the place that is named, or the position the device gave, or neither."""
    typed = request.args.get("near", "")[:LONGEST_PLACE].strip()
    if typed:
        found = current.search().reader(current.vocabulary()).place_named(typed)
        if found is None:
            return Where(typed, None, None, None, is_unknown=True)
        return Where(typed, found.name_en, found.slug, found.point, place_hi=found.name_hi)
    point = _position()
    is_unknown = point is None and bool(request.args.get("lat") or request.args.get("lon"))
    return Where("", None, None, point, is_unknown=is_unknown)


def _position() -> Point | None:
    """Give the coordinates of the request, if they lie in or near Delhi."""
    try:
        lat, lon = float(request.args.get("lat", "")), float(request.args.get("lon", ""))
    except ValueError:
        return None
    inside = LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]
    return Point(lat, lon) if inside else None


def _needs() -> tuple[Need, ...]:
    """Give the needs asked for; a word that is none of them is passed over."""
    asked = set(request.args.getlist("takes"))
    return tuple(need for need in Need if need.value in asked)


def _need_links(
    path: str, where: Where, asked: Sequence[Need], named: Callable[[Need], str]
) -> Iterator[NeedLink]:
    """Yield each need with the address that adds it, or lets it go."""
    for need in Need:
        then = [other for other in Need if (other in asked) != (other is need)]
        yield NeedLink(named(need), f"{_address(path, where, then)}#open", need in asked)


def _address(path: str, where: Where, asked: Sequence[Need]) -> str:
    query = urlencode([*where.pairs, *(("takes", need) for need in asked)])
    return f"{path}?{query}" if query else path


def _district(stop: Stop) -> DistrictView | None:
    locality: LocalityView | None = stop.card.place.locality if stop.card.place else None
    return None if locality is None else locality.district


def _by_district(stop: Stop) -> tuple[bool, str, str]:
    district = _district(stop)
    return district is None, district.name_en if district else "", stop.card.name
