"""The saved listings of this browser, in a signed cookie that only this site reads.

It holds ids and the day of the last change, nothing else, and nothing of it is stored or logged
here. What was just removed stands in a second cookie for ten minutes, so that it can be put back.
Called by `shortlist.py`, `compare.py` and, for "Save" and the masthead, by templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from directory.listings.shortlist import KEPT_DAYS, Shortlist, packed, unpacked
from directory.web import cookies, current

if TYPE_CHECKING:
    from datetime import date

COOKIE = "saved"
REMOVED = "removed"
KEPT_S = KEPT_DAYS * 24 * 3600
REMOVED_KEPT_S = 600
# Twenty ids and a signature take a quarter of it; what is longer is not ours.
LONGEST = 1000
PURPOSE = "the listings a reader saved"
REMOVED_PURPOSE = "the listing a reader removed"
KEPT_AT = "directory.saved"


class Removed(NamedTuple):
    """What was removed a moment ago, and at which place of the list it stood."""

    listing_id: int
    at: int


def read(value: str | None, secret: str, today: date) -> Shortlist:
    """Give the list of a cookie's value; an empty one when we did not write it lately."""
    if value is None or len(value) > LONGEST:
        return Shortlist()
    try:
        return unpacked(URLSafeSerializer(secret, salt=PURPOSE).loads(value), today)
    except BadSignature:
        return Shortlist()


def written(shortlist: Shortlist, secret: str, today: date) -> str:
    """Give the cookie's value of a list."""
    return str(URLSafeSerializer(secret, salt=PURPOSE).dumps(packed(shortlist, today)))


def shortlist() -> Shortlist:
    """Give the list of this browser, as this answer will leave it."""
    value = cookies.value_of(COOKIE)
    known = cast("tuple[str | None, Shortlist] | None", request.environ.get(KEPT_AT))
    if known is None or known[0] != value:
        known = (value, read(value, current.settings().secret_key, current.today()))
        request.environ[KEPT_AT] = known
    return known[1]


def is_saved(listing_id: int) -> bool:
    """Say whether a listing is among those saved in this browser."""
    return listing_id in shortlist().ids


def saved_count() -> int:
    """Give how many listings are saved in this browser."""
    return len(shortlist().ids)


def keep(changed: Shortlist) -> None:
    """Give the browser its changed list; an empty one takes the cookie away."""
    if not changed.ids:
        cookies.take_away(COOKIE)
        return
    value = written(changed, current.settings().secret_key, current.today())
    cookies.give(COOKIE, value, max_age=KEPT_S)


def remove(listing_id: int) -> None:
    """Take a listing off the list, so that it can be put back for ten minutes."""
    before = shortlist()
    if listing_id in before.ids:
        removed = [listing_id, before.ids.index(listing_id)]
        cookies.give(REMOVED, str(_timed().dumps(removed)), max_age=REMOVED_KEPT_S)
        keep(before.without(listing_id))


def just_removed() -> Removed | None:
    """Give what was removed in the last ten minutes and not put back since; None for nothing."""
    try:
        found = _timed().loads(cookies.value_of(REMOVED) or "", max_age=REMOVED_KEPT_S)
    except BadSignature:
        return None
    match found:
        case [int(listing_id), int(at)]:
            return Removed(listing_id, at)
        case _:
            return None


def forget_removed() -> None:
    """Take what was removed out of this browser: it is back."""
    cookies.take_away(REMOVED)


def forget() -> None:
    """Take the list and what was removed of it out of this browser."""
    cookies.take_away(COOKIE)
    forget_removed()


def _timed() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current.settings().secret_key, salt=REMOVED_PURPOSE)
