"""What every answer of the API has in common: checked parameters, JSON, an ETag, how long it keeps.

Called by every noun of the API.
"""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Blueprint, Response, current_app, request

from directory.api.problems import answer_refusals, wrong_parameters
from directory.core.clock import utc_now
from directory.core.db import db
from directory.search.parameters import PARAMETERS, cleaned, faults_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from directory.search.parameters import Given, Parameter
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
# An address that says what somebody is looking for is kept by nobody but who asked.
KEEP_FOR_ONE = "private, no-cache"
# What differs between two answers that say the same.
TIMING = "took_ms"


def noun(name: str, module: str, prefix: str) -> Blueprint:
    """Give the blueprint of a noun: strict about parameters, fresh, and refusing in problems."""
    blueprint = Blueprint(name, module, url_prefix=prefix)
    blueprint.before_request(_refuse_parameters)
    blueprint.after_request(_state_freshness)
    answer_refusals(blueprint)
    return blueprint


def takes(*names: str, table: Mapping[str, Parameter] = PARAMETERS) -> Callable[[View], View]:
    """Give a decorator that declares a view open to anyone, and the parameters it takes.

    All others are refused, and so are values that the table of parameters does not allow.
    """

    def declare(view: View) -> View:
        view.__dict__[ATTRIBUTE] = {name: table[name] for name in names}
        view.__dict__[ACCESS_ATTRIBUTE] = OPEN_TO
        return view

    return declare


def checks_parameters(view: View) -> View:
    """Declare a view open to anyone that checks its parameters itself, against each other too."""
    view.__dict__[ATTRIBUTE] = None
    view.__dict__[ACCESS_ATTRIBUTE] = OPEN_TO
    return view


def answer(document: Mapping[str, Any] | list[Any], keep: str) -> Response:
    """Give a JSON answer; keys in the order given, letters of all scripts as they are."""
    response = Response(_json(document), content_type="application/json")
    response.headers["Cache-Control"] = keep
    return response


def answer_timed(document: Mapping[str, Any], keep: str) -> Response:
    """Give a JSON answer that says how long it took; its ETag does not."""
    response = answer(document, keep)
    lasting = {key: value for key, value in document.items() if key != TIMING}
    digest = hashlib.blake2b(_json(lasting).encode(), digest_size=16).hexdigest()
    response.set_etag(digest, weak=True)
    return response


def given(table: Mapping[str, Parameter] = PARAMETERS) -> Given:
    """Give the parameters of this request, checked before the view was called."""
    return cleaned(request.args.to_dict(flat=False), table)


def unknown_parameters(known: Iterable[str]) -> list[str]:
    """Give the parameters of this request that are none of those known."""
    return [name for name in request.args if name not in set(known)]


def vocabulary() -> Vocabulary:
    """Give the present vocabulary; one small query."""
    return cast("Vocabulary", current_app.extensions["vocabulary"].current(db.session()))


def now() -> datetime:
    """Give the instant of this request."""
    clock = current_app.extensions.get("clock", utc_now)
    return cast("datetime", clock())


def _json(document: Mapping[str, Any] | list[Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _refuse_parameters() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    known: Mapping[str, Parameter] | None = getattr(view, ATTRIBUTE, {})
    if known is None or not request.args:
        return None
    unknown = unknown_parameters(known)
    faults = tuple(faults_of(given(known), vocabulary(), known)) if known else ()
    return wrong_parameters(unknown, known, faults) if unknown or faults else None


def _state_freshness(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", ASK_EACH_TIME)
    response.add_etag()
    if response.status_code == HTTPStatus.OK:
        response.make_conditional(request)
    return response
