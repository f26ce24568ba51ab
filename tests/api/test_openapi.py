"""The API's description of itself: whole, valid, and what the API really does."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from directory.api.openapi import OPERATIONS, PREFIX
from directory.api.schema import schema_of
from directory.listings.models import ListingState
from directory.reviews.models import Aspect, ReviewState
from tests.api.conftest import NOW
from tests.api.search_listings import make_three
from tests.factories.listings import Facts, make_practitioner
from tests.factories.reviews import make_review, make_reviews
from tests.factories.rich_listings import import_rich_listings
from tests.support.project import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from directory.vocabulary.queries import Vocabulary

ADDRESS = "/api/v1/openapi.json"
EXAMPLES = 40
# What takes nothing cannot be asked wrongly.
CASES = [
    (path, mode)
    for path, operation in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.takes or "{" in path
]


@pytest.fixture
def described(api: FlaskClient) -> dict[str, Any]:
    """Give the description as anyone gets it."""
    document: dict[str, Any] = api.get(ADDRESS).get_json()
    return document


def closed(node: object) -> Any:  # noqa: ANN401 - a part of a JSON document
    """Give a description whose objects may hold nothing but what is described."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: closed(value) for key, value in node.items()}
    if copy.get("type") == "object" and "properties" in copy:
        copy["additionalProperties"] = False
    return copy


def fields(schemas: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field of every shape."""
    for name, schema in schemas.items():
        for field, described in schema["properties"].items():
            yield f"{name}.{field}", described


def make_listings(vocabulary: Vocabulary) -> tuple[list[str], str]:
    """Make listings of every public state; give their slugs, and the closed one by itself."""
    import_rich_listings(vocabulary, NOW)
    three = make_three(vocabulary)
    make_reviews(three[0], 5, 4, 2, 5, 5, aspects={Aspect.LISTENED: 5})
    make_review(three[0], state=ReviewState.REMOVED)
    closed_on = date(2026, 10, 1)
    facts = Facts(state=ListingState.CLOSED, closed_on=closed_on, earlier_slugs=["old-name"])
    gone = make_practitioner(vocabulary, facts)
    rich = ["dr-meenakshi-rawat", "deer-park-centre-for-mental-health"]
    return [*rich, *(made.slug for made in three), gone.slug, "old-name"], gone.slug


def make_possible(query: dict[str, Any]) -> None:
    """Make parameters agree with each other, which no description can ask for."""
    if query.get("near"):
        query["near"] = "saket"
    if not (query.get("lat") and query.get("lon")):
        query.pop("lat", None)
        query.pop("lon", None)
        if query.get("sort") == "distance":
            query["near"] = "saket"


def test_every_route_of_the_api_is_described_and_nothing_else(
    app: Flask, described: dict[str, Any]
) -> None:
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }

    assert set(described["paths"]) == routes


def test_every_field_and_parameter_says_what_it_is(described: dict[str, Any]) -> None:
    components = described["components"]

    assert [name for name, field in fields(components["schemas"]) if not field["description"]] == []
    assert [name for name, row in components["parameters"].items() if not row["description"]] == []
    assert [name for name, row in components["schemas"].items() if not row["description"]] == []


def test_every_parameter_and_every_field_of_a_search_is_in_the_document_for_people(
    described: dict[str, Any],
) -> None:
    page = (PROJECT / "docs" / "api.md").read_text("utf-8")
    schemas = described["components"]["schemas"]
    described_elsewhere = [name for name in schemas if name.startswith("Listed")] + ["Listing"]
    shapes = [schema for name, schema in schemas.items() if name not in described_elsewhere]

    names = {*described["components"]["parameters"]}
    names |= {field for shape in shapes for field in shape["properties"]}
    paths = [path.replace("{slug}", "<slug>") for path in described["paths"]]
    assert {name for name in names if f"`{name}`" not in page and f'"{name}"' not in page} == set()
    assert [path for path in paths if f"`{path}" not in page] == []


def test_a_type_no_answer_has_use_for_is_refused() -> None:
    with pytest.raises(TypeError, match="no schema for"):
        schema_of(bytes, {})


def test_the_description_is_valid(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(described).validate()


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    text = json.dumps(described)
    components = described["components"]

    used = {part.split('"')[0] for part in text.split('"#/components/')[1:]}
    assert used == {f"{kind}/{name}" for kind, named in components.items() for name in named}


def test_a_parameter_lists_what_the_vocabulary_knows(
    described: dict[str, Any], vocabulary: Vocabulary
) -> None:
    parameters = described["components"]["parameters"]

    assert parameters["locality"]["schema"]["items"]["enum"] == list(vocabulary.localities)
    assert parameters["page"]["schema"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 10_000,
        "default": 1,
    }


def test_the_description_may_be_kept_for_an_hour(api: FlaskClient) -> None:
    first = api.get(ADDRESS)

    again = api.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert again.status_code == 304


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("path", "mode"), CASES, ids=[f"{mode.value} {path}" for path, mode in CASES]
)
def test_the_api_does_what_it_says(
    app: Flask,
    described: dict[str, Any],
    vocabulary: Vocabulary,
    path: str,
    mode: GenerationMode,
) -> None:
    slugs, gone = make_listings(vocabulary)
    schema = schemathesis.openapi.from_dict(closed(described))
    schema.app = app
    operation = schema[f"{PREFIX}{path}"]["GET"]

    @given(
        case=operation.as_strategy(generation_mode=mode),
        slug=st.sampled_from(slugs),
        of_a_listing=st.booleans(),
    )
    @settings(
        derandomize=True,
        deadline=None,
        max_examples=EXAMPLES,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: schemathesis.Case, slug: str, *, of_a_listing: bool) -> None:
        if mode is GenerationMode.POSITIVE:
            make_possible(case.query)
            if "slug" in case.path_parameters and of_a_listing:
                case.path_parameters["slug"] = slug
        is_gone = case.path_parameters.get("slug") == gone
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"},
            excluded_checks=[positive_data_acceptance] if is_gone else [],
        )

    holds()
