"""The controlled lists and places as JSON: whole, stable, and without what only serves matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.vocabulary.models import SpellingUse, TermKind, TermSpelling

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary


def test_the_taxonomy_holds_every_list_in_its_order(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    document = api.get("/api/v1/taxonomy").get_json()

    assert document["version"] == vocabulary.digest
    assert {
        kind: [term["slug"] for term in terms] for kind, terms in document["terms"].items()
    } == {kind.value: list(terms) for kind, terms in vocabulary.terms.items()}


def test_a_term_keeps_the_names_of_its_fields(api: FlaskClient) -> None:
    terms = api.get("/api/v1/taxonomy").get_json()["terms"]

    assert {tuple(term) for kind in terms.values() for term in kind} == {
        ("slug", "name", "name_hi", "group", "synonyms", "facts")
    }


def test_a_profession_says_what_it_may_do(api: FlaskClient) -> None:
    terms = api.get("/api/v1/taxonomy").get_json()["terms"]

    (psychiatrist,) = [term for term in terms["profession"] if term["slug"] == "psychiatrist"]
    assert psychiatrist["facts"]["may_prescribe"] == "yes"
    assert "check_before_listing" not in psychiatrist["facts"]


@pytest.mark.parametrize("address", ["/api/v1/taxonomy", "/api/v1/localities"])
def test_spellings_that_only_match_never_appear(
    api: FlaskClient, session: Session, address: str
) -> None:
    hidden = set(
        session.scalars(select(TermSpelling.text).where(TermSpelling.use == SpellingUse.MATCH_ONLY))
    )
    document = api.get(address).get_json()

    shown = {
        name
        for terms in document.get("terms", {}).values()
        for term in terms
        for name in (term["name"], *term["synonyms"])
    }
    assert hidden
    assert shown & hidden == set()


def test_no_code_of_a_diagnosis_is_given(api: FlaskClient) -> None:
    conditions = api.get("/api/v1/taxonomy").get_json()["terms"][TermKind.CONDITION.value]

    assert {tuple(term["facts"]) for term in conditions} == {()}


def test_a_locality_says_where_it_is_and_what_is_near(api: FlaskClient) -> None:
    localities = api.get("/api/v1/localities").get_json()["localities"]

    (saket,) = [place for place in localities if place["slug"] == "saket"]
    assert list(saket) == [
        "slug",
        "name",
        "name_hi",
        "aliases",
        "district",
        "pincodes",
        "lat",
        "lon",
        "nearest_station",
    ]
    assert saket["pincodes"]
    assert saket["nearest_station"]["slug"] == "saket"
    assert saket["nearest_station"]["lines"] == ["yellow"]
    assert saket["nearest_station"]["distance_m"] > 0


def test_every_locality_stands_in_a_district_that_is_given(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    document = api.get("/api/v1/localities").get_json()

    districts = {row["slug"] for row in document["districts"]}
    assert len(document["localities"]) == len(vocabulary.localities)
    assert {place["district"] for place in document["localities"]} <= districts


@pytest.mark.parametrize("address", ["/api/v1/taxonomy", "/api/v1/localities"])
def test_a_list_may_be_kept_for_an_hour_and_asked_for_again(api: FlaskClient, address: str) -> None:
    first = api.get(address)

    again = api.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert again.status_code == 304
