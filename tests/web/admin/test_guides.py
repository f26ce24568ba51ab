"""The guides desk: written with a preview beside, read, shown, and nothing lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.db import db
from directory.guides.queries import desk_guide, public_guide
from tests.factories.guides import SLUG, publish, write
from tests.support.markup import text_of
from tests.web.moderation.staff import send

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.test import TestResponse

    from tests.support.page import Page
    from tests.web.moderation.staff import Staff

GUIDES = "/admin/guides"
NEW = f"{GUIDES}/new"
HERE = f"{GUIDES}/{SLUG}"
TYPED: dict[str, Any] = {
    "slug": SLUG,
    "title": "Ketamine",
    "short": "What to ask.",
    "author": "Asha Rao",
    "body": "## Part\n\nIt fades [1].",
    "source-title": ["The Act", ""],
    "source-url": ["https://a.org", ""],
    "source-seen_on": ["2026-11-01", ""],
    "about": ["treatment/iv-ketamine", "condition/depression", ""],
    "step": "save",
}


def press(staff: Staff, step: str, values: dict[str, Any], *, on: str = HERE) -> TestResponse:
    """Send a form of a page as the administrator."""
    return send(staff.client("admin"), on, step, values)


def again(staff: Staff, answer: TestResponse) -> Page:
    """Give the page that came back because something was wrong."""
    assert answer.status_code == 422
    return staff.client("admin").checked(answer, {})


def faults(page: Page) -> list[str]:
    (summary,) = page.classed("errors__list")
    return [text_of(el) for el in page.markup.all("li", within=summary)]


def test_a_guide_is_written_read_and_shown(staff: Staff) -> None:
    admin = staff.client("admin")
    assert admin.page(GUIDES).link("Write a guide") == NEW

    assert press(staff, NEW, TYPED, on=NEW).headers["Location"] == HERE
    assert admin.page(HERE).items(admin.page(HERE).section("Show to readers")) == [
        "No clinician has read this version yet."
    ]
    review = {
        "version": "1",
        "reviewer": "Vikram Sen, MD",
        "reviewed_on": "2026-11-23",
        "next_review_on": "2027-11-01",
    }
    assert press(staff, f"{HERE}/review", review).status_code == 303
    assert press(staff, f"{HERE}/publish", {"version": "1"}).status_code == 303

    assert "Readers see version 1" in admin.page(HERE).main_text
    shown = staff.tell(lambda _desk: public_guide(db.session(), SLUG))
    assert shown is not None
    assert [source.title for source in shown.version.draft.sources] == ["The Act"]
    assert len(shown.version.draft.term_ids) == 2
    assert admin.page(GUIDES).rows("Guides, those due first")[1][1:3] == [
        "Shown to readers",
        "1 Nov 2027",
    ]
    assert press(staff, f"{HERE}/withdraw", {}).status_code == 303
    assert "Taken back" in admin.page(GUIDES).main_text


def test_the_preview_shows_it_as_readers_see_it_and_keeps_nothing(staff: Staff) -> None:
    body = f"{TYPED['body']} See [this](/nowhere).\n\nA drip for 40 minutes."
    answer = press(staff, NEW, TYPED | {"step": "see", "body": body}, on=NEW)

    assert answer.status_code == 200
    known = {"no_dead_links": "the writer is told of it"}
    page = staff.client("admin").checked(answer, known)
    preview = page.section("As readers will see it")
    assert [text_of(el) for el in page.markup.all("h2", within=preview)][1:] == ["Part", "Sources"]
    assert "Pages this site does not have: /nowhere." in text_of(preview)
    assert "Numbers without a source: “A drip for 40 minutes.”." in text_of(preview)
    assert "our guides keep to 11 to 13" in text_of(preview)
    assert page.field("Title in Hindi if you like").get("value") == ""
    assert "No guide is written yet" in staff.client("admin").page(GUIDES).main_text


def test_a_faulty_guide_comes_back_with_everything_typed(staff: Staff) -> None:
    wrong = TYPED | {
        "slug": "Two words",
        "short": "",
        "body": "It fades [2].",
        "source-url": ["ftp://a", ""],
        "source-seen_on": ["yesterday", ""],
    }

    page = again(staff, press(staff, NEW, wrong, on=NEW))

    assert faults(page) == [
        "Use small letters, digits and single hyphens, such as first-visit.",
        "Say in a sentence or two what it answers.",
        "[2]: there is no source of that number.",
        "Source 1: Write the day as 2026-11-01.",
        "Source 1: Give an address that begins with https:// or http://.",
    ]
    kept = {el.get("id"): el.get("value") for el in page.markup.all("input")}
    assert kept["slug"] == "Two words"
    assert kept["source-1-url"] == "ftp://a"
    chosen = [el.get("value") for el in page.markup.all("option") if el.get("selected") is not None]
    assert chosen == ["treatment/iv-ketamine", "condition/depression"]


def test_an_address_that_is_taken_is_said(staff: Staff) -> None:
    staff.tell(lambda desk: write(desk.vocabulary, desk.now))

    page = again(staff, press(staff, NEW, TYPED, on=NEW))

    assert faults(page) == ["There is a guide at this address already."]


def test_a_version_written_meanwhile_is_said_and_nothing_is_lost(staff: Staff) -> None:
    staff.tell(lambda desk: write(desk.vocabulary, desk.now))
    staff.tell(lambda desk: write(desk.vocabulary, desk.now, seen=1, title="Other"))

    page = again(staff, press(staff, HERE, TYPED | {"seen": "1"}))

    assert "Somebody wrote version 2 meanwhile" in faults(page)[0]
    assert press(staff, HERE, TYPED | {"seen": "2"}).status_code == 303
    guide = staff.tell(lambda _desk: desk_guide(db.session(), SLUG))
    assert (guide.newest.number, guide.newest.draft.title) == (3, "Ketamine")
    assert guide.newest.written_by is not None


def test_versions_can_be_compared_and_taken_up_again(staff: Staff) -> None:
    staff.tell(lambda desk: publish(desk.vocabulary, desk.now))
    staff.tell(lambda desk: write(desk.vocabulary, desk.now, seen=1, title="Ketamine, after"))

    page = staff.client("admin").page(HERE, changes="2")

    assert [text for level, text in page.headings() if level == 4] == ["Title"]
    gone, new = page.markup.all("del")[0], page.markup.all("ins")[0]
    assert ("before you begin" in text_of(gone), "after" in text_of(new)) == (True, True)
    assert page.rows("Versions, the newest first")[2][0] == "1 shown"
    older = staff.client("admin").page(f"{HERE}?from=1")
    titles = [el for el in older.markup.all("input") if el.get("id") == "title"]
    assert titles[0].get("value") == "Ketamine, before you begin"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ["Say who read it, with their qualification.", "Give a day.", "Give a day."]),
        (
            {"reviewer": "asha rao", "reviewed_on": "2026-11-24", "next_review_on": "2026-11-24"},
            [
                "Somebody else than its author has to read it.",
                "Give the day it was read; this one is still to come.",
                "Give a day that is still to come.",
            ],
        ),
    ],
    ids=["nothing", "by its author, tomorrow"],
)
def test_a_faulty_review_comes_back(staff: Staff, values: dict[str, str], words: list[str]) -> None:
    staff.tell(lambda desk: write(desk.vocabulary, desk.now))

    page = again(staff, press(staff, f"{HERE}/review", {"version": "1"} | values))

    assert faults(page) == words
    refused = again(staff, press(staff, f"{HERE}/publish", {"version": "1"}))
    assert faults(refused) == ["A clinician has to read this version first."]
