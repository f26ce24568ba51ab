"""Where somebody stands: read in one way, as roughly as promised, kept and told nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from directory.search.models import UnmetWord
from tests.factories.listings import Facts, Place, make_centre

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

POINT = "lat=28.52451234567&lon=77.20661234567"
ROUNDED = ("28.525", "77.207")
EXACT = re.compile(r"28\.5245|77\.2066")
WITH_A_POSITION = [
    f"/urgent?{POINT}",
    f"/urgent/hindi?{POINT}",
    f"/urgent/all?{POINT}",
    "/urgent?lat=19.07&lon=72.87",
    "/urgent?lat=28.52&lon=x",
    "/urgent?near=saket&lat=28.52&lon=77.21",
    "/urgent?lat=",
    f"/search?{POINT}",
    f"/search?view=map&{POINT}",
    f"/search?q=zzzzzz&{POINT}",
    "/search?lat=19.07&lon=72.87",
    f"/search/points?{POINT}",
    "/search/points?lat=28.52",
    f"/api/v1/listings?{POINT}",
    "/api/v1/listings?lat=x",
    f"/api/v1/taxonomy?{POINT}",
    f"/no-such-page?{POINT}",
    f"/?{POINT}",
]


@pytest.fixture(autouse=True)
def _places(vocabulary: Vocabulary) -> None:
    make_centre(vocabulary, Facts(name="Saket", places=(Place(open_24x7=True),)))


@pytest.mark.parametrize("path", WITH_A_POSITION)
def test_an_answer_to_a_position_is_kept_nowhere(client: PageClient, path: str) -> None:
    first = client.get(path)
    again = client.browser.get(path, headers={"If-None-Match": first.headers.get("ETag", "x")})

    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/urgent?near=saket", "/search?near=saket", "/search/points"])
def test_an_answer_to_anything_else_may_be_kept_by_who_asked(client: PageClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", WITH_A_POSITION)
def test_a_position_is_told_to_no_other_site_and_in_no_cookie(
    client: PageClient, path: str
) -> None:
    headers = client.get(path).headers

    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert EXACT.findall(str(headers)) == []


@pytest.mark.parametrize("path", ["/urgent", "/urgent/hindi", "/search", "/search?view=map"])
def test_every_link_says_a_position_to_about_a_hundred_metres(
    client: PageClient, path: str
) -> None:
    page = client.page(f"{path}{'&' if '?' in path else '?'}{POINT}")

    addresses = [address for _words, address in page.links()]
    assert any(f"lat={ROUNDED[0]}&lon={ROUNDED[1]}" in address for address in addresses)
    assert [address for address in addresses if EXACT.search(address)] == []


def test_the_way_on_from_a_refused_search_rounds_it_too(client: PageClient) -> None:
    page = client.page(f"/search?kind=nobody&{POINT}", status=400)

    assert page.link("The same search without it") == "/search?lat=28.525&lon=77.207"


def test_a_program_is_answered_from_the_rounded_point(client: PageClient) -> None:
    exact, rounded = (
        client.get(f"/api/v1/listings?lat={lat}&lon={lon}").get_json()["items"]
        for lat, lon in (("28.52451234567", "77.20661234567"), ROUNDED)
    )

    assert exact == rounded
    assert exact[0]["distance_km"] is not None


READ = {
    "a point before a place": ("near=rohini&lat=28.5245&lon=77.2066", "nearest to you first"),
    "a place, of a point elsewhere": ("near=saket&lat=19.07&lon=72.87", "nearest to Saket first"),
    "a place, of half a point": ("near=saket&lat=28.52", "nearest to Saket first"),
    "neither, of two points": ("lat=28.5&lat=28.6&lon=77.2", "position is not in or near Delhi"),
    "neither, of a number that is none": ("lat=nan&lon=77.2", "position is not in or near Delhi"),
    "the first of two places": ("near=saket&near=rohini", "nearest to Saket first"),
    "the edge of the box": ("lat=29.2&lon=78", "nearest to you first"),
    "beyond the edge": ("lat=29.201&lon=78", "position is not in or near Delhi"),
    "nothing": ("lat=&lon=&near=", "Open day and night"),
}


@pytest.mark.parametrize(("query", "said"), READ.values(), ids=READ.keys())
def test_urgent_help_reads_a_place_as_the_search_does_and_refuses_nobody(
    client: PageClient, query: str, said: str
) -> None:
    assert said in client.page(f"/urgent?{query}").main_text


def test_no_more_of_a_typed_place_is_looked_at_than_a_place_may_have(client: PageClient) -> None:
    page = client.page(f"/urgent?near={'saket'.ljust(80)}{'x' * 5000}")

    assert "nearest to Saket first" in page.main_text
    unknown = client.page(f"/urgent?near={'x' * 5000}")
    assert unknown.field("Nearest to किसके पास").get("value") == "x" * 80


def test_no_position_is_among_the_words_that_found_nothing(
    app: Flask, client: PageClient, session: Session
) -> None:
    for query in (f"q=quetzal&{POINT}", "q=28.5245+77.2066", "q=quetzal+28.5245,77.2066"):
        client.get(f"/search?{query}")
    app.extensions["search"].write_unmet(app.extensions["clock"]())
    session.rollback()

    assert [row.words for row in session.query(UnmetWord)] == ["quetzal"]
