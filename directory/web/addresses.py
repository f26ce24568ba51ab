"""What an address or a form may carry, for every route of both doors.

Characters that no page may show and no database can hold are taken out of what is asked and sent;
a path with one of them, or with a number no row can have, leads nowhere. Called by `web.register`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

from directory.core.characters import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import WSGIEnvironment

    from flask import Flask

# The greatest number an INTEGER column holds (PostgreSQL, Numeric Types).
MOST_ROWS = 2**31 - 1
# What stands in a query as it is; a browser sends nothing else (RFC 3986 2).
IN_A_QUERY = "".join(map(chr, range(0x21, 0x7F)))


class Values(ImmutableMultiDict[str, Any]):
    """Parameters of an address or fields of a form, without controls."""

    def __init__(self, given: Iterable[tuple[str, Any]] | None = None) -> None:
        pairs = ImmutableMultiDict(given).items(multi=True)
        super().__init__([(without_controls(name), _plain(value)) for name, value in pairs])


class PlainRequest(Request):
    """A request whose parameters and fields hold no controls, and whose query is ASCII."""

    parameter_storage_class = Values

    def __init__(self, environ: WSGIEnvironment, *given: Any, **named: Any) -> None:
        super().__init__(environ, *given, **named)
        self.query_string = quote(self.query_string, safe=IN_A_QUERY).encode("ascii")


class PlainText(UnicodeConverter):
    """A word of a path, without controls."""

    def to_python(self, value: str) -> str:
        """Give the word; raises `ValidationError` for one with a control."""
        if without_controls(value) != value:
            raise ValidationError
        return value


class RowNumber(IntegerConverter):
    """A number of a row in a path, in digits from 0 to 9."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        """Give the number; raises `ValidationError` for one that no row can have."""
        number = int(super().to_python(value))
        if number > MOST_ROWS:
            raise ValidationError
        return number


def register(app: Flask) -> None:
    """Read every address and form of this application so; before any route is added."""
    app.request_class = PlainRequest
    app.url_map.converters.update(default=PlainText, string=PlainText, int=RowNumber)


def row_number(text: str) -> int:
    """Give the number of a row that a parameter names; raises `ValueError` for any other."""
    number = int(text)
    if not 0 < number <= MOST_ROWS:
        raise ValueError(text)
    return number


def _plain(value: object) -> object:
    """Give a value without controls; an uploaded file stays as it is."""
    return without_controls(value) if isinstance(value, str) else value
