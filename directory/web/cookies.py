"""The few cookies this site sets, each only when it is needed, none to follow anybody.

Set on the answer after the view has asked for them. Called by `forms/tokens.py`, `signing.py` and
the views that send a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import request

from directory.web import current

if TYPE_CHECKING:
    from flask import Flask, Response

KEPT_AT = "directory.cookies"
# Browsers take such a name from this very host only (RFC 6265bis 4.1.3), and over https only.
ONLY_HERE = "__Host-"


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie for the answer; an empty value takes it away. `max_age` None: until closed."""

    name: str
    value: str
    max_age: int | None


def register(app: Flask) -> None:
    """Put the cookies a view asked for on its answer."""
    app.after_request(_set)


def give(name: str, value: str, *, max_age: int | None) -> None:
    """Ask for a cookie on this answer; the last of a name counts."""
    _asked()[name] = Cookie(name, value, max_age)


def take_away(name: str) -> None:
    """Ask for a cookie to be forgotten."""
    _asked()[name] = Cookie(name, "", 0)


def value_of(name: str) -> str | None:
    """Give a cookie's value: what this answer will set, else what the browser sent."""
    asked = _asked().get(name)
    return (asked.value if asked else sent(name)) or None


def sent(name: str) -> str | None:
    """Give a cookie's value as the browser sent it."""
    return request.cookies.get(_whole_name(name))


def _set(response: Response) -> Response:
    for cookie in _asked().values():
        response.set_cookie(
            _whole_name(cookie.name),
            cookie.value,
            max_age=cookie.max_age,
            secure=_is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _whole_name(name: str) -> str:
    return ONLY_HERE + name if _is_secure() else name


def _is_secure() -> bool:
    return current.settings().site_url.startswith("https:")


def _asked() -> dict[str, Cookie]:
    return cast("dict[str, Cookie]", request.environ.setdefault(KEPT_AT, {}))
