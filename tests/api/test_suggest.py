"""`/api/v1/suggest`: what the beginning of a text may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from directory.listings.models import ListingState
from tests.factories.listings import Facts, make_practitioner
from tests.support.searching import NoIndex

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from directory.vocabulary.queries import Vocabulary

ADDRESS = "/api/v1/suggest"


def suggest(api: FlaskClient, text: str, **parameters: object) -> list[dict[str, Any]]:
    """Give the suggestions for a text."""
    answer = api.get(ADDRESS, query_string={"q": text, **parameters})
    assert answer.status_code == 200, answer.get_json()
    found: list[dict[str, Any]] = answer.get_json()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("depress", ("Depression", "condition", "depression", "/conditions/depression")),
        ("psychiat", ("Psychiatrist", "profession", "psychiatrist", "/professions/psychiatrist")),
        ("saket", ("Saket", "locality", "saket", "/localities/saket")),
        ("साके", ("साकेत", "locality", "saket", "/localities/saket")),
    ],
)
def test_a_beginning_suggests(api: FlaskClient, text: str, expected: tuple[str, ...]) -> None:
    found = suggest(api, text)

    assert expected in [tuple(item.values()) for item in found]
    assert {tuple(item) for item in found} == {("text", "kind", "slug", "url")}
    assert len(found) <= 8


def test_where_a_suggestion_leads_there_is_a_page(api: FlaskClient) -> None:
    urls = {item["url"] for text in ("de", "ps", "cb", "ra", "hu") for item in suggest(api, text)}

    assert len(urls) > 10
    assert {url: api.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


@pytest.mark.parametrize("text", ["Zubaida", "zub", "qure", "dr zub qur", "जुबै"])
def test_a_name_half_remembered_is_suggested(
    api: FlaskClient, vocabulary: Vocabulary, text: str
) -> None:
    made = make_practitioner(vocabulary, Facts(name="Dr Zubaida Qureshi", name_hi="ज़ुबैदा कुरैशी"))

    (found,) = [item for item in suggest(api, text) if item["kind"] == "listing"]

    name = "ज़ुबैदा कुरैशी" if text == "जुबै" else "Dr Zubaida Qureshi"
    assert found == {"text": name, "kind": "listing", "slug": made.slug, "url": made.path}


@pytest.mark.parametrize("text", ["z", "dr", "zzz", ""])
def test_too_little_names_nobody(api: FlaskClient, vocabulary: Vocabulary, text: str) -> None:
    make_practitioner(vocabulary, Facts(name="Dr Zubaida Qureshi"))

    assert [item for item in suggest(api, text) if item["kind"] == "listing"] == []


def test_who_is_not_public_is_not_suggested(api: FlaskClient, vocabulary: Vocabulary) -> None:
    make_practitioner(vocabulary, Facts(name="Zubaida Qureshi", state=ListingState.DRAFT))

    assert suggest(api, "zubaida") == []


def test_kinds_can_be_chosen(api: FlaskClient, vocabulary: Vocabulary) -> None:
    make_practitioner(vocabulary, Facts(name="Depika Saket"))

    kinds = {item["kind"] for item in suggest(api, "sa", kind=["locality", "station"])}
    assert kinds <= {"locality", "station"}
    assert {item["kind"] for item in suggest(api, "sa", kind="listing")} == {"listing"}
    assert {item["kind"] for item in suggest(api, "saket", kind="station")} == {"station"}


def test_without_an_index_the_vocabulary_still_suggests(
    app: Flask, api: FlaskClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(vocabulary, Facts(name="Depika Qureshi"))
    app.extensions["search"] = NoIndex(app.extensions["search"])

    assert {item["kind"] for item in suggest(api, "dep")} >= {"condition"}
    assert "listing" not in {item["kind"] for item in suggest(api, "dep")}


@pytest.mark.parametrize("query", ["kind=hotel", "q=a&q=b", f"q={'x' * 201}", "page=1"])
def test_what_cannot_be_is_refused(api: FlaskClient, query: str) -> None:
    answer = api.get(f"{ADDRESS}?{query}")

    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_suggestions_are_for_who_asked_alone(api: FlaskClient) -> None:
    first = api.get(f"{ADDRESS}?q=dep")

    again = api.get(f"{ADDRESS}?q=dep", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert again.status_code == 304
