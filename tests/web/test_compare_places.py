"""Addresses under names that tell them apart, as many as fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import PhoneUse
from directory.listings.opening import schedule_of
from directory.listings.queries.page import PhoneView
from directory.web.compare_places import (
    MOST_PLACES,
    named_phones,
    named_places,
    neutral_places,
    places_left_out,
)
from tests.listings.bare_pages import page, place

if TYPE_CHECKING:
    from directory.listings.queries.page import LocationView
    from directory.vocabulary.queries import Vocabulary

ALWAYS = schedule_of([], round_the_clock=True)
FIRST = PhoneView(PhoneUse.APPOINTMENTS, "+911155500001")
SECOND = PhoneView(PhoneUse.APPOINTMENTS, "+911155500002")


def labelled(*labels: str | None) -> list[LocationView]:
    return [replace(place(address="1 Road"), label=label) for label in labels]


@pytest.mark.parametrize(
    ("places", "names"),
    [
        (labelled("Ward"), [None]),
        (labelled("Ward", None), ["Ward", "1 Road"]),
        (labelled("Ward", "Ward", "Clinic"), ["Ward (1)", "Ward (2)", "Clinic"]),
    ],
)
def test_an_address_has_its_own_name(places: list[LocationView], names: list[str | None]) -> None:
    assert [each.name for each in named_places(page(places=places))] == names


def test_neutral_names_are_where_places_are(vocabulary: Vocabulary) -> None:
    here = [
        replace(each, locality=vocabulary.localities["saket"]) for each in labelled("Ward", "Ward")
    ]
    there = labelled("Ward")

    names = [each.name for each in neutral_places(page(places=[*here, *there]))]

    assert names == ["Saket (1)", "Saket (2)", "1 Road"]


def test_of_too_many_addresses_those_open_day_and_night_stay() -> None:
    several = page(places=[*labelled("A", "B", "C"), replace(place(ALWAYS), label="Ward")])

    shown = named_places(several)

    assert [(each.name, each.at) for each in shown] == [("Ward", 3), ("A", 0), ("B", 1)]
    assert (len(shown), places_left_out(several)) == (MOST_PLACES, 1)
    assert places_left_out(page()) == 0


def test_numbers_one_calls_to_come_are_first() -> None:
    ward, desk = (PhoneView(use, "1") for use in (PhoneUse.WARD, PhoneUse.COMPLAINTS))
    listing = page(
        places=[replace(place(), phones=(ward, desk)), replace(place(), phones=(FIRST,))]
    )

    phones = named_phones(listing, named_places(listing), 2)

    assert [phone for phone, _name in phones] == [FIRST, ward]


@pytest.mark.parametrize(
    ("phones", "names"),
    [
        ([(FIRST,)], [""]),
        ([(FIRST,), (SECOND,)], ["A", "B"]),
        ([(FIRST,), (FIRST, SECOND)], ["", "B"]),
    ],
)
def test_a_number_names_its_address_unless_it_is_that_of_all(
    phones: list[tuple[PhoneView, ...]], names: list[str]
) -> None:
    places = [
        replace(each, phones=own) for each, own in zip(labelled("A", "B"), phones, strict=False)
    ]
    listing = page(places=places)

    assert [name for _phone, name in named_phones(listing, named_places(listing), 4)] == names
