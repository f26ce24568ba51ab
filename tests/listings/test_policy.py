"""The rules of listings that need no database."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from directory.listings.models import ListingState
from directory.listings.policy import (
    FACTS,
    expires_on,
    is_slug,
    may_move,
    phone_number,
    pincode_fault,
    slug_of_name,
)

DRAFT, PUBLISHED = ListingState.DRAFT, ListingState.PUBLISHED
SUSPENDED, CLOSED = ListingState.SUSPENDED, ListingState.CLOSED
# The design's words: draft → published ⇄ suspended → closed.
ALLOWED = {
    (DRAFT, PUBLISHED): "a draft is published",
    (DRAFT, CLOSED): "a draft is given up",
    (PUBLISHED, SUSPENDED): "a published listing is suspended",
    (PUBLISHED, CLOSED): "a published listing closes",
    (SUSPENDED, PUBLISHED): "a suspended listing comes back",
    (SUSPENDED, CLOSED): "a suspended listing closes",
}


@pytest.mark.parametrize("before", ListingState)
@pytest.mark.parametrize("after", ListingState)
def test_a_listing_moves_only_as_the_design_says(before: ListingState, after: ListingState) -> None:
    assert may_move(before, after) == (before is after or (before, after) in ALLOWED)


def test_a_closed_listing_never_comes_back() -> None:
    others = [state for state in ListingState if state is not CLOSED]

    assert not any(may_move(before, after) for before, after in product([CLOSED], others))


@pytest.mark.parametrize(
    ("fact", "days"),
    [
        *[("accepting", 30), ("phone", 90), ("night", 90), ("staffing", 90), ("fee", 180)],
        *[("hours", 180), ("payment", 180), ("registration:rci", 365), ("address", 365)],
        *[("access", 365), ("beds", 365), ("facilities", 365)],
    ],
)
def test_a_check_counts_as_long_as_the_fact_stays_likely(fact: str, days: int) -> None:
    checked_on = date(2026, 1, 31)

    assert (expires_on(fact, checked_on) - checked_on).days == days


def test_every_fact_has_a_length_of_its_own() -> None:
    assert len(FACTS) == 12


def test_a_fact_nobody_knows_has_no_expiry() -> None:
    with pytest.raises(KeyError):
        expires_on("horoscope", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Asha Rao", "asha-rao"),
        ("Dr. A.K. Rao", "dr-a-k-rao"),
        ("St Stephen's Hospital", "st-stephens-hospital"),
        ("José  Álvarez", "jose-alvarez"),
        ("डॉ Asha", "asha"),
        ("आशा राव", "src-0001"),
        ("!!!", "src-0001"),
        ("long " * 40, "-".join(["long"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_slug_is_made_from_the_name_else_from_the_ref(name: str, slug: str) -> None:
    assert slug_of_name(name, "src:0001") == slug


def test_a_listing_without_any_ascii_letter_still_gets_a_slug() -> None:
    assert slug_of_name("आशा", "ॐ") == "listing"


@pytest.mark.parametrize("text", ["", "A", "a--b", "-a", "a-", "a b", "ā", "a/b"])
def test_what_could_not_stand_in_an_address_is_no_slug(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+911155501234", "+911155501234"),
        ("011-5550 1234", "+911155501234"),
        ("(011) 5550.1234", "+911155501234"),
        ("98765 43210", "+919876543210"),
        ("919876543210", "+919876543210"),
        ("9198765432", "+919198765432"),
        ("0091 98765 43210", "+919876543210"),
        ("1800-599-0019", "18005990019"),
        ("+91 1800 11 2345", "1800112345"),
        ("1860 266 2345", "18602662345"),
        ("14416", "14416"),
        ("112", "112"),
    ],
)
def test_a_telephone_number_has_one_form(written: str, number: str) -> None:
    assert phone_number(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "12", "0112", "+14155550100", "call us", "12345678", "٩٨٧٦٥٤٣٢١٠", "98765432101"],
)
def test_what_cannot_be_dialled_in_india_is_refused(written: str) -> None:
    assert phone_number(written) is None


@pytest.mark.parametrize("text", ["110017", "110092", "122001", "201301", "121001"])
def test_pin_codes_of_delhi_and_its_neighbours_are_fine(text: str) -> None:
    assert pincode_fault(text) is None


@pytest.mark.parametrize("text", ["11001", "1100170", "011001", "11 017", "१००१७०", "abcdef"])
def test_a_pin_code_has_six_digits(text: str) -> None:
    assert "six digits" in (pincode_fault(text) or "")


def test_a_pin_code_of_another_part_of_india_is_refused() -> None:
    assert pincode_fault("400001") == "PIN code 400001 is neither in Delhi (110…) nor beside it"
