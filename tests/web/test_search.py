"""The search page: what each parameter narrows, what is refused, and what to let go of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import (
    Accepting,
    FeePurpose,
    ListingState,
    RegistrationState,
    VerificationMethod,
)
from tests.factories.listings import Facts, Made, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import Page, PageClient

CALL = VerificationMethod.CALL
LATELY = date(2026, 11, 10)
MONDAY, SUNDAY = 0, 6


@pytest.fixture
def three(vocabulary: Vocabulary) -> list[Made]:
    """Give a psychiatrist in Saket, a counsellor in Rohini and a centre in Dwarka."""
    asha = make_practitioner(
        vocabulary,
        Facts(
            name="Asha Rawat",
            name_hi="आशा रावत",
            conditions=["depression"],
            treatments=["cbt"],
            languages=["hi", "en"],
            modes=["in-person"],
            age_groups=["adult"],
            payment=["upi"],
            accessibility=["lift"],
            accepting=Accepting.YES,
            accepting_checked_on=LATELY,
            checks=[("accepting", CALL, LATELY)],
            fees=[(FeePurpose.FIRST_SESSION, 1800)],
            registrations=[("dmc", "DMC/R/1", RegistrationState.FOUND, LATELY)],
            places=(Place("saket", hours=((MONDAY, 600, 960),)),),
        ),
        profession="psychiatrist",
    )
    bela = make_practitioner(
        vocabulary,
        Facts(
            name="Bela_50% Sethi",
            conditions=["ocd"],
            languages=["ta"],
            modes=["video"],
            fees=[(FeePurpose.FIRST_SESSION, 800)],
            places=(Place("rohini-sector-9", hours=((SUNDAY, 1080, 1260),)),),
        ),
        profession="counsellor",
    )
    house = make_centre(
        vocabulary,
        Facts(
            name="Neem House",
            facilities=["ambulance"],
            places=(Place("dwarka", open_24x7=True),),
        ),
        centre_type="private-nursing-home",
    )
    make_practitioner(vocabulary, Facts(name="Draft", state=ListingState.DRAFT))
    return [asha, bela, house]


def names(page: Page) -> list[str]:
    """Give the names on the cards, in order."""
    return [page.links(card)[0][0] for card in page.by_role("article")]


ASHA, BELA, NEEM = "Asha Rawat", "Bela_50% Sethi", "Neem House"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {ASHA, BELA, NEEM}),
        ("kind=practitioner", {ASHA, BELA}),
        ("kind=centre", {NEEM}),
        ("profession=psychiatrist", {ASHA}),
        ("profession=psychiatrist&profession=counsellor", {ASHA, BELA}),
        ("centre_type=private-nursing-home", {NEEM}),
        ("condition=depression", {ASHA}),
        ("condition=depression&condition=ocd", {ASHA, BELA}),
        ("treatment=cbt", {ASHA}),
        ("language=ta", {BELA}),
        ("mode=video", {BELA}),
        ("age_group=adult", {ASHA}),
        ("payment=upi", {ASHA}),
        ("facility=ambulance", {NEEM}),
        ("accessibility=lift", {ASHA}),
        ("district=south", {ASHA}),
        ("locality=saket", {ASHA}),
        ("locality=saket&locality=dwarka", {ASHA, NEEM}),
        ("fee_max=1000", {BELA}),
        ("fee_max=1000&fee_unstated=1", {BELA, NEEM}),
        ("open=24x7", {NEEM}),
        ("open=evenings", {BELA, NEEM}),
        ("open=sunday", {BELA, NEEM}),
        ("open=now", {ASHA, NEEM}),
        ("accepting=1", {ASHA}),
        ("registered=1", {ASHA}),
        ("q=rawat", {ASHA}),
        ("q=रावत", {ASHA}),
        ("q=50%25", {BELA}),
        ("q=_50", {BELA}),
        ("near=saket", {ASHA}),
        ("near=110017", {ASHA}),
        ("near=Saket&within=100", {ASHA, BELA, NEEM}),
        ("near=साकेत", {ASHA}),
        ("lat=28.5245&lon=77.2066&within=3", {ASHA}),
        ("q=psychiatrist near saket hindi", {ASHA}),
        ("q=depression", {ASHA}),
        ("q=अवसाद (डिप्रेशन)", {ASHA}),
        ("language=ta&mode=video&fee_max=800", {BELA}),
        ("view=map", {ASHA, BELA, NEEM}),
        ("kind=&profession=&fee_max=", {ASHA, BELA, NEEM}),
    ],
)
@pytest.mark.usefixtures("three")
def test_a_parameter_narrows_the_list(client: PageClient, query: str, expected: set[str]) -> None:
    assert set(names(client.page(f"/search?{query}"))) == expected


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("kind=clinic", "kind"),
        ("profession=wizard", "profession"),
        ("condition=depression&condition=nothing", "condition"),
        ("language=xx", "language"),
        ("gender=x", "gender"),
        ("district=mumbai", "district"),
        ("locality=nowhere", "locality"),
        ("fee_max=cheap", "fee_max"),
        ("fee_max=-1", "fee_max"),
        ("fee_unstated=yes", "fee_unstated"),
        ("open=noon", "open"),
        ("accepting=2", "accepting"),
        ("rating_min=9", "rating_min"),
        ("sort=price", "sort"),
        ("page=0", "page"),
        ("page=one", "page"),
        ("per_page=101", "per_page"),
        ("view=globe", "view"),
        ("lat=52.5&lon=77.2", "lat"),
        ("within=-3", "within"),
        ("near=" + "x" * 81, "near"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_a_wrong_value_is_named_with_a_way_on(client: PageClient, query: str, wrong: str) -> None:
    page = client.page(f"/search?language=hi&{query}", status=400)

    (summary,) = page.classed("errors")
    assert [item.split(" = ")[0] for item in page.items(summary)] == [wrong]
    left = "/search" if wrong == "language" else "/search?language=hi"
    assert page.link("The same search without it").startswith(left)


@pytest.mark.parametrize("query", ["q=%00", "near=%F0%9F%98%80", "q=%25%25", "q=' OR 1=1--"])
def test_odd_words_find_nothing_and_break_nothing(client: PageClient, query: str) -> None:
    assert names(client.page(f"/search?{query}")) == []


def test_words_are_understood_as_chips_that_can_be_taken_away(
    client: PageClient, three: list[Made]
) -> None:
    page = client.page("/search?q=psychiatrist near saket hindi")

    chips = {
        text.removesuffix(" remove"): address
        for text, address in page.links()
        if text.endswith("remove")
    }
    assert set(chips) == {"Who Psychiatrist मनोचिकित्सक", "Near Saket साकेत", "Speaks Hindi हिंदी"}
    assert chips["Who Psychiatrist मनोचिकित्सक"] == "/search?q=near+saket+hindi"
    assert page.link("As plain words") == "/search?q=psychiatrist+near+saket+hindi&parse=0"
    assert three[0].name in page.main_text


@pytest.mark.usefixtures("three")
def test_plain_words_are_looked_for_in_names_only(client: PageClient) -> None:
    assert names(client.page("/search?q=psychiatrist&parse=0")) == []
    assert names(client.page("/search?q=rawat&parse=0")) == [ASHA]


@pytest.mark.usefixtures("three")
def test_near_a_place_the_nearest_come_first_with_their_distance(client: PageClient) -> None:
    page = client.page("/search?near=hauz-khas&within=60")

    assert names(page) == [ASHA, NEEM, BELA]
    assert "km, Saket" in page.main_text
    assert "within 60 km" in page.main_text


@pytest.mark.usefixtures("three")
def test_orders_other_than_the_closest_match(client: PageClient) -> None:
    assert names(client.page("/search?sort=fee")) == [BELA, ASHA, NEEM]
    assert names(client.page("/search"))[0] == ASHA


@pytest.mark.usefixtures("three")
def test_an_unknown_place_is_said_and_similar_ones_offered(client: PageClient) -> None:
    page = client.page("/search?near=Sakeet")

    assert "We do not know the place “Sakeet”" in page.main_text
    assert page.link("Saket") == "/search?near=saket"
    assert len(names(page)) == 3


@pytest.mark.usefixtures("three")
def test_nothing_found_says_which_one_thing_to_let_go(client: PageClient) -> None:
    page = client.page("/search?condition=depression&language=ta")

    assert page.h1 == "Nothing fits all of this together"
    ways = page.links(page.section("Let one thing go"))
    assert ways == [
        ("Without “Depression”", "/search?language=ta"),
        ("Without “Tamil”", "/search?condition=depression"),
    ]
    assert ("14416", "tel:14416") in page.links(page.section("By phone, now"))


@pytest.mark.usefixtures("three")
def test_filters_keep_the_words_and_show_what_each_would_leave(client: PageClient) -> None:
    page = client.page("/search?near=saket&within=60&language=hi")

    boxes = {
        (el.get("name"), el.get("value")): el.get("checked") is not None
        for el in page.markup.all("input")
        if el.get("type") == "checkbox"
    }
    assert boxes[("language", "hi")]
    assert not boxes[("language", "ta")]
    hidden = [
        (el.get("name"), el.get("value"))
        for el in page.markup.all("input")
        if el.get("type") == "hidden"
    ]
    assert ("near", "saket") in hidden
    assert "Tamil 1 listings" in page.main_text


def test_long_lists_are_cut_into_pages(client: PageClient, vocabulary: Vocabulary) -> None:
    for number in range(5):
        make_practitioner(vocabulary, Facts(name=f"Person {number}", languages=["hi"]))

    first = client.page("/search?language=hi&per_page=2")
    last = client.page("/search?language=hi&per_page=2&page=3")

    assert first.link("Next") == "/search?language=hi&per_page=2&page=2"
    assert len(names(first)) == 2
    assert len(names(last)) == 1
    assert {*names(first)} & {*names(last)} == set()
    beyond = client.page("/search?language=hi&per_page=2&page=9")
    assert beyond.link("Back to the first") == "/search?language=hi&per_page=2&page=1"


def test_an_empty_directory_says_so_kindly(client: PageClient) -> None:
    page = client.page("/search")

    assert page.h1 == "Nothing fits all of this together"
    assert "All concerns" in dict(page.links())
