"""What every form of an account keeps to: our token, patience, cookies, and no trace left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.web.signing import BROWSER, SESSION
from tests.accounts.house import ADDRESS
from tests.web.account.steps import fill, is_signed_in, sign_in_by_letter
from tests.web.reviews.writing import summary, values_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.accounts.house import House
    from tests.support.page import Page, PageClient


@pytest.mark.parametrize("email", ["", "asha", "asha@", "a b@example.org", "a@b@c.org"])
def test_what_is_no_address_is_asked_for_again(
    client: PageClient, house: House, email: str
) -> None:
    page = fill(client, "/account/sign-in", email=email)

    assert page.status == 422
    assert page.title.startswith("Error: Sign in")
    assert [anchor for _words, anchor in summary(page)] == ["#email"]
    assert page.by_role("alert")[0].get("tabindex") == "-1"
    assert house.letters() == []


def test_a_robot_reads_the_same_answer_and_gets_no_letter(client: PageClient, house: House) -> None:
    house.make()

    signed = fill(client, "/account/sign-in", email=ADDRESS, website="http://spam.example")
    made = fill(client, "/account/sign-up", email=ADDRESS, agrees="y", website="x")

    assert (signed.h1, made.h1) == ("Look into your mail", "Look into your mail")
    assert house.letters() == []


def test_who_is_quicker_than_a_person_is_asked_once_more_and_loses_nothing(
    app: Flask, client: PageClient, house: House
) -> None:
    app.extensions["least_form_time"] = timedelta(seconds=3)
    page = fill(client, "/account/sign-up", email=ADDRESS, agrees="y")

    assert page.status == 422
    assert "That was very quick. Please send it once more." in page.main_text
    values = values_of(page, "/account/sign-up")
    assert (values["email"], values["agrees"]) == (ADDRESS, "y")
    house.wait(timedelta(seconds=3))
    assert client.post("/account/sign-up", values).status_code == 303
    assert house.kinds() == ["sign-up"]


@pytest.mark.parametrize("sent", [None, "", "made up", "W10.x"])
def test_a_form_without_our_token_keeps_its_values_and_sends_nothing(
    client: PageClient, house: House, sent: str | None
) -> None:
    house.make()
    page = fill(client, "/account/sign-in", email=ADDRESS, csrf_token=sent)

    assert page.status == 422
    assert "send it once more" in page.main_text
    assert page.field("Your e-mail address").get("value") == ADDRESS
    assert house.letters() == []
    again = client.post("/account/sign-in", values_of(page, "/account/sign-in"))
    assert again.status_code == 303


def test_a_form_of_another_browser_or_of_yesterday_is_not_ours(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make()
    values = values_of(client.page("/account/sign-in"), "/account/sign-in") | {"email": ADDRESS}

    assert other.post("/account/sign-in", values).status_code == 422
    house.wait(timedelta(hours=24))
    assert client.post("/account/sign-in", values).status_code == 422
    assert house.letters() == []


def test_a_cookie_in_another_alphabet_is_not_ours_either(client: PageClient, house: House) -> None:
    house.make()
    values = values_of(client.page("/account/sign-in"), "/account/sign-in") | {"email": ADDRESS}
    client.browser.set_cookie("form", "दिल्ली")

    assert client.post("/account/sign-in", values).status_code == 422
    assert house.letters() == []


def test_without_a_token_nothing_at_all_is_written(client: PageClient, house: House) -> None:
    house.make()
    sign_in_by_letter(client, house)

    response = client.post("/account/sessions/end-others", {})

    assert response.status_code == 422
    assert client.checked(response, {}).h1 == "Please send it once more"
    assert client.post("/account/sign-out", {}).status_code == 422
    assert is_signed_in(client)


def test_cookies_are_kept_from_scripts_and_other_sites(client: PageClient, house: House) -> None:
    house.make()
    sign_in_by_letter(client, house)

    for name in (SESSION, BROWSER, "form"):
        cookie = client.browser.get_cookie(name)
        assert cookie is not None, name
        assert cookie.http_only, name
        assert cookie.same_site == "Lax", name
        assert not cookie.secure, name


def test_on_https_cookies_are_secure_and_of_this_host_alone(app: Flask, client: PageClient) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], site_url="https://example.org")
    response = client.browser.get("/account/sign-in", base_url="https://example.org")

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def pages_of_an_account() -> list[str]:
    return ["/account", "/account/password", "/account/sign-in", "/account/check-mail"]


def test_nothing_of_an_account_is_kept_by_a_browser(client: PageClient, house: House) -> None:
    house.make()
    anonymous: list[Page] = [client.page(path) for path in pages_of_an_account()[2:]]
    sign_in_by_letter(client, house)
    own = [client.page(path) for path in pages_of_an_account()[:2]]

    assert {page.headers["Cache-Control"] for page in anonymous + own} == {"no-store"}


def test_pages_for_everybody_stay_as_they_are_and_ask_for_nobody(client: PageClient) -> None:
    response = client.get("/conditions/depression")

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in response.headers
