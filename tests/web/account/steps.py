"""What people do on the pages of an account, in a browser without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accounts.house import ADDRESS, PASSWORD, STAFF_ADDRESS
from tests.web.reviews.writing import answered, values_of

if TYPE_CHECKING:
    from tests.accounts.house import House
    from tests.support.page import Page, PageClient


def fill(
    client: PageClient, path: str, action: str | None = None, /, **changes: str | None
) -> Page:
    """Open a page, change its form and send it; give the page it leads to."""
    values = values_of(client.page(path), action or path.partition("?")[0]) | changes
    given = {name: value for name, value in values.items() if value is not None}
    return answered(client, action or path.partition("?")[0], given)


def post(client: PageClient, path: str, action: str | None = None, /, **changes: str) -> str:
    """Send a form and give where it leads, without going there."""
    values = values_of(client.page(path), action or path.partition("?")[0]) | changes
    response = client.post(action or path.partition("?")[0], values)
    assert response.status_code == 303, response.status_code
    return response.headers["Location"]


def ask(client: PageClient, email: str = ADDRESS, path: str = "/account/sign-in") -> Page:
    """Ask for a letter to sign in."""
    return fill(client, path, email=email)


def newest_path(house: House) -> str:
    """Give the path of the link in the newest letter."""
    return str(house.letters()[-1].facts["path"])


def newest_code(house: House) -> str:
    """Give the code in the newest letter."""
    return str(house.letters()[-1].facts["code"])


def press(client: PageClient, path: str) -> Page:
    """Open a link and press its one button."""
    return fill(client, path)


def sign_in_by_letter(client: PageClient, house: House, email: str = ADDRESS) -> Page:
    """Sign in by the link of a letter."""
    ask(client, email)
    return press(client, newest_path(house))


def give_password(client: PageClient, email: str = STAFF_ADDRESS) -> Page:
    """Sign in with the password."""
    return fill(client, "/account/sign-in", email=email, password=PASSWORD)


def is_signed_in(client: PageClient) -> bool:
    """Tell whether the account's page opens."""
    return client.get("/account").status_code == 200
