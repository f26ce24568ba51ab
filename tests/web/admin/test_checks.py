"""The desk of checks: recorded as seen, until when the rule says, what harms most first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.audit.policy import COMMAND
from directory.listings.models import CallOutcome, FeePurpose, VerificationMethod
from directory.listings.operations import edit_listing
from directory.listings.policy import FACTS
from tests.factories.listings import Facts, Made, Place, make_centre, make_practitioner
from tests.moderation.reported import called
from tests.support.markup import text_of
from tests.web.moderation.staff import send

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.test import TestResponse

    from tests.moderation.desk import Desk
    from tests.support.page import Page
    from tests.web.moderation.staff import Staff

QUEUE = "/admin/checks"
CALL = {"method": "call", "checked_on": "2026-11-20", "note": "The front desk said so."}
OLD = date(2025, 1, 1)


def make(desk: Desk) -> Made:
    facts = Facts(
        name="Asha Rao",
        fees=[(FeePurpose.FIRST_SESSION, 900)],
        checks=[("fee", VerificationMethod.CALL, OLD)],
    )
    return make_practitioner(desk.vocabulary, facts)


@pytest.fixture
def asha(staff: Staff) -> Made:
    """Give a practitioner whose fee was checked long ago."""
    return staff.tell(make)


def path_of(made: Made) -> str:
    return f"/admin/listings/{made.id}/checks"


def press(staff: Staff, path: str, values: Mapping[str, object]) -> TestResponse:
    return send(staff.client("admin"), path, path, values)  # type: ignore[arg-type]  # lists too


def again(staff: Staff, answer: TestResponse) -> Page:
    assert answer.status_code == 422
    return staff.client("admin").checked(answer, {})


def names(page: Page) -> list[str]:
    return [text_of(el) for el in page.classed("due__name")]


def test_several_facts_are_checked_at_once_until_their_days(staff: Staff, asha: Made) -> None:
    answer = press(staff, path_of(asha), {**CALL, "fact": ["fee", "phone"]})

    assert answer.status_code == 303
    page = staff.client("admin").page(answer.headers["Location"])
    assert "2 checks are recorded." in page.main_text
    public = staff.client("admin").page(asha.path)
    day = date(2026, 11, 20)
    for fact in ("fee", "phone"):
        until = day + timedelta(days=FACTS[fact])
        assert f"20 Nov 2026 {until.day} {until:%b %Y}" in public.main_text
    acts = staff.client("admin").page("/admin/audit", act="listing.checked")
    assert acts.main_text.count("Fact checked") >= 2


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"fact": []}, "Tick what was checked"),
        ({"method": ""}, "Say how it was checked"),
        ({"method": "source"}, "Say how it was checked"),
        ({"checked_on": ""}, "Say on which day"),
        ({"checked_on": "yesterday"}, "Write the day as"),
        ({"checked_on": "2026-11-25"}, "A check cannot be of a day to come."),
        ({"fact": ["night"]}, "The night is checked by a call at night or a visit."),
        ({"fact": ["beds"]}, "This listing does not state what was checked."),
        ({"note": "x" * 301}, "Use fewer characters"),
    ],
)
def test_a_check_that_cannot_be_records_nothing_and_keeps_what_was_typed(
    staff: Staff, asha: Made, changes: dict[str, object], fault: str
) -> None:
    answer = press(staff, path_of(asha), {**CALL, "fact": ["fee"], **changes})

    page = again(staff, answer)
    assert fault in text_of(page.classed("errors__list")[0])
    kept = "".join(page.field("What you saw or heard if you like").itertext()).strip()
    assert kept == changes.get("note", CALL["note"])
    assert "Not confirmed since" in staff.client("admin").page(QUEUE).main_text


def test_nobody_vouches_for_what_they_did_not_see(staff: Staff, asha: Made) -> None:
    opened = staff.client("admin").page(path_of(asha))
    seen = next(el for el in opened.markup.all("input") if el.get("name") == "seen")
    staff.tell(lambda desk: change_fee(desk, asha.id))
    answer = press(
        staff, path_of(asha), {**CALL, "fact": ["fee"], "seen": seen.get("value") or "0"}
    )

    assert answer.status_code in {409, 422}
    assert "while you had it open" in staff.client("admin").checked(answer, {}).main_text


def change_fee(desk: Desk, listing_id: int) -> None:
    edit_listing(
        actor=COMMAND,
        listing_id=listing_id,
        changes={"fees": [{"for": "first-session", "amount": 1500}]},
        seen=None,
        vocabulary=desk.vocabulary,
        now=desk.now,
    )


def test_what_harms_most_stands_first_and_can_be_looked_at_alone(staff: Staff, asha: Made) -> None:
    def more(desk: Desk) -> None:
        house = Facts(name="Neem House", places=(Place("saket", open_24x7=True),))
        make_centre(desk.vocabulary, house, centre_type="private-nursing-home", beds=20)
        for network in "abc":
            called(desk, CallOutcome.NO_ANSWER, network)

    staff.tell(more)
    page = staff.client("admin").page(QUEUE)

    assert names(page)[0].startswith("Neem House")
    assert names(page)[1] == "Dr Meenakshi Rawat"
    doubted = staff.client("admin").page(QUEUE, due="doubted")
    assert names(doubted) == ["Dr Meenakshi Rawat"]
    assert "3 reports" in doubted.main_text
    assert names(staff.client("admin").page(QUEUE, harm="fee")) == [asha.name]
    assert names(staff.client("admin").page(QUEUE, kind="centre")) == ["Neem House"]
    assert (
        "Nothing is due here."
        in staff.client("admin").page(QUEUE, harm="beds", due="doubted").main_text
    )


def test_the_queue_records_of_several_listings_what_was_ticked(staff: Staff, asha: Made) -> None:
    bela = staff.tell(
        lambda desk: make_practitioner(
            desk.vocabulary, Facts(name="Bela", fees=[(FeePurpose.FIRST_SESSION, 700)])
        )
    )
    ticked = [f"{asha.id}:fee", f"{bela.id}:fee", f"{bela.id}:phone"]
    opened = staff.client("admin").page(QUEUE, harm="fee").markup.all("input")
    seen = [el.get("value") for el in opened if el.get("name") == "seen"]
    assert len(seen) == 2

    answer = press(staff, QUEUE, {**CALL, "fact": ticked, "seen": seen, "harm": "fee"})

    assert answer.headers["Location"] == f"{QUEUE}?harm=fee&recorded=3"
    assert names(staff.client("admin").page(QUEUE, harm="fee")) == []


def test_what_could_not_be_recorded_stays_ticked(staff: Staff, asha: Made) -> None:
    values = {**CALL, "fact": [f"{asha.id}:fee", f"{asha.id}:beds"]}

    page = again(staff, press(staff, QUEUE, values))

    assert f"{asha.name}: This listing does not state" in page.main_text
    ticked = [el.get("value") for el in page.markup.all("input") if el.get("checked") is not None]
    assert f"{asha.id}:fee" in ticked


def test_a_check_clears_the_doubt(staff: Staff) -> None:
    staff.tell(lambda desk: [called(desk, CallOutcome.NO_ANSWER, network) for network in "abc"])
    listing = staff.desk.listing
    words = "Several callers could not reach this number lately"
    assert words in staff.client("admin").page(listing.path).main_text

    press(staff, path_of(listing), {**CALL, "checked_on": "2026-11-23", "fact": ["phone"]})

    assert words not in staff.client("admin").page(listing.path).main_text


def test_the_dashboard_says_what_is_due(staff: Staff, asha: Made) -> None:
    page = staff.client("admin").page("/admin")

    due = dict(page.links(page.section("What is due")))
    assert due[next(line for line in due if line.startswith("Facts to check none grave"))] == QUEUE
    assert page.rows("Age of checks, by fact")
    fees = next(row for row in page.rows("Age of checks, by fact") if row[0] == "Fee")
    assert fees[-3:] == ["0", "1", "0"]
