"""The map of a search without script: all results have one mark, and every step is a link."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import ListingState
from directory.vocabulary.drawing import mercator
from tests.factories.listings import Facts, Place, make_practitioner
from tests.support.markup import SVG, attribute
from tests.support.searching import NoIndex
from tests.web.mapped import SAKET, chosen, drawn, marks, points
from tests.web.searching import ASHA, BELA, NEEM, names, parameters

if TYPE_CHECKING:
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made
    from tests.support.page import PageClient

TILES = "https://tiles.example/{z}/{x}/{y}.png#© The mappers"


@pytest.fixture
def crowd(vocabulary: Vocabulary, three: list[Made]) -> list[Made]:
    """Give the three, three more at one point, one with two places, and one that has none."""
    spot = Place(locality="saket", point=SAKET)
    far = Place(locality="narela")
    return [
        *three,
        *(
            make_practitioner(vocabulary, Facts(name=f"Person {number}", places=(spot,)))
            for number in range(3)
        ),
        make_practitioner(vocabulary, Facts(name="Two Places", places=(far, spot))),
        make_practitioner(vocabulary, Facts(name="Online", modes=["video"], places=())),
    ]


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(
    "query", ["per_page=3", "per_page=2&near=saket&within=5", "per_page=2&q=person", "mode=video"]
)
def test_the_pins_are_the_list(client: PageClient, query: str) -> None:
    listed: list[str] = []
    address: str | None = f"/search?view=map&{query}"
    while address:
        page = client.page(address)
        listed += [
            address.rpartition("/")[2]
            for card in page.by_role("article")[len(chosen(page)) :]
            for _name, address in page.links(card)[:1]
        ]
        address = dict(page.links()).get("Next")

    found = points(client, query)
    without = {slug for slug in listed if slug.startswith("online-")}
    assert len(found) == len({slug for _x, _y, slug, *_rest in found})
    assert {slug for _x, _y, slug, *_rest in found} == set(listed) - without
    assert drawn(client.page(f"/search?view=map&{query}")) == len(listed) - len(without)


@pytest.mark.usefixtures("crowd")
def test_the_database_alone_puts_the_same_pins_on_the_map(app: Flask, client: PageClient) -> None:
    queries = ["", "near=saket", "near=narela", "condition=depression"]
    with_index = [points(client, query) for query in queries]
    app.extensions["search"] = NoIndex(app.extensions["search"])

    assert [points(client, query) for query in queries] == with_index
    assert drawn(client.page("/search?view=map")) == 7


@pytest.mark.usefixtures("crowd")
def test_list_and_map_lead_to_each_other_and_show_the_same_cards(client: PageClient) -> None:
    plain = client.page("/search?language=hi&sort=fee")
    page = client.page(plain.link("Map"))

    assert plain.link("Map") == "/search?language=hi&sort=fee&view=map"
    assert page.link("List") == "/search?language=hi&sort=fee"
    assert names(page) == names(plain) == [ASHA]
    assert page.h1 == plain.h1


@pytest.mark.usefixtures("crowd")
def test_every_mark_says_what_it_is_and_leads_on(client: PageClient) -> None:
    page = client.page("/search?view=map&near=saket")

    frame = re.escape("frame=28.52")
    assert "1 more has no point on the map." in page.main_text
    assert "The dashed ring is Saket." in page.main_text
    (together,) = [words for words in marks(page) if words.startswith(("4 ", "5 "))]
    nearer = client.page(marks(page)[together])
    assert re.search(frame, marks(page)[together])
    spot = "4 listings at one place near Saket, show them"
    assert "of 7 results are in this part." in nearer.main_text
    shown = client.page(marks(nearer)[spot] if spot in marks(nearer) else marks(page)[spot])
    assert sorted(chosen(shown)) == ["Person 0", "Person 1", "Person 2", "Two Places"]
    assert "4 at this place" in shown.main_text


def test_a_pin_shows_its_card_and_the_map_moves_by_links(
    client: PageClient, crowd: list[Made]
) -> None:
    bela = next(made for made in crowd if made.name == BELA)
    page = client.page(f"/search?view=map&language=ta&pin={bela.slug}")
    (moves,) = page.by_role("navigation", "Move the map")

    assert chosen(page) == [BELA]
    assert list(marks(page)) == [f"{BELA}, counsellor"]
    assert "1 result is on this map." in page.main_text
    ways = dict(page.links(moves))
    assert list(ways) == [
        *("Nearer", "Wider", "All results", "Whole of Delhi"),
        *("North", "South", "West", "East"),
    ]
    east = client.page(ways["East"])
    assert "No result is in this part of the map; 1 is elsewhere." not in east.main_text
    gone = client.page("/search?view=map&language=ta&frame=28.40,77.50,15")
    assert "No result is in this part of the map; 1 is elsewhere." in gone.main_text
    assert marks(gone) == {}
    assert names(gone) == [BELA]


@pytest.mark.usefixtures("crowd")
def test_a_pin_that_is_not_among_the_results_is_said(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    hidden = Facts(name="Hidden One", state=ListingState.SUSPENDED)
    slug = make_practitioner(vocabulary, hidden).slug

    for pin in (slug, "nobody", "x" * 300):
        page = client.page(f"/search?view=map&language=ta&pin={pin}")
        assert "This listing is not among these results" in page.main_text
        assert chosen(page) == []
    assert slug not in str(points(client, ""))


@pytest.mark.usefixtures("crowd")
def test_the_part_one_looks_at_stays_while_the_list_changes(client: PageClient) -> None:
    frame = "28.52450,77.20660,14"
    page = client.page(f"/search?view=map&per_page=2&frame={frame}")
    asked = [page.link("Next"), page.link("Fee"), page.link("East")]

    kept = [parameters(address).get("frame") for address in asked]
    assert kept[:2] == [[frame], [frame]]
    assert kept[2] != [frame]
    assert "frame" not in parameters(page.link("List"))
    wrong = client.page("/search?view=map&frame=52.5,13.4,12", status=400)
    assert wrong.link("The same search without it") == "/search?view=map"


@pytest.mark.usefixtures("three")
def test_results_without_any_point_are_a_list_and_say_so(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(vocabulary, Facts(name="Online", languages=["bn"], places=()))

    page = client.page("/search?view=map&language=bn")

    assert "None of these results has a point on the map." in page.main_text
    assert names(page) == ["Online"]
    nothing = client.page("/search?view=map&q=zzzzzz")
    assert nothing.h1 == "Nothing found for these words"


@pytest.mark.usefixtures("three")
def test_points_are_asked_for_again_and_refused_in_words(client: PageClient) -> None:
    first = client.get("/search/points?language=ta")
    again = client.browser.get(
        "/search/points?language=ta", headers={"If-None-Match": first.headers["ETag"]}
    )
    refused = client.get("/search/points?sort=price")

    x, y, slug, name, role, near = first.get_json()["points"][0]
    assert slug.startswith("bela-sethi")
    assert name == BELA
    assert mercator.WHOLE.holds(x, y)
    assert first.get_json()["roles"][role] == "counsellor"
    assert "Rohini" in first.get_json()["places"][near]
    assert set(first.get_json()) == {"points", "roles", "places"}
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert again.status_code == 304
    assert refused.status_code == 400
    assert "sort" in refused.get_json()["error"]
    assert client.get("/api/v1/listings?frame=28.6,77.2,12").status_code == 400


@pytest.mark.usefixtures("three")
def test_no_picture_is_asked_for_unless_a_host_is_named(app: Flask, client: PageClient) -> None:
    closed = client.page("/search?view=map")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], tile_url=TILES)
    reason = {"nothing_foreign": "the operator named a host for pictures"}

    opened = client.page("/search?view=map&frame=28.6,77.2,12", without=reason)
    other = client.page("/search")
    privacy = client.page("/policies/privacy")

    assert closed.markup.all(f"{SVG}image") == []
    pictures = [attribute(el, "href") for el in opened.markup.all(f"{SVG}image")]
    assert pictures
    assert {re.sub(r"\d+/\d+\.png", "", url) for url in pictures} == {"https://tiles.example/12/"}
    assert "https://tiles.example/12/2926/1707.png" in pictures
    assert "come from tiles.example" in opened.main_text
    assert "© The mappers" in opened.main_text
    policies = [page.headers["Content-Security-Policy"] for page in (closed, opened, other)]
    assert "img-src 'self' https://tiles.example;" in policies[1]
    assert policies[0] == policies[2] == policies[1].replace(" https://tiles.example", "")
    assert NEEM in names(opened)
    assert "its pictures come from tiles.example" in privacy.main_text
