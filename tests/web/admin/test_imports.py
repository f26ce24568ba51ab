"""The pages of the import desk: bring a file, look, choose, apply, undo."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from directory.app import MAX_FORM_BYTES
from directory.core.db import db
from directory.listings.operations import import_documents
from directory.web.uploads import MAX_FILE_BYTES
from tests.listings.documents import practitioner
from tests.support.markup import text_of
from tests.web.moderation.staff import send, token_of

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.listings.documents import Document
    from tests.support.page import Page, PageClient
    from tests.web.moderation.staff import Staff

IMPORTS = "/admin/imports"
PLACE = {"locality": "saket", "phones": [{"use": "appointments", "number": "1155501234"}]}
OURS = practitioner("a", name="Gauri Bhattacharjee", locations=[PLACE], headline="Before")
FILE = (
    {**OURS, "headline": "After", "fees": [{"for": "first-session", "amount": 900}]},
    practitioner("b", name="Bela Das"),
    {**OURS, "ref": "theirs:1", "name": "Dr. Bhattacharjee, Gauri"},
    practitioner("d", name="Wrong One", locations=[{"locality": "sakett"}]),
)


def content_of(*documents: Document) -> bytes:
    return "".join(json.dumps(each) + "\n" for each in documents).encode()


def bring(
    client: PageClient, content: bytes, name: str = "their list.jsonl", **values: Any
) -> TestResponse:
    token = token_of(client, IMPORTS)
    data = {"csrf_token": token, "file": (io.BytesIO(content), name), **values}
    return client.post(IMPORTS, data)


@pytest.fixture
def admin(staff: Staff) -> PageClient:
    """Give an administrator's browser, and one listing in the directory."""

    def import_ours(_desk: object) -> None:
        vocabulary = staff.app.extensions["vocabulary"].current(db.session())
        import_documents([OURS], now=staff.desk.now, vocabulary=vocabulary)

    staff.tell(import_ours)
    return staff.client("admin")


@pytest.fixture
def batch(admin: PageClient) -> str:
    """Give the address of a batch that was read."""
    answer = bring(admin, content_of(*FILE))
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def tabs(page: Page) -> list[str]:
    [nav] = page.by_role("navigation", "Rows")
    return [words for words, _address in page.links(nav)]


def notice(page: Page) -> str:
    return text_of(page.classed("notice")[0])


def test_a_file_is_shown_before_anything_changes(admin: PageClient, batch: str) -> None:
    page = admin.page(batch)

    assert page.h1 == "their list.jsonl"
    assert tabs(page) == ["New 1", "Likely here already 1", "Changed 1", "Refused 1"]
    assert notice(page).startswith(
        "Nothing is changed yet 1 new listing is chosen, 1 that changes. "
        "1 row that could go in is left out. 1 row is refused."
    )
    assert "Gauri Bhattacharjee: Almost surely one (" in page.main_text
    changed = admin.page(f"{batch}?outcome=changed")
    assert ("Fees", "put in: First visit: ₹900") in changed.pairs()
    refused = admin.page(f"{batch}?outcome=refused")
    assert "unknown locality 'sakett'; did you mean 'saket'?" in refused.main_text
    assert admin.page(IMPORTS).rows("Files, the newest first")[1][1] == "looked at"
    assert "Before" in admin.page("/therapists/gauri-bhattacharjee").main_text


def test_what_is_chosen_goes_in_and_is_undone_as_one(admin: PageClient, batch: str) -> None:
    page = f"{batch}?outcome=lookalike"
    chosen = {"outcome": "lookalike", "page": "1", "among": "3", "line": "3"}
    answer = send(admin, page, f"{batch}/choose", chosen)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert admin.page(page).field("Take line 3").get("checked") is not None
    send(admin, page, f"{batch}/choose", {"outcome": "new", "every": "out"})

    assert send(admin, page, f"{batch}/apply", {}).status_code == 303

    assert notice(admin.page(batch)).startswith("Applied 23 Nov, 14:30 1 new listing, 1 changed.")
    assert "After" in admin.page("/therapists/gauri-bhattacharjee").main_text
    assert admin.get("/therapists/bela-das").status_code == 404

    send(admin, batch, f"{batch}/undo", {})

    assert "Everything is as it was before." in notice(admin.page(batch))
    assert "Before" in admin.page("/therapists/gauri-bhattacharjee").main_text
    again = send(admin, IMPORTS, f"{batch}/undo", {})
    assert again.status_code == 409
    assert "undone already" in admin.checked(again, {}).main_text


def test_what_somebody_changed_first_is_told_with_a_new_plan(
    admin: PageClient, batch: str, staff: Staff
) -> None:
    def change(_desk: object) -> None:
        vocabulary = staff.app.extensions["vocabulary"].current(db.session())
        changed = {**OURS, "headline": "Ours by now"}
        import_documents([changed], now=staff.desk.now, vocabulary=vocabulary)

    staff.tell(change)

    answer = send(admin, batch, f"{batch}/apply", {})

    assert answer.status_code == 409
    page = admin.checked(answer, {})
    assert "line 1 (Gauri Bhattacharjee) would come out otherwise now" in page.main_text
    assert "Ours by now" in admin.page(f"{batch}?outcome=changed").main_text


def test_a_plan_is_made_again_or_thrown_away(admin: PageClient, batch: str) -> None:
    assert send(admin, batch, f"{batch}/renew", {}).headers["Location"] == batch

    assert send(admin, batch, f"{batch}/drop", {}).headers["Location"] == IMPORTS

    assert notice(admin.page(batch)).startswith("Thrown away")
    assert send(admin, IMPORTS, f"{batch}/renew", {}).status_code == 409


def test_nothing_chosen_is_nothing_applied(admin: PageClient, batch: str) -> None:
    for outcome in ("new", "changed"):
        send(admin, batch, f"{batch}/choose", {"outcome": outcome, "every": "out"})

    answer = send(admin, batch, f"{batch}/apply", {})

    assert answer.status_code == 422
    assert "No row is chosen" in admin.checked(answer, {}).main_text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "", "Choose a file."),
        (b"", "empty.csv", "empty.csv is empty."),
        (b"\xff\xfea", "C:\\odd\\x.csv", "x.csv is UTF-16; save it as UTF-8."),
        (b"PK\x03\x04", "list.xlsx", "list.xlsx is a spreadsheet or an archive"),
        (b"name,town\nA,B\n", "list.csv", "list.csv the header cannot be used"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(
    admin: PageClient, content: bytes, name: str, words: str
) -> None:
    answer = bring(admin, content, name)

    assert answer.status_code == 422
    page = admin.checked(answer, {})
    assert words in page.main_text
    assert page.field("CSV or JSON Lines, in UTF-8").get("aria-invalid") == "true"


def test_a_form_that_is_not_ours_brings_nothing(admin: PageClient) -> None:
    answer = bring(admin, content_of(*FILE), csrf_token="forged")

    assert answer.status_code == 422
    assert "None yet." in admin.page(IMPORTS).main_text


@pytest.mark.parametrize(
    ("who", "size", "status"),
    [
        ("admin", MAX_FORM_BYTES * 3, 303),
        ("admin", MAX_FILE_BYTES, 413),
        ("rani", MAX_FORM_BYTES * 3, 413),
    ],
)
def test_only_an_administrator_may_send_a_whole_file(
    staff: Staff, who: str, size: int, status: int
) -> None:
    client = staff.client(who)
    row = content_of(practitioner("b", name="Bela Das"))
    parts = (
        ("csrf_token", token_of(client, "/account/password").encode()),
        ('file"; filename="long.jsonl', row.ljust(size, b"\n")),
    )
    body = b"".join(
        f'--end\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in parts
    )

    answer = client.browser.post(
        IMPORTS, data=body + b"--end--\r\n", content_type="multipart/form-data; boundary=end"
    )

    assert answer.status_code == status


def test_the_reasons_can_be_taken_away_as_a_table(admin: PageClient) -> None:
    answer = bring(admin, content_of(practitioner("a", **{"=1+1": 2}), *FILE))
    batch = answer.headers["Location"]

    table = admin.get(f"{batch}/refused.csv")

    assert table.mimetype == "text/csv"
    lines = table.get_data(as_text=True).splitlines()
    assert lines[0] == "line,field,reason"
    assert lines[1].startswith("1,'=1+1,")


def test_an_act_of_the_desk_leads_to_its_batch(admin: PageClient, batch: str) -> None:
    page = admin.page("/admin/audit", act="batch.read")

    assert page.link("file 1") == batch
