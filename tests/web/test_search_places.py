"""Of several places of a listing, a search shows the one it found: on cards, map and in the API."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.vocabulary.drawing.mercator import units_of
from tests.factories.listings import Facts, Place, make_centre
from tests.support.searching import NoIndex
from tests.web.mapped import SAKET, points
from tests.web.searching import names

if TYPE_CHECKING:
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=DELHI)
ROHINI, PITAMPURA = (28.7159, 77.1170), (28.6989, 77.1382)
TWO, NEARER = "Two Places", "Nearer"


@pytest.fixture(params=["index", "database"])
def _with_and_without_an_index(
    app: Flask, vocabulary: Vocabulary, request: pytest.FixtureRequest
) -> None:
    """Make a clinic in Rohini with a ward in Saket, and a house between; it is three at night."""
    clinic = Place("rohini", point=ROHINI, hours=((0, 600, 1140),))
    ward = Place("saket", point=SAKET, open_24x7=True)
    house = Place("pitampura", point=PITAMPURA, open_24x7=True)
    make_centre(vocabulary, Facts(name=TWO, places=(clinic, ward)))
    make_centre(vocabulary, Facts(name=NEARER, places=(house,)))
    app.extensions["clock"] = lambda: NIGHT
    if request.param == "database":
        app.extensions["search"] = NoIndex(app.extensions["search"])


@pytest.mark.usefixtures("_with_and_without_an_index")
@pytest.mark.parametrize(
    ("query", "locality", "order"),
    [
        ("near=rohini&sort=distance", "rohini", [TWO, NEARER]),
        ("open=now&near=rohini&sort=distance&within=50", "saket", [NEARER, TWO]),
        ("open=24x7&near=rohini&sort=distance&within=50", "saket", [NEARER, TWO]),
        ("open=evenings&near=rohini&sort=distance&within=50", "rohini", [TWO, NEARER]),
        ("open=sunday&near=rohini&sort=distance&within=50", "saket", [NEARER, TWO]),
        ("open=now&open=sunday&near=rohini&sort=distance&within=50", "saket", [NEARER, TWO]),
        ("open=now&near=rohini&within=10", None, [NEARER]),
        ("near=rohini&within=10", "rohini", None),
        ("open=now", "saket", None),
        ("open=24x7", "saket", None),
        ("", "rohini", None),
        ("locality=rohini", "rohini", [TWO]),
        ("locality=saket", "saket", [TWO]),
        ("district=south", "saket", [TWO]),
        ("locality=saket&near=rohini&sort=distance&within=50", "saket", [TWO]),
        (
            "locality=saket&locality=pitampura&near=rohini&sort=distance&within=50",
            "saket",
            [NEARER, TWO],
        ),
        ("open=now&locality=saket", "saket", [TWO]),
        ("open=now&locality=rohini", None, []),
        ("open=now&locality=rohini&locality=saket", "saket", [TWO]),
        ("open=evenings&locality=rohini", "rohini", [TWO]),
        ("open=now&district=south", "saket", [TWO]),
        ("near=rohini&within=10&locality=saket", None, []),
        ("near=rohini&within=10&district=south", None, []),
        ("locality=rohini&district=south", None, []),
        ("locality=saket&district=south", "saket", [TWO]),
    ],
)
def test_a_result_stands_for_the_place_that_is_asked_for(
    client: PageClient, query: str, locality: str | None, order: list[str] | None
) -> None:
    page = client.page(f"/search?{query}")
    listed = client.get(f"/api/v1/listings?{query}").json["items"]  # type: ignore[index]

    assert order in (None, names(page) if listed else [])
    assert order in (None, [item["name"] for item in listed])
    assert {item["locality"] for item in listed if item["name"] == TWO} == {locality} - {None}
    spot = {"rohini": units_of(*ROHINI), "saket": units_of(*SAKET), None: None}[locality]
    pins = {(x, y) for x, y, slug, *_ in points(client, query) if slug.startswith("two")}
    assert pins == {spot} - {None}
    if "open=now" in query and listed:
        assert "Closed now" not in page.main_text


@pytest.mark.usefixtures("_with_and_without_an_index")
@pytest.mark.parametrize(
    ("query", "now", "evenings"),
    [
        ("near=rohini&within=10", 1, 2),
        ("near=rohini&within=50", 2, 2),
        ("near=rohini&within=1", 0, 1),
        ("open=now&near=rohini&within=10", 1, 2),
        ("open=now", 2, 2),
    ],
)
def test_a_time_counts_where_a_place_is_near_enough_and_open(
    client: PageClient, query: str, now: int, evenings: int
) -> None:
    answer = client.get(f"/api/v1/listings?{query}").json

    assert answer is not None
    counted = {row["slug"]: row["count"] for row in answer["facets"]["open"]}
    assert (counted.get("now", 0), counted.get("evenings", 0)) == (now, evenings)


@pytest.mark.usefixtures("_with_and_without_an_index")
@pytest.mark.parametrize(
    ("query", "localities", "south"),
    [
        ("", {"rohini": 1, "saket": 1, "pitampura": 1}, 1),
        ("open=now", {"saket": 1, "pitampura": 1}, 1),
        ("near=rohini&within=10", {"rohini": 1, "pitampura": 1}, 0),
        ("near=rohini&within=10&open=now", {"pitampura": 1}, 0),
        ("locality=rohini", {"rohini": 1, "saket": 1, "pitampura": 1}, 0),
        ("district=south", {"saket": 1}, 1),
        ("district=south&open=now", {"saket": 1}, 1),
    ],
)
def test_a_locality_and_a_district_count_places_as_asked_for(
    client: PageClient, query: str, localities: dict[str, int], south: int
) -> None:
    answer = client.get(f"/api/v1/listings?{query}").json

    assert answer is not None
    counted = {
        name: {row["slug"]: row["count"] for row in answer["facets"][name] if row["count"]}
        for name in ("locality", "district")
    }
    assert counted["locality"] == localities
    assert counted["district"].get("south", 0) == south


@pytest.mark.usefixtures("_with_and_without_an_index")
def test_a_time_is_not_offered_where_only_another_place_keeps_it(client: PageClient) -> None:
    answer = client.get("/api/v1/listings?locality=rohini").json

    assert answer is not None
    assert {row["slug"] for row in answer["facets"]["open"] if row["count"]} == {"evenings"}


@pytest.mark.usefixtures("_with_and_without_an_index")
def test_letting_go_of_the_circle_finds_all_that_are_open(
    client: PageClient,
) -> None:
    answer = client.get("/api/v1/listings?open=now&near=rohini&within=1").json

    assert answer is not None
    assert answer["total"] == 0
    assert (answer["relaxed"]["parameter"], answer["relaxed"]["total"]) == ("near", 2)
