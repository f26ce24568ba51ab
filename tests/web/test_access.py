"""Who may open a page, and the headers every answer carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from directory.accounts.models import Role
from directory.web.access import Level, access, level_of
from tests.support.signing import make_person, sign_in

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.page import PageClient


def test_a_view_carries_the_level_it_declares() -> None:
    @access("anyone")
    def view() -> str:
        return "shown"

    assert level_of(view) is Level.ANYONE
    assert view() == "shown"


def test_an_unknown_level_is_refused_when_the_view_is_written() -> None:
    with pytest.raises(ValueError, match="everybody"):
        access("everybody")


WAY_IN = "/account/sign-in?next=/asked?for%3Dthis"
# Level, who asks, what they get when they open the page, and when they send it a form.
ASKED = [
    ("anyone", None, 200, 200),
    ("anyone", "user", 200, 200),
    ("user", None, 302, 403),
    ("user", "user", 200, 200),
    ("user", "moderator", 200, 200),
    ("user", "half", 302, 403),
    ("moderator", None, 302, 403),
    ("moderator", "user", 403, 403),
    ("moderator", "half", 302, 403),
    ("moderator", "moderator", 200, 200),
    ("moderator", "administrator", 200, 200),
    ("administrator", None, 302, 403),
    ("administrator", "user", 403, 403),
    ("administrator", "moderator", 403, 403),
    ("administrator", "administrator", 200, 200),
    ("between-steps", None, 302, 403),
    ("between-steps", "user", 302, 403),
    ("between-steps", "half", 200, 200),
    ("between-steps", "moderator", 302, 403),
]


@pytest.mark.parametrize(("level", "who", "opened", "sent"), ASKED)
def test_a_page_opens_to_its_level_alone(
    app: Flask, client: PageClient, level: str, who: str | None, *, opened: int, sent: int
) -> None:
    @access(level)
    def view() -> str:
        return "shown"

    app.add_url_rule("/asked", "asked", view, methods=["GET", "POST"])
    if who is not None:
        _sign_in(client, who)

    assert client.get("/asked").status_code == opened
    assert client.post("/asked", {}).status_code == sent


def test_who_is_not_signed_in_is_led_to_signing_in_and_back(app: Flask, client: PageClient) -> None:
    @access("user")
    def view() -> str:
        return "shown"

    app.add_url_rule("/asked", "asked", view)

    assert client.get("/asked?for=this").headers["Location"] == WAY_IN


def _sign_in(client: PageClient, who: str) -> None:
    role = Role.MODERATOR if who == "half" else Role(who)
    with client.app.app_context():
        keys, now = client.app.extensions["keys"], client.app.extensions["clock"]()
        user_id = make_person("somebody", role=role, keys=keys, now=now)
    sign_in(client, user_id, is_strong=False if who == "half" else None)


def test_a_view_without_a_level_declares_none() -> None:
    def view() -> str:
        return "shown"

    assert level_of(view) is None


def test_every_answer_forbids_what_the_site_never_does(client: PageClient) -> None:
    for path in ("/", "/no-such-page", "/static/css/tokens.css", "/healthz"):
        with client.get(path) as response:
            headers = response.headers

        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_strict_transport_is_asked_for_on_https_only(app: Flask, client: PageClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers

    app.config["SETTINGS"] = replace(app.config["SETTINGS"], site_url="https://example.org")
    assert "max-age" in client.get("/healthz").headers["Strict-Transport-Security"]


def test_no_page_sets_a_cookie(client: PageClient) -> None:
    for path in ("/", "/search?q=depression", "/urgent?near=saket"):
        assert "Set-Cookie" not in client.get(path).headers
