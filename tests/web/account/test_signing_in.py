"""Signing up, in and out by letter, code and password: every way through, and around."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.accounts import operations
from directory.audit.policy import COMMAND
from directory.web.signing import SESSION
from tests.accounts.house import ADDRESS, PASSWORD
from tests.web.account.steps import (
    ask,
    fill,
    is_signed_in,
    newest_code,
    newest_path,
    post,
    press,
    sign_in_by_letter,
)
from tests.web.reviews.writing import summary, values_of

if TYPE_CHECKING:
    from tests.accounts.house import House
    from tests.support.page import PageClient

EVIL = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/%0d%0aSet-Cookie:x=1\r\n",
    "http:evil.example",
    "/" + "x" * 300,
)


def token_of(client: PageClient) -> str:
    cookie = client.browser.get_cookie(SESSION)
    return cookie.value if cookie else ""


def set_password(client: PageClient) -> None:
    fill(client, "/account/password", password=PASSWORD)


def test_a_letter_signs_in_and_leads_to_the_account(client: PageClient, house: House) -> None:
    house.make()
    page = ask(client)

    assert page.h1 == "Look into your mail"
    assert house.kinds() == ["sign-in"]
    assert press(client, newest_path(house)).h1 == "Your account"


def test_the_answer_is_the_same_for_every_address(client: PageClient, house: House) -> None:
    house.make()

    known, unknown = ask(client, ADDRESS), ask(client, "nobody@example.org")

    assert known.main_text == unknown.main_text
    assert house.kinds() == ["sign-in", "no-account"]


def test_opening_a_link_changes_nothing(client: PageClient, house: House) -> None:
    house.make()
    ask(client)
    path = newest_path(house)

    for _ in range(3):
        assert client.page(path).h1 == "Sign in"

    assert not is_signed_in(client)
    assert press(client, path).h1 == "Your account"


def test_a_link_works_once(client: PageClient, other: PageClient, house: House) -> None:
    house.make()
    sign_in_by_letter(client, house)
    path = newest_path(house)

    assert client.page(path, status=410).h1 == "This link works no more"
    assert other.page(path, status=410).h1 == "This link works no more"


@pytest.mark.parametrize("path", ["/account/link/nothing", "/account/link/" + "x" * 500])
def test_an_unknown_link_says_the_same_as_a_used_one(client: PageClient, path: str) -> None:
    page = client.page(path, status=410)

    assert page.h1 == "This link works no more"
    assert page.link("Ask for a new link") == "/account/sign-in"


def test_a_link_is_too_old_after_a_quarter_of_an_hour(client: PageClient, house: House) -> None:
    house.make()
    ask(client)
    path = newest_path(house)
    values = values_of(client.page(path), path)
    house.wait(timedelta(minutes=15))

    client.page(path, status=410)
    assert client.post(path, values).status_code == 410
    assert not is_signed_in(client)


def test_another_browser_gets_a_code_for_the_first_one(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make()
    ask(client)
    page = other.page(newest_path(house))

    assert page.h1 == "Type this code where you began"
    assert newest_code(house) in page.main_text
    assert page.markup.all("form") == []
    assert not is_signed_in(other)
    done = fill(client, "/account/check-mail", code=newest_code(house).lower())
    assert done.h1 == "Your account"


def test_a_forced_post_from_another_browser_signs_nobody_in(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make()
    ask(client)
    token = values_of(other.page("/account/sign-up"), "/account/sign-up")["csrf_token"]

    response = other.post(newest_path(house), {"csrf_token": token})

    assert other.checked(response, {}).h1 == "Type this code where you began"
    assert not is_signed_in(other)


def test_a_code_is_worth_nothing_in_another_browser(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make()
    ask(client)

    page = fill(other, "/account/check-mail", code=newest_code(house))

    assert page.status == 422
    assert not is_signed_in(other)


def test_five_wrong_codes_end_the_letter(client: PageClient, house: House) -> None:
    house.make()
    ask(client)
    for _ in range(5):
        page = fill(client, "/account/check-mail", code="3333-3333")
        assert page.status == 422
        assert page.title.startswith("Error: ")

    assert "3333" not in page.response.text
    right = fill(client, "/account/check-mail", code=newest_code(house))
    assert right.status == 422
    client.page(newest_path(house), status=410)


def test_signing_up_makes_the_account_when_the_letter_is_answered(
    client: PageClient, house: House
) -> None:
    page = fill(client, "/account/sign-up", email=ADDRESS, agrees="y")

    assert page.h1 == "Look into your mail"
    assert press(client, newest_path(house)).h1 == "Your account"


def test_signing_up_needs_a_consent_that_is_never_ticked_beforehand(
    client: PageClient, house: House
) -> None:
    assert "agrees" not in values_of(client.page("/account/sign-up"), "/account/sign-up")

    page = fill(client, "/account/sign-up", email=ADDRESS)

    assert page.status == 422
    assert summary(page) == [
        ("Tick the box if you agree; without it we keep no account", "#agrees")
    ]
    assert page.field("Your e-mail address").get("value") == ADDRESS
    assert house.letters() == []


@pytest.mark.parametrize("path", EVIL)
def test_nobody_is_led_to_another_site(client: PageClient, house: House, path: str) -> None:
    house.make()
    values = values_of(client.page("/account/sign-in"), "/account/sign-in")
    client.post("/account/sign-in", values | {"email": ADDRESS, "next": path})

    assert post(client, newest_path(house)) == "/account"
    response = client.get("/account/sign-in", next=path)
    assert response.headers["Location"] == "/account"


def test_the_page_that_was_asked_for_comes_after_signing_in(
    client: PageClient, house: House
) -> None:
    house.make()
    sent_away = client.get("/account/password?from=here").headers["Location"]
    ask(client, path=sent_away)

    assert post(client, newest_path(house)) == "/account/password?from=here"


def test_a_password_signs_in_without_a_letter(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make()
    sign_in_by_letter(client, house)
    set_password(client)

    page = fill(other, "/account/sign-in", email=ADDRESS, password=PASSWORD)

    assert page.h1 == "Your account"


def test_a_wrong_password_says_the_same_as_an_unknown_address_and_is_not_shown_again(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make()
    sign_in_by_letter(client, house)
    set_password(client)
    wrong = "quite another password"

    pages = [
        fill(other, "/account/sign-in", email=email, password=wrong)
        for email in (ADDRESS, "nobody@example.org")
    ]

    assert [page.status for page in pages] == [422, 422]
    assert summary(pages[0]) == summary(pages[1])
    assert wrong not in pages[0].response.text
    assert pages[0].field("Your e-mail address").get("value") == ADDRESS


def test_every_sign_in_gets_a_new_session_and_ends_the_one_before(
    client: PageClient, house: House
) -> None:
    house.make()
    sign_in_by_letter(client, house)
    set_password(client)
    first = token_of(client)
    # A page left open before signing in: it signs in once more over the session that stands.
    values = values_of(client.page("/account/password"), "/account/password")
    values |= {"email": ADDRESS, "password": PASSWORD}
    client.post("/account/sign-in", values)

    assert token_of(client) != first
    assert house.viewer(first) is None
    assert house.viewer(token_of(client)) is not None


def test_signing_out_ends_the_session_itself(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make()
    sign_in_by_letter(client, house)
    stolen = token_of(client)

    assert client.page("/account/sign-out").h1 == "Sign out?"
    assert is_signed_in(client)
    assert fill(client, "/account/sign-out").h1 == "You are signed out"
    other.browser.set_cookie(SESSION, stolen)
    assert not is_signed_in(client)
    assert not is_signed_in(other)


def test_who_is_suspended_is_signed_out_and_gets_no_letter(
    client: PageClient, house: House
) -> None:
    made = house.make()
    sign_in_by_letter(client, house)
    operations.suspend(user_id=made.user_id, actor=COMMAND, now=house.now)

    assert not is_signed_in(client)
    before = house.kinds()
    assert ask(client).h1 == "Look into your mail"
    assert house.kinds() == before


def test_a_letter_of_before_a_suspension_signs_nobody_in(client: PageClient, house: House) -> None:
    made = house.make()
    ask(client)
    path = newest_path(house)
    values = values_of(client.page(path), path)
    operations.suspend(user_id=made.user_id, actor=COMMAND, now=house.now)

    assert client.post(path, values).status_code in {403, 410}
    assert not is_signed_in(client)


def test_too_many_letters_are_refused_with_the_time_to_wait(
    client: PageClient, house: House
) -> None:
    for _ in range(5):
        ask(client)
    values = values_of(client.page("/account/sign-in"), "/account/sign-in")
    response = client.post("/account/sign-in", values | {"email": ADDRESS})

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert client.checked(response, {}).h1 == "Please wait a little"
