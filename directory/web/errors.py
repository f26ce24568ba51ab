"""Refusals and faults as pages: each says what happened, what to do, and the urgent numbers.

With `api/problems.py` the only file that turns `core.errors` into a status. An error page asks
no database and no session, because either may be what failed. Called by `web.register`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request
from flask_babel import gettext, lazy_gettext
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
from directory.web import current
from directory.web.forms.tokens import NotOurFormError

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

log = logging.getLogger(__name__)

API_PREFIX = "/api/"
STATUS: dict[type[DirectoryError], int] = {
    NotFoundError: 404,
    NotAllowedError: 403,
    InvalidError: 400,
    ConflictError: 409,
    NotOurFormError: 422,
    TooManyError: 429,
}
FAULT = 500
REFUSALS = {
    400: (
        lazy_gettext("We could not read that"),
        lazy_gettext("Something in the address is not as this site writes it."),
    ),
    403: (
        lazy_gettext("This page is not open to you"),
        lazy_gettext("It needs someone who is signed in with the right to see it."),
    ),
    404: (
        lazy_gettext("There is no such page"),
        lazy_gettext("The address may be mistyped, or the page has been taken down."),
    ),
    405: (
        lazy_gettext("That does not work here"),
        lazy_gettext("The page exists, but it does not take what was sent to it."),
    ),
    409: (
        lazy_gettext("Somebody else was faster"),
        lazy_gettext("What you wanted to change has changed meanwhile. Open it again and look."),
    ),
    410: (lazy_gettext("This page is gone for good"), lazy_gettext("It will not come back.")),
    413: (lazy_gettext("That is too much at once"), lazy_gettext("Shorten it and try again.")),
    422: (
        lazy_gettext("Please send it once more"),
        lazy_gettext("That page was open for too long, or your browser keeps no cookies."),
    ),
    429: (
        lazy_gettext("Please wait a little"),
        lazy_gettext("This was tried too often in a short time. Nothing is lost; try again later."),
    ),
}


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What an error page says: a heading, a sentence, and what to do next."""

    heading: str
    says: str


def register(app: Flask) -> None:
    """Turn every refusal and fault of this application into a page."""
    app.register_error_handler(DirectoryError, _refused)
    app.register_error_handler(HTTPException, _answered)
    app.register_error_handler(Exception, _failed)


def words_for(status: int) -> ErrorWords:
    """Give the words of a status; an unknown one gets those of its class."""
    if status >= FAULT:
        return ErrorWords(
            gettext("Something broke on our side"),
            gettext("It is not your fault, and nothing you did is lost. Try again in a minute."),
        )
    heading, says = REFUSALS.get(status, REFUSALS[400])
    return ErrorWords(str(heading), str(says))


def error_page(
    status: int,
    *,
    says: str | None = None,
    faults: list[tuple[str, str | None]] | None = None,
    suggestions: list[tuple[str, str]] | None = None,
) -> tuple[str, int]:
    """Give the page of a status; `faults` and `suggestions` are (words, address) pairs."""
    current.do_without_database()
    words = words_for(status)
    page = render_template(
        "errors/error.html",
        status=status,
        heading=words.heading,
        says=says or words.says,
        faults=faults or [],
        suggestions=suggestions or [],
    )
    return page, status


def _refused(error: DirectoryError) -> ResponseReturnValue:
    page, status = error_page(STATUS[type(error)], says=error.message)
    headers = {}
    if isinstance(error, TooManyError):
        headers["Retry-After"] = str(error.retry_after_s)
    return page, status, headers


def _answered(error: HTTPException) -> ResponseReturnValue | HTTPException:
    status = error.code or FAULT
    if status < 400 or error.response is not None:  # noqa: PLR2004 - redirects are not errors
        return error
    if request.path.startswith(API_PREFIX):
        return error
    page, _status = error_page(status)
    response: Response = error.get_response()  # type: ignore[assignment]  # carries Allow, Retry-After
    response.set_data(page)
    response.content_type = "text/html; charset=utf-8"
    return response


def _failed(error: Exception) -> ResponseReturnValue:
    log.error("page failed: %s", trace_of(error), extra={"endpoint": request.endpoint})
    return error_page(FAULT)
