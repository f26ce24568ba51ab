"""What one request knows: the instant it came, the vocabulary, and whether demo data is shown.

Each is read once for a request and kept with it. Called by views and by template globals; not
by rooms, which get these as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, request

from directory.core.clock import DELHI, delhi_day, utc_now
from directory.core.db import db

if TYPE_CHECKING:
    from datetime import date, datetime

    from config import Settings
    from directory.accounts.keys import Keys
    from directory.listings.queries.counts import CountsCache, DirectoryCounts
    from directory.search.local import LocalSearch
    from directory.vocabulary.queries import Vocabulary

KEPT_AT = "directory.known"


@dataclass
class Known:
    """What has been read for this request so far."""

    now: datetime | None = None
    vocabulary: Vocabulary | None = None
    counts: DirectoryCounts | None = None
    shows_demo: bool | None = None
    kept_nowhere: bool = False
    without_database: bool = False


def settings() -> Settings:
    """Give the settings of the running application."""
    return cast("Settings", current_app.config["SETTINGS"])


def now() -> datetime:
    """Give the instant this request began, in Delhi time."""
    known = _known()
    if known.now is None:
        clock = current_app.extensions.get("clock", utc_now)
        known.now = cast("datetime", clock()).astimezone(DELHI)
    return known.now


def today() -> date:
    """Give the day in Delhi."""
    return delhi_day(now())


def vocabulary() -> Vocabulary:
    """Give the vocabulary, asked for once in a request."""
    known = _known()
    if known.vocabulary is None:
        cache = current_app.extensions["vocabulary"]
        known.vocabulary = cast("Vocabulary", cache.current(db.session()))
    return known.vocabulary


def keys() -> Keys:
    """Give the keys personal things are sealed and looked up with."""
    return cast("Keys", current_app.extensions["keys"])


def keep_nowhere() -> None:
    """Let no browser and no cache keep this answer: it holds a form, or is somebody's own."""
    _known().kept_nowhere = True


def is_kept_nowhere() -> bool:
    """Tell whether this answer may be kept nowhere."""
    return _known().kept_nowhere


def search() -> LocalSearch:
    """Give the search of this process."""
    return cast("LocalSearch", current_app.extensions["search"])


def counts() -> DirectoryCounts:
    """Give how many listings stand under each word and place, at most a minute old."""
    known = _known()
    if known.counts is None:
        known.counts = _counts_cache().current(db.session(), vocabulary(), now())
    return known.counts


def shows_demo() -> bool:
    """Say whether demo listings are among those shown; error pages do not ask the database."""
    known = _known()
    if known.without_database:
        return _counts_cache().demo_last_seen
    if known.shows_demo is None:
        known.shows_demo = _counts_cache().has_demo(db.session(), now())
    return known.shows_demo


def do_without_database() -> None:
    """Promise that the rest of this request asks the database nothing (error pages)."""
    _known().without_database = True


def _known() -> Known:
    """Give what this request knows; kept with the request, not with the application context."""
    return cast("Known", request.environ.setdefault(KEPT_AT, Known()))


def _counts_cache() -> CountsCache:
    return cast("CountsCache", current_app.extensions["counts"])
