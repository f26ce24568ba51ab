"""The desk of the vocabulary: looked at before it is saved, nothing lost, and searches follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import delhi_day
from directory.core.db import db
from directory.search.unmet import count_unmet, unmet_words
from directory.vocabulary.models import TermKind
from tests.factories.listings import Facts, make_practitioner
from tests.web.moderation.staff import send

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from directory.vocabulary.queries import TermView
    from tests.moderation.desk import Desk
    from tests.support.page import Page
    from tests.web.moderation.staff import Staff

DESK = "/admin/vocabulary"
GRIEF = f"{DESK}/condition/grief"
NEW = f"{DESK}/new?kind=condition"
FIELDS = {"input", "textarea", "select"}


def filled(page: Page, form: int = 0) -> dict[str, str]:
    """Give what the form of a term holds."""
    found: dict[str, str] = {}
    for name in ("slug", "name_en", "name_hi", "note", "seen", "looked"):
        for el in page.markup.all("input"):
            if el.get("name") == name:
                found[name] = el.get("value") or ""
    for el in page.markup.all("textarea"):
        found[el.get("name") or ""] = "".join(el.itertext()).strip()
    chosen = [
        option.get("value") or ""
        for box in page.markup.all("select")
        if box.get("name") == "group"
        for option in page.markup.all("option", within=box)
        if option.get("selected") is not None
    ]
    return {**found, "group": chosen[form] if chosen else ""}


def press(staff: Staff, step: str, values: dict[str, str], on: str = GRIEF) -> TestResponse:
    return send(staff.client("admin"), on, on, {**values, "step": step})


def looked_at(staff: Staff, answer: TestResponse) -> Page:
    assert answer.status_code == 200
    return staff.client("admin").checked(answer, {})


def term(staff: Staff, slug: str = "grief") -> TermView | None:
    def read(_desk: object) -> TermView | None:
        known = staff.app.extensions["vocabulary"].current(db.session())
        found: TermView | None = known.term(TermKind.CONDITION, slug)
        return found

    return staff.tell(read)


def test_every_list_opens_with_its_terms(staff: Staff) -> None:
    admin = staff.client("admin")
    page = admin.page(DESK)

    assert "89 terms" in page.main_text
    lists = page.links(page.section("Lists"))
    assert len(lists) == len(TermKind)
    for _, address in lists:
        assert admin.get(address).status_code == 200


def test_a_term_is_found_by_any_spelling(staff: Staff) -> None:
    page = staff.client("admin").page(DESK, q="beravement")

    assert [url for _, url in page.links(page.section("Terms with “beravement”"))] == [GRIEF]


def test_a_word_that_found_nothing_becomes_another_name_and_is_understood(staff: Staff) -> None:
    def look_for(desk: Desk) -> None:
        make_practitioner(desk.vocabulary, Facts(name="Asha Rao", conditions=["grief"]))
        count_unmet({"sogwar": 3}, delhi_day(desk.now))

    staff.tell(look_for)
    admin = staff.client("admin")
    assert "Nothing found for these words" in admin.page("/search?q=sogwar").main_text
    assert "sogwar" in admin.page("/admin").main_text
    chosen = admin.page(f"{DESK}/unmet", words="sogwar", q="grief")
    offered = dict(chosen.links(chosen.section("What “sogwar” stands for"))).values()
    opened = admin.page(next(url for url in offered if url.startswith(GRIEF)))

    seen = looked_at(staff, press(staff, "see", filled(opened)))
    assert "Understood from now on sogwar" in seen.main_text
    assert press(staff, "save", filled(seen)).status_code == 303

    assert "Asha Rao" in admin.page("/search?q=sogwar").main_text
    found = term(staff)
    assert found is not None
    assert "sogwar" in found.synonyms


def test_what_was_not_looked_at_is_not_saved(staff: Staff) -> None:
    opened = staff.client("admin").page(GRIEF)
    seen = looked_at(staff, press(staff, "see", {**filled(opened), "name_en": "Mourning"}))

    answer = press(staff, "save", {**filled(seen), "name_en": "Bereavement"})

    page = staff.client("admin").checked(answer, {})
    assert answer.status_code == 422
    assert "Something changed since you looked." in page.main_text
    assert filled(page)["name_en"] == "Bereavement"
    found = term(staff)
    assert found is not None
    assert found.name_en == "Grief and prolonged grief"


def test_a_spelling_that_means_something_else_is_named(staff: Staff) -> None:
    opened = filled(staff.client("admin").page(GRIEF))

    page = looked_at(staff, press(staff, "see", {**opened, "synonym": "depression"}))

    assert "These mean something already" in page.main_text
    assert "depression: For Depression" in page.main_text


def test_every_fault_is_told_at_once_and_nothing_is_lost(staff: Staff) -> None:
    opened = filled(staff.client("admin").page(GRIEF))
    wrong = {**opened, "name_en": "", "name_hi": "Grief", "hinglish": "शोक", "note": "My note"}

    answer = press(staff, "save", wrong)

    page = staff.client("admin").checked(answer, {})
    assert answer.status_code == 422
    assert [url for _, url in page.links(page.classed("errors__list")[0])] == [
        "#name_en",
        "#name_hi",
        "#hinglish",
    ]
    assert (filled(page)["note"], filled(page)["name_hi"]) == ("My note", "Grief")


def test_two_at_the_same_term_do_not_overwrite_each_other(staff: Staff) -> None:
    opened = filled(staff.client("admin").page(GRIEF))
    for name, code in (("Mourning", 303), ("Bereavement", 422)):
        values = {**opened, "name_en": name}
        seen = filled(looked_at(staff, press(staff, "see", values)))
        answer = press(staff, "save", {**seen, "seen": opened["seen"]})
        assert answer.status_code == code

    assert "Somebody changed this term" in staff.client("admin").checked(answer, {}).main_text
    found = term(staff)
    assert found is not None
    assert found.name_en == "Mourning"


def test_a_term_is_added_with_an_address_from_its_name(staff: Staff) -> None:
    opened = staff.client("admin").page(f"{NEW}&add=climate+worry")
    values = {**filled(opened), "name_hi": "जलवायु की चिंता", "group": "anxiety"}
    assert values["name_en"] == "Climate worry"

    seen = looked_at(staff, press(staff, "see", values, NEW))
    answer = press(staff, "save", filled(seen), NEW)

    assert answer.headers["Location"] == f"{DESK}/condition/climate-worry"
    assert staff.client("admin").page("/conditions/climate-worry").status == 200


@pytest.mark.parametrize(
    "path",
    ["/no-such-list", "/condition/no-such-term", "/new?kind=profession", "/new?kind=nothing"],
)
def test_what_is_not_there_is_not_found(staff: Staff, path: str) -> None:
    assert staff.client("admin").get(DESK + path).status_code == 404


def test_merging_is_looked_at_first_and_the_old_address_leads_on(staff: Staff) -> None:
    staff.tell(
        lambda desk: make_practitioner(
            desk.vocabulary, Facts(name="Asha Rao", conditions=["grief"])
        )
    )
    admin = staff.client("admin")
    values = {"into": "loneliness"}
    seen = looked_at(staff, send(admin, GRIEF, f"{GRIEF}/merge", values))
    assert "What merging would do" in seen.main_text
    assert "pet loss" in seen.main_text
    assert term(staff) is not None
    looked = {"looked": "grief loneliness"}

    answer = send(admin, GRIEF, f"{GRIEF}/merge", values | looked)

    assert answer.headers["Location"] == f"{DESK}/condition/loneliness"
    assert admin.get(GRIEF).headers["Location"] == f"{DESK}/condition/loneliness"
    old = admin.get("/conditions/grief")
    assert (old.status_code, old.headers["Location"]) == (301, "/conditions/loneliness")
    found = admin.get("/api/v1/listings?condition=grief").get_json()
    assert [item["name"] for item in found["items"]] == ["Asha Rao"]
    assert "Term merged into another" in admin.page("/admin/audit").main_text


def test_a_merge_names_a_term_that_may_stay(staff: Staff) -> None:
    for into in ("", "grief", "no-such"):
        answer = send(staff.client("admin"), GRIEF, f"{GRIEF}/merge", {"into": into})
        assert answer.status_code == 422
    assert term(staff) is not None


def test_words_that_stand_for_nothing_are_let_go(staff: Staff) -> None:
    staff.tell(lambda desk: count_unmet({"tarot": 4, "kundli": 3}, delhi_day(desk.now)))
    page = f"{DESK}/unmet"

    answer = send(staff.client("admin"), page, f"{page}/forget", {"words": "tarot"})

    assert answer.status_code == 303
    left = staff.tell(lambda _desk: unmet_words(db.session(), 9))
    assert [one.words for one in left] == ["kundli"]
    assert left[0].last_on <= delhi_day(staff.desk.now) + timedelta(0)
