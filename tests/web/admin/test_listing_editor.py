"""The editor: what is typed stays, what changes is shown first, and it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from directory.audit.policy import COMMAND
from directory.audit.queries import AuditFilter, events
from directory.core.db import db
from directory.listings.models import Listing, ListingState
from directory.listings.operations import edit_listing
from tests.support.markup import text_of
from tests.web.admin.editing import LISTINGS, Editor, editor_of, fields_of

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary

FEE = "listing-fees-0-amount"


@pytest.fixture
def editor(app: Flask, vocabulary: Vocabulary) -> Editor:
    return editor_of(app, vocabulary)


def acts(editor: Editor) -> list[str]:
    with editor.client.app.app_context():
        return [event.act for event in events(db.session(), AuditFilter()).items]


def state_of(editor: Editor, who: str) -> ListingState:
    db.session().rollback()
    return db.session().get_one(Listing, editor.ids[who]).state


@pytest.mark.parametrize("who", ["person", "centre"])
def test_a_form_sent_back_untouched_changes_nothing(editor: Editor, who: str) -> None:
    values = editor.form(editor.path(who))

    page = editor.page(editor.send(editor.path(who), values, step="see"))

    assert "Nothing would change" in page.main_text
    assert [el for el in page.by_role("button") if text_of(el) == "Save it"] == []


def test_a_change_is_shown_before_it_is_saved_with_the_check_that_goes(editor: Editor) -> None:
    values = editor.form(editor.path())
    values[FEE] = "₹2,000"

    page = editor.page(editor.send(editor.path(), values, step="see"))

    changes = dict(page.pairs())
    assert "taken out: First visit: ₹1,800, 45 minutes" in changes["Fees"]
    assert "put in: First visit: ₹2,000, 45 minutes" in changes["Fees"]
    assert changes["Checks"] == "taken out: Fee: asked by phone, 12 Jan 2026 3 lines stay"
    assert editor.document()["fees"][0]["amount"] == 1800


def test_a_change_is_saved_and_can_be_taken_back_at_once(editor: Editor) -> None:
    before = editor.document()
    values = editor.form(editor.path())
    values[FEE] = "2000"
    review = editor.client.checked(editor.send(editor.path(), values, step="see"), {})

    answer = editor.send(editor.path(), fields_of(review), step="save")

    assert answer.status_code == 303
    assert editor.document()["fees"][0]["amount"] == 2000
    assert acts(editor)[0] == "listing.changed"
    saved = editor.client.page(answer.headers["Location"])
    form = next(el for el in saved.markup.all("form") if (el.get("action") or "").endswith("/undo"))
    token = {"csrf_token": values["csrf_token"]}
    assert editor.client.post(form.get("action") or "", token).status_code == 303
    assert editor.document() == before


def test_going_on_editing_keeps_what_was_typed(editor: Editor) -> None:
    values = editor.form(editor.path())
    values["listing-headline"] = "Begins with tea"
    review = editor.client.checked(editor.send(editor.path(), values, step="see"), {})

    page = editor.page(editor.send(editor.path(), fields_of(review), step="edit"))

    assert page.field("One line about them").get("value") == "Begins with tea"


WRONG = {
    FEE: ("about 2000", "Fee 1, Rupees: must be a whole number"),
    "listing-locations-0-locality": ("Sakett", "Place 1, Locality: unknown locality 'Sakett'"),
    "listing-locations-0-hours-mon-0-closes": ("late", "Weekly hours, Monday: must be a time"),
    "listing-locations-0-phones-0-number": ("12", "Number 1, Number: '12' is not an Indian"),
    "listing-locations-0-point-lat": ("12.9", "Latitude: must be from 28.0 to 29.2"),
    "listing-registrations-0-valid_until": ("soon", "Registration 1, Valid until: must be a date"),
    "listing-name": ("", "Name: is missing"),
    "listing-works_at-find": ("Nowhere House", "Works at: there is no such centre"),
    "listing-practising_since": ("since 2010", "Practising since: must be a whole number"),
}


def test_every_fault_is_told_at_once_and_leads_to_its_field(editor: Editor) -> None:
    values = editor.form(editor.path())
    for name, (typed, _says) in WRONG.items():
        values[name] = typed

    answer = editor.send(editor.path(), values, step="save")

    assert answer.status_code == 422
    page = editor.page(answer)
    lines = page.links(page.classed("errors")[0])
    told = {address.removeprefix("#"): words for words, address in lines}
    for name, (_typed, says) in WRONG.items():
        assert says.lower() in told[name].lower()
    assert page.markup.by_id(FEE).get("value") == "about 2000"  # type: ignore[union-attr]
    assert editor.document()["fees"][0]["amount"] == 1800


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(
    editor: Editor, now: datetime
) -> None:
    values = editor.form(editor.path())
    values[FEE] = "2000"
    values["listing-headline"] = "Begins with tea"
    changes = {"fees": [{"for": "first-session", "amount": 1900}], "gender": None}
    _edit_by_command(editor, changes, now)

    answer = editor.send(editor.path(), values, step="save")

    assert answer.status_code == 409
    page = editor.page(answer)
    assert page.field("One line about them").get("value") == "Begins with tea"
    assert page.markup.by_id("listing-fees-1-amount") is not None
    assert "what they wrote" in page.main_text
    again = editor.page(editor.send(editor.path(), fields_of(page), step="see"))
    assert [key for key, _says in again.pairs()] == ["One line about them", "Fees"]


def test_others_changes_of_other_facts_do_not_stand_in_the_way(
    editor: Editor, now: datetime
) -> None:
    values = editor.form(editor.path())
    values["listing-headline"] = "Begins with tea"
    _edit_by_command(editor, {"gender": None}, now)

    assert editor.send(editor.path(), values, step="save").status_code == 303
    assert (editor.document()["headline"], editor.document()["gender"]) == ("Begins with tea", None)


PRESSED: list[tuple[str, str, str | None]] = [
    ("add listing-fees", "listing-fees-rows", "4"),
    ("drop listing-fees-0", FEE, "1200"),
    ("add listing-locations", "listing-locations-rows", "2"),
    ("add listing-locations-0-phones", "listing-locations-0-phones-rows", "2"),
    ("copy listing-locations-0-hours-mon", "listing-locations-0-hours-sun-1-closes", "19:00"),
    ("clear listing-locations-0-hours", "listing-locations-0-hours-mon-0-opens", ""),
    ("clear listing-locations-0-point", "listing-locations-0-point-lat", ""),
    ("drop listing-works_at-0", "listing-works_at", None),
    ("drop listing-nothing-0", FEE, "1800"),
    ("up listing-fees-2", "listing-fees-1-amount", "500"),
]


def test_buttons_change_the_form_and_save_nothing(editor: Editor) -> None:
    before = editor.document()
    values = editor.form(editor.path())

    for pressed, name, holds in PRESSED:
        answer = editor.send(editor.path(), values, listing_press=pressed)

        assert answer.status_code == 200
        assert (pressed, fields_of(editor.page(answer)).get(name)) == (pressed, holds)
    assert editor.document() == before


def test_a_press_on_the_map_moves_the_point_and_brings_it_nearer(editor: Editor) -> None:
    values = editor.form(editor.path())
    values["listing-locations-0-point-map.x"] = "184"
    values["listing-locations-0-point-map.y"] = "104"

    answer = fields_of(editor.page(editor.send(editor.path(), values)))

    # 40 pixels east and 40 north on a map of 80 pixels to the kilometre: half a kilometre each.
    assert answer["listing-locations-0-point-lat"] == "28.55200"
    assert answer["listing-locations-0-point-lon"] == "77.20662"
    assert answer["listing-locations-0-point-seen"].endswith(" 3")


def test_a_centre_is_found_by_name_and_added(editor: Editor) -> None:
    values = editor.form(editor.path())
    values.poplist("listing-works_at")
    values["listing-works_at-find"] = "deer park"

    found = editor.page(editor.send(editor.path(), values, listing_press="find listing-works_at"))
    values = fields_of(found)
    added = f"add listing-works_at-{editor.ids['centre']}"
    answer = editor.page(editor.send(editor.path(), values, listing_press=added))

    assert "Deer Park Centre for Mental Health" in found.main_text
    assert fields_of(answer).getlist("listing-works_at") == ["test:centre"]


def test_a_preview_is_the_real_page_and_nothing_is_kept(editor: Editor) -> None:
    values = editor.form(editor.path())
    values["listing-name"] = "Dr Meenakshi Rawat Sen"

    answer = editor.send(editor.path(), values, step="preview")

    page = editor.page(answer)
    assert page.h1.startswith("Dr Meenakshi Rawat Sen")
    assert "Preview." in page.text
    assert editor.document()["name"] == "Dr Meenakshi Rawat"


def test_a_new_listing_is_a_draft_until_it_is_published(editor: Editor) -> None:
    address = f"{LISTINGS}/new?kind=practitioner"
    values = editor.form(address)
    refused = editor.send(address, values, step="save")
    values["listing-name"] = "Bela Roy"
    values["listing-profession"] = "counsellor"
    values["listing-locations-0-locality"] = "साकेत"

    preview = editor.page(editor.send(address, values, step="preview"))
    answer = editor.send(address, values, step="save")

    assert refused.status_code == 422
    assert preview.h1 == "Bela Roy"
    found = db.session().scalars(select(Listing).where(Listing.name == "Bela Roy")).one()
    editor.ids["new"] = found.id
    assert state_of(editor, "new") is ListingState.DRAFT
    assert editor.document("new")["locations"][0]["locality"] == "saket"
    assert "Kept as a draft" in editor.client.page(answer.headers["Location"]).main_text
    token = {"csrf_token": values["csrf_token"]}
    editor.client.post(f"{editor.path('new')}/state", {**token, "to": "published"})
    assert state_of(editor, "new") is ListingState.PUBLISHED
    assert editor.client.page("/therapists/bela-roy").h1 == "Bela Roy"


def test_a_listing_closes_on_a_day_that_has_been(editor: Editor) -> None:
    values = {"csrf_token": editor.form(editor.path())["csrf_token"], "to": "closed"}

    for day in ("", "2026-11-24", "1980-01-01"):
        answer = editor.client.post(f"{editor.path()}/state", {**values, "closed_on": day})
        assert answer.status_code == 422
        assert "The state is as it was" in editor.page(answer).main_text
    editor.client.post(f"{editor.path()}/state", {**values, "closed_on": "2026-11-20"})

    assert state_of(editor, "person") is ListingState.CLOSED
    assert "Closed is the end" in editor.client.page(editor.path()).main_text


def test_a_suspended_listing_has_no_page_but_a_preview(editor: Editor) -> None:
    values = editor.form(editor.path())
    token = {"csrf_token": values["csrf_token"]}

    editor.client.post(f"{editor.path()}/state", {**token, "to": "suspended"})

    assert editor.client.get("/therapists/dr-meenakshi-rawat").status_code == 404
    assert editor.page(editor.send(editor.path(), values, step="preview")).status == 200


def test_the_history_says_who_changed_what_and_can_be_of_one_fact(editor: Editor) -> None:
    for name, typed in ((FEE, "2000"), ("listing-headline", "Begins with tea")):
        values = editor.form(editor.path())
        values[name] = typed
        editor.send(editor.path(), values, step="save")

    whole = editor.client.page(f"{editor.path()}/history")
    fees = editor.client.page(f"{editor.path()}/history?key=fees")

    assert [text for level, text in whole.headings() if level == 2] == [
        *("Edited", "Edited", "Brought by an import"),
    ]
    assert "Asha Administrator" in whole.main_text
    assert [key for key, _says in fees.pairs()] == ["Fees"]
    assert "Changed with it: checks." in fees.main_text


def test_a_change_overtaken_by_another_is_not_taken_back(editor: Editor) -> None:
    for amount in ("2000", "2100"):
        values = editor.form(editor.path())
        values[FEE] = amount
        editor.send(editor.path(), values, step="save")
    page = editor.client.page(f"{editor.path()}/history")
    forms = [el.get("action") or "" for el in page.markup.all("form")]
    first = [action for action in forms if action.endswith("/undo")][-1]

    answer = editor.client.post(first, {"csrf_token": values["csrf_token"]})

    assert answer.status_code == 409
    assert editor.document()["fees"][0]["amount"] == 2100


FOUND = {
    "rawat meenakshi": ["Dr Meenakshi Rawat"],
    "रावत": ["Dr Meenakshi Rawat"],
    "011-5550 1900": ["Deer Park Centre for Mental Health"],
    "100%": [],
}


def test_a_listing_is_found_by_name_or_number(editor: Editor) -> None:
    for words, names in FOUND.items():
        page = editor.client.page(LISTINGS, q=words)

        shown = [text for text, address in page.links() if address.startswith(f"{LISTINGS}/")]
        assert [text for text in shown if text != "New listing"] == names


def test_the_list_shows_drafts_and_the_newest_changes(editor: Editor) -> None:
    values = editor.form(editor.path())
    values[FEE] = "2000"
    editor.send(editor.path(), values, step="save")

    page = editor.client.page(LISTINGS)

    assert "edited (fees, checks), Asha Administrator" in page.main_text
    assert editor.client.page(LISTINGS, state="draft").main_text.count("No listing fits") == 1


def test_a_form_of_another_site_changes_nothing_and_keeps_what_was_typed(editor: Editor) -> None:
    values = editor.form(editor.path())
    values["csrf_token"] = "forged"
    values[FEE] = "2000"

    answer = editor.send(editor.path(), values, step="save")

    assert answer.status_code == 422
    assert fields_of(editor.page(answer))[FEE] == "2000"
    assert editor.document()["fees"][0]["amount"] == 1800


def _edit_by_command(editor: Editor, changes: dict[str, Any], now: datetime) -> None:
    edit_listing(
        actor=COMMAND,
        listing_id=editor.ids["person"],
        changes=changes,
        seen=None,
        vocabulary=editor.vocabulary,
        now=now,
    )
