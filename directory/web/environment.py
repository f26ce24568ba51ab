"""What templates may use: filters, globals and a strict environment.

Globals are functions and constants; what a page shows comes from its view. Called by
`web.register`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import request
from flask_babel import get_locale
from jinja2 import StrictUndefined

from config import Mode
from directory.web import current, links, saved, search_words, text, words
from directory.web.assets import Assets

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings

DEFAULT_NAME = "Delhi Therapist Directory"
DEFAULT_NAME_HI = "दिल्ली थेरेपिस्ट निर्देशिका"


def register(app: Flask, settings: Settings) -> None:
    """Set the template environment of this application up."""
    environment = app.jinja_env
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    if settings.mode is not Mode.PRODUCTION:
        environment.undefined = StrictUndefined
    environment.filters.update(text.FILTERS | words.FILTERS)
    environment.globals.update(links.GLOBALS)
    environment.globals.update(
        asset=Assets(Path(app.static_folder or "")).url,
        canonical_url=canonical_url,
        here=here,
        is_saved=saved.is_saved,
        language=language,
        now=current.now,
        saved_count=saved.saved_count,
        shows_demo=current.shows_demo,
        suggestion_words=search_words.suggestion_words,
        site_name=settings.site_name,
        site_name_hi=DEFAULT_NAME_HI if settings.site_name == DEFAULT_NAME else None,
        site_url=settings.site_url,
        today=current.today,
        vocabulary=current.vocabulary,
    )


def canonical_url() -> str:
    """Give the one address of this page: the site's own, without parameters."""
    return current.settings().site_url + request.path


def here() -> str:
    """Give the address of this page without the host, to come back to."""
    query = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query}" if query else request.path


def language() -> str:
    """Give the language this page is written in, as HTML names it."""
    locale = get_locale()
    return locale.language if locale is not None else "en"
