"""The HTML door: one file a noun. Views parse, make one call, and render.

Not for rules or for SQL: those are in the rooms. `register` is called by `app.create_app`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from flask_compress import Compress

from config import Mode
from directory.listings.queries.counts import KEPT_FOR, CountsCache
from directory.listings.queries.lookalikes import LookalikesCache
from directory.web import (
    about,
    account,
    addresses,
    admin,
    assets,
    caching,
    checks_desk,
    compare,
    components,
    cookies,
    corrections,
    duplicates,
    environment,
    errors,
    flags,
    guides,
    guides_desk,
    hand_outs,
    home,
    imports,
    landing,
    language,
    listing_editor,
    listings,
    map_ground,
    metro,
    moderation,
    my_data,
    my_reviews,
    places,
    policies,
    receipts,
    report_desk,
    review_form,
    review_policies,
    reviews,
    search,
    search_points,
    security,
    self_check,
    shortlist,
    signing,
    system,
    uploads,
    urgent,
    vocabulary,
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
    hand_outs,
    shortlist,
    compare,
    reviews,
    landing,
    places,
    metro,
    search,
    search_points,
    urgent,
    self_check,
    about,
    policies,
    review_policies,
    guides,
    system,
)
AUTHORS = (account, review_form, my_reviews, my_data, flags, corrections, receipts)
DESK = (
    moderation,
    report_desk,
    admin,
    listing_editor,
    checks_desk,
    guides_desk,
    duplicates,
    imports,
    vocabulary,
)


def register(app: Flask) -> None:
    """Add every page of the HTML door to the application."""
    settings = cast("Settings", app.config["SETTINGS"])
    testing = settings.mode is Mode.TESTING
    addresses.register(app)
    app.extensions["lookalikes"] = LookalikesCache()
    app.extensions["counts"] = CountsCache(kept_for=timedelta(0) if testing else KEPT_FOR)
    app.config.setdefault("COMPRESS_MIMETYPES", COMPRESSED)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    Compress(app)
    language.register(app)
    environment.register(app, settings)
    for answers in (assets, caching, security, errors, cookies, signing, uploads, tokens):
        answers.register(app)
    app.extensions["drawn_city"] = home.DrawnCity()
    app.extensions["drawn_sheet"] = map_ground.DrawnSheet()
    for pages in (*NOUNS, *AUTHORS, *DESK):
        app.register_blueprint(pages.blueprint)
    if settings.mode is not Mode.PRODUCTION:
        app.register_blueprint(components.blueprint)
