"""One's own account: a covered address, a password, and the browsers that are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.web.account.overview import covered
from tests.accounts.house import ADDRESS, OTHER_PASSWORD, PASSWORD
from tests.web.account.steps import fill, is_signed_in, post, sign_in_by_letter
from tests.web.reviews.writing import summary, values_of

if TYPE_CHECKING:
    from tests.accounts.house import House
    from tests.conftest import CountSql
    from tests.support.page import PageClient

END_OTHERS = "/account/sessions/end-others"


@pytest.fixture(autouse=True)
def asha(client: PageClient, house: House) -> int:
    """Sign a user in and give their id."""
    made = house.make()
    sign_in_by_letter(client, house)
    return made.user_id


def ends(client: PageClient) -> list[str]:
    """Give where the buttons lead that sign another browser out."""
    forms = client.page("/account").markup.all("form")
    return [path for el in forms if (path := el.get("action") or "").endswith("/end")]


@pytest.mark.parametrize(
    ("email", "shown"),
    [("asha.rao@example.org", "a•••@example.org"), ("a@example.org", "a•••@example.org")],
)
def test_an_address_is_covered(email: str, shown: str) -> None:
    assert covered(email) == shown


def test_the_overview_shows_no_whole_address_and_leads_to_everything(client: PageClient) -> None:
    page = client.page("/account")

    assert ADDRESS not in page.response.text
    assert "a•••@example.org" in page.main_text
    links = dict(page.links(page.by_role("main")[0]))
    assert links["My reviews"] == "/account/reviews"
    assert links["Sign out"] == "/account/sign-out"
    assert "Review desk" not in links


def test_a_password_is_set_changed_and_never_shown(client: PageClient, house: House) -> None:
    page = fill(client, "/account/password", password=PASSWORD)
    assert page.h1 == "Your account"
    assert "Set. Change it" in page.main_text

    again = fill(client, "/account/password", password="short")
    assert summary(again)[0][1] == "#password"
    assert "short" not in {el.get("value") for el in again.markup.all("input")}
    fill(client, "/account/password", current=PASSWORD, password=OTHER_PASSWORD)
    assert house.kinds()[-2:] == ["security", "security"]


def test_a_password_is_removed_again(client: PageClient, other: PageClient, house: House) -> None:
    fill(client, "/account/password", password=PASSWORD)
    page = fill(client, "/account/password", "/account/password/remove")

    assert "None: you sign in by a link. Set one" in page.main_text
    assert fill(other, "/account/sign-in", email=ADDRESS, password=PASSWORD).status == 422
    assert house.letters()[-1].facts["what"] == "password-removed"


def test_a_new_password_signs_the_others_out(
    client: PageClient, other: PageClient, house: House
) -> None:
    sign_in_by_letter(other, house)

    fill(client, "/account/password", password=PASSWORD)

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_one_browser_is_signed_out_from_another(
    client: PageClient, other: PageClient, house: House
) -> None:
    sign_in_by_letter(other, house)
    path, *more = ends(client)

    assert more == []
    assert post(client, "/account", path) == "/account"
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert ends(client) == []


def test_all_others_are_signed_out_at_once(
    client: PageClient, other: PageClient, house: House
) -> None:
    sign_in_by_letter(other, house)

    fill(client, "/account", END_OTHERS)

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_a_session_of_somebody_else_does_not_exist(
    client: PageClient, other: PageClient, house: House
) -> None:
    house.make(email="vikram@example.org")
    sign_in_by_letter(other, house, "vikram@example.org")
    number = _session_id(other, house)
    token = values_of(client.page("/account/password"), "/account/password")["csrf_token"]

    response = client.post(f"/account/sessions/{number}/end", {"csrf_token": token})

    assert response.status_code == 404
    assert is_signed_in(other)


def _session_id(client: PageClient, house: House) -> int:
    cookie = client.browser.get_cookie("account")
    assert cookie is not None
    return house.signed_in(cookie.value).session_id


def test_knowing_who_asks_costs_one_query(client: PageClient, count_sql: CountSql) -> None:
    with count_sql() as statements:
        client.page("/account/sign-out")

    asked = [each for each in statements if "user_session" in each and each.startswith("SELECT")]
    assert len(asked) == 1


def test_who_has_no_cookie_costs_none(other: PageClient, count_sql: CountSql) -> None:
    with count_sql() as statements:
        other.page("/account/sign-in")

    assert [each for each in statements if "user_session" in each] == []
