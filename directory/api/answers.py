"""What every answer of the API has in common: known parameters, JSON, an ETag, how long it keeps.

Called by every noun of the API.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Blueprint, Response, current_app, request

from directory.api.problems import answer_refusals, unknown_parameters
from directory.core.clock import utc_now
from directory.core.db import db

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary

View = TypeVar("View", bound="Callable[..., Any]")

ATTRIBUTE = "known_parameters"
# The mark the HTML door reads its views by (`web/access.py`): the API only shows what is public.
ACCESS_ATTRIBUTE = "access_level"
OPEN_TO = "anyone"
# A listing may be withdrawn at any moment: keep it, but ask each time.
ASK_EACH_TIME = "no-cache"
# The vocabulary changes with a release.
KEEP_AN_HOUR = "public, max-age=3600"


def noun(name: str, module: str, prefix: str) -> Blueprint:
    """Give the blueprint of a noun: strict about parameters, fresh, and refusing in problems."""
    blueprint = Blueprint(name, module, url_prefix=prefix)
    blueprint.before_request(_refuse_unknown)
    blueprint.after_request(_state_freshness)
    answer_refusals(blueprint)
    return blueprint


def takes(*names: str) -> Callable[[View], View]:
    """Give a decorator that declares a view open to anyone, and the parameters it takes.

    All others are refused.
    """

    def declare(view: View) -> View:
        view.__dict__[ATTRIBUTE] = frozenset(names)
        view.__dict__[ACCESS_ATTRIBUTE] = OPEN_TO
        return view

    return declare


def answer(document: Mapping[str, Any], keep: str) -> Response:
    """Give a JSON answer; keys in the order given, letters of all scripts as they are."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
    response = Response(body, content_type="application/json")
    response.headers["Cache-Control"] = keep
    return response


def vocabulary() -> Vocabulary:
    """Give the present vocabulary; one small query."""
    return cast("Vocabulary", current_app.extensions["vocabulary"].current(db.session()))


def now() -> datetime:
    """Give the instant of this request."""
    clock = current_app.extensions.get("clock", utc_now)
    return cast("datetime", clock())


def _refuse_unknown() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    known: frozenset[str] = getattr(view, ATTRIBUTE, frozenset())
    unknown = [name for name in request.args if name not in known]
    return unknown_parameters(unknown, known) if unknown else None


def _state_freshness(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", ASK_EACH_TIME)
    response.add_etag()
    if response.status_code == HTTPStatus.OK:
        response.make_conditional(request)
    return response
