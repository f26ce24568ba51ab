"""Enrolling of staff and their second step: no step can be left out, none done twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.accounts.models import Role
from directory.web.signing import SESSION
from tests.accounts.house import PASSWORD, STAFF_ADDRESS
from tests.support.markup import text_of
from tests.support.signing import sign_in
from tests.web.account.steps import (
    ask,
    fill,
    give_password,
    is_signed_in,
    newest_path,
    post,
    press,
)
from tests.web.reviews.writing import summary

if TYPE_CHECKING:
    from directory.accounts.operations import CreatedUser
    from tests.accounts.house import House
    from tests.support.page import Page, PageClient

STAFF = "/account/staff"
STEP = "/account/second-step"
HALF_OPEN = ("/account", "/account/password", "/moderation", "/admin")


@pytest.fixture
def meera(house: House) -> CreatedUser:
    """Give a new moderator with her first link."""
    return house.make(Role.MODERATOR)


def secret_of(page: Page) -> str:
    return text_of(page.markup.all("code")[0]).replace(" ", "")


def enrol(client: PageClient, house: House, made: CreatedUser) -> tuple[Page, str]:
    """Enrol through the pages; give the page of recovery codes and the app's secret."""
    press(client, made.link.path)
    page = fill(client, STAFF, password=PASSWORD)
    secret = secret_of(page)
    return fill(client, STAFF, code=house.digits(secret)), secret


def sign_out(client: PageClient) -> None:
    fill(client, "/account/sign-out")


def test_enrolling_leads_from_the_first_link_to_the_desk(
    client: PageClient, house: House, meera: CreatedUser
) -> None:
    assert client.page(meera.link.path).h1 == "Welcome to the desk"
    assert press(client, meera.link.path).h1 == "Choose a password"
    page = fill(client, STAFF, password=PASSWORD)
    assert page.h1 == "Set up the second step"
    assert page.by_role("img", "Square to scan with the app; the same key stands beside it as text")
    page = fill(client, STAFF, code=house.digits(secret_of(page)))

    assert page.h1 == "Your recovery codes"
    assert len(page.items(page.classed("codes")[0])) == 10
    assert page.link("I have kept them, go on") == "/moderation"
    assert page.headers["Cache-Control"] == "no-store"
    assert is_signed_in(client)


@pytest.mark.parametrize("path", HALF_OPEN)
def test_half_signed_in_staff_may_open_nothing_but_the_next_step(
    client: PageClient, meera: CreatedUser, path: str
) -> None:
    press(client, meera.link.path)

    response = client.get(path)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/staff")


@pytest.mark.parametrize("path", [STAFF, STEP])
def test_steps_are_closed_to_who_is_not_between_them(client: PageClient, path: str) -> None:
    response = client.get(path, next="/moderation")

    assert response.status_code == 302
    assert response.headers["Location"] == "/account/sign-in?next=/moderation"


def test_a_step_cannot_be_left_out(client: PageClient, meera: CreatedUser) -> None:
    press(client, meera.link.path)

    assert client.get(STEP).headers["Location"] == STAFF
    page = client.page(STAFF)
    response = client.post(STAFF, {"code": "123456", "csrf_token": _token(page)})
    assert client.checked(response, {}).h1 == "Choose a password"


def _token(page: Page) -> str:
    return next(
        el.get("value") or "" for el in page.markup.all("input") if el.get("name") == "csrf_token"
    )


@pytest.mark.parametrize("password", ["", "short", "password123", "meera.sen@example.org"])
def test_a_weak_password_is_refused_and_not_shown_again(
    client: PageClient, meera: CreatedUser, password: str
) -> None:
    press(client, meera.link.path)
    page = fill(client, STAFF, password=password)

    assert page.status == 422
    assert [anchor for _words, anchor in summary(page)] == ["#password"]
    assert page.field("Password for the desk").get("value") == ""


def test_wrong_digits_show_the_same_square_again(
    client: PageClient, house: House, meera: CreatedUser
) -> None:
    press(client, meera.link.path)
    first = fill(client, STAFF, password=PASSWORD)
    page = fill(client, STAFF, code="000000")

    assert page.status == 422
    assert secret_of(page) == secret_of(first)
    assert not is_signed_in(client)
    assert fill(client, STAFF, code=house.digits(secret_of(page))).h1 == "Your recovery codes"


def test_the_second_step_leads_to_what_was_asked_for(
    client: PageClient, house: House, meera: CreatedUser
) -> None:
    _page, secret = enrol(client, house, meera)
    sign_out(client)
    house.wait(timedelta(minutes=1))
    asked = client.get("/account/password").headers["Location"]
    step = post(client, asked, "/account/sign-in", email=STAFF_ADDRESS, password=PASSWORD)

    assert step == "/account/second-step?next=/account/password"
    assert post(client, step, code=house.digits(secret)) == "/account/password"


def test_digits_work_once(
    client: PageClient, other: PageClient, house: House, meera: CreatedUser
) -> None:
    _page, secret = enrol(client, house, meera)
    give_password(other)

    page = fill(other, STEP, code=house.digits(secret))

    assert page.status == 422
    assert not is_signed_in(other)


def test_a_recovery_code_stands_in_once(
    client: PageClient, other: PageClient, house: House, meera: CreatedUser
) -> None:
    page, _secret = enrol(client, house, meera)
    code = page.items(page.classed("codes")[0])[0]

    give_password(other)
    assert post(other, STEP, code=f" {code.lower()} ") == "/moderation"
    sign_out(other)
    give_password(other)
    assert fill(other, STEP, code=code).status == 422


def test_a_letter_alone_never_lets_staff_in(
    client: PageClient, other: PageClient, house: House, meera: CreatedUser
) -> None:
    enrol(client, house, meera)
    ask(other, STAFF_ADDRESS)

    page = press(other, newest_path(house))

    assert "A letter alone does not let them in" in page.main_text
    assert not is_signed_in(other)


def test_too_many_digits_in_a_short_time_are_refused(
    client: PageClient, other: PageClient, house: House, meera: CreatedUser
) -> None:
    enrol(client, house, meera)
    give_password(other)
    refused = [_try(other) for _ in range(11)]

    assert refused == [422] * 9 + [429] * 2


def _try(client: PageClient) -> int:
    page = client.page(STEP)
    return client.post(STEP, {"code": "000000", "csrf_token": _token(page)}).status_code


def test_half_a_session_is_over_after_a_quarter_of_an_hour(
    client: PageClient, other: PageClient, house: House, meera: CreatedUser
) -> None:
    enrol(client, house, meera)
    give_password(other)
    house.wait(timedelta(minutes=15))

    assert other.get(STEP).headers["Location"] == "/account/sign-in"


def test_the_second_step_gives_a_new_session(
    client: PageClient, other: PageClient, house: House, meera: CreatedUser
) -> None:
    _page, secret = enrol(client, house, meera)
    house.wait(timedelta(minutes=1))
    give_password(other)
    before = other.browser.get_cookie(SESSION)
    fill_in = post(other, STEP, code=house.digits(secret))
    after = other.browser.get_cookie(SESSION)

    assert fill_in == "/moderation"
    assert before is not None
    assert after is not None
    assert house.viewer(before.value) is None
    assert house.half(before.value) is None
    assert house.signed_in(after.value).is_strong


def test_new_recovery_codes_take_the_place_of_the_old_ones(
    client: PageClient, other: PageClient, house: House, meera: CreatedUser
) -> None:
    page, _secret = enrol(client, house, meera)
    old = page.items(page.classed("codes")[0])
    again = fill(client, "/account/recovery-codes")
    new = again.items(again.classed("codes")[0])

    assert len(set(old) | set(new)) == 20
    give_password(other)
    assert fill(other, STEP, code=old[0]).status == 422
    assert post(other, STEP, code=new[0]) == "/moderation"


def test_new_recovery_codes_are_for_staff_only(client: PageClient, house: House) -> None:
    sign_in(client, house.make().user_id)
    page = client.page("/account/password")

    response = client.post("/account/recovery-codes", {"csrf_token": _token(page)})

    assert response.status_code == 403
