"""Addresses of static files that change when the file does, so that they may be kept a year.

A script asks for the others beside it by the fingerprint in its own address (`js/app.js`), so
all scripts share one, taken over their whole folder. Called by `web.environment` for the
template global `asset`, and on every static answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import request, url_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask, Response

A_YEAR_S = 31_536_000
DIGEST_LENGTH = 10
SCRIPTS = "js"


@dataclass
class Assets:
    """The fingerprints of the files in one folder, read again when a file changes."""

    folder: Path
    _known: dict[str, tuple[int, str]] = field(default_factory=dict)

    def digest(self, name: str) -> str:
        """Give the fingerprint of a file, a script's over all scripts.

        Raises `FileNotFoundError` when there is no such file.
        """
        path = self.folder / name
        if path.parent.name == SCRIPTS:
            path.stat()
            files = sorted(path.parent.glob("*.js"))
            parts = [self._digest(f"{SCRIPTS}/{file.name}") for file in files]
            return hashlib.sha256("".join(parts).encode()).hexdigest()[:DIGEST_LENGTH]
        return self._digest(name)

    def _digest(self, name: str) -> str:
        path = self.folder / name
        changed = path.stat().st_mtime_ns
        known = self._known.get(name)
        if known is None or known[0] != changed:
            text = hashlib.sha256(path.read_bytes()).hexdigest()[:DIGEST_LENGTH]
            known = self._known[name] = (changed, text)
        return known[1]

    def url(self, name: str) -> str:
        """Give the address of a static file, with its fingerprint."""
        return url_for("static", filename=name, v=self.digest(name))


def register(app: Flask) -> None:
    """Let a browser keep, for a year, each static file asked for by its fingerprint."""
    app.after_request(_keep_static)


def _keep_static(response: Response) -> Response:
    if request.endpoint == "static":
        # Read whole: files here are small, and one that is streamed through compression
        # would be closed by the garbage collector only.
        response.direct_passthrough = False
        response.get_data()
        if "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
        else:
            response.headers["Cache-Control"] = "public, max-age=3600"
    return response
