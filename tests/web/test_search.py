"""The search page: what each parameter narrows, what is refused, orders and pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from directory.app import create_app
from directory.core.db import db
from tests.factories.listings import Facts, make_practitioner
from tests.support.page import PageClient
from tests.web.searching import ASHA, BELA, NEEM, names

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

EVERYONE = {ASHA, BELA, NEEM}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERYONE),
        ("kind=practitioner", {ASHA, BELA}),
        ("kind=centre", {NEEM}),
        ("profession=psychiatrist", {ASHA}),
        ("profession=psychiatrist&profession=counsellor", {ASHA, BELA}),
        ("centre_type=private-nursing-home", {NEEM}),
        ("condition=depression", {ASHA}),
        ("condition=depression&condition=ocd", {ASHA, BELA}),
        ("treatment=cbt", {ASHA}),
        ("language=ta", {BELA}),
        ("mode=video", {BELA}),
        ("age_group=adult", {ASHA}),
        ("payment=upi", {ASHA}),
        ("facility=ambulance", {NEEM}),
        ("accessibility=lift", {ASHA}),
        ("district=south", {ASHA}),
        ("locality=saket", {ASHA}),
        ("locality=saket&locality=dwarka", {ASHA, NEEM}),
        ("fee_max=1000", {BELA}),
        ("fee_max=1000&fee_unstated=1", {BELA, NEEM}),
        ("open=24x7", {NEEM}),
        ("open=evenings", {BELA, NEEM}),
        ("open=sunday", {BELA, NEEM}),
        ("open=now", {ASHA, NEEM}),
        ("accepting=1", {ASHA}),
        ("registered=1", {ASHA}),
        ("q=rawat", {ASHA}),
        ("q=रावत", {ASHA}),
        ("q=unhurried", {ASHA}),
        ("near=saket", EVERYONE),
        ("near=saket&within=10", {ASHA}),
        ("near=110017&sort=distance", {ASHA}),
        ("near=Saket&within=100", EVERYONE),
        ("near=साकेत&within=5", {ASHA}),
        ("lat=28.5245&lon=77.2066&within=3", {ASHA}),
        ("q=psychiatrist near saket hindi", {ASHA}),
        ("q=depression", {ASHA}),
        ("q=अवसाद (डिप्रेशन)", {ASHA}),
        ("language=ta&mode=video&fee_max=800", {BELA}),
        ("view=map", EVERYONE),
        ("kind=&profession=&fee_max=", EVERYONE),
    ],
)
@pytest.mark.usefixtures("three")
def test_a_parameter_narrows_the_list(client: PageClient, query: str, expected: set[str]) -> None:
    assert set(names(client.page(f"/search?{query}"))) == expected


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("kind=clinic", "kind"),
        ("profession=wizard", "profession"),
        ("condition=depression&condition=nothing", "condition"),
        ("language=xx", "language"),
        ("gender=x", "gender"),
        ("district=mumbai", "district"),
        ("locality=nowhere", "locality"),
        ("fee_max=cheap", "fee_max"),
        ("fee_max=-1", "fee_max"),
        ("fee_unstated=yes", "fee_unstated"),
        ("open=noon", "open"),
        ("accepting=2", "accepting"),
        ("rating_min=9", "rating_min"),
        ("sort=price", "sort"),
        ("sort=distance", "sort"),
        ("page=0", "page"),
        ("page=one", "page"),
        ("per_page=101", "per_page"),
        ("view=globe", "view"),
        ("lat=52.5&lon=77.2", "lat"),
        ("within=-3", "within"),
        ("near=" + "x" * 81, "near"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_a_wrong_value_is_named_with_a_way_on(client: PageClient, query: str, wrong: str) -> None:
    page = client.page(f"/search?language=hi&{query}", status=400)

    (summary,) = page.classed("errors")
    assert {item.split(" = ")[0] for item in page.items(summary)} == {wrong}
    left = "/search" if wrong == "language" else "/search?language=hi"
    assert page.link("The same search without it").startswith(left)


@pytest.mark.parametrize("query", ["q=%00", "near=%F0%9F%98%80", "q=%25%25", "q=' OR 1=1--"])
def test_odd_words_find_nothing_and_break_nothing(client: PageClient, query: str) -> None:
    assert names(client.page(f"/search?{query}")) == []


@pytest.mark.usefixtures("three")
def test_near_a_place_everyone_has_a_distance_and_the_nearest_can_come_first(
    client: PageClient,
) -> None:
    page = client.page("/search?near=hauz-khas")
    nearest = client.page(page.link("Nearest") + "&within=60")

    assert "km, Saket" in page.main_text
    assert names(nearest) == [ASHA, NEEM, BELA]
    assert "within 60 km" in nearest.main_text


@pytest.mark.usefixtures("three")
def test_orders_are_offered_where_they_change_something(client: PageClient) -> None:
    page = client.page("/search")
    (orders,) = page.by_role("navigation", "Order")

    assert page.links(orders) == [("Closest match", "/search"), ("Fee", "/search?sort=fee")]
    assert names(page)[0] == ASHA
    assert names(client.page("/search?sort=fee")) == [BELA, ASHA, NEEM]
    assert len(names(client.page("/search?sort=rating"))) == 3


@pytest.mark.usefixtures("three")
def test_an_unknown_place_is_said_and_similar_ones_offered(client: PageClient) -> None:
    page = client.page("/search?near=Narelapur")

    assert "We do not know the place “Narelapur”" in page.main_text
    assert page.link("Narela") == "/search?near=narela"
    assert len(names(page)) == 3


def test_long_lists_are_cut_into_pages(client: PageClient, vocabulary: Vocabulary) -> None:
    for number in range(5):
        make_practitioner(vocabulary, Facts(name=f"Person {number}", languages=["hi"]))

    first = client.page("/search?language=hi&per_page=2")
    last = client.page("/search?language=hi&per_page=2&page=3")

    assert first.link("Next") == "/search?language=hi&per_page=2&page=2"
    assert len(names(first)) == 2
    assert len(names(last)) == 1
    assert {*names(first)} & {*names(last)} == set()
    beyond = client.page("/search?language=hi&per_page=2&page=9")
    assert beyond.link("Back to the first") == "/search?language=hi&per_page=2&page=1"


@pytest.mark.usefixtures("three")
def test_results_are_kept_out_of_other_search_engines(client: PageClient) -> None:
    for query in ("", "?q=depression", "?q=zzzzzz"):
        (robots,) = [
            element.get("content")
            for element in client.page(f"/search{query}").markup.all("meta")
            if element.get("name") == "robots"
        ]
        assert robots == "noindex, follow"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 13),
        ("q=psychiatrist near saket&language=hi", 15),
        ("q=unhurried visits", 18),
        ("condition=depression&language=ta&near=saket&within=5", 23),
    ],
)
def test_a_page_of_results_asks_the_database_little(
    client: PageClient, count_sql: CountSql, query: str, most: int
) -> None:
    client.page(f"/search?{query}")

    with count_sql() as statements:
        client.page(f"/search?{query}")

    assert len(statements) <= most, statements


@pytest.mark.usefixtures("three")
def test_without_an_index_a_plainer_list_is_shown_and_said(app: Flask, tmp_path: Path) -> None:
    blocked = tmp_path / "a file where the index should be"
    blocked.touch()
    settings = replace(app.config["SETTINGS"], search_index_folder=blocked)
    without_index = create_app(settings)
    client = PageClient(without_index)

    page = client.page("/search?language=hi")
    nothing = client.page("/search?language=ta&fee_max=500")

    assert "The full search is being made ready." in page.main_text
    assert names(page) == [ASHA]
    assert nothing.h1 == "Nothing fits all of this together"
    assert names(nothing) == [BELA]
    with without_index.app_context():
        db.engine.dispose()
