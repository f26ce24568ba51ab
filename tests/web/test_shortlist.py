"""Saving listings in one's own browser: every press, what became of a listing, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from directory.core.db import writing
from directory.listings.models import Listing, ListingSlug, ListingState
from directory.listings.shortlist import MOST_SAVED
from tests.factories.listings import MADE_AT, Facts, make_practitioner
from tests.support.markup import attribute, text_of

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.factories.listings import Made
    from tests.support.page import Page, PageClient

pytestmark = pytest.mark.usefixtures("session")

HERE = {"Sec-Fetch-Site": "same-origin"}
LIST = "/shortlist"
# Vocabulary, demo note, where each lives now, ratings, and the ten of cards.
MOST_QUERIES = 14
ELSEWHERE = ("https://elsewhere.example/", "//elsewhere.example", "search", "", LIST, "/a" * 1001)
NO_BUTTONS = {
    "a listing nobody has": ("save", "999999", 404),
    "words": ("save", "1; drop", 400),
    "a negative number": ("save", "-1", 400),
    "another script's digit": ("save", "९", 400),
    "a number beyond all": ("save", "9" * 40, 400),
    "a number no column holds": ("save", str(2**31), 400),
    "another field": ("other", "1", 400),
}


@dataclass
class Reader:
    """A browser with the form "Save" of a page anybody reads, and three practitioners."""

    client: PageClient
    token: str
    made: list[Made]

    def press(self, button: str, value: object = "all", **more: str) -> TestResponse:
        """Press a button of the form."""
        values = {"csrf_token": self.token, button: str(value)} | more
        return self.client.browser.post(LIST, data=values, headers=HERE)

    def save(self, *made: Made) -> None:
        """Save listings one after the other."""
        for each in made:
            assert self.press("save", each.id).status_code == 303

    def names(self) -> list[str]:
        """Give the names on the list, in order."""
        return names(self.client.page(LIST))


@pytest.fixture
def reader(client: PageClient, vocabulary: Vocabulary) -> Reader:
    """Give somebody who has a page with three cards open."""
    made = [make_practitioner(vocabulary, Facts(name=name)) for name in ("Asha", "Bela", "Charu")]
    page = client.page("/search")
    token = next(el for el in page.markup.all("input") if el.get("name") == "csrf_token")
    return Reader(client, attribute(token, "value"), made)


def names(page: Page) -> list[str]:
    return [text_of(el) for el in page.markup.all("h3")]


def change(made: Made, **values: object) -> None:
    with writing() as session:
        session.execute(update(Listing).where(Listing.id == made.id).values(**values))


def merge(made: Made, into: Made) -> None:
    state, day = ListingState.CLOSED, date(2026, 11, 2)
    change(made, state=state, closed_on=day, merged_into_id=into.id)


def test_reading_sets_no_cookie_and_the_empty_list_says_how_to_fill_it(client: PageClient) -> None:
    page = client.page(LIST)

    assert (page.h1, page.link("Saved")) == ("Saved", LIST)
    assert "Nothing is saved in this browser" in page.main_text
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"


def test_save_on_a_card_leads_back_to_it_and_then_takes_off(reader: Reader) -> None:
    made, client = reader.made[0], reader.client
    response = reader.press("save", made.id, back="/search?condition=depression&q=%E0%A4%85")

    assert response.location == f"/search?condition=depression&q=%E0%A4%85#save-{made.id}"
    search = client.page("/search")
    assert search.headers["Cache-Control"] == "private, no-cache"
    assert search.link("Saved (1)") == LIST
    buttons = {attribute(el, "name"): el for el in search.classed("save")}
    assert text_of(buttons["remove"]) == "Saved: remove, Asha"
    assert attribute(buttons["remove"], "value") == str(made.id)
    assert client.page(made.path).classed("save")[0].get("name") == "remove"


def test_a_way_back_that_is_not_ours_leads_to_the_list(reader: Reader) -> None:
    led = {back: reader.press("save", reader.made[0].id, back=back).location for back in ELSEWHERE}

    assert set(led.values()) == {LIST}, led


def test_the_cookie_is_for_this_site_and_its_life_is_told(app: Flask, reader: Reader) -> None:
    cookie = reader.press("save", reader.made[0].id).headers["Set-Cookie"]
    assert cookie.startswith("saved=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"):
        assert part in cookie
    assert "Asha" not in cookie

    app.config["SETTINGS"] = replace(app.config["SETTINGS"], site_url="https://example.org")
    secure = reader.press("save", reader.made[1].id).headers["Set-Cookie"]
    assert secure.startswith("__Host-saved=")
    assert "Secure" in secure
    assert "for 90 days after your last change" in reader.client.page("/policies/privacy").main_text


def test_the_list_keeps_the_readers_order(reader: Reader) -> None:
    reader.save(*reader.made)
    assert reader.names() == ["Asha", "Bela", "Charu"]

    assert reader.press("up", reader.made[2].id).location == f"{LIST}#saved-{reader.made[2].id}"
    reader.press("down", reader.made[0].id)

    assert reader.names() == ["Charu", "Asha", "Bela"]


def test_what_was_removed_can_be_put_back_where_it_was(reader: Reader) -> None:
    reader.save(*reader.made)
    reader.press("remove", reader.made[1].id)

    page = reader.client.page(LIST)
    assert names(page) == ["Asha", "Charu"]
    assert "Bela is off your list." in page.main_text
    reader.press("save", reader.made[1].id)

    page = reader.client.page(LIST)
    assert names(page) == ["Asha", "Bela", "Charu"]
    assert "off your list" not in page.main_text


@pytest.mark.parametrize("pressed", [0, 1], ids=["put back", "the other one saved"])
def test_once_back_under_another_name_it_is_not_offered_again(reader: Reader, pressed: int) -> None:
    asha, bela, charu = reader.made
    reader.save(asha, charu)
    reader.press("remove", asha.id)
    merge(asha, bela)

    assert "Bela is off your list." in reader.client.page(LIST).main_text
    reader.press("save", reader.made[pressed].id)

    page = reader.client.page(LIST)
    assert names(page) == ["Bela", "Charu"]
    assert "off your list" not in page.main_text
    assert reader.client.browser.get_cookie("removed") is None


def test_what_is_still_there_under_another_name_is_not_off_the_list(reader: Reader) -> None:
    asha, bela, _charu = reader.made
    reader.save(asha, bela)
    reader.press("remove", asha.id)
    merge(asha, bela)

    assert "off your list" not in reader.client.page(LIST).main_text


def test_clearing_leaves_nothing_behind(reader: Reader) -> None:
    reader.save(*reader.made)
    reader.press("remove", reader.made[0].id)

    reader.press("clear")

    assert "Nothing is saved" in reader.client.page(LIST).main_text
    for name in ("saved", "removed"):
        assert reader.client.browser.get_cookie(name) is None


def test_a_full_list_says_so_and_keeps_what_it_has(reader: Reader, vocabulary: Vocabulary) -> None:
    more = [
        make_practitioner(vocabulary, Facts(name=f"Name {number}"))
        for number in range(MOST_SAVED - 2)
    ]
    reader.save(*reader.made, *more[:-1])

    page = reader.client.page(reader.press("save", more[-1].id).location)

    assert "Your list is full" in page.main_text
    assert len(names(page)) == MOST_SAVED
    assert all(el.get("checked") is None for el in page.markup.all("input"))


def test_what_became_of_a_listing_is_said_kindly(reader: Reader, vocabulary: Vocabulary) -> None:
    asha, bela, charu = reader.made
    other = make_practitioner(vocabulary, Facts(name="Divya"))
    reader.save(asha, bela, charu, other)
    change(asha, state=ListingState.CLOSED, closed_on=date(2026, 11, 1))
    change(bela, state=ListingState.SUSPENDED)
    change(charu, slug="charu-sen")
    with writing() as session:
        session.add(ListingSlug(listing_id=charu.id, slug="charu-sen", created_at=MADE_AT))
    merge(other, charu)

    page = reader.client.page(LIST)

    items = page.items(page.classed("saved")[0])
    assert items[0].startswith("Asha has closed, on 1 Nov 2026.")
    assert items[1].startswith("A listing you saved is not shown at present.")
    assert "Bela" not in page.text
    assert names(page) == ["Charu"]
    assert items[3].startswith("Charu is on your list twice")
    boxes = [el for el in page.markup.all("input") if el.get("name") == "listing"]
    assert [attribute(box, "value") for box in boxes] == ["charu-sen"]
    for made in (asha, bela, other):
        reader.press("remove", made.id)
    assert reader.names() == ["Charu"]


def test_a_press_that_no_page_offers_changes_nothing(
    reader: Reader, vocabulary: Vocabulary
) -> None:
    draft = make_practitioner(vocabulary, Facts(state=ListingState.DRAFT))
    presses = NO_BUTTONS | {"a draft": ("save", str(draft.id), 404)}

    for why, (button, value, status) in presses.items():
        response = reader.press(button, value)
        assert (response.status_code, "Set-Cookie" in response.headers) == (status, False), why


def test_another_site_saves_nothing_here(reader: Reader) -> None:
    values = {"csrf_token": reader.token, "save": str(reader.made[0].id)}
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    for sent, headers in ((values, elsewhere), (values | {"csrf_token": ""}, HERE)):
        response = reader.client.browser.post(LIST, data=sent, headers=headers)
        assert (response.status_code, "Set-Cookie" in response.headers) == (400, False)


def test_the_list_costs_the_same_with_one_and_with_four(
    reader: Reader, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    fourth = make_practitioner(vocabulary, Facts(name="Divya"))
    reader.save(reader.made[0])
    reader.client.page(LIST)
    counts = []
    for more in ((), (*reader.made[1:], fourth)):
        reader.save(*more)
        with count_sql() as sent:
            reader.client.page(LIST)
        counts.append(len(sent))

    assert counts[0] == counts[1] <= MOST_QUERIES
