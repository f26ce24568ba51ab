"""The HTML door: one file a noun. Views parse, make one call, and render.

Not for rules or for SQL: those are in the rooms. `register` is called by `app.create_app`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from flask_compress import Compress

from config import Mode
from directory.listings.queries.counts import KEPT_FOR, CountsCache
from directory.web import (
    about,
    account,
    admin,
    assets,
    caching,
    components,
    cookies,
    environment,
    errors,
    flags,
    home,
    landing,
    language,
    listings,
    metro,
    moderation,
    my_data,
    my_reviews,
    places,
    policies,
    receipts,
    review_form,
    review_policies,
    reviews,
    search,
    security,
    signing,
    system,
    urgent,
)
from directory.web.forms import tokens

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings

COMPRESSED = [
    "text/html",
    "text/css",
    "text/plain",
    "text/xml",
    "application/json",
    "application/problem+json",
    "application/xml",
    "image/svg+xml",
    "text/javascript",
]

NOUNS = (
    home,
    listings,
    reviews,
    landing,
    places,
    metro,
    search,
    urgent,
    about,
    policies,
    review_policies,
    system,
)
AUTHORS = (account, review_form, my_reviews, my_data, flags, receipts)
DESK = (moderation, admin)


def register(app: Flask) -> None:
    """Add every page of the HTML door to the application."""
    settings = cast("Settings", app.config["SETTINGS"])
    testing = settings.mode is Mode.TESTING
    app.extensions["counts"] = CountsCache(kept_for=timedelta(0) if testing else KEPT_FOR)
    app.config.setdefault("COMPRESS_MIMETYPES", COMPRESSED)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    Compress(app)
    language.register(app)
    environment.register(app, settings)
    for answers in (assets, caching, security, errors, cookies, signing, tokens):
        answers.register(app)
    app.extensions["drawn_city"] = home.DrawnCity()
    for pages in (*NOUNS, *AUTHORS, *DESK):
        app.register_blueprint(pages.blueprint)
    if settings.mode is not Mode.PRODUCTION:
        app.register_blueprint(components.blueprint)
