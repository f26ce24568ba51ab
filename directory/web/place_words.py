"""What the places of a listing's document say, line by line. Called by `document_words.py`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from directory.listings.exchange.document import WEEKDAYS
from directory.listings.models import PhoneUse
from directory.web import listing_words, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.vocabulary.queries import Vocabulary

RUN = 3


def place_lines(value: list[dict[str, Any]], _key: str, known: Vocabulary) -> list[str]:
    """Give the lines of all places; with several, each line begins with its place."""
    return lines_of_places(value, known, are_named=len(value) > 1)


def lines_of_places(
    value: list[dict[str, Any]], known: Vocabulary, *, are_named: bool
) -> list[str]:
    """Give the lines of all places; `are_named` says whether each begins with its place."""
    lines = []
    for number, place in enumerate(value, start=1):
        found = list(_place(place, known))
        name = place.get("label") or gettext("Place %(number)s", number=number)
        lines += [f"{name}: {line}" for line in found] if are_named else found
    return lines


def _place(place: Mapping[str, Any], known: Vocabulary) -> Iterable[str]:
    locality = known.localities.get(place.get("locality") or "")
    where = [place.get("address"), locality.name_en if locality else place.get("locality")]
    yield ", ".join(str(part) for part in (*where, place.get("pincode")) if part)
    if place.get("lat") is not None:
        yield gettext("Point %(lat)s, %(lon)s", lat=place["lat"], lon=place["lon"])
    if place.get("open_24x7"):
        yield gettext("Open day and night")
    for span in place.get("hours") or ():
        yield f"{days_words(span['days'])} {span['opens']}–{span['closes']}"
    for each in place.get("exceptions") or ():
        times = f"{each['opens']}–{each['closes']}" if each.get("opens") else gettext("closed")
        day = text.on_date(date.fromisoformat(each["on"]))
        yield ", ".join(filter(None, (f"{day} {times}", each.get("note"))))
    for each in place.get("phones") or ():
        yield f"{listing_words.phone_words(PhoneUse(each['use']))} {text.phone(each['number'])}"


def days_words(days: list[str]) -> str:
    """Say weekdays: Mon, Wed; Mon–Fri for three or more in a row."""
    names = _short()
    numbers = sorted(WEEKDAYS.index(day) for day in days)
    if len(numbers) >= RUN and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[numbers[0]]}–{names[numbers[-1]]}"
    return ", ".join(names[number] for number in numbers)


def _short() -> list[str]:
    return [
        gettext("Mon"),
        gettext("Tue"),
        gettext("Wed"),
        gettext("Thu"),
        gettext("Fri"),
        gettext("Sat"),
        gettext("Sun"),
    ]
