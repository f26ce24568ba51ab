"""People: no address in a list, every change by a form, every look at an address recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import User
from directory.audit.queries import AuditFilter, events
from directory.core.db import db, writing
from tests.support.markup import text_of
from tests.web.moderation.staff import send

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.web.moderation.staff import Staff

PEOPLE = "/admin/people"


def page_path(staff: Staff, who: str) -> str:
    return f"{PEOPLE}/{staff.desk.people[who]}"


def press(staff: Staff, who: str, step: str, **values: str) -> TestResponse:
    """Send a form of somebody's page as the administrator."""
    path = page_path(staff, who)
    return send(staff.client("admin"), path, f"{path}/{step}", values)


def acts(staff: Staff) -> list[str]:
    """Give the recorded acts, newest first."""
    return staff.tell(
        lambda _desk: [event.act for event in events(db.session(), AuditFilter()).items]
    )


def user(staff: Staff, who: str) -> User:
    return staff.tell(lambda desk: db.session().get_one(User, desk.people[who]))


@pytest.fixture
def sealed(staff: Staff) -> Staff:
    """Give the story with addresses sealed under the application's own keys."""
    keys = staff.app.extensions["keys"]
    with staff.app.app_context(), writing() as session:
        for name, user_id in staff.desk.people.items():
            person, address = session.get_one(User, user_id), f"{name}@example.org"
            person.email_sealed = keys.seal(EMAIL_PURPOSE, address)
            person.email_hash = keys.lookup_hash(address)
    return staff


def test_the_list_shows_roles_and_states_and_no_address(staff: Staff) -> None:
    page = staff.client("admin").page(PEOPLE)

    rows = page.rows("Accounts, the newest first")
    assert rows[0] == ["Account", "Role", "State", "Made"]
    assert [row[1] for row in rows[1:]] == ["Administrator", *["Moderator"] * 3, *["User"] * 2]
    assert "example.org" not in page.response.get_data(as_text=True)


def test_the_list_can_be_of_one_role(staff: Staff) -> None:
    rows = staff.client("admin").page(PEOPLE, role="moderator").rows("Accounts, the newest first")

    assert len(rows) == 4
    assert {row[1] for row in rows[1:]} == {"Moderator"}


def test_opening_an_address_is_recorded(sealed: Staff) -> None:
    admin, path = sealed.client("admin"), page_path(sealed, "bela")
    assert "bela@example.org" not in admin.page(path).main_text

    answer = send(admin, path, f"{path}/contact", {})

    assert "bela@example.org" in admin.checked(answer, {}).main_text
    assert acts(sealed)[0] == "contact.read"


def test_somebody_new_gets_a_link_that_is_shown_once(sealed: Staff) -> None:
    admin = sealed.client("admin")
    values = {"email": "dev@example.org", "name": "Dev", "role": "moderator"}

    answer = send(admin, PEOPLE, PEOPLE, values)

    page = admin.checked(answer, {})
    assert "A link, shown this once" in page.main_text
    assert "/account/link/" in page.main_text
    assert "/account/link/" not in admin.page(PEOPLE).main_text
    assert acts(sealed)[0] == "user.created"


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"email": "", "name": "Dev"}, "Give the e-mail address"),
        ({"email": "dev@example.org", "name": " "}, "Give the name colleagues see"),
        ({"email": "no address", "name": "Dev"}, "like name@example.org"),
        ({"email": "rani@example.org", "name": "Dev"}, "already"),
    ],
    ids=["no address", "no name", "not an address", "known already"],
)
def test_a_faulty_form_of_somebody_new_comes_back(
    sealed: Staff, values: dict[str, str], fault: str
) -> None:
    admin = sealed.client("admin")

    answer = send(admin, PEOPLE, PEOPLE, {"role": "moderator"} | values)

    assert answer.status_code == 422
    faults = [text_of(el) for el in admin.checked(answer, {}).classed("field__error")]
    assert any(fault in one for one in faults), faults


def test_somebody_is_found_by_their_address(sealed: Staff) -> None:
    admin = sealed.client("admin")

    found = send(admin, PEOPLE, f"{PEOPLE}/find", {"email": "Bela@Example.org"})
    assert found.headers["Location"] == page_path(sealed, "bela")
    missing = send(admin, PEOPLE, f"{PEOPLE}/find", {"email": "who@example.org"})
    assert missing.status_code == 422


def test_a_role_can_be_changed(staff: Staff) -> None:
    answer = press(staff, "bela", "role", role="moderator", name="Bela Moderator")

    assert answer.status_code == 303
    assert user(staff, "bela").role == "moderator"
    assert acts(staff)[0] == "user.role_changed"
    nameless = press(staff, "asha", "role", role="moderator", name="")
    assert nameless.status_code == 422


def test_an_account_can_be_suspended_and_restored(staff: Staff) -> None:
    press(staff, "rani", "suspend")
    assert user(staff, "rani").state == "suspended"
    assert "suspended" in staff.client("admin").page(page_path(staff, "rani")).main_text

    press(staff, "rani", "restore")
    assert user(staff, "rani").state == "active"
    assert acts(staff)[:2] == ["user.restored", "user.suspended"]


def test_a_suspended_moderator_is_out_at_once(staff: Staff) -> None:
    rani = staff.client("rani")
    assert rani.get("/moderation").status_code == 200

    press(staff, "rani", "suspend")

    assert rani.get("/moderation").status_code in {302, 403}


def test_a_new_link_can_be_made_and_the_two_steps_begun_anew(staff: Staff) -> None:
    admin, path = staff.client("admin"), page_path(staff, "rani")

    answer = send(admin, path, f"{path}/link", {})

    assert "/account/link/" in admin.checked(answer, {}).main_text
    assert press(staff, "rani", "reset").status_code == 303


def test_a_tie_to_a_listing_is_noted_and_taken_away(staff: Staff) -> None:
    slug = staff.desk.listing.slug
    assert press(staff, "sana", "ties", slug=slug, nature="family").status_code == 303
    page = staff.client("admin").page(page_path(staff, "sana"))
    assert "Dr Meenakshi Rawat is family, since 23 Nov, 14:30" in page.main_text

    unknown = press(staff, "sana", "ties", slug="nobody", nature="family")
    assert unknown.status_code == 422
    removed = press(staff, "sana", f"ties/{staff.desk.listing.id}/remove")
    assert removed.status_code == 303
    assert acts(staff)[:2] == ["affiliation.removed", "affiliation.added"]


def test_an_account_is_erased_only_with_its_number_written(staff: Staff) -> None:
    review = staff.tell(lambda desk: desk.published("bela"))
    wrong = press(staff, "bela", "erase", number="1")
    assert wrong.status_code == 422
    assert staff.state(review) == "published"

    right = press(staff, "bela", "erase", number=str(staff.desk.people["bela"]))

    assert right.headers["Location"] == PEOPLE
    assert staff.state(review) == "erased"
    page = staff.client("admin").page(page_path(staff, "bela"))
    assert "erased" in page.main_text
    assert not page.by_role("button", "Erase the account")


def test_nobody_changes_their_own_account_here(staff: Staff) -> None:
    page = staff.client("admin").page(page_path(staff, "admin"))

    assert "This is your own account" in page.main_text
    assert press(staff, "admin", "suspend").status_code == 403


def test_an_unknown_account_is_not_found(staff: Staff) -> None:
    assert staff.client("admin").get(f"{PEOPLE}/404").status_code == 404


def test_a_button_of_another_page_changes_nothing(staff: Staff) -> None:
    admin = staff.client("admin")
    for step in ("contact", "link", "suspend", "restore", "reset"):
        path = f"{page_path(staff, 'bela')}/{step}"
        assert admin.post(path, {"csrf_token": "forged"}).status_code == 400
    assert user(staff, "bela").state == "active"
