"""Who may open the desk and the administrator's pages, and who may send their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.page import PageClient

if TYPE_CHECKING:
    from tests.web.moderation.staff import Staff

DESK = ("/moderation", "/moderation/counts", "/moderation/cases/{case}")
DESK_FORMS = (
    "/moderation/take",
    "/moderation/decisions/1/undo",
    *(
        f"/moderation/cases/{{case}}/{step}"
        for step in ("take", "release", "class", "note", "decide", "answer")
    ),
)
ADMIN = ("/admin", "/admin/people", "/admin/people/{person}", "/admin/audit")
ADMIN_FORMS = (
    "/admin/people",
    "/admin/people/find",
    *(
        f"/admin/people/{{person}}/{step}"
        for step in ("contact", "link", "role", "suspend", "restore", "reset", "ties", "erase")
    ),
    "/admin/people/{person}/ties/1/remove",
)


@pytest.fixture
def paths(staff: Staff) -> dict[str, str]:
    """Give what the addresses above stand for."""
    review = staff.tell(lambda desk: desk.submit())
    return {"case": str(staff.case_id(review)), "person": str(staff.desk.people["bela"])}


@pytest.mark.parametrize("path", [*DESK, *ADMIN])
def test_a_stranger_is_led_to_signing_in(staff: Staff, paths: dict[str, str], path: str) -> None:
    answer = PageClient(staff.app).get(path.format(**paths))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/sign-in?next=")


@pytest.mark.parametrize("path", [*DESK_FORMS, *ADMIN_FORMS])
def test_a_stranger_sends_nothing(staff: Staff, paths: dict[str, str], path: str) -> None:
    assert PageClient(staff.app).post(path.format(**paths), {}).status_code == 403


@pytest.mark.parametrize("path", [*DESK, *ADMIN])
def test_a_user_sees_nothing_of_it(staff: Staff, paths: dict[str, str], path: str) -> None:
    assert staff.client("asha").get(path.format(**paths)).status_code == 403


@pytest.mark.parametrize("path", [*DESK_FORMS, *ADMIN_FORMS])
def test_a_user_sends_nothing(staff: Staff, paths: dict[str, str], path: str) -> None:
    assert staff.client("asha").post(path.format(**paths), {}).status_code == 403


@pytest.mark.parametrize("path", DESK)
def test_moderators_and_administrators_see_the_desk(
    staff: Staff, paths: dict[str, str], path: str
) -> None:
    for who in ("rani", "admin"):
        assert staff.client(who).get(path.format(**paths)).status_code == 200


@pytest.mark.parametrize("path", ADMIN)
def test_only_administrators_see_their_pages(
    staff: Staff, paths: dict[str, str], path: str
) -> None:
    assert staff.client("admin").get(path.format(**paths)).status_code == 200
    assert staff.client("rani").get(path.format(**paths)).status_code == 403


@pytest.mark.parametrize("path", ADMIN_FORMS)
def test_a_moderator_sends_no_form_of_an_administrator(
    staff: Staff, paths: dict[str, str], path: str
) -> None:
    assert staff.client("rani").post(path.format(**paths), {}).status_code == 403


@pytest.mark.parametrize("path", ["/moderation", "/moderation/cases/{case}"])
def test_without_the_second_step_nobody_is_let_in(
    staff: Staff, paths: dict[str, str], path: str
) -> None:
    answer = staff.client("rani", is_strong=False).get(path.format(**paths))

    assert answer.status_code in {302, 403}


@pytest.mark.parametrize("path", ["/moderation", "/moderation/cases/{case}", "/admin/people"])
def test_a_page_of_the_desk_is_kept_nowhere(staff: Staff, paths: dict[str, str], path: str) -> None:
    answer = staff.client("admin").get(path.format(**paths))

    assert answer.headers["Cache-Control"] == "no-store"
