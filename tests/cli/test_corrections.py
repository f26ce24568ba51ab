"""`flask corrections`: what readers reported, listed, shown and decided from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import CallOutcome
from tests.moderation.reported import (
    FEE,
    called,
    case_of,
    doubts,
    listing_named,
    report,
    row_of,
    says,
    suggested,
)

if TYPE_CHECKING:
    from tests.web.moderation.staff import Staff

BY = ("--by", "rani@example.org")


def run(staff: Staff, *arguments: str) -> tuple[int, list[str]]:
    done = staff.app.test_cli_runner().invoke(args=["corrections", *arguments])
    return done.exit_code, done.output.splitlines()


def number(staff: Staff, receipt: str) -> str:
    return str(staff.tell(lambda _desk: case_of(receipt).id))


def test_a_report_is_listed_shown_and_accepted(staff: Staff) -> None:
    receipt = staff.tell(report)
    case = number(staff, receipt)

    code, listed = run(staff, "list", *BY)
    assert (code, listed[0].startswith(f"{case}  correction  fee  by ")) == (0, True)
    shown = run(staff, "show", case, *BY)[1]
    assert shown[0] == f"{staff.desk.listing.slug}: wrong-detail, fee, open"
    assert any(line.startswith('asked fees: [{"for": "first-session"') for line in shown)
    assert receipt in shown[-1]

    code, told = run(staff, "accept", case, *BY, "--words", "Thank you.")
    assert (code, told[0].startswith(f"Case {case}: accepted, listing ")) == (0, True)
    assert staff.tell(says)["fees"] == FEE
    assert run(staff, "accept", case, *BY)[0] == 1
    assert run(staff, "list", *BY) == (0, ["No reports are open."])


def test_a_report_is_declined_with_an_answer(staff: Staff) -> None:
    receipt = staff.tell(report)

    code, told = run(staff, "decline", number(staff, receipt), *BY, "--words", "They say no.")

    assert (code, ": declined" in told[0]) == (0, True)
    row = staff.tell(lambda _desk: row_of(receipt))
    assert (row.state.value, row.answer) == ("declined", "They say no.")


def test_a_call_nobody_answered_leaves_a_doubt(staff: Staff) -> None:
    receipt = staff.tell(lambda desk: called(desk, CallOutcome.NO_ANSWER))

    assert run(staff, "accept", number(staff, receipt), *BY, "--stays")[0] == 0
    assert staff.tell(lambda _desk: doubts()) == [("phone", 1, False)]


def test_a_missing_listing_becomes_a_draft(staff: Staff) -> None:
    receipt = staff.tell(suggested)

    code, _told = run(staff, "accept", number(staff, receipt), 'headline="Quiet rooms"', *BY)

    made = staff.tell(lambda _desk: listing_named("Dr Farah Iqbal"))
    assert code == 0
    assert made is not None
    assert (made.state.value, made.headline) == ("draft", "Quiet rooms")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("asha@example.org", "Only moderators who signed in with both steps may do this."),
        ("nobody@example.org", "There is no account under this address."),
    ],
)
def test_only_people_of_the_desk_decide(staff: Staff, who: str, words: str) -> None:
    case = number(staff, staff.tell(report))

    code, told = run(staff, "accept", case, "--by", who)

    assert (code, told) == (1, [f"Error: {words}"])
