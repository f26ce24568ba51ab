"""Pages for machines: health, readiness, robots, sitemaps, and the icon browsers ask for."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, redirect, render_template, url_for

from directory.core.db import db
from directory.core.errors import NotFoundError
from directory.guides.queries import published_guides
from directory.listings.queries.addresses import count_public, public_addresses
from directory.vocabulary.models import TermKind
from directory.vocabulary.readiness import why_not_ready
from directory.web import current
from directory.web.access import access
from directory.web.entries import PAGES, term_url
from directory.web.links import listing_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("system", __name__)

LISTINGS_A_FILE = 10_000
FIXED_PAGES = (
    "/",
    "/conditions",
    "/treatments",
    "/professions",
    "/guides",
    "/localities",
    "/metro",
    "/urgent",
    "/self-check",
    "/about/checking",
    "/about/data",
    "/policies/privacy",
    "/policies/ranking",
    "/policies/reviews",
    "/policies/transparency",
)


@blueprint.get("/healthz")
@access("anyone")
def healthz() -> Response:
    """Say that this process answers; asks nothing else."""
    return _plain("ok\n")


@blueprint.get("/readyz")
@access("anyone")
def readyz() -> Response:
    """Say whether pages can be served, or with 503 why not."""
    reason = why_not_ready(db.session(), current_app.extensions["vocabulary"])
    reason = reason or current_app.extensions["search"].why_not_ready()
    if reason is None:
        return _plain("ready\n")
    response = _plain(f"not ready: {reason}\n")
    response.status_code = 503
    return response


@blueprint.get("/robots.txt")
@access("anyone")
def robots() -> Response:
    """Tell crawlers where the sitemap is, and to leave the endless searches alone."""
    site = current.settings().site_url
    lines = (
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /api/",
        "Disallow: /*/correct",
        f"Sitemap: {site}/sitemap.xml",
    )
    return _plain("\n".join(lines) + "\n")


@blueprint.get("/sitemap.xml")
@access("anyone")
def sitemap() -> Response:
    """List the sitemaps: one of pages, and one for every ten thousand listings."""
    files = ceil(count_public(db.session()) / LISTINGS_A_FILE)
    paths = ["/sitemaps/pages.xml"]
    paths += [f"/sitemaps/listings-{number}.xml" for number in range(1, files + 1)]
    return _xml(render_template("system/sitemaps.xml", addresses=_absolute(paths)))


@blueprint.get("/sitemaps/pages.xml")
@access("anyone")
def sitemap_of_pages() -> Response:
    """List every page that is not a listing."""
    vocabulary = current.vocabulary()
    paths = list(FIXED_PAGES)
    paths += [
        term_url(term) for kind in PAGES for term in vocabulary.terms[TermKind(kind)].values()
    ]
    paths += [f"/localities/{slug}" for slug in vocabulary.localities]
    paths += [f"/metro/{slug}" for slug in vocabulary.lines]
    pages: list[tuple[str, str | None]] = [(address, None) for address in _absolute(paths)]
    lines = published_guides(db.session())
    guides = _absolute([f"/guides/{line.slug}" for line in lines])
    days = [line.published_at.date().isoformat() for line in lines]
    pages += zip(guides, days, strict=True)
    return _xml(render_template("system/sitemap.xml", pages=pages))


@blueprint.get("/sitemaps/listings-<int:number>.xml")
@access("anyone")
def sitemap_of_listings(number: int) -> Response:
    """List some listings with the day each was last changed."""
    start = (number - 1) * LISTINGS_A_FILE
    found = public_addresses(db.session(), offset=max(0, start), limit=LISTINGS_A_FILE)
    if number < 1 or not found:
        raise NotFoundError("There is no such sitemap.")
    addresses = _absolute([listing_url(row.kind, row.slug) for row in found])
    days = [row.updated_at.date().isoformat() for row in found]
    return _xml(
        render_template("system/sitemap.xml", pages=list(zip(addresses, days, strict=True)))
    )


@blueprint.get("/favicon.ico")
@access("anyone")
def favicon() -> ResponseReturnValue:
    """Send the few browsers that ask here to the drawn mark."""
    return redirect(url_for("static", filename="img/mark.svg"), 301)


def _absolute(paths: Sequence[str]) -> list[str]:
    site = current.settings().site_url
    return [site + path for path in paths]


def _plain(text: str) -> Response:
    response = Response(text, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def _xml(text: str) -> Response:
    response = Response(text, mimetype="application/xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
