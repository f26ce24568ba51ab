"""What a call came to, in one press; a listing that is missing; what a receipt tells."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from directory.core.db import db, writing
from directory.listings.models import (
    CallOutcome,
    Correction,
    CorrectionKind,
    CorrectionState,
    ListingState,
)
from tests.factories.listings import Facts, Place, make_practitioner
from tests.support.markup import attribute, text_of
from tests.web.reviews.writing import answered, send, summary, values_of, words_of

if TYPE_CHECKING:
    from datetime import datetime

    from werkzeug.test import TestResponse

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made
    from tests.support.page import PageClient

pytestmark = pytest.mark.usefixtures("session")

HERE = {"Sec-Fetch-Site": "same-origin"}
OLDER = {"Origin": "http://localhost"}
NAMED = {"name": "Leela Menon", "role": "profession:counsellor", "locality": "Saket"}


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a practitioner with a number."""
    return make_practitioner(vocabulary, Facts(name="Asha Verma"))


def press(client: PageClient, made: Made, outcome: str, headers: dict[str, str]) -> TestResponse:
    """Press a button of the listing's page, as a browser with these headers does."""
    path = f"{made.path}/called"
    values = values_of(client.page(made.path), path) | {"outcome": outcome}
    return client.browser.post(path, data=values, headers=headers)


def reports() -> list[Correction]:
    """Give what was reported, oldest first."""
    db.session().rollback()
    return list(db.session().scalars(select(Correction).order_by(Correction.id)))


def test_the_listings_page_offers_five_buttons_and_still_sets_no_cookie(
    client: PageClient, asha: Made
) -> None:
    page = client.page(asha.path)

    group = page.by_role("group", "I called and…")[0]
    assert [text_of(button) for button in page.markup.all("button", within=group)] == [
        "They answered",
        "No answer",
        "Wrong number",
        "Not taking patients",
        "Fee is different",
    ]
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert client.page(asha.path).headers["ETag"] == page.headers["ETag"]


def test_without_a_number_nobody_can_have_called(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    silent = make_practitioner(vocabulary, Facts(name="Silent", places=(Place(phones=()),)))

    assert client.page(silent.path).by_role("group", "I called and…") == []


@pytest.mark.parametrize("headers", [HERE, OLDER], ids=["fetch metadata", "origin"])
def test_one_press_leads_to_a_receipt(
    client: PageClient, asha: Made, headers: dict[str, str]
) -> None:
    response = press(client, asha, "no-answer", headers)

    [report] = reports()
    assert (response.status_code, report.outcome) == (303, CallOutcome.NO_ANSWER)
    page = client.page(response.headers["Location"])
    assert words_of(page, "state") == "Waiting to be checked"
    assert "A call: no answer" in page.main_text
    assert page.link("Asha Verma") == asha.path


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        OLDER | {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_from_elsewhere_it_is_asked_once_more_and_then_taken(
    client: PageClient, asha: Made, headers: dict[str, str]
) -> None:
    response = press(client, asha, "no-answer", headers)
    page = client.checked(response, {})
    assert (page.status, reports()) == (422, [])
    assert page.h1 == "You called Asha Verma"

    path = f"{asha.path}/called"
    answered(client, path, values_of(page, path) | {"outcome": "wrong-number"})
    assert [report.outcome for report in reports()] == [CallOutcome.WRONG_NUMBER]


def test_another_fee_leads_to_its_form(client: PageClient, asha: Made) -> None:
    response = press(client, asha, "fee-different", HERE)

    assert response.status_code == 303
    assert response.headers["Location"] == f"{asha.path}/correct?fact=fee&called=fee-different"
    assert reports() == []


def test_a_button_nobody_knows_is_refused(client: PageClient, asha: Made) -> None:
    assert press(client, asha, "hello", HERE).status_code == 422
    assert reports() == []


def test_a_call_that_was_answered_is_noted_at_once(client: PageClient, asha: Made) -> None:
    page = client.page(press(client, asha, "answered", HERE).headers["Location"])

    assert words_of(page, "state") == "Noted, thank you"
    assert "It does not count as a check of ours" in page.main_text
    assert page.items(page.by_role("main")[0]) == ["You told us, 23 Nov 2026"]


def test_who_is_missing_can_be_suggested(client: PageClient) -> None:
    page = send(client, "/listings/suggest", **NAMED, phone="011 5550 1299")

    [report] = reports()
    assert page.h1 == f"Receipt {report.receipt}"
    assert report.kind is CorrectionKind.MISSING_LISTING
    assert (report.suggested or {})["locality"] == "saket"
    assert "Leela" not in page.text


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"name": ""}, "#name"),
        ({"role": ""}, "#role"),
        ({"locality": ""}, "#locality"),
        ({"locality": "Atlantis"}, "#locality"),
        ({"phone": "12"}, "#phone"),
        ({"web": "no address"}, "#web"),
        ({"email": "nobody"}, "#email"),
    ],
)
def test_a_suggestion_says_what_it_lacks(
    client: PageClient, changes: dict[str, str], anchor: str
) -> None:
    page = send(client, "/listings/suggest", **(NAMED | changes))

    assert page.status == 422
    assert [where for _words, where in summary(page)] == [anchor]
    assert attribute(page.field("Name"), "value") == (NAMED | changes)["name"]
    assert reports() == []


def test_a_metro_station_names_the_locality_beside_it(client: PageClient) -> None:
    send(client, "/listings/suggest", **(NAMED | {"locality": "malviya nagar"}))

    assert (reports()[0].suggested or {})["locality"] == "malviya-nagar"


STATES = {
    "accepted": (CorrectionState.ACCEPTED, "You were right", "in doubt, until we have checked"),
    "declined": (CorrectionState.DECLINED, "Looked at; nothing was changed", "left the page as"),
    "overtaken": (CorrectionState.OVERTAKEN, "Settled already", "had changed already"),
}


@pytest.mark.parametrize("name", STATES)
def test_a_receipt_tells_what_became_of_it(
    client: PageClient, asha: Made, now: datetime, name: str
) -> None:
    state, sign, says = STATES[name]
    path = press(client, asha, "no-answer", HERE).headers["Location"]
    decide(state, now + timedelta(days=1), answer="हमने फ़ोन किया।")

    page = client.page(path)
    assert words_of(page, "state") == sign
    assert says in page.main_text
    assert "हमने फ़ोन किया।" in page.main_text
    assert page.items(page.by_role("main")[0]) == [
        "You told us, 23 Nov 2026",
        "It was decided, 24 Nov 2026",
    ]


def test_a_receipt_leads_to_no_page_that_nobody_sees(client: PageClient, asha: Made) -> None:
    path = press(client, asha, "no-answer", HERE).headers["Location"]
    with writing() as session:
        session.execute(
            text("UPDATE listing SET state = :state WHERE id = :id"),
            {"state": ListingState.SUSPENDED.value, "id": asha.id},
        )

    assert asha.path not in [address for _words, address in client.page(path).links()]


def decide(state: CorrectionState, at: datetime, *, answer: str) -> None:
    """Give every report an end, without the decision the database would ask for."""
    with writing() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER IF EXISTS correction_has_decision"))
        for report in session.scalars(select(Correction)):
            report.state, report.decided_at, report.answer = state, at, answer
