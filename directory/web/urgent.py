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
from directory.listings.queries.cards import Point
from directory.listings.queries.nights import night_cards, open_at_night
from directory.search.parameters import PARAMETERS, cleaned, faults_of
from directory.web import current, night_words, urgent_hindi
from directory.web.access import access
from directory.web.finding import place_typed
from directory.web.helpline_lines import helpline_lines
from directory.web.night_words import need_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Response

    from directory.listings.queries.cards import ListingCard
    from directory.listings.queries.nights import NightFacts, NightPlace
    from directory.vocabulary.queries import DistrictView, LocalityView

blueprint = Blueprint("urgent", __name__)

for name, words in (night_words.FILTERS | urgent_hindi.FILTERS).items():
    blueprint.add_app_template_filter(words, name)

PATH = "/urgent"
PATH_HINDI = "/urgent/hindi"
SHOWN_CENTRES = 6
MOST_IN_ALL = 150
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
POSITION = {name: PARAMETERS[name] for name in ("lat", "lon")}


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
    """A place one can go to: its card, which names that place, and what is stated of its nights."""

    card: ListingCard
    night: NightFacts

    @property
    def phone(self) -> str | None:
        """Give the number to call at this place; none while its registration is in doubt."""
        if self._is_in_doubt:
            return None
        return self.night.phone or (self.card.place.phone if self.card.place else None)

    @property
    def ambulance_phone(self) -> str | None:
        """Give the number its ambulance is called at; none in the same case."""
        return None if self._is_in_doubt else self.night.ambulance_phone

    @property
    def _is_in_doubt(self) -> bool:
        """Whether no number is given, as on its card."""
        registration = self.card.registration
        return registration is not None and registration.state is RegistrationState.NOT_FOUND


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
    """List every place open at any hour by district: short enough to be kept on a phone.

    What is closed now by exception is left out: kept, it would send somebody to a closed door.
    """
    places = open_at_night(db.session(), current.vocabulary(), current.now())
    stops = sorted(stops_of(places[:MOST_IN_ALL], None), key=_by_district)
    districts = [(district, list(group)) for district, group in groupby(stops, key=_district)]
    shown, total = len(stops), len(places)
    return render_template("urgent/all.html", districts=districts, shown=shown, total=total)


@blueprint.get("/urgent-worker.js")
@access("anyone")
def worker() -> Response:
    """Send the script that keeps urgent help on the device; its address is its reach."""
    script = (Path(current_app.static_folder or "") / WORKER).read_bytes()
    response = current_app.response_class(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def stops_of(places: Sequence[NightPlace], near: Point | None) -> list[Stop]:
    """Give the stops of places, in their order."""
    found = night_cards(db.session(), places, current.vocabulary(), current.now(), near)
    return [Stop(card, night) for card, night in found]


def _shown(path: str, named: Callable[[Need], str]) -> dict[str, Any]:
    """Give what both languages show: the list from a place on, what to narrow it by, lines."""
    vocabulary = current.vocabulary()
    where, asked = _where(), _needs()
    now = current.now()
    places = open_at_night(db.session(), vocabulary, now, near=where.point, needs=asked)
    other = PATH if path == PATH_HINDI else PATH_HINDI
    return {
        "where": where,
        "asked": asked,
        "total": len(places),
        "stops": stops_of(places[:SHOWN_CENTRES], where.point),
        "needs": list(_need_links(path, where, asked, named)),
        "other_language": _address(other, where, asked),
        "tapped": [vocabulary.localities[slug] for slug in TAPPED if slug in vocabulary.localities],
        "helplines": helpline_lines(vocabulary, now),
    }


def _where() -> Where:
    """Give the position the device gave, or the place that is named, or neither.

    Read as the search reads them, but nobody is turned away here: of what cannot be used the rest
    counts.
    """
    given = cleaned(request.args.to_dict(flat=False), POSITION)
    is_faulty = any(faults_of(given, current.vocabulary(), POSITION))
    if given.values and not is_faulty:
        lat, lon = (float(given.all(name)[0]) for name in POSITION)
        return Where("", None, None, Point(lat, lon))
    typed, found = place_typed(request.args.get("near", ""))
    if found is None:
        return Where(typed, None, None, None, is_unknown=is_faulty or bool(typed))
    return Where(typed, found.name_en, found.slug, found.point, place_hi=found.name_hi)


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
