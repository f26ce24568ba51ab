"""Which facts of listings differ, which are alike, and what they share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from directory.listings.costs import FeeView
from directory.listings.models import (
    Accepting,
    FeePurpose,
    ListingKind,
    Presence,
    RegistrationState,
    StaffRole,
    VerificationMethod,
)
from directory.listings.opening import schedule_of
from directory.listings.queries.cards import Point
from directory.listings.queries.comparison import VALUES, compare, nights_of
from directory.listings.queries.page import Check, CheckState, RegistrationView
from directory.listings.roster import Shift, night_roster
from directory.vocabulary.models import TermKind
from tests.listings.bare_pages import page, place, term

if TYPE_CHECKING:
    from directory.listings.queries.page import ListingPage

DAY = schedule_of([(0, 600, 1080)])
LATE = schedule_of([(0, 600, 1200)])
ALWAYS = schedule_of([], round_the_clock=True)
NIGHTS = schedule_of([(day, 1200, 1920) for day in range(7)])
ONE_NIGHT = schedule_of([(4, 1200, 1920)])
NEVER = Check("registration:dmc", CheckState.NEVER)
CENTRE = {"kind": ListingKind.CENTRE}
NURSE = Shift(StaffRole.NURSE, Presence.ON_SITE, 0, 0, 2)
TESTED = {
    "night": Check(
        "night", CheckState.VALID, VerificationMethod.NIGHT_CALL, "us", date(2026, 11, 1)
    )
}
RUN_OUT = {"night": replace(TESTED["night"], state=CheckState.EXPIRED)}


def with_terms(kind: TermKind, *slugs: str) -> dict[str, Any]:
    return {"terms": {kind: tuple(term(slug, kind) for slug in slugs)}}


def registered(state: RegistrationState, *, lapsed: bool = False) -> dict[str, Any]:
    register = term("dmc", TermKind.REGISTER)
    return {"registrations": (RegistrationView(register, "1", state, None, lapsed, NEVER),)}


def fee(amount: int, minutes: int | None = None) -> dict[str, Any]:
    return {"fees": (FeeView(FeePurpose.FIRST_SESSION, amount, minutes),)}


# Key, what one states, what the other states instead.
DIFFERENT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("role", {"role": "psychiatrist"}, {"role": "counsellor"}),
    ("registration", registered(RegistrationState.FOUND), registered(RegistrationState.NOT_FOUND)),
    (
        "registration",
        registered(RegistrationState.FOUND),
        registered(RegistrationState.FOUND, lapsed=True),
    ),
    ("accepting", {"accepting": Accepting.YES}, {"accepting": Accepting.NO}),
    ("fee", fee(1500), fee(1800)),
    ("fee", fee(1500, 30), fee(1500, 60)),
    ("payment", with_terms(TermKind.PAYMENT, "upi"), with_terms(TermKind.PAYMENT, "upi", "cash")),
    ("languages", with_terms(TermKind.LANGUAGE, "hi"), with_terms(TermKind.LANGUAGE, "en")),
    ("modes", with_terms(TermKind.MODE, "video"), with_terms(TermKind.MODE, "in-person")),
    ("who", with_terms(TermKind.AGE_GROUP, "adult"), with_terms(TermKind.IDENTITY, "lgbtq")),
    ("hours", {"places": [place(DAY)]}, {"places": [place(LATE)]}),
    ("hours", {"places": [place(DAY)]}, {"places": [place(ALWAYS)]}),
    ("hours", {"places": [place(DAY), place(LATE)]}, {"places": [place(LATE)]}),
    (
        "hours",
        {"places": [place(DAY)]},
        {"places": [place(DAY)]} | with_terms(TermKind.FACILITY, "general-emergency-24x7"),
    ),
    (
        "night",
        CENTRE | {"places": [place(ALWAYS)]},
        CENTRE | {"places": [place(ALWAYS)], "checks": TESTED},
    ),
    (
        "night",
        CENTRE | {"places": [place(ALWAYS)], "checks": RUN_OUT},
        CENTRE | {"places": [place(ALWAYS)]},
    ),
    (
        "night",
        CENTRE | with_terms(TermKind.FACILITY, "emergency-24x7"),
        CENTRE | with_terms(TermKind.FACILITY, "general-emergency-24x7"),
    ),
    ("night", CENTRE | {"places": [place(NIGHTS)]}, CENTRE | {"places": [place(ONE_NIGHT)]}),
    (
        "staffing",
        CENTRE | {"roster": night_roster([NURSE])},
        CENTRE | {"roster": night_roster([NURSE, NURSE])},
    ),
    (
        "takes",
        CENTRE | with_terms(TermKind.FACILITY, "detox-beds"),
        CENTRE | with_terms(TermKind.FACILITY, "women-ward"),
    ),
    (
        "takes",
        CENTRE | with_terms(TermKind.FACILITY, "ambulance"),
        CENTRE | with_terms(TermKind.FACILITY, "ambulance", "women-ward"),
    ),
    ("beds", CENTRE | {"beds": 10}, CENTRE | {"beds": 0}),
    (
        "facilities",
        CENTRE | with_terms(TermKind.FACILITY, "lab"),
        CENTRE | with_terms(TermKind.FACILITY, "pharmacy"),
    ),
    ("place", {"places": [place(address="1 Road")]}, {"places": [place(address="2 Road")]}),
    (
        "place",
        {"places": [place(address="1 Road")]},
        {"places": [place(address="1 Road"), place(address="2 Road")]},
    ),
    ("access", with_terms(TermKind.ACCESSIBILITY, "lift"), with_terms(TermKind.ACCESSIBILITY, "r")),
    ("conditions", with_terms(TermKind.CONDITION, "ocd"), with_terms(TermKind.CONDITION, "grief")),
    ("treatments", with_terms(TermKind.TREATMENT, "cbt"), with_terms(TermKind.TREATMENT, "act")),
]


@pytest.mark.parametrize(("key", "one", "other"), DIFFERENT)
def test_a_fact_differs_is_alike_or_is_stated_by_nobody(
    key: str, one: dict[str, Any], other: dict[str, Any]
) -> None:
    for pair, differs, alike in (
        ((one, other), True, False),
        ((one, other, one), True, False),
        ((one, one), False, True),
        ((other, {**other}), False, True),
        ((one,), False, False),
    ):
        found = compare([page(f"name{number}", **stated) for number, stated in enumerate(pair)])
        assert (key in found.differing, key in found.alike) == (differs, alike)


def test_every_row_of_the_page_is_in_the_table() -> None:
    assert {key for key, _one, _other in DIFFERENT} == set(VALUES)


def test_what_nobody_states_is_neither_alike_nor_different() -> None:
    found = compare([page("one"), page("two")])

    assert (set(found.differing), set(found.alike)) == (set(), {"role"})


def test_stated_by_one_alone_is_a_difference() -> None:
    assert "fee" in compare([page("one", **fee(0)), page("two")]).differing


def test_the_order_of_words_is_no_difference() -> None:
    one = with_terms(TermKind.LANGUAGE, "hi", "en")
    other = with_terms(TermKind.LANGUAGE, "en", "hi")

    assert "languages" in compare([page("one", **one), page("two", **other)]).alike


def test_long_lists_are_parted_into_what_is_shared_and_what_is_not() -> None:
    pages = [
        page("one", **with_terms(TermKind.CONDITION, "ocd", "grief", "ptsd")),
        page("two", **with_terms(TermKind.CONDITION, "grief", "ocd")),
        page("three", **with_terms(TermKind.CONDITION, "grief", "adhd", "ocd")),
    ]

    found = compare(pages)

    assert slugs(found.together[TermKind.CONDITION]) == ["ocd", "grief"]
    alone = [slugs(column.alone[TermKind.CONDITION]) for column in found.columns]
    assert alone == [["ptsd"], [], ["adhd"]]
    assert found.together[TermKind.TREATMENT] == ()


def test_a_single_listing_shares_nothing_with_anybody() -> None:
    found = compare([page(**with_terms(TermKind.CONDITION, "ocd"))])

    assert found.together[TermKind.CONDITION] == ()
    assert slugs(found.columns[0].alone[TermKind.CONDITION]) == ["ocd"]


def slugs(terms: tuple[Any, ...]) -> list[str]:
    return [each.slug for each in terms]


@pytest.mark.parametrize(
    ("hours", "nights"),
    [
        ([(day, 0, 1440) for day in range(7)], 7),
        ([(day, 480, 1920) for day in range(7)], 7),
        ([(4, 1320, 1800)], 1),
        ([(4, 1321, 1800)], 0),
        ([(4, 1320, 1799)], 0),
        ([(4, 1200, 1440), (5, 0, 360)], 1),
        ([(4, 1200, 1440), (5, 1, 360)], 0),
        ([(6, 1200, 1440), (0, 0, 420)], 1),
        ([(day, 600, 1560) for day in range(7)], 0),
    ],
)
def test_a_night_counts_when_hours_reach_all_through_it(
    hours: list[tuple[int, int, int]], nights: int
) -> None:
    assert nights_of(page(places=[place(DAY), place(schedule_of(hours))])) == nights


def test_round_the_clock_is_every_night() -> None:
    assert [nights_of(page(places=[place(hours)])) for hours in (ALWAYS, DAY, None)] == [7, 0, 0]


def test_shortened_it_shows_what_differs_and_what_is_not_compared() -> None:
    whole = compare([page("one", **fee(100)), page("two", **fee(200))])
    short = replace(whole, is_short=True)

    keys = ("fee", "role", "languages", None)
    assert [whole.shows(key) for key in keys] == [True, True, True, True]
    assert [short.shows(key) for key in keys] == [True, False, False, True]


def test_distances_are_to_each_place_as_far_as_it_is_known() -> None:
    near = Point(28.5245, 77.2066)
    several: ListingPage = page(places=[place(point=(28.6, 77.2)), place(point=near), place()])

    assert compare([several], near).columns[0].distances_m == (8420, 0, None)
    assert compare([several]).columns[0].distances_m == (None, None, None)
