"""People of the desk at their browsers: each a client of its own, at the time of the story.

Every step of the story and every request has an application context of its own, as outside tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support.page import PageClient
from tests.support.signing import sign_in_as

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.moderation.desk import Desk
    from tests.support.page import Page

    Told = TypeVar("Told")


@dataclass
class Staff:
    """A story about reviews, and the pages its people see."""

    app: Flask
    desk: Desk
    browsers: dict[tuple[str, float], PageClient] = field(default_factory=dict)

    def tell(self, step: Callable[[Desk], Told]) -> Told:
        """Do a step of the story: `staff.tell(lambda desk: desk.submit(overall=1))`."""
        with self.app.app_context():
            return step(self.desk)

    def client(self, who: str, *, is_strong: bool = True) -> PageClient:
        """Give the browser of somebody who has just signed in; one at a time."""
        moment = (who, self.desk.now.timestamp())
        if moment not in self.browsers:
            client = PageClient(self.app)
            user_id = self.desk.people[who]
            sign_in_as(client, user_id, now=self.desk.now, is_strong=is_strong)
            self.browsers[moment] = client
        return self.browsers[moment]

    def case_id(self, public_id: str) -> int:
        """Give the number of a review's case."""
        return self.tell(lambda desk: desk.case(public_id).id)

    def state(self, public_id: str) -> str:
        """Give a review's state as it is now."""
        return self.tell(lambda desk: desk.state(public_id))

    def open(self, who: str, public_id: str) -> Page:
        """Give the page of a review's case, as somebody sees it."""
        return self.client(who).page(f"/moderation/cases/{self.case_id(public_id)}")

    def wait(self, **time: int) -> None:
        """Let time pass."""
        self.desk.wait(**time)


def send(client: PageClient, page: str, step: str, values: Mapping[str, str]) -> TestResponse:
    """Fill in a form on a page and send it to an address, with the token the page holds."""
    return client.post(step, {"csrf_token": token_of(client, page)} | dict(values))


def token_of(client: PageClient, address: str) -> str:
    """Give the token a page's forms carry."""
    page = client.page(address)
    token = next(el for el in page.markup.all("input") if el.get("name") == "csrf_token")
    return token.get("value") or ""
