"""Who may open a page, and the headers every answer carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from directory.core.errors import NotAllowedError
from directory.web.access import Level, access, level_of

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


@pytest.mark.parametrize("level", ["user", "moderator", "administrator"])
def test_nobody_can_sign_in_yet_so_other_levels_refuse_all(level: str) -> None:
    @access(level)
    def view() -> str:
        return "shown"

    with pytest.raises(NotAllowedError):
        view()


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
