"""Reporting a wrong detail without an account: what is asked, kept, refused, and led to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.accounts.limits import LIMITS
from directory.accounts.models import LimitKind
from directory.core.db import db
from directory.listings.facts import facts_of
from directory.listings.models import (
    Accepting,
    CallOutcome,
    Correction,
    CorrectionKind,
    FeePurpose,
    ListingKind,
    ListingState,
    PhoneUse,
)
from tests.factories.listings import Facts, Place, make_centre, make_practitioner
from tests.support.markup import attribute, text_of
from tests.web.reviews.writing import answered, send, summary, values_of

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made
    from tests.support.page import Page, PageClient

FEES = ((FeePurpose.FIRST_SESSION, 1800), (FeePurpose.FOLLOW_UP, 1200))


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a practitioner with fees and a number."""
    return make_practitioner(
        vocabulary,
        Facts(
            name="Asha Verma",
            fees=FEES,
            accepting=Accepting.YES,
            languages=("hi",),
            about="कहानी सुनती हूँ। I listen.",
            earlier_slugs=("asha-v",),
        ),
    )


@pytest.fixture
def house(vocabulary: Vocabulary) -> Made:
    """Give a centre with beds."""
    return make_centre(vocabulary, Facts(name="Jasmine House"), beds=12)


def kept() -> Correction:
    """Give the one report there is."""
    db.session().rollback()
    return db.session().scalars(select(Correction)).one()


def nothing_kept() -> bool:
    """Tell whether nobody reported anything."""
    db.session().rollback()
    return db.session().scalars(select(Correction)).all() == []


def shown(page: Page, label: str) -> str:
    """Give what stands in a field."""
    return attribute(page.field(label), "value")


def test_beside_the_facts_a_quiet_link_leads_to_the_form_for_each(
    client: PageClient, asha: Made
) -> None:
    page = client.page(asha.path)

    links = [link for link in page.markup.all("a") if "wrong" in (link.get("class") or "").split()]
    facts = {attribute(link, "href").removeprefix(f"{asha.path}/correct?fact=") for link in links}
    assert {"fee", "phone", "accepting", "hours", "address", "payment", "languages"} <= facts
    assert {link.get("rel") for link in links} == {"nofollow"}
    assert text_of(links[0]).startswith("Wrong? Report a wrong detail: ")


@pytest.mark.parametrize("kind", ListingKind)
def test_every_fact_of_a_listing_has_its_form(
    client: PageClient, asha: Made, house: Made, kind: ListingKind
) -> None:
    made = asha if kind is ListingKind.PRACTITIONER else house
    chooser = client.page(f"{made.path}/correct")

    offered = [
        address.rpartition("=")[2]
        for _words, address in chooser.links()
        if "/correct?fact=" in address
    ]
    assert offered == [fact.key for fact in facts_of(kind)]
    for fact in offered:
        page = client.page(f"{made.path}/correct?fact={fact}")
        assert page.h1 == f"Report a wrong detail of {made.name}"
        robots = [el for el in page.markup.all("meta") if el.get("name") == "robots"]
        assert [el.get("content") for el in robots] == ["noindex"]


def test_a_fee_is_prefilled_and_only_what_is_changed_is_proposed(
    client: PageClient, asha: Made
) -> None:
    path = f"{asha.path}/correct?fact=fee"
    form = client.page(path)
    assert (shown(form, "First visit"), shown(form, "Follow-up visit")) == ("1800", "1200")

    page = send(
        client,
        path,
        **{
            "fee-0": "Rs. 2,500/-",
            "fee-new-for": "letter",
            "fee-new": "500",
            "evidence": "I rang and was told",
            "called_on": "2026-11-20",
        },
    )

    report = kept()
    assert page.h1 == f"Receipt {report.receipt}"
    assert "Waiting to be checked" in page.main_text
    assert [(fee["for"], fee["amount"]) for fee in (report.proposed_value or {})["fees"]] == [
        ("first-session", 2500),
        ("follow-up", 1200),
        ("letter", 500),
    ]
    assert report.called_on == date(2026, 11, 20)
    assert "rang" not in page.text


def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(
    client: PageClient, asha: Made
) -> None:
    path = f"{asha.path}/correct?fact=fee"
    page = send(client, path, **{"fee-0": "a lot", "words": "पैसे ज़्यादा हैं", "email": "me@"})

    assert page.status == 422
    assert summary(page) == [
        ("Give the sum in whole rupees, such as 1500", "#fee-0"),
        ("Give one e-mail address, like name@example.org.", "#email"),
    ]
    assert shown(page, "First visit") == "a lot"
    assert page.field("Anything else about it? if you like").text == "पैसे ज़्यादा हैं"
    assert shown(page, "Your e-mail address if you like") == "me@"
    assert nothing_kept()


@pytest.mark.parametrize(
    ("fact", "changes", "anchor"),
    [
        ("fee", {}, "#words"),
        ("fee", {"fee-new": "500"}, "#fee-new-for"),
        ("phone", {"phone-new": "12"}, "#phone-new"),
        ("about", {"web": "not an address"}, "#web"),
        ("hours", {"words": ""}, "#words"),
        ("closed", {"closed_on": "yesterday"}, "#closed_on"),
        ("hours", {"words": "Closed.", "called_on": "yesterday"}, "#called_on"),
        ("hours", {"words": "Closed.", "called_on": "2030-01-01"}, "#called_on"),
        ("hours", {"words": "Closed.", "email": "nobody"}, "#email"),
        ("hours", {"words": "x" * 1001}, "#words"),
    ],
)
def test_a_fault_leads_to_its_field(
    client: PageClient, asha: Made, fact: str, changes: dict[str, str], anchor: str
) -> None:
    page = send(client, f"{asha.path}/correct?fact={fact}", **changes)

    assert page.status == 422
    assert [where for _words, where in summary(page)] == [anchor]
    assert nothing_kept()


@pytest.mark.parametrize(
    ("fact", "changes", "proposed"),
    [
        ("accepting", {"accepting": "waiting-list"}, {"accepting": "waiting-list"}),
        ("about", {"web": "example.org"}, {"website": "https://example.org"}),
        ("closed", {}, {"state": "closed", "closed_on": None}),
        ("closed", {"closed_on": "2026-11-01"}, {"state": "closed", "closed_on": "2026-11-01"}),
        ("hours", {"words": "Closed on Mondays"}, None),
    ],
)
def test_what_a_form_proposes(
    client: PageClient,
    asha: Made,
    fact: str,
    changes: dict[str, str],
    proposed: dict[str, str | None] | None,
) -> None:
    send(client, f"{asha.path}/correct?fact={fact}", **changes)

    assert kept().proposed_value == proposed


def test_a_number_may_be_put_right_taken_away_and_added(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    phones = ((PhoneUse.ADMISSIONS, "+911155501900"), (PhoneUse.WARD, "+911155501911"))
    made = make_centre(vocabulary, Facts(name="Deer Park", places=(Place(phones=phones),)))
    send(
        client,
        f"{made.path}/correct?fact=phone",
        **{"phone-0-0": "011 5550 1999", "phone-0-1": "", "phone-new": "9876543210"},
    )

    [place] = (kept().proposed_value or {})["locations"]
    assert place["phones"] == [
        {"use": "admissions", "number": "+911155501999"},
        {"use": "admissions", "number": "+919876543210"},
    ]
    assert place["address"] == "12 Press Enclave Road"


def test_beds_are_asked_in_a_number(client: PageClient, house: Made) -> None:
    path = f"{house.path}/correct?fact=beds"
    assert shown(client.page(path), "Beds") == "12"

    send(client, path, beds="20")
    assert kept().proposed_value == {"beds": 20}


def test_words_of_danger_are_answered_with_help_on_the_receipt(
    client: PageClient, asha: Made
) -> None:
    words = "They never answer and I want to kill myself tonight."
    page = send(client, f"{asha.path}/correct?fact=hours", words=words)

    assert "You matter more than any of this" in page.main_text
    assert "no-store" in page.headers["Cache-Control"]


def test_too_many_from_one_network_have_to_wait_and_lose_nothing(
    client: PageClient, asha: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = LIMITS[LimitKind.CORRECTION]
    few = {**LIMITS, LimitKind.CORRECTION: type(limit)(1, 1, limit.period)}
    monkeypatch.setattr("directory.accounts.limits.LIMITS", few)
    path = f"{asha.path}/correct?fact=hours"
    send(client, path, words="Closed on Mondays")

    page = send(client, path, words="And on Tuesdays")
    assert page.status == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "And on Tuesdays" in page.main_text


def test_an_unseen_field_that_is_filled_in_is_asked_about(client: PageClient, asha: Made) -> None:
    page = send(client, f"{asha.path}/correct?fact=hours", words="Closed", website="spam")

    assert page.status == 422
    assert nothing_kept()


@pytest.mark.parametrize("suffix", ["/correct", "/correct?fact=fee"])
def test_an_old_address_leads_on_with_its_fact(client: PageClient, asha: Made, suffix: str) -> None:
    response = client.get(f"/therapists/asha-v{suffix}")

    assert response.status_code == 301
    assert response.headers["Location"] == asha.path + suffix
    wrong_kind = client.get(asha.path.replace("therapists", "centres") + suffix)
    assert (wrong_kind.status_code, wrong_kind.headers["Location"]) == (301, asha.path + suffix)


def test_what_is_sent_to_an_old_address_is_taken(client: PageClient, asha: Made) -> None:
    path = f"{asha.path}/correct?fact=hours"
    values = values_of(client.page(path), path) | {"words": "Closed on Mondays"}
    answered(client, "/therapists/asha-v/correct?fact=hours", values)

    assert kept().listing_id == asha.id


def test_a_closed_listing_is_gone_with_a_way_on(
    client: PageClient, asha: Made, vocabulary: Vocabulary
) -> None:
    closed = Facts(name="Gone", state=ListingState.CLOSED, closed_on=date(2026, 10, 1))
    gone = make_practitioner(vocabulary, closed)

    for path in (f"{gone.path}/correct", f"{gone.path}/correct?fact=fee"):
        page = client.page(path, status=410)
        assert "Thursday 1 October 2026" in page.main_text
        assert asha.name in page.main_text
    assert client.post(f"{gone.path}/called", {"outcome": "no-answer"}).status_code == 410


@pytest.mark.parametrize("state", [ListingState.DRAFT, ListingState.SUSPENDED])
def test_what_is_not_shown_cannot_be_reported(
    client: PageClient, vocabulary: Vocabulary, state: ListingState
) -> None:
    hidden = make_practitioner(vocabulary, Facts(name="Hidden", state=state))

    client.page(f"{hidden.path}/correct?fact=fee", status=404)


def test_a_fee_told_in_a_call_keeps_that_it_was_a_call(client: PageClient, asha: Made) -> None:
    path = f"{asha.path}/correct?fact=fee&called=fee-different"
    page = client.page(path)
    assert "You called, and the fee is not the one on the page" in page.main_text

    values = values_of(page, f"{asha.path}/correct?fact=fee") | {"fee-0": "2500"}
    answered(client, f"{asha.path}/correct?fact=fee", values)
    report = kept()
    assert (report.kind, report.outcome) == (CorrectionKind.OUTCOME, CallOutcome.FEE_DIFFERENT)
    assert report.called_on == date(2026, 11, 23)
