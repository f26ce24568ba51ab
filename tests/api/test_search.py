"""`/api/v1/listings`: what a search answers, what it refuses, and how long it may be kept."""

from __future__ import annotations

import logging
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from directory.search.parameters import REPEATABLE
from tests.api.search_listings import make_three
from tests.support.searching import NoIndex

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.factories.listings import Made

ADDRESS = "/api/v1/listings"
FIELDS = [
    *("total", "page", "per_page", "took_ms", "understood", "did_you_mean", "corrected"),
    *(
        "choices",
        "relaxed",
        "any_word",
        "without_words",
        "crisis",
        "guides",
        "items",
        "facets",
        "index",
    ),
]
FIELDS_OF_A_RESULT = [
    *("slug", "kind", "name", "profession", "centre_type", "url", "locality", "distance_km"),
    *("rating", "fee_from", "open_24x7", "accepting", "registered", "snippet", "score"),
    *("unconfirmed", "doubts"),
]
FACETS = {*REPEATABLE, "accepting", "registered", "fee_band", "rating_band"}
MOST_QUERIES = 24

FOUND = {
    "everything": ("", ["Asha Rawat", "Bela Sethi", "Neem House"]),
    "a kind": ("kind=centre", ["Neem House"]),
    "a profession": ("profession=psychiatrist", ["Asha Rawat"]),
    "two values of one": ("condition=depression&condition=ocd", ["Asha Rawat", "Bela Sethi"]),
    "two parameters": ("condition=depression&language=ta", []),
    "a locality": ("locality=dwarka", ["Neem House"]),
    "round the clock": ("open=24x7", ["Neem House"]),
    "a fee": ("fee_max=1000", ["Bela Sethi"]),
    "a fee, or none stated": ("fee_max=1000&fee_unstated=1", ["Bela Sethi", "Neem House"]),
    "taking patients": ("accepting=1", ["Asha Rawat"]),
    "found in a register": ("registered=1", ["Asha Rawat"]),
    "rated": ("rating_min=4", []),
    "a word": ("q=quetzal", ["Bela Sethi"]),
    "a beginning": ("q=quet*", ["Bela Sethi"]),
    "a sentence": ("q=psychiatrist+near+saket+hindi", ["Asha Rawat"]),
    "near a place": ("near=saket&sort=distance&within=3", ["Asha Rawat"]),
    "near a point": ("lat=28.59&lon=77.05&within=5", ["Neem House"]),
    "as a list or a map": ("view=map&kind=centre", ["Neem House"]),
}


@pytest.fixture
def three(vocabulary: Vocabulary) -> tuple[Made, Made, Made]:
    """Give a psychiatrist in Saket, a counsellor in Rohini and a centre in Dwarka."""
    return make_three(vocabulary)


def names(document: dict[str, Any]) -> list[str]:
    """Give the names of the results in the order of the alphabet."""
    return sorted(item["name"] for item in document["items"])


def search(api: FlaskClient, query: str) -> dict[str, Any]:
    """Give the answer to a search that is no refusal."""
    answer = api.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200, answer.get_json()
    document: dict[str, Any] = answer.get_json()
    return document


@pytest.mark.parametrize(("query", "expected"), FOUND.values(), ids=FOUND.keys())
def test_a_search_finds(api: FlaskClient, three: object, query: str, expected: list[str]) -> None:
    document = search(api, query)

    assert names(document) == expected
    assert document["total"] == len(expected)


def test_the_names_of_the_fields_stay_what_they_are(api: FlaskClient, three: object) -> None:
    document = search(api, "q=quetzal")

    assert list(document) == FIELDS
    assert [list(item) for item in document["items"]] == [FIELDS_OF_A_RESULT]
    assert set(document["facets"]) == FACETS
    assert list(document["facets"]["language"][0]) == ["slug", "name", "count", "selected"]


def test_a_result_says_what_its_card_says(api: FlaskClient, three: tuple[Made, Made, Made]) -> None:
    (item,) = search(api, "profession=psychiatrist&near=saket&q=depressed")["items"]

    assert item["score"] > 0
    assert item | {"score": None} == {
        "slug": three[0].slug,
        "kind": "practitioner",
        "name": "Asha Rawat",
        "profession": "psychiatrist",
        "centre_type": None,
        "url": three[0].path,
        "locality": "saket",
        "distance_km": 0.0,
        "rating": {"score": None, "count": 0},
        "fee_from": 1500,
        "open_24x7": False,
        "accepting": "yes",
        "registered": "found",
        "snippet": "Help with <mark>depression</mark> &lt;and&gt; sleep",
        "score": None,
        "unconfirmed": {},
        "doubts": [],
    }


def test_a_centre_has_its_type_and_no_profession(api: FlaskClient, three: object) -> None:
    (item,) = search(api, "kind=centre")["items"]

    assert (item["profession"], item["centre_type"]) == (None, "private-nursing-home")
    assert (item["open_24x7"], item["distance_km"]) == (True, None)
    assert (item["registered"], item["fee_from"], item["snippet"]) == (None, None, "")


def test_words_say_how_they_were_read(api: FlaskClient, three: object) -> None:
    document = search(api, "q=psychiatrist+near+saket+hindi")

    read = {(item["parameter"], item["value"]): item["text"] for item in document["understood"]}
    assert read == {
        ("profession", "psychiatrist"): "psychiatrist",
        ("near", "saket"): "saket",
        ("language", "hi"): "hindi",
    }
    assert document["items"][0]["distance_km"] == 0.0


def test_words_can_be_taken_as_words(api: FlaskClient, three: object) -> None:
    document = search(api, "q=psychiatrist&parse=0")

    assert (document["understood"], names(document)) == ([], ["Asha Rawat"])


def test_counts_leave_out_their_own_filter(api: FlaskClient, three: object) -> None:
    facets = search(api, "condition=ocd&open=sunday&open=24x7")["facets"]

    assert facets["condition"] == [
        {
            "slug": "ocd",
            "name": "Obsessive-compulsive disorder (OCD)",
            "count": 0,
            "selected": True,
        }
    ]
    facets = search(api, "condition=ocd")["facets"]
    assert [(row["slug"], row["count"], row["selected"]) for row in facets["condition"]] == [
        ("depression", 1, False),
        ("ocd", 1, True),
    ]
    assert [(row["slug"], row["count"]) for row in facets["language"]] == [("ta", 1)]
    assert [(row["slug"], row["count"]) for row in facets["locality"]] == [("rohini-sector-9", 1)]


def test_counts_of_what_is_no_list_are_there_too(api: FlaskClient, three: object) -> None:
    facets = search(api, "fee_max=1000&rating_min=2.5")["facets"]

    assert [row["slug"] for row in facets["fee_band"] if row["selected"]] == ["free", "b1", "b2"]
    assert facets["rating_band"] == [
        {"slug": "2.5", "name": "2.5 or more", "count": 0, "selected": True}
    ]
    assert search(api, "")["facets"]["accepting"] == [
        {"slug": "1", "name": "Takes new patients", "count": 1, "selected": False}
    ]


def test_pages_divide_the_results(api: FlaskClient, three: object) -> None:
    pages = [search(api, f"per_page=1&page={number}") for number in (1, 2, 3, 4)]

    assert [page["total"] for page in pages] == [3, 3, 3, 3]
    assert sorted(name for page in pages for name in names(page)) == [
        "Asha Rawat",
        "Bela Sethi",
        "Neem House",
    ]
    assert pages[3]["items"] == []


@pytest.mark.parametrize(
    ("query", "parameter", "gives"),
    [
        ("condition=depression&rating_min=4", "rating_min", ["Asha Rawat"]),
        ("q=psychiatrist+tamil", "language", ["Asha Rawat"]),
        ("q=zibibbo&kind=centre", "q", ["Neem House"]),
    ],
)
def test_nothing_found_says_what_to_drop_and_that_is_what_it_gives(
    api: FlaskClient, three: object, query: str, parameter: str, gives: list[str]
) -> None:
    document = search(api, query)

    assert (document["total"], document["items"]) == (0, [])
    assert document["relaxed"]["parameter"] == parameter
    followed = api.get(document["relaxed"]["url"]).get_json()
    assert names(followed) == gives
    assert followed["total"] == document["relaxed"]["total"]


def test_nothing_is_relaxed_when_something_is_found(api: FlaskClient, three: object) -> None:
    assert search(api, "condition=ocd")["relaxed"] is None


@pytest.mark.parametrize("parse", ["0", "1"])
def test_words_that_ask_for_help_now_are_heard(api: FlaskClient, three: object, parse: str) -> None:
    assert search(api, f"q=i+want+to+die&parse={parse}")["crisis"] is True
    assert search(api, f"q=psychiatrist&parse={parse}")["crisis"] is False


def test_pages_to_read_stand_in_a_group_of_their_own(api: FlaskClient, three: object) -> None:
    guides = search(api, "q=depression")["guides"]

    assert guides[0] == {
        "title": "Depression",
        "url": "/conditions/depression",
        "notice": None,
    }
    assert len(guides) <= 3


def test_the_state_of_the_index_is_told(api: FlaskClient, three: object) -> None:
    index = search(api, "")["index"]

    assert index["complete"] is True
    assert index["generation"]


def test_without_an_index_the_database_answers_and_says_so(
    app: Flask, api: FlaskClient, three: object
) -> None:
    whole = {query: search(api, query) for query, _ in FOUND.values()}
    app.extensions["search"] = NoIndex(app.extensions["search"])

    for query, expected in FOUND.values():
        document = search(api, query)
        assert document["index"] == {"generation": None, "complete": False}
        if "*" not in query:
            assert names(document) == expected
            assert document["facets"] == whole[query]["facets"]
            assert (document["relaxed"] or {}).get("total") == (whole[query]["relaxed"] or {}).get(
                "total"
            )
        assert {item["score"] for item in document["items"]} <= {None}


def test_a_lost_index_folder_is_no_fault_of_the_answer(
    app: Flask, api: FlaskClient, three: object
) -> None:
    before = search(api, "condition=ocd")
    shutil.rmtree(app.config["SETTINGS"].search_index_folder)

    assert names(search(api, "condition=ocd")) == names(before)


REFUSED = {
    "one parameter nobody knows": ("colour=red", ["colour"]),
    "a slug of no list": ("condition=sadness", ["condition"]),
    "all of them at once": ("page=0&colour=red&sort=rank&lat=1", ["colour", "lat", "sort", "page"]),
    "a place nobody knows": ("near=atlantis", ["near"]),
    "a distance from nowhere": ("sort=distance", ["sort"]),
    "a text that is too long": (f"q={'x' * 201}", ["q"]),
    "one value among good ones": ("language=hi&language=klingon", ["language"]),
}


@pytest.mark.parametrize(("query", "parameters"), REFUSED.values(), ids=REFUSED.keys())
def test_a_wrong_parameter_is_refused_by_name(
    api: FlaskClient, query: str, parameters: list[str]
) -> None:
    answer = api.get(f"{ADDRESS}?{query}")

    document = answer.get_json()
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert document["parameters"] == parameters
    assert {fault["parameter"] for fault in document.get("faults", [])} | {"colour"} >= set(
        parameters
    )


def test_a_refusal_says_what_would_do(api: FlaskClient) -> None:
    document = api.get(f"{ADDRESS}?open=always&fee_max=cheap").get_json()

    assert document["detail"] == (
        "fee_max must be a whole number from 0 to 10000000. "
        "open must be one of now, 24x7, evenings, sunday."
    )
    assert document["faults"][0] == {
        "parameter": "fee_max",
        "value": "cheap",
        "reason": "must be a whole number from 0 to 10000000",
    }


def test_an_unchanged_answer_costs_no_body(api: FlaskClient, three: object) -> None:
    first = api.get(f"{ADDRESS}?q=quetzal")

    again = api.get(f"{ADDRESS}?q=quetzal", headers={"If-None-Match": first.headers["ETag"]})
    other = api.get(f"{ADDRESS}?q=zibibbo")

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_the_time_taken_is_told_and_is_not_in_the_tag(api: FlaskClient, three: object) -> None:
    first, second = (api.get(ADDRESS) for _ in range(2))

    assert first.get_json()["took_ms"] > 0
    assert first.headers["ETag"] == second.headers["ETag"]
    assert api.head(ADDRESS).headers["ETag"] == first.headers["ETag"]


def test_the_words_of_a_search_are_never_logged(
    api: FlaskClient, three: object, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for query in ("q=zibibbo+want+to+die", "q=zibibbo&near=zibibbo", "q=zibibbo&page=0"):
            api.get(f"{ADDRESS}?{query}")
        api.get("/api/v1/suggest?q=zibibbo")

    assert [record for record in caplog.records if "zibibbo" in str(record.__dict__)] == []


def test_a_page_of_results_costs_the_same_with_few_and_with_many(
    api: FlaskClient, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    counts = []
    for _ in range(2):
        make_three(vocabulary)
        search(api, "per_page=100")
        with count_sql() as sent:
            search(api, "per_page=100")
        counts.append(len(sent))

    assert counts[0] == counts[1] <= MOST_QUERIES
