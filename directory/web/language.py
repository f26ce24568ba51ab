"""Which language a page is in: only those that have a catalogue. English needs none.

Called by `web.register`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import Babel, get_domain

if TYPE_CHECKING:
    from babel.support import NullTranslations
    from flask import Flask

SOURCE_LANGUAGE = "en"
KEPT_AT = "directory.translations"


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
    # A page has hundreds of strings: its catalogue is looked up once, not for each of them.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Jinja's i18n extension adds it
        gettext=lambda text: _translations().ugettext(text),
        ngettext=lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
    )


def _translations() -> NullTranslations:
    """Give the catalogue of this request."""
    kept: NullTranslations | None = request.environ.get(KEPT_AT)
    if kept is None:
        kept = request.environ[KEPT_AT] = get_domain().get_translations()
    return kept


def _best_language(available: list[str]) -> str:
    return request.accept_languages.best_match(available, SOURCE_LANGUAGE) or SOURCE_LANGUAGE
