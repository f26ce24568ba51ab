"""Every rule of the checking client bites: each page here breaks one, and only that one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from flask import Flask, Response

from tests.support.page import PageClient
from tests.support.page_rules import RULES
from tests.support.sqlite import settings_for

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
GOOD = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Depression – Directory</title>
<script type="application/ld+json">{"@type": "Thing", "name": "दिल्ली"}</script></head>
<body><a href="#main">Skip</a>
<a href="tel:112">112</a> <a href="tel:14416">14416</a>
<nav aria-label="Main"><a href="/">Home</a></nav>
<main id="main"><h1>Depression <span lang="hi">अवसाद</span> <span class="tag">Demo</span></h1>
<form action="/" method="post"><input type="hidden" name="csrf_token" value="x">
<label for="q">What</label> <input id="q" name="q"> <button>Search</button></form>
<h2>Where</h2><!--here--></main></body></html>"""

BROKEN = {
    "valid_html: an open element": ("<h2>Where</h2>", "<h2>Where</h2><p><b>Where</p>"),
    "valid_html: no doctype": ("<!doctype html>\n", ""),
    "one_heading_in_title: two": ("<h2>Where</h2>", "<h1>Depression</h1>"),
    "one_heading_in_title: other words": ("Depression –", "Sadness –"),
    "unique_ids: twice": ("<!--here-->", '<p id="q">'),
    "unique_ids: a link into nothing": ("<!--here-->", '<a href="#gone">Gone</a>'),
    "unique_ids: a hint that is not there": ('name="q"', 'name="q" aria-describedby="hint"'),
    "labels: a field": ('<label for="q">What</label>', "What"),
    "labels: a button": ("<button>Search</button>", "<button></button>"),
    "labels: a picture": ("<!--here-->", '<img src="/">'),
    "labels: a drawing": ("<!--here-->", '<svg viewBox="0 0 1 1"></svg>'),
    "csrf_token: missing": ('name="csrf_token"', 'name="other"'),
    "nothing_inline: script": ("<!--here-->", "<script>alert(1)</script>"),
    "nothing_inline: style": ("<h2>", '<h2 style="margin:0">'),
    "nothing_inline: handler": ("<h2>", '<h2 onclick="x()">'),
    "nothing_inline: linked data": ('{"@type": "Thing",', '{"@type": Thing,'),
    "nothing_foreign: a picture": ("<!--here-->", '<img src="https://cdn.example/x" alt="">'),
    "nothing_foreign: a style sheet": (
        "</head>",
        '<link rel="stylesheet" href="//cdn.example/x"></head>',
    ),
    "nothing_foreign: a link out": ("<!--here-->", '<a href="https://a.example" rel="x">A</a>'),
    "languages: Hindi": ("<h2>Where</h2>", "<h2>कहाँ</h2>"),
    "languages: of the page": ('<html lang="en">', "<html>"),
    "urgent_strip: 112": ('href="tel:112"', 'href="tel:100"'),
    "urgent_strip: too late": ('<a href="tel:14416">14416</a>', ""),
    "heading_order: a step left out": ("<h2>Where</h2>", "<h3>Where</h3>"),
    "landmarks: no skip link": ('<a href="#main">Skip</a>', ""),
    "landmarks: a nameless navigation": (' aria-label="Main"', ""),
    "no_dead_links: a page": ('href="/">Home', 'href="/gone">Home'),
    "no_dead_links: a form": ('action="/"', 'action="/gone"'),
    "nothing_leaks: an object": ("Where", "&lt;Listing object at 0x7f&gt;"),
    "nothing_leaks: a template": ("Where", "{{ place }}"),
}


def client_for(html: str, policy: str, folder: Path) -> PageClient:
    """Give a checking client of a site with this one page."""
    app = Flask(__name__)
    app.config["SETTINGS"] = settings_for(folder, "sqlite://")
    app.add_url_rule("/", "home", lambda: answer(html, policy), methods=["GET", "POST"])
    return PageClient(app)


def answer(html: str, policy: str) -> Response:
    headers = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
    return Response(html, headers=headers)


def broken_rules(html: str, policy: str, folder: Path) -> set[str]:
    """Give the names of the rules that page breaks."""
    try:
        client_for(html, policy, folder).page("/")
    except AssertionError as problem:
        return {line.split(":", 1)[0] for line in str(problem).splitlines()[1:]} & set(RULES)
    return set()


def test_a_good_page_breaks_no_rule(tmp_path: Path) -> None:
    assert broken_rules(GOOD, POLICY, tmp_path) == set()


@pytest.mark.parametrize(
    ("rule", "change"),
    [(name.split(":", maxsplit=1)[0], change) for name, change in BROKEN.items()],
    ids=BROKEN.keys(),
)
def test_a_broken_page_breaks_its_rule_and_no_other(
    rule: str, change: tuple[str, str], tmp_path: Path
) -> None:
    before, after = change
    assert GOOD.count(before) == 1, "the page is not broken by this change"

    assert broken_rules(GOOD.replace(before, after), POLICY, tmp_path) == {rule}


@pytest.mark.parametrize(
    "policy",
    [
        "",
        POLICY.replace("default-src 'none'; ", ""),
        POLICY.replace("; frame-ancestors 'none'", ""),
        POLICY + "; script-src 'self' 'unsafe-inline'",
        POLICY + "; style-src https://cdn.example",
    ],
)
def test_an_open_content_security_policy_is_a_fault(policy: str, tmp_path: Path) -> None:
    assert broken_rules(GOOD, policy, tmp_path) == {"security_headers"}


def test_every_rule_is_broken_by_some_page() -> None:
    assert {name.split(":")[0] for name in BROKEN} | {"security_headers"} == set(RULES)


def test_leaving_a_rule_out_needs_a_reason(tmp_path: Path) -> None:
    client = client_for(GOOD.replace(' aria-label="Main"', ""), POLICY, tmp_path)

    with pytest.raises(AssertionError, match="needs a reason"):
        client.page("/", without={"landmarks": "because"})
    with pytest.raises(AssertionError, match="there is no rule"):
        client.page("/", without={"landmark": "the name is wrong here"})
    assert client.page("/", without={"landmarks": "one navigation needs no name"}).status == 200


def test_a_page_is_read_by_role_label_and_heading(tmp_path: Path) -> None:
    page = client_for(GOOD, POLICY, tmp_path).page("/")

    assert page.h1 == "Depression अवसाद Demo"
    assert page.headings() == [(1, page.h1), (2, "Where")]
    assert page.link("Home") == "/"
    assert page.field("What").get("name") == "q"
    assert [el.tag for el in page.by_role("navigation", "Main")] == ["nav"]
    assert page.section("Where").tag == "main"
    assert cast("dict[str, str]", page.linked_data()[0])["name"] == "दिल्ली"
