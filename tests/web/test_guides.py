"""Guides as readers see them: who answers for one, until when, and what it rests on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.audit.policy import COMMAND
from directory.guides.operations import withdraw_guide
from tests.factories.guides import SLUG, publish, write
from tests.support.markup import text_of

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

PATH = f"/guides/{SLUG}"


def test_without_a_guide_the_page_says_so_and_leads_on(client: PageClient) -> None:
    page = client.page("/guides")

    assert "No guide is published yet" in page.main_text
    assert page.link("All concerns", page.by_role("main")[0]) == "/conditions"


def test_a_guide_says_who_wrote_it_who_read_it_and_what_it_rests_on(
    client: PageClient, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)

    page = client.page(PATH)

    assert page.h1.startswith("Ketamine, before you begin")
    assert page.pairs() == [
        ("Written by", "Asha Rao, health writer"),
        ("Reviewed by", "Vikram Sen, MD Psychiatry, 23 Nov 2026"),
        ("Next review", "23 Nov 2027"),
        ("Sources", "2, numbered at the end"),
    ]
    assert page.items(page.section("Sources")) == [
        "Mental Healthcare Act 2017 read on 1 Nov 2026 ↑1 ↑2",
        "A book named, not yet read by us ↑",
    ]
    assert page.link("↑2") == "#cited-1-2"
    assert page.link("What is known") == "#part-what-is-known"
    assert page.links(page.section("In plain words"))[0][1] == "/treatments/iv-ketamine"
    (data,) = page.linked_data()
    assert (data["reviewedBy"]["name"], data["lastReviewed"]) == (
        "Vikram Sen, MD Psychiatry",
        "2026-11-23",
    )


def test_the_list_the_words_it_is_about_and_the_sitemap_lead_to_a_guide(
    client: PageClient, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)

    for path in ("/guides", "/treatments/iv-ketamine"):
        assert client.page(path).link("Ketamine, before you begin") == PATH
    assert f"{PATH}</loc><lastmod>2026-11-23" in client.get("/sitemaps/pages.xml").text
    found = client.page("/search", treatment="iv-ketamine")
    assert found.link("Ketamine, before you begin") == PATH
    guides = client.get("/api/v1/listings", treatment="iv-ketamine").json
    assert guides is not None
    assert {"title": "Ketamine, before you begin", "url": PATH, "notice": None} in guides["guides"]


def test_a_guide_whose_review_is_over_says_so(
    app: Flask, client: PageClient, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)
    app.extensions["clock"] = lambda: now + timedelta(days=365)

    page = client.page(PATH)

    assert "Not read again in time" in page.main_text
    assert ("Next review", "was due on 23 Nov 2027") in page.pairs()
    assert "Not read again since 23 Nov 2026" in client.page("/guides").main_text


@pytest.mark.parametrize("state", ["unknown", "draft", "withdrawn"])
def test_what_is_not_shown_is_not_there(
    client: PageClient, vocabulary: Vocabulary, now: datetime, state: str
) -> None:
    publish(vocabulary, now, slug="another", title="Another guide")
    if state == "draft":
        write(vocabulary, now)
    if state == "withdrawn":
        publish(vocabulary, now)
        withdraw_guide(actor=COMMAND, slug=SLUG, now=now)

    page = client.page(PATH, status=410 if state == "withdrawn" else 404)

    assert page.link("Another guide") == "/guides/another"
    assert "Ketamine, before" not in page.text
    lists = [text_of(el) for el in client.page("/guides").classed("guides__title")]
    assert len(lists) == 1
