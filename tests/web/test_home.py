"""The home page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from directory.listings.models import ListingState
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

TODAY = date(2026, 11, 23)


def test_the_home_page_asks_what_and_where(client: PageClient) -> None:
    page = client.page("/")

    assert page.h1 == "Someone to talk to, close to home"
    assert page.field("What is it about?").get("name") == "q"
    assert page.field("Where?").get("name") == "near"
    assert [form.get("action") for form in page.by_role("search")] == ["/search"]


def test_the_home_page_counts_public_listings_only(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(vocabulary, Facts(conditions=["depression"]))
    make_practitioner(vocabulary, Facts(name="B", conditions=["depression"]))
    make_practitioner(
        vocabulary, Facts(name="C", conditions=["depression"], state=ListingState.DRAFT)
    )
    make_practitioner(
        vocabulary,
        Facts(name="D", conditions=["depression"], state=ListingState.CLOSED, closed_on=TODAY),
    )

    page = client.page("/")

    concerns = dict(page.links(page.section("By concern किस बात के लिए")))
    assert concerns["Depression अवसाद 2 listings"] == "/conditions/depression"


def test_the_home_page_counts_centres_open_all_night_and_places(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    written = Place("saket", hours=tuple((day, 0, 1440) for day in range(7)))
    make_centre(vocabulary, Facts(name="Jasmine House", places=(Place(open_24x7=True),)))
    make_centre(vocabulary, Facts(name="Written House", places=(Place("dwarka"), written)))
    make_centre(vocabulary, Facts(name="Neem House"))

    page = client.page("/")

    night = page.link("Centres open all night 24 घंटे खुले केंद्र 2 listings")
    assert night == "/search?kind=centre&open=24x7"
    places = dict(page.links(page.section("By place किस इलाक़े में")))
    assert places["South दक्षिण 2 listings"] == "/search?district=south"


def test_demo_listings_are_owned_up_to_only_when_there_are_any(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    assert "demo listings" not in client.page("/").text

    make_practitioner(vocabulary, Facts(is_demo=True))

    assert "demo listings" in client.page("/").text


def test_the_menu_leads_only_to_what_exists(client: PageClient) -> None:
    page = client.page("/")

    (menu,) = page.by_role("navigation", "Main")
    assert page.links(menu) == [
        ("Find care", "/search"),
        ("Concerns", "/conditions"),
        ("Places", "/localities"),
        ("How we check", "/about/checking"),
        ("Guides", "/guides"),
        ("Saved", "/shortlist"),
        ("Account", "/account"),
    ]
