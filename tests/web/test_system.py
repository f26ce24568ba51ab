"""Pages for machines, and those about the directory itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from config import Mode
from directory.app import create_app
from directory.listings.models import ListingState
from directory.listings.policy import FACTS
from directory.vocabulary.reading import read_sources
from directory.web.about import fact_rules
from tests.factories.listings import Facts, make_centre, make_practitioner
from tests.support.page import PageClient
from tests.support.sqlite import settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary


def test_a_living_process_says_so(client: PageClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")


def test_a_directory_with_its_reference_data_is_ready(client: PageClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_a_database_without_tables_is_not_ready(empty_database_url: str, tmp_path: Path) -> None:
    client = PageClient(create_app(settings_for(tmp_path, empty_database_url)))
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "not migrated" in response.text
    assert client.get("/healthz").status_code == 200


def test_a_database_that_cannot_be_opened_is_not_ready(tmp_path: Path) -> None:
    missing = tmp_path / "no-such-folder" / "directory.db"
    client = PageClient(create_app(settings_for(tmp_path, f"sqlite:///{missing}")))
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "cannot be reached" in response.text


def test_crawlers_are_told_of_the_sitemap_and_kept_out_of_searches(client: PageClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()

    assert "Disallow: /search" in lines
    assert any(line.startswith("Sitemap: http") for line in lines)


def addresses(xml: str) -> list[str]:
    """Give every address of a sitemap."""
    return [el.text or "" for el in ET.fromstring(xml).iter() if el.tag.endswith("}loc")]  # noqa: S314 - our own answer


def test_the_sitemap_leads_to_every_public_listing_and_page(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    shown = make_practitioner(vocabulary, Facts(name="Shown"))
    centre = make_centre(vocabulary, Facts(name="House"))
    make_practitioner(vocabulary, Facts(name="Draft", state=ListingState.DRAFT))

    files = addresses(client.get("/sitemap.xml").text)
    site = client.app.config["SETTINGS"].site_url
    listed = [
        address.removeprefix(site)
        for file in files
        for address in addresses(client.get(file.removeprefix(site)).text)
    ]

    assert {shown.path, centre.path, "/", "/urgent", "/localities/saket"} <= set(listed)
    assert len(listed) == len(set(listed))
    assert not any("draft" in address for address in listed)
    assert {client.get(path).status_code for path in listed[:12]} == {200}


def test_a_sitemap_that_is_not_there_is_not_found(client: PageClient) -> None:
    assert client.get("/sitemaps/listings-7.xml").status_code == 404


def test_the_old_icon_address_leads_to_the_mark(client: PageClient) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith("mark.svg")


def test_what_is_checked_is_told_from_the_rules_themselves(app: Flask, client: PageClient) -> None:
    page = client.page("/about/checking")

    rows = page.rows("Facts, how they are checked, and how many days a check counts")[1:]
    with app.test_request_context():
        expected = {(rule.name, f"{rule.days} days") for rule in fact_rules()}
    assert {(row[0], row[2]) for row in rows} == expected
    assert len(rows) == len(FACTS)


def test_every_data_set_is_named_with_the_lines_it_asks_for(client: PageClient) -> None:
    page = client.page("/about/data")

    for source in read_sources():
        assert source.title_en in page.main_text
        assert all(line in page.main_text for line in source.attribution_en)


def test_privacy_is_told_in_short(client: PageClient) -> None:
    assert client.page("/policies/privacy").h1 == "Privacy"


def test_components_are_shown_where_pages_are_made_and_hidden_from_readers(
    app: Flask, client: PageClient, tmp_path: Path
) -> None:
    assert client.page("/_components").h1 == "Components and tokens"

    settings = replace(app.config["SETTINGS"], mode=Mode.PRODUCTION, instance_folder=tmp_path)
    assert create_app(settings).test_client().get("/_components").status_code == 404
