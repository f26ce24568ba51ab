"""Refusals and faults as problem documents (RFC 9457), for everything under /api.

With `web/errors.py` the only file that turns `core.errors` into a status. Called by
`api.register` and by every noun.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.exceptions import HTTPException

from directory.core.errors import (
    ConflictError,
    DirectoryError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    TooManyError,
    trace_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flask import Blueprint, Flask

    from directory.api.schemas import Problem
    from directory.search.parameters import ParameterFault

log = logging.getLogger(__name__)

PREFIX = "/api/"
CONTENT_TYPE = "application/problem+json"
STATUS: dict[type[DirectoryError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    InvalidError: HTTPStatus.BAD_REQUEST,
    ConflictError: HTTPStatus.CONFLICT,
    TooManyError: HTTPStatus.TOO_MANY_REQUESTS,
}
DETAILS = {
    HTTPStatus.NOT_FOUND: "Nothing of this API is at this address; see docs/api.md.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This API is read-only: use GET or HEAD.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke on our side; try again in a minute.",
}


def answer_refusals(blueprint: Blueprint) -> None:
    """Turn what the views of a noun refuse, and what fails in them, into problems."""
    blueprint.register_error_handler(DirectoryError, _refused)
    blueprint.register_error_handler(HTTPException, _answered)
    blueprint.register_error_handler(Exception, _failed)


def answer_unmatched(app: Flask) -> None:
    """Turn refusals of addresses and methods that no view has into problems, too."""
    app.after_request(_as_problem)


def problem(status: HTTPStatus, detail: str) -> Response:
    """Give a problem document of this status."""
    return _response(_document(status, detail))


def wrong_parameters(
    unknown: Sequence[str], known: Iterable[str], faults: Sequence[ParameterFault]
) -> Response:
    """Refuse parameters, naming every one: those nobody knows, and those with a fault."""
    sentences = [f"{fault.parameter} {fault.reason}." for fault in faults]
    if unknown:
        takes = ", ".join(sorted(known)) or "no parameters"
        sentences.insert(0, f"Unknown: {', '.join(unknown)}. This address takes {takes}.")
    document = _document(HTTPStatus.BAD_REQUEST, " ".join(sentences))
    faulty = [fault.parameter for fault in faults]
    document["parameters"] = list(dict.fromkeys([*unknown, *faulty]))
    if faults:
        document["faults"] = [
            {"parameter": fault.parameter, "value": fault.value, "reason": fault.reason}
            for fault in faults
        ]
    return _response(document)


def gone(closed_on: date) -> Response:
    """Say that a listing has closed, and since when."""
    document = _document(HTTPStatus.GONE, f"This listing has closed, on {closed_on.isoformat()}.")
    document["closed_on"] = closed_on.isoformat()
    return _response(document)


def _document(status: HTTPStatus, detail: str) -> Problem:
    return {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": request.path,
    }


def _response(document: Problem) -> Response:
    body = json.dumps(document, ensure_ascii=False) + "\n"
    response = Response(body, status=document["status"], content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.add_etag()
    return response


def _refused(error: DirectoryError) -> Response:
    answer = problem(STATUS[type(error)], error.message)
    if isinstance(error, TooManyError):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


def _answered(error: HTTPException) -> Response | HTTPException:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status < HTTPStatus.BAD_REQUEST:
        return error
    return problem(status, DETAILS.get(status, status.description))


def _failed(error: Exception) -> Response:
    log.error("api failed: %s", trace_of(error), extra={"endpoint": request.endpoint})
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status, DETAILS[status])


def _as_problem(response: Response) -> Response:
    """Replace the page of a refusal under /api that no view of ours answered."""
    if not request.path.startswith(PREFIX) or response.status_code < HTTPStatus.BAD_REQUEST:
        return response
    if response.mimetype == CONTENT_TYPE:
        return response
    status = HTTPStatus(response.status_code)
    replaced = problem(status, DETAILS.get(status, status.description))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            replaced.headers[name] = response.headers[name]
    return replaced
