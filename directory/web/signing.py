"""Who is signed in: a cookie's token, looked up as a row of ours on every request that asks.

Flask-Login carries the person through a request; sessions themselves are the accounts room's, so
that each can be listed and ended. Pages that ask nobody cost no query.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import g, request
from flask.sessions import SecureCookieSession, SessionInterface
from flask_login import LoginManager, current_user

from directory.accounts.device import device_label
from directory.accounts.operations import touch_session
from directory.accounts.queries import viewer_of
from directory.core.db import db
from directory.core.errors import NotAllowedError
from directory.web import cookies, current

if TYPE_CHECKING:
    from flask import Flask, Request, Response
    from flask.sessions import SessionMixin

    from directory.accounts.operations import OpenedSession
    from directory.accounts.policy import Viewer

SESSION = "account"
READING = frozenset({"GET", "HEAD"})
# Where Flask-Login keeps the person: with the application, which may outlive a request.
CARRIED = "_login_user"
BROWSER = "browser"
# As long as the link that confirms a review.
BROWSER_KEPT_S = 7 * 24 * 3600


class SignedIn:
    """Somebody signed in, as Flask-Login carries them."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    def get_id(self) -> str:
        """Give the session they are signed in by."""
        return str(self.viewer.session_id)


class NoSession(SessionInterface):
    """Flask-Login looks into a session of Flask's; this site has none, and saves none.

    One that was looked into would put `Vary: Cookie` on every answer, and a browser would fetch
    sheets and scripts again whenever a listing is saved.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:  # noqa: ARG002
        """Give an empty one."""
        return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep nothing."""


def register(app: Flask) -> None:
    """Look people up by their cookie."""
    app.session_interface = NoSession()
    carrier = LoginManager()
    carrier.session_protection = None
    carrier.init_app(app)
    carrier.request_loader(_load)
    app.before_request(_carry_nobody)
    app.after_request(_note_seen)


def current_viewer() -> Viewer | None:
    """Give who is signed in, or None."""
    if session_token() is None:
        return None
    person = current_user._get_current_object()  # noqa: SLF001 - the documented way to the person itself
    return person.viewer if isinstance(person, SignedIn) else None


def signed_in() -> Viewer:
    """Give who is signed in, on a page only they can open; raises `NotAllowedError`."""
    viewer = current_viewer()
    if viewer is None:
        raise NotAllowedError("You need to sign in to see this page.")
    return viewer


def session_token() -> str | None:
    """Give the token of the session's cookie; it may be half a session, or over."""
    return cookies.value_of(SESSION)


def keep_signed_in(opened: OpenedSession) -> None:
    """Give the browser the cookie of a session that was just opened."""
    seconds = int((opened.expires_at - current.now()).total_seconds())
    cookies.give(SESSION, opened.token, max_age=seconds)
    current.keep_nowhere()


def forget() -> None:
    """Take the session's cookie away."""
    cookies.take_away(SESSION)


def browser_token() -> str:
    """Give what binds a link to this browser, made when a link is first asked for here."""
    known = cookies.value_of(BROWSER)
    if known is None:
        known = secrets.token_urlsafe(32)
    cookies.give(BROWSER, known, max_age=BROWSER_KEPT_S)
    return known


def known_browser() -> str | None:
    """Give what binds a link to this browser, if one was asked for here."""
    return cookies.value_of(BROWSER)


def device() -> str:
    """Give a short neutral name of this browser."""
    return device_label(request.headers.get("User-Agent", ""))


def _carry_nobody() -> None:
    g.pop(CARRIED, None)


def _load(_asking: Request) -> SignedIn | None:
    token = session_token()
    viewer = viewer_of(db.session(), token, keys=current.keys(), now=current.now())
    if viewer is None:
        return None
    current.keep_nowhere()
    request.environ[SESSION] = viewer
    return SignedIn(viewer)


def _note_seen(response: Response) -> Response:
    viewer = cast("Viewer | None", request.environ.get(SESSION))
    works = request.method in READING and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    if viewer is not None and viewer.touch_due and works:
        touch_session(viewer=viewer, now=current.now())
    return response
