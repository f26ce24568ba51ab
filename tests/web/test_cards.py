"""What a card says, and never says without a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import (
    Accepting,
    FeePurpose,
    RegistrationState,
    VerificationMethod,
)
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

CALL, NIGHT = VerificationMethod.CALL, VerificationMethod.NIGHT_CALL
LATELY, LONG_AGO = date(2026, 11, 12), date(2026, 5, 4)


def card(client: PageClient) -> str:
    """Give the text of the only card of a search."""
    page = client.page("/search")
    (found,) = page.by_role("article")
    return " ".join("".join(found.itertext()).split())


def test_a_full_card_says_who_what_when_and_where(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(
        vocabulary,
        Facts(
            name="Dr Rawat",
            name_hi="डॉ. रावत",
            is_demo=True,
            languages=["hi", "en"],
            modes=["in-person", "video"],
            accepting=Accepting.YES,
            checks=[("accepting", CALL, LATELY), ("phone", CALL, LATELY)],
            fees=[(FeePurpose.FIRST_SESSION, 1800), (FeePurpose.FOLLOW_UP, 1200)],
            registrations=[("dmc", "DMC/R/1", RegistrationState.FOUND, date(2026, 8, 18))],
            places=(Place("saket", hours=((0, 600, 1140),)),),
        ),
        profession="psychiatrist",
    )

    text = card(client)

    for said in (
        "Dr Rawat डॉ. रावत Demo",
        "Psychiatrist · may diagnose and prescribe",
        "Registration found, Aug 2026",
        "Phone answered 12 Nov",
        "Taking new patients · in person and video",
        "Open now until 19:00",
        "₹1,800 first visit",
        "follow-up ₹1,200",
        "Hindi, English",
        "Call 011-5550 1234",
    ):
        assert said in text
    assert "review" not in text


def test_what_is_not_stated_is_said(client: PageClient, vocabulary: Vocabulary) -> None:
    make_practitioner(vocabulary, Facts(), profession="psychiatrist")

    text = card(client)

    for said in (
        "Fee not stated",
        "Hours not stated",
        "Taking patients? Not stated",
        "No registration stated",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("accepting", "checked_on", "said"),
    [
        (Accepting.YES, LATELY, "Taking new patients"),
        (Accepting.WAITING_LIST, LATELY, "Waiting list"),
        (Accepting.NO, LATELY, "Not taking new patients"),
        (Accepting.YES, LONG_AGO, "Taking patients? Not confirmed since 4 May 2026"),
        (Accepting.YES, None, "Taking patients? Never confirmed"),
        (Accepting.UNKNOWN, None, "Taking patients? Not stated"),
    ],
)
def test_taking_patients_rests_on_a_check_that_still_counts(
    client: PageClient,
    vocabulary: Vocabulary,
    accepting: Accepting,
    checked_on: date | None,
    said: str,
) -> None:
    make_practitioner(vocabulary, Facts(accepting=accepting, accepting_checked_on=checked_on))

    assert said in card(client)


@pytest.mark.parametrize(
    ("state", "checked_on", "said"),
    [
        (RegistrationState.FOUND, LATELY, "Registration found, Nov 2026"),
        (
            RegistrationState.FOUND,
            date(2025, 3, 1),
            "Registration found Mar 2025, not looked up since",
        ),
        (RegistrationState.PROVISIONAL, LATELY, "Provisional registration"),
        (RegistrationState.UNCHECKED, None, "Registration not checked yet"),
        (RegistrationState.NOT_FOUND, LATELY, "Not found in the register, asked 12 Nov"),
    ],
)
def test_a_register_badge_carries_its_date(
    client: PageClient,
    vocabulary: Vocabulary,
    state: RegistrationState,
    checked_on: date | None,
    said: str,
) -> None:
    make_practitioner(vocabulary, Facts(registrations=[("dmc", "DMC/R/1", state, checked_on)]))

    assert said in card(client)


def test_no_number_is_shown_for_who_is_not_in_the_register(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(
        vocabulary,
        Facts(registrations=[("dmc", "DMC/R/1", RegistrationState.NOT_FOUND, LATELY)]),
        profession="psychiatrist",
    )

    text = card(client)

    assert "Call" not in text
    assert "may diagnose" not in text
    assert "we could not confirm this" in text


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ([], "Claims 24x7, not tested"),
        ([("night", NIGHT, date(2026, 10, 12))], "Night-tested 12 Oct"),
        ([("night", NIGHT, date(2026, 7, 1))], "Not night-tested since 1 Jul"),
    ],
)
def test_a_claim_to_be_open_all_night_says_whether_it_was_tested(
    client: PageClient,
    vocabulary: Vocabulary,
    checks: list[tuple[str, VerificationMethod, date]],
    said: str,
) -> None:
    make_centre(vocabulary, Facts(checks=checks, places=(Place(open_24x7=True),)))

    text = card(client)

    assert said in text
    assert ("Open now, day and night" in text) == ("Night-tested" in said and "Not" not in said)
