"""Compression, fingerprints of files, and how long an answer may be kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tests.support.page import PageClient

MOST_BYTES = 60_000


def asked_by_a_browser(client: PageClient, path: str) -> Response:
    """Fetch as a browser does, compressed; the answer is read and closed."""
    with client.browser.get(path, headers={"Accept-Encoding": "gzip"}) as response:
        response.get_data()
        return response


def test_a_file_asked_for_by_its_fingerprint_is_kept_for_a_year(client: PageClient) -> None:
    address = re.search(r'href="(/static/css/base\.css\?v=\w+)"', client.get("/").text)

    assert address is not None
    kept = asked_by_a_browser(client, address[1]).headers
    plain = asked_by_a_browser(client, "/static/css/base.css").headers
    assert "max-age=31536000, immutable" in kept["Cache-Control"]
    assert "Cookie" not in kept["Vary"]  # else it would be fetched again with every change of one
    assert "immutable" not in plain["Cache-Control"]


def test_a_page_may_be_kept_by_its_reader_only_and_is_asked_again(client: PageClient) -> None:
    first = asked_by_a_browser(client, "/conditions/depression")
    again = client.browser.get(
        "/conditions/depression",
        headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]},
    )

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Vary"] == "Cookie, Accept-Encoding"
    assert again.status_code == 304
    assert again.data == b""


@pytest.mark.parametrize(
    "path", ["/", "/search", "/conditions/depression", "/localities", "/localities/saket"]
)
def test_a_first_view_weighs_less_than_sixty_kilobytes(client: PageClient, path: str) -> None:
    page = asked_by_a_browser(client, path)
    sheets = re.findall(r'href="(/static/css/[^"]+)"', client.get(path).text)
    weight = len(page.data) + sum(len(asked_by_a_browser(client, sheet).data) for sheet in sheets)

    assert len(sheets) == 6
    assert page.headers["Content-Encoding"] == "gzip"
    assert weight < MOST_BYTES


def test_the_urgent_page_is_under_fifty_kilobytes_uncompressed(client: PageClient) -> None:
    assert len(client.get("/urgent").data) < 50_000
