"""How long an answer may be kept: pages are asked again each time, and cost nothing if unchanged.

An address here can say what somebody is looking for, so no shared cache may keep a page; one
with a form, of somebody signed in, or to a position is kept nowhere. Called by `web.register`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request

from directory.web import current

if TYPE_CHECKING:
    from flask import Flask, Response

READ_METHODS = {"GET", "HEAD"}
# Where somebody stands, as the parameters of either door say it.
POSITION = ("lat", "lon")


def register(app: Flask) -> None:
    """Give every page an ETag and say who may keep it."""
    app.after_request(_state_freshness)


def _state_freshness(response: Response) -> Response:
    if current.is_kept_nowhere() or any(name in request.args for name in POSITION):
        response.headers["Cache-Control"] = "no-store"
        return response
    if request.method not in READ_METHODS or response.mimetype != "text/html":
        return response
    response.vary.add("Cookie")  # a page says what this browser has saved
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    if response.status_code == HTTPStatus.OK and "ETag" not in response.headers:
        response.add_etag()
        response.make_conditional(request)
    return response
