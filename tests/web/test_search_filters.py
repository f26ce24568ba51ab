"""The filters beside the results: true counts, in an order that makes sense, never a dead one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.searching import choices, names

if TYPE_CHECKING:
    from tests.support.page import Page, PageClient


def groups(page: Page) -> list[str]:
    """Give the headings of the groups, in order."""
    return ["".join(title.itertext()).strip() for title in page.classed("filters__title")]


def counts(page: Page, name: str) -> dict[str, str]:
    """Give the numbers beside the values of one parameter."""
    found = {}
    for label in page.classed("choice"):
        (control,) = page.markup.all("input", within=label)
        if control.get("name") == name:
            number = page.classed("choice__count", label)
            found[control.get("value") or ""] = number[0].text or "" if number else ""
    return found


@pytest.mark.usefixtures("three")
def test_groups_stand_in_the_order_somebody_asks(client: PageClient) -> None:
    assert groups(client.page("/search?near=saket")) == [
        "How far",
        "People or centres",
        "Profession",
        "In person or online",
        "First-visit fee",
        "Language",
        "Now and checked",
        "Age of the person",
        "Payment",
        "Reaching the place",
        "Kind of centre",
        "At the centre",
        "Concern",
        "Treatment",
        "District",
        "Neighbourhood",
    ]
    assert groups(client.page("/search"))[0] == "People or centres"


@pytest.mark.usefixtures("three")
def test_a_filter_is_counted_without_itself_and_under_all_others(client: PageClient) -> None:
    page = client.page("/search?kind=practitioner&language=hi")

    assert counts(page, "language") == {"hi": "1", "en": "1", "ta": "1"}
    assert counts(page, "kind") == {"": "1", "practitioner": "1"}
    assert counts(page, "profession") == {"psychiatrist": "1"}
    assert counts(page, "fee_max") == {"": "1", "2500": "1"}
    assert counts(page, "accepting") == {"1": "1"}
    assert counts(page, "open") == {"now": "1"}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("language=hi", "language", "hi"),
        ("language=hi&language=bn", "language", "bn"),
        ("condition=ocd&condition=grief", "condition", "grief"),
        ("district=south&district=north", "district", "north"),
        ("locality=saket&locality=narela", "locality", "narela"),
        ("open=sunday", "open", "sunday"),
        ("kind=centre", "kind", "centre"),
        ("fee_max=900", "fee_max", "900"),
        ("registered=1", "registered", "1"),
    ],
)
def test_what_is_chosen_stands_in_the_filters_even_if_it_leaves_nothing(
    client: PageClient, query: str, name: str, value: str
) -> None:
    assert choices(client.page(f"/search?{query}"))[name, value]


@pytest.mark.usefixtures("three")
def test_every_number_in_the_filters_is_what_choosing_it_gives(client: PageClient) -> None:
    page = client.page("/search?near=saket")

    wrong = {}
    for label in page.classed("choice"):
        (control,) = page.markup.all("input", within=label)
        number = page.classed("choice__count", label)
        if number and control.get("name") != "fee_unstated":
            query = f"near=saket&{control.get('name')}={control.get('value')}"
            if len(names(client.page(f"/search?{query}"))) != int(number[0].text or "0"):
                wrong[query] = number[0].text

    assert wrong == {}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("near=saket", ""),
        ("near=saket&within=5", "5"),
        ("near=saket&within=7.5", "7.5"),
        ("near=saket&sort=distance", "10"),
        ("near=saket&sort=distance&within=100", "100"),
    ],
)
def test_how_far_is_asked_once_there_is_a_place(
    client: PageClient, query: str, chosen: str
) -> None:
    rounds = {
        value: checked
        for (name, value), checked in choices(client.page(f"/search?{query}")).items()
        if name == "within"
    }

    assert [value for value, checked in rounds.items() if checked] == [chosen]


@pytest.mark.usefixtures("three")
def test_nothing_asks_how_far_without_a_place(client: PageClient) -> None:
    assert "within" not in {name for name, _ in choices(client.page("/search"))}


@pytest.mark.usefixtures("three")
def test_the_button_says_what_it_does_with_and_without_script(client: PageClient) -> None:
    page = client.page("/search?language=hi")

    (button,) = page.classed("filters__apply")
    said = [" ".join("".join(part.itertext()).split()) for part in button]
    assert said == ["Apply the filters", "Show 1 result"]


@pytest.mark.usefixtures("three")
def test_each_distance_says_how_many_lie_so_near(client: PageClient) -> None:
    page = client.page("/search?near=saket")

    counts = {
        control.get("value"): "".join(label.itertext()).split()[-2]
        for label in page.markup.all("label")
        for control in page.markup.all("input", within=label)
        if control.get("name") == "within"
    }
    assert counts == {"2": "1", "5": "1", "10": "1", "25": "3", "": "3"}
