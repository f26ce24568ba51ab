"""`/api/v1/openapi.json`: the API described by itself (OpenAPI 3.1).

Parameters come from the table the search reads addresses by, answers from the classes they are
typed with; only the sentences on each address stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from directory.api import answers
from directory.api.answers import KEEP_AN_HOUR, answer, noun, takes
from directory.api.problems import CONTENT_TYPE
from directory.api.schema import REFERENCE, schema_of, schema_of_parameter
from directory.api.schemas import (
    About,
    Listing,
    Localities,
    Problem,
    Reviews,
    Search,
    Suggestion,
    Taxonomy,
)
from directory.search.parameters import PARAMETERS, SUGGESTING
from directory.search.suggest import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from directory.api.schema import Schema
    from directory.search.parameters import Parameter
    from directory.vocabulary.queries import Vocabulary

TITLE = "Delhi Therapist Directory"
VERSION = "1"
PREFIX = "/api/v1"
JSON = "application/json"
ABOUT = (
    "Read-only. Everything here is public on the site, too. GET and HEAD only. Unknown parameters "
    "and values outside their list are refused with 400; empty values count as absent. Field "
    "names stay, and new ones may be added."
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: what it answers and what it takes; `refusals` are beside 400 and 405."""

    name: str
    summary: str
    shape: Any
    takes: tuple[Parameter, ...] = ()
    refusals: tuple[HTTPStatus, ...] = ()
    moves: bool = False
    notes: str = ""


OPERATIONS: Mapping[str, Operation] = {
    "/listings": Operation(
        "searchListings",
        "Search: listings that fit, how the words were read, and counts for further filters.",
        Search,
        takes=tuple(PARAMETERS.values()),
        notes="Values of one parameter are ORed, different parameters are ANDed. lat and lon come "
        "together; sort=distance needs a point. A `near` that names no place is refused. "
        "Words of a search are never logged.",
    ),
    "/listings/{slug}": Operation(
        "readListing",
        "One listing.",
        Listing,
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
        moves=True,
    ),
    "/listings/{slug}/reviews": Operation(
        "readReviews",
        "Published reviews of a listing, newest first.",
        Reviews,
        takes=(PARAMETERS["page"], PARAMETERS["per_page"]),
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
        moves=True,
    ),
    "/suggest": Operation(
        "suggest",
        "At most eight things the beginning of a text may stand for.",
        Annotated[list[Suggestion], About("The likeliest first.", most_items=MOST)],
        takes=tuple(SUGGESTING.values()),
    ),
    "/taxonomy": Operation("readTaxonomy", "Every controlled list.", Taxonomy),
    "/localities": Operation("readLocalities", "Every district and locality.", Localities),
    "/openapi.json": Operation("readDescription", "This description.", dict[str, Any]),
}
SLUG: Schema = {
    "name": "slug",
    "in": "path",
    "required": True,
    "description": "The listing's name in addresses; a former one redirects for ever.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[a-z0-9-]+$"},
}
HEADERS: Schema = {
    "ETag": {
        "description": "Send it back in If-None-Match; an unchanged answer is 304 without a body.",
        "required": True,
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "Who may keep the answer, and how long.",
        "required": True,
        "schema": {"type": "string"},
    },
}

blueprint = noun("api_openapi", __name__, PREFIX)


@blueprint.get("/openapi.json")
@takes()
def openapi() -> ResponseReturnValue:
    """Answer with the description of this API."""
    return answer(description(answers.vocabulary()), KEEP_AN_HOUR)


def description(vocabulary: Vocabulary) -> Schema:
    """Give the whole document; the vocabulary names what each parameter may be."""
    components: dict[str, Schema] = {}
    schema_of(Problem, components)
    paths = {
        f"{PREFIX}{path}": {"get": _operation(operation, path, components, vocabulary)}
        for path, operation in OPERATIONS.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "parameters": {
                name: _parameter(parameter, vocabulary) for name, parameter in PARAMETERS.items()
            },
            "headers": HEADERS,
            "responses": _refusals(),
            "schemas": components,
        },
    }


def _operation(
    operation: Operation, path: str, components: dict[str, Schema], vocabulary: Vocabulary
) -> Schema:
    parameters: list[Schema] = [SLUG] if "{slug}" in path else []
    parameters += [_parameter_or_reference(taken, vocabulary) for taken in operation.takes]
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        **({"description": operation.notes} if operation.notes else {}),
        "parameters": parameters,
        "responses": _responses(operation, components),
    }


def _parameter_or_reference(parameter: Parameter, vocabulary: Vocabulary) -> Schema:
    """Give a parameter of the search by reference, and another one where it stands."""
    if PARAMETERS.get(parameter.name) is parameter:
        return {"$ref": f"#/components/parameters/{parameter.name}"}
    return _parameter(parameter, vocabulary)


def _parameter(parameter: Parameter, vocabulary: Vocabulary) -> Schema:
    described: Schema = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "allowEmptyValue": True,
        "schema": schema_of_parameter(parameter, vocabulary),
    }
    if parameter.repeatable:
        described |= {"style": "form", "explode": True}
    return described


def _responses(operation: Operation, components: dict[str, Schema]) -> Schema:
    schema = schema_of(operation.shape, components)
    refusals = (
        HTTPStatus.BAD_REQUEST,
        *operation.refusals,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    found: Schema = {
        "200": {
            "description": "The answer.",
            "headers": _headers(),
            "content": {JSON: {"schema": schema}},
        },
        "304": {"description": "The answer is the one you have.", "headers": _headers()},
    }
    if operation.moves:
        location = {"Location": {"required": True, "schema": {"type": "string"}}}
        found["301"] = {
            "description": "The listing has another slug now.",
            "headers": {**_headers(), **location},
        }
    found |= {
        str(status.value): {"$ref": f"#/components/responses/{_name(status)}"}
        for status in refusals
    }
    return dict(sorted(found.items()))


def _refusals() -> Schema:
    """Give the refusals, each a problem document."""
    words = {
        HTTPStatus.BAD_REQUEST: "A parameter is unknown or has a value it cannot have.",
        HTTPStatus.NOT_FOUND: "No public listing has or had this slug.",
        HTTPStatus.METHOD_NOT_ALLOWED: "The API is read-only.",
        HTTPStatus.GONE: "The listing has closed.",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke on our side.",
    }
    content = {CONTENT_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}}
    return {
        _name(status): {"description": text, "headers": _headers(), "content": content}
        for status, text in words.items()
    }


def _name(status: HTTPStatus) -> str:
    return "".join(word.capitalize() for word in status.name.split("_"))


def _headers() -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
