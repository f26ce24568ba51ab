"""How the map of a search is read, and listings to put on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.factories.listings import Facts, Place, make_practitioner
from tests.support.markup import SVG, attribute

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made
    from tests.support.page import Page, PageClient

SAKET = (28.5245, 77.2066)
SEVERAL = re.compile(r"^(\d+) listings? ")


def marks(page: Page) -> dict[str, str]:
    """Give what every mark says with the address it leads to."""
    found = page.markup.all(f"{SVG}a")
    assert all(element.get("aria-label") for element in found)
    return {attribute(el, "aria-label"): attribute(el, "href") for el in found}


def drawn(page: Page) -> int:
    """Give how many listings the marks of a page stand for together."""
    several = (SEVERAL.match(words) for words in marks(page))
    return sum(int(match[1]) if match else 1 for match in several)


def chosen(page: Page) -> list[str]:
    """Give the names on the cards of the chosen pin."""
    (part,) = [element for element in page.markup.all("div") if element.get("id") == "chosen"]
    return [words for words, address in page.links(part) if "/therapists/" in address]


def points(client: PageClient, query: str) -> list[list[Any]]:
    """Give the points the script is given for a search."""
    answer = client.get(f"/search/points?{query}")
    assert answer.status_code == 200
    found: list[list[Any]] = answer.get_json()["points"]
    return found


def stage(page: Page) -> Element:
    """Give the part of the page that the script moves."""
    (found,) = page.classed("search-map__stage")
    return found


def spots(vocabulary: Vocabulary, *points: tuple[float, float]) -> list[Made]:
    """Make a listing at each point, the first named "At 0"."""
    return [
        make_practitioner(vocabulary, Facts(name=f"At {number}", places=(Place(point=point),)))
        for number, point in enumerate(points)
    ]
