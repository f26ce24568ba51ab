"""A search that finds nothing: which one thing to let go, where to look, whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.searching import ASHA, NEEM, names

if TYPE_CHECKING:
    from tests.support.page import PageClient


@pytest.mark.usefixtures("three")
def test_nothing_found_says_which_one_thing_to_let_go(client: PageClient) -> None:
    page = client.page("/search?condition=depression&language=ta")

    assert page.h1 == "Nothing fits all of this together"
    ways = page.links(page.section("Let one thing go"))
    assert ways == [
        ("Without “Tamil”", "/search?condition=depression"),
        ("Without “Depression”", "/search?language=ta"),
    ]
    assert "0 found. Without “Tamil”: 1 result." in page.main_text
    assert names(page) == [ASHA]
    assert page.link("All of these: 1 result") == "/search?condition=depression"
    assert ("14416", "tel:14416") in page.links(page.section("By phone, now"))
    assert ("112", "tel:112") in page.links(page.section("By phone, now"))


@pytest.mark.usefixtures("three")
def test_words_that_nobody_holds_beside_a_meaning_hide_nobody(client: PageClient) -> None:
    page = client.page("/search?q=depression zzqqx&language=hi")

    assert names(page) == [ASHA]
    assert "Nobody here holds your other words" in page.main_text


@pytest.mark.usefixtures("three")
def test_words_alone_that_nobody_holds_are_said_to_find_nothing(client: PageClient) -> None:
    page = client.page("/search?q=zzqqx")

    assert page.h1 == "Nothing found for these words"
    ways = page.links(page.section("Let one thing go"))
    assert ways[0] == ("Without the words “zzqqx”", "/search")


@pytest.mark.usefixtures("three")
def test_a_word_of_two_hundred_letters_does_not_find_everybody(client: PageClient) -> None:
    page = client.page(f"/search?q={'xqzjv' * 40}&parse=0")

    assert page.h1 == "Nothing found for these words"


@pytest.mark.usefixtures("three")
def test_every_way_out_gives_what_it_says(client: PageClient) -> None:
    page = client.page("/search?q=psychiatrist tamil near rohini sector 9&fee_max=1000&within=2")

    ways = page.links(page.section("Let one thing go"))
    assert ways
    for _, address in ways:
        assert names(client.page(address)), address


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("profession=psychiatrist&fee_max=500", "Whatever the fee"),
        ("profession=counsellor&accepting=1", "Whether or not they take new patients"),
        ("profession=counsellor&registered=1", "Whether or not a registration was found"),
        ("profession=counsellor&rating_min=4", "Whatever the rating"),
        ("profession=psychiatrist&open=24x7", "Whenever it is open"),
        ("profession=psychiatrist&near=narela&within=2", "Anywhere in Delhi"),
        ("profession=psychiatrist&kind=centre", "People and centres alike"),
        ("language=ta&q=zzqqx", "Without the words “zzqqx”"),
    ],
)
def test_a_way_out_is_said_in_plain_words(client: PageClient, query: str, words: str) -> None:
    page = client.page(f"/search?{query}")

    assert words in dict(page.links(page.section("Let one thing go")))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("query", ["near=hauz-khas&within=1", "q=in hauz khas&within=1"])
def test_the_nearest_places_with_results_are_named_with_their_distance(
    client: PageClient, query: str
) -> None:
    page = client.page(f"/search?{query}")

    nearest = page.section("The nearest places with results")
    rows = page.items(nearest)
    assert [row.split()[0] for row in rows] == ["Saket", "Dwarka", "Rohini"]
    assert rows[0].endswith("km, 1 result")
    assert names(client.page(page.link("Saket", nearest))) == [ASHA]


@pytest.mark.usefixtures("three")
def test_nearest_places_keep_the_rest_of_the_search(client: PageClient) -> None:
    page = client.page("/search?locality=narela&kind=centre")

    nearest = page.section("The nearest places with results")
    assert page.links(nearest) == [("Dwarka", "/search?kind=centre&locality=dwarka")]
    assert names(client.page(page.link("Dwarka", nearest))) == [NEEM]


@pytest.mark.usefixtures("three")
def test_where_no_single_thing_helps_one_thing_can_be_kept(client: PageClient) -> None:
    page = client.page("/search?condition=depression&language=ta&facility=ambulance")

    assert page.links(page.section("Keep one thing only")) == [
        ("Only “Depression”, all over Delhi", "/search?condition=depression")
    ]


@pytest.mark.usefixtures("three")
def test_pages_to_read_stand_where_no_listing_does(client: PageClient) -> None:
    page = client.page("/search?q=ketamine")

    assert page.links(page.classed("aside")[0])[0][1].startswith("/treatments/")


def test_an_empty_directory_says_so_kindly(client: PageClient) -> None:
    page = client.page("/search")

    assert page.h1 == "Nothing fits all of this together"
    assert "All concerns" in dict(page.links())
