"""The rules every page keeps. Each gives a list of faults in words; empty is good.

Called by `page.py` on every fetch and shown to bite by `tests/support/test_page_rules.py`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.support.markup import SVG, Markup, attribute, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from flask import Flask
    from werkzeug.test import TestResponse

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
DEVANAGARI = re.compile(r"[\u0900-\u0963\u0966-\u097f]")
SPOKEN_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "value", "content")
LOADING_TAGS = ("img", "script", "source", "iframe", "embed", "object", "audio", "video", "track")
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
# A drawing is one picture, or a group of things to press.
DRAWING_ROLES = {"img", "group"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
URGENT = ("tel:112", "tel:14416")
LEAKS = (" object at 0x", "&lt;built-in", "<bound method", "{{", "{%", "%(")


@dataclass(frozen=True)
class Fetched:
    """An answer and its tree, with what the rules need of the application."""

    app: Flask
    response: TestResponse
    html: str
    markup: Markup
    site_host: str

    @classmethod
    def of(cls, app: Flask, response: TestResponse) -> Fetched:
        """Parse an answer."""
        html = response.get_data(as_text=True)
        site_host = urlsplit(app.config["SETTINGS"].site_url).netloc
        return cls(app, response, html, Markup(html), site_host)

    def is_own(self, address: str) -> bool:
        """Tell whether an address stays on this site."""
        parts = urlsplit(address)
        return parts.scheme in {"", "http", "https"} and parts.netloc in {"", self.site_host}


def valid_html(page: Fetched) -> list[str]:
    """Require a document the HTML standard's parser reads without a complaint."""
    faults = list(page.markup.errors)
    if not page.html.lstrip().lower().startswith("<!doctype html>"):
        faults.append("no doctype")
    if "charset=utf-8" not in page.response.content_type:
        faults.append(f"content type {page.response.content_type}")
    return faults


def one_heading_in_title(page: Fetched) -> list[str]:
    """Require one h1; its words (without tags and Hindi) stand in the title."""
    found = page.markup.all("h1")
    titles = page.markup.all("title")
    if len(found) != 1 or not titles:
        return [f"{len(found)} h1, {len(titles)} title"]
    heading = _plain_words(found[0])
    title = text_of(next(iter(titles)))
    return [] if heading and heading in title else [f"h1 '{heading}' is not in title '{title}'"]


def unique_ids(page: Fetched) -> list[str]:
    """Require each id once, and each reference to lead to one."""
    ids = [el.get("id") for el in page.markup.all() if el.get("id") is not None]
    faults = [f"id '{name}' twice" for name in sorted({i for i in ids if i and ids.count(i) > 1})]
    faults += ["an empty id" for name in ids if not name]
    for element in page.markup.all():
        for name in REFERENCES:
            for target in attribute(element, name).split():
                if target not in ids:
                    faults.append(f"{name}='{target}' leads nowhere")
        href = attribute(element, "href")
        if element.tag == "a" and href.startswith("#") and href[1:] not in ids:
            faults.append(f"{href} leads nowhere")
    return faults


def labels(page: Fetched) -> list[str]:
    """Require a name for every control, button, link and drawing, links in a drawing too."""
    named = [*page.markup.controls(), *page.markup.all("button", "a", "summary")]
    named += page.markup.all(f"{SVG}a")
    drawings = page.markup.all(f"{SVG}svg")
    named += [el for el in drawings if el.get("role") in DRAWING_ROLES]
    faults = [f"{_tag(el)} without a name" for el in named if not _has_name(page.markup, el)]
    faults += [f"{_tag(el)} without alt" for el in page.markup.all("img") if el.get("alt") is None]
    return faults + [
        "a drawing neither hidden nor named"
        for el in drawings
        if el.get("aria-hidden") != "true" and el.get("role") not in DRAWING_ROLES
    ]


def csrf_token(page: Fetched) -> list[str]:
    """Require a token in every form that changes something."""
    forms = [el for el in page.markup.all("form") if attribute(el, "method").lower() == "post"]
    return [
        f"form to '{attribute(form, 'action')}' without a token"
        for form in forms
        if not any(el.get("name") == "csrf_token" and el.get("value") for el in form.iter("input"))
    ]


def nothing_inline(page: Fetched) -> list[str]:
    """Refuse inline script and style; linked data must be JSON."""
    faults = ["a style element" for _ in page.markup.all("style", f"{SVG}style")]
    for element in page.markup.all():
        names = [name for name in element.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118 - Element is no mapping
        faults += [f"{_tag(element)} has {name}" for name in names]
        if attribute(element, "href").lower().startswith("javascript:"):
            faults.append(f"{_tag(element)} runs script")
    for script in page.markup.all("script", f"{SVG}script"):
        if script.get("type") == "application/ld+json":
            faults += _not_json(script.text or "")
        elif not script.get("src"):
            faults.append("an inline script")
    return faults


def nothing_foreign(page: Fetched) -> list[str]:
    """Load nothing from elsewhere; links that leave say noopener noreferrer."""
    loaded = [
        attribute(el, name)
        for el in page.markup.all(*LOADING_TAGS, f"{SVG}image", f"{SVG}use")
        for name in ("src", "href", "data", "poster")
    ]
    loaded += [
        attribute(el, "href")
        for el in page.markup.all("link")
        if LOADING_LINKS & set(attribute(el, "rel").split())
    ]
    loaded += [
        part.split()[0]
        for el in page.markup.all("img", "source")
        for part in attribute(el, "srcset").split(",")
        if part.strip()
    ]
    loaded += [attribute(el, "action") for el in page.markup.all("form")]
    faults = [f"loads {address}" for address in loaded if not page.is_own(address)]
    for link in page.markup.all("a"):
        href = attribute(link, "href")
        leaves = href.startswith(("http:", "https:", "//")) and not page.is_own(href)
        if leaves and not {"noopener", "noreferrer"} <= set(attribute(link, "rel").split()):
            faults.append(f"link to {href} without noopener noreferrer")
    return faults


def languages(page: Fetched) -> list[str]:
    """Require a language for the page, and Hindi's mark round every Hindi run."""
    if not page.markup.root.get("lang"):
        return ["no lang on html"]
    faults = []
    for element in page.markup.all():
        is_hindi = _language(page.markup, element) == "hi"
        own = [element.text or "", *(attribute(element, name) for name in SPOKEN_ATTRIBUTES)]
        if element.tag in {"script", "meta"} and element.get("name") != "description":
            own = []
        own += [child.tail or "" for child in element]
        if not is_hindi and DEVANAGARI.search("".join(own)):
            hindi = " ".join("".join(own).split())
            faults.append(f"Hindi without lang='hi' in {_tag(element)}: {hindi[:60]}")
    return faults


def urgent_strip(page: Fetched) -> list[str]:
    """Require both urgent numbers as links before the main part."""
    before = []
    for element in page.markup.all("a", "main"):
        if element.tag == "main":
            break
        before.append(attribute(element, "href"))
    return [f"{number} is not above the main part" for number in URGENT if number not in before]


def heading_order(page: Fetched) -> list[str]:
    """Require headings that never skip a level."""
    faults = []
    before = 0
    for element in page.markup.all(*HEADINGS):
        level = HEADINGS.index(element.tag) + 1
        if level > before + 1:
            faults.append(f"h{level} '{text_of(element)}' follows h{before}")
        if not text_of(element):
            faults.append(f"an empty h{level}")
        before = level
    return faults


def landmarks(page: Fetched) -> list[str]:
    """Require one main part with a skip link to it, and names for several navigations."""
    mains = page.markup.all("main")
    if len(mains) != 1:
        return [f"{len(mains)} main parts"]
    links = page.markup.all("a")
    target = f"#{mains[0].get('id')}"
    faults = []
    if not links or links[0].get("href") != target:
        faults.append(f"the first link does not skip to {target}")
    names = [page.markup.name_of(el) for el in page.markup.all("nav") if _has_label(el)]
    if len(names) != len(page.markup.all("nav")) or len(set(names)) != len(names):
        faults.append(f"navigations need names of their own: {names}")
    return faults


def security_headers(page: Fetched) -> list[str]:
    """Require a strict Content-Security-Policy on every page."""
    policy = page.response.headers.get("Content-Security-Policy", "")
    sources = {part.split()[0]: set(part.split()[1:]) for part in policy.split(";") if part.strip()}
    needed = ("base-uri", "form-action", "frame-ancestors")
    faults = [f"{name} is missing" for name in needed if name not in sources]
    faults += [
        f"{name} is open: {sources[name]}"
        for name in ("script-src", "style-src")
        if not sources.get(name, {"'self'"}) <= {"'self'", "'none'"}
    ]
    if sources.get("default-src") not in ({"'none'"}, {"'self'"}):
        faults.append(f"default-src is not closed: {policy!r}")
    if page.response.headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("no nosniff")
    return faults


def no_dead_links(page: Fetched) -> list[str]:
    """Require a route (or a file) behind every address of ours."""
    addresses = {attribute(el, "href") for el in page.markup.all("a", "link", f"{SVG}a")}
    addresses |= {attribute(el, "src") for el in page.markup.all("script", "img")}
    forms = [el for el in page.markup.all("form") if el.get("action")]
    faults = [
        f"nothing answers {address}"
        for address in sorted(addresses)
        if address and not address.startswith("#") and page.is_own(address)
        if not _answers(page.app, address, "GET")
    ]
    return faults + [
        f"nothing answers the form to {attribute(form, 'action')}"
        for form in forms
        if not _answers(page.app, attribute(form, "action"), attribute(form, "method") or "get")
    ]


def nothing_leaks(page: Fetched) -> list[str]:
    """Refuse the inside of the program on a page."""
    return [f"the page shows '{leak}'" for leak in LEAKS if leak in page.html]


RULES: dict[str, Callable[[Fetched], list[str]]] = {
    rule.__name__: rule
    for rule in (
        valid_html,
        one_heading_in_title,
        unique_ids,
        labels,
        csrf_token,
        nothing_inline,
        nothing_foreign,
        languages,
        urgent_strip,
        heading_order,
        landmarks,
        security_headers,
        no_dead_links,
        nothing_leaks,
    )
}


def _plain_words(heading: Element) -> str:
    """Give a heading's words without its tags ("Demo") and its Hindi."""
    parts: list[str] = [heading.text or ""]
    for child in heading:
        aside = "tag" in attribute(child, "class").split() or child.get("lang")
        parts += ["" if aside else " ".join(child.itertext()), child.tail or ""]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _has_name(markup: Markup, element: Element) -> bool:
    if markup.name_of(element):
        return True
    inside: Iterable[Element] = element.iter()
    return any(el.get("aria-label") or el.get("alt") or el.tag == f"{SVG}title" for el in inside)


def _has_label(element: Element) -> bool:
    return bool(element.get("aria-label") or element.get("aria-labelledby"))


def _language(markup: Markup, element: Element) -> str:
    for around in (element, *markup.parents(element)):
        if around.get("lang"):
            return attribute(around, "lang").split("-")[0]
    return ""


def _not_json(content: str) -> list[str]:
    try:
        json.loads(content)
    except ValueError as problem:
        return [f"linked data is not JSON: {problem}"]
    return []


def _answers(app: Flask, address: str, method: str) -> bool:
    path = unquote(urlsplit(address).path) or "/"
    adapter = app.url_map.bind("localhost")
    try:
        endpoint, values = adapter.match(path, method=method.upper())
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    if endpoint == "static":
        return Path(app.static_folder or "", values["filename"]).is_file()
    return True


def _tag(element: Element) -> str:
    name = str(element.tag).rpartition("}")[2]
    marks = [f"{key}='{element.get(key)}'" for key in ("id", "class", "name") if element.get(key)]
    return f"<{' '.join([name, *marks])}>"
