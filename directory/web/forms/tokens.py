"""What every form that changes something carries: a signed token, and a field nobody fills in.

The token is bound to a cookie of this browser (a signed double submit, OWASP), so another site
cannot send our forms: without it nothing can be written, whatever a view does. It also says when
the form was first shown: a person needs some seconds for it. The empty field is hidden from people
and named so that robots fill it in. No captcha, nothing of another host.

Buttons on a page that everybody reads carry a token of nobody's (`open_field`), so that reading
sets no cookie: it counts only where the browser itself says that the form stood on this site.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, render_template_string, request
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup

from directory.core.db import refuse_writing
from directory.core.errors import DirectoryError
from directory.web import cookies, current

if TYPE_CHECKING:
    from flask import Flask

COOKIE = "form"
TOKEN = "csrf_token"  # noqa: S105 - a field's name
EMPTY = "website"
GOOD_FOR = timedelta(hours=24)
PURPOSE = "a form of this site"
NOBODYS = ""
HOUR = timedelta(hours=1)
# Nobody reads a form and fills it in faster than that.
LEAST_TIME = timedelta(seconds=3)
PATIENCE = "least_form_time"
READING = frozenset({"GET", "HEAD", "OPTIONS"})

FIELDS = """
<input type="hidden" name="csrf_token" value="{{ token }}">
<div class="only-read" aria-hidden="true">
  <label for="{{ id }}">{{ _("Leave this empty") }}</label>
  <input id="{{ id }}" name="website" tabindex="-1" autocomplete="off">
</div>
"""


class NotOurFormError(DirectoryError):
    """A form that was not made here for this browser, or a day ago; it changes nothing."""


def register(app: Flask) -> None:
    """Let templates write the fields, and let nothing be written without a good token."""
    app.extensions.setdefault(PATIENCE, LEAST_TIME)
    app.jinja_env.globals.update(csrf_field=csrf_field, open_field=open_field)
    app.before_request(_refuse_what_is_not_ours)
    app.teardown_request(_forget_refusal)


def _refuse_what_is_not_ours() -> None:
    """Refuse every write of a request that may come from another site; a view may say so kindly."""
    if request.method not in READING and not is_genuine(request.form.get(TOKEN)):
        refuse_writing(NotOurFormError(gettext("Nothing was changed. Please send it once more.")))


def _forget_refusal(_fault: BaseException | None) -> None:
    if request.method not in READING:
        refuse_writing(None)


def csrf_field() -> Markup:
    """Give the hidden fields of one form."""
    current.keep_nowhere()
    return _fields(new_token(), secrets.token_hex(4))


def open_field(name: str = "open") -> Markup:
    """Give the hidden fields of a form on a page that sets no cookie and may be kept.

    Each form of a page has a name of its own. The token is the same for an hour, and so is the
    page. It says nothing of how long somebody looked at it.
    """
    hour = current.now().replace(minute=0, second=0, microsecond=0) - HOUR
    return _fields(str(_signer().dumps([NOBODYS, int(hour.timestamp())])), name)


def _fields(token: str, name: str) -> Markup:
    written = render_template_string(FIELDS, token=token, id=f"unfilled-{name}")
    return Markup(written.strip())  # noqa: S704 - rendered with autoescape just now


def new_token() -> str:
    """Give a token for this browser; a form shown again keeps the time it was first shown."""
    shown_at = _made_at(request.form.get(TOKEN))
    if shown_at is None or current.now() - shown_at >= GOOD_FOR:
        shown_at = current.now()
    return str(_signer().dumps([_browser(), int(shown_at.timestamp())]))


def is_genuine(token: str | None) -> bool:
    """Tell whether a form was made here, for this browser, within a day."""
    made_at = _made_at(token)
    return made_at is not None and current.now() - made_at < GOOD_FOR


def is_hasty(token: str | None) -> bool:
    """Tell whether a form was sent sooner than anybody reads one."""
    made_at = _made_at(token)
    return made_at is not None and current.now() - made_at < current_app.extensions[PATIENCE]


def is_robot() -> bool:
    """Tell whether the field was filled in that nobody sees."""
    return bool(request.form.get(EMPTY))


def _made_at(token: str | None) -> datetime | None:
    try:
        browser, made_at = _signer().loads(token or "")
    except (BadSignature, TypeError, ValueError):
        return None
    if browser == NOBODYS:
        return datetime.fromtimestamp(int(made_at), UTC) if _stood_here() else None
    if not secrets.compare_digest(str(browser).encode(), (cookies.sent(COOKIE) or "").encode()):
        return None
    return datetime.fromtimestamp(int(made_at), UTC)


def _stood_here() -> bool:
    """Tell whether the browser says that this form stood on a page of ours.

    Nobody else's page can make it say so (W3C Fetch Metadata; Origin, RFC 6454, in older ones).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", "")).netloc
    return origin in {request.host, urlsplit(current.settings().site_url).netloc}


def _browser() -> str:
    known = cookies.value_of(COOKIE)
    if known is None:
        known = secrets.token_urlsafe(16)
        cookies.give(COOKIE, known, max_age=None)
    return known


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current.settings().secret_key, salt=PURPOSE)
