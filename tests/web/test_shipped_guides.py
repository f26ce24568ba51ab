"""The guides that come with the directory: found, linked both ways, and told to be unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.guides.shipped import load_shipped_guides, shipped_guides
from directory.web.markdown import own_links
from tests.factories.guides import review
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

UNREAD = "No clinician has read this guide yet."
SOURCES_AT_END = "It is put together from the sources named at the end."
KETAMINE = "/guides/ketamine-for-depression"
FOUND = {
    "ketamine": "ketamine-for-depression",
    "केटामिन": "ketamine-for-depression",
    "ect": "ect-today",
    "mhca": "admission-and-your-rights",
    "de-addiction": "de-addiction",
    "nasha mukti": "de-addiction",
    "kharcha": "costs-and-insurance",
    "insurance": "costs-and-insurance",
    "24x7 centre": "choosing-a-24x7-centre",
    "who does what": "who-does-what",
    "difference between psychologist and psychiatrist": "who-does-what",
    "what is rtms": "rtms",
    "depression": "depression-first-steps",
    "bharti ke adhikar": "admission-and-your-rights",
}


@pytest.fixture
def _loaded(vocabulary: Vocabulary, now: datetime) -> None:
    """Load the guides that ship."""
    load_shipped_guides(now=now, vocabulary=vocabulary)


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("_loaded")
def test_every_guide_has_a_page_that_says_nobody_read_it_and_leads_on(client: PageClient) -> None:
    links: set[str] = set()
    for guide in shipped_guides():
        page = client.page(f"/guides/{guide.slug}")
        assert f"{UNREAD} {SOURCES_AT_END}" in page.main_text
        assert ("Reviewed by", "Nobody yet") in page.pairs()
        (data,) = page.linked_data()
        assert data["creativeWorkStatus"] == f"{UNREAD} {SOURCES_AT_END}"
        assert not {"reviewedBy", "lastReviewed"} & data.keys()
        links |= set(own_links(guide.draft.body))

    assert [path for path in sorted(links) if client.get(path).status_code != 200] == []


@pytest.mark.usefixtures("_loaded")
def test_all_guides_stand_on_their_shelves(client: PageClient) -> None:
    page = client.page("/guides")

    shelves = (
        "Treatments इलाज",
        "Finding and paying for help मदद ढूंढना और ख़र्च",
        "In a crisis, and your rights संकट में, और आपके अधिकार",
    )
    held = {shelf: page.links(page.section(shelf)) for shelf in shelves}
    assert sum(map(len, held.values())) == len(shipped_guides())
    assert ("Ketamine and esketamine for depression", KETAMINE) in held[shelves[0]]
    assert "No clinician has read these guides yet." in page.main_text
    assert page.main_text.count(UNREAD) == len(shipped_guides())


@pytest.mark.usefixtures("_loaded")
def test_a_guide_a_clinician_read_loses_the_notice(client: PageClient, now: datetime) -> None:
    review(now, slug="rtms")

    assert UNREAD not in client.page("/guides/rtms").main_text.partition("Guides to read next")[0]
    unread = len(shipped_guides()) - 1
    assert f"has read {unread} of these guides yet" in client.page("/guides").main_text


@pytest.mark.usefixtures("_loaded")
def test_words_find_guides(client: PageClient) -> None:
    missed = {
        words: slug
        for words, slug in FOUND.items()
        if f'href="/guides/{slug}"' not in client.get(f"/search?q={words}").text
    }

    assert missed == {}


@pytest.mark.usefixtures("_loaded")
def test_a_search_says_which_guides_nobody_read(client: PageClient) -> None:
    page = client.page("/search", q="ketamine")
    document = client.get("/api/v1/listings?q=ketamine").json

    assert f"Ketamine and esketamine for depression {UNREAD}" in page.main_text
    assert document is not None
    notices = {guide["url"]: guide["notice"] for guide in document["guides"]}
    assert notices[KETAMINE] == UNREAD
    assert notices["/treatments/iv-ketamine"] is None


@pytest.mark.usefixtures("_loaded")
def test_guides_and_listings_lead_to_each_other(client: PageClient, vocabulary: Vocabulary) -> None:
    facts = Facts(name="Asha Rao", treatments=["iv-ketamine"], places=(Place("saket"),))
    person = make_practitioner(vocabulary, facts, profession="psychiatrist")
    night = Facts(name="Neem House", places=(Place("saket", open_24x7=True),))
    centre = make_centre(vocabulary, night, centre_type="psychiatric-hospital")

    listing = client.page(f"/therapists/{person.slug}")
    guides = [url for _words, url in listing.links(listing.section("Guides to read पढ़ने के लिए"))]
    assert guides[:2] == ["/guides", KETAMINE]
    assert "/guides/choosing-a-24x7-centre" in client.get(f"/centres/{centre.slug}").text
    guide = client.page(KETAMINE)
    assert guide.link("Asha Rao") == f"/therapists/{person.slug}"
    for path in ("/", "/treatments/iv-ketamine"):
        assert UNREAD in client.page(path).main_text
