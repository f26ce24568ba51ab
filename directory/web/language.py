"""Which language a page is in: only those that have a catalogue. English needs none.

Called by `web.register`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import Babel

if TYPE_CHECKING:
    from flask import Flask

SOURCE_LANGUAGE = "en"


def register(app: Flask) -> None:
    """Set the translations up for this application."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", SOURCE_LANGUAGE)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Kolkata")
    available: list[str] = [SOURCE_LANGUAGE]
    babel = Babel()
    babel.init_app(app, locale_selector=lambda: _best_language(available))
    with app.app_context():
        found = {locale.language for locale in babel.list_translations()}
    available.extend(sorted(found - {SOURCE_LANGUAGE}))


def _best_language(available: list[str]) -> str:
    return request.accept_languages.best_match(available, SOURCE_LANGUAGE) or SOURCE_LANGUAGE
