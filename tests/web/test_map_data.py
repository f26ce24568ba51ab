"""What the map of a search counts, sends and says at its ends."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from directory.core.db import writing
from directory.listings.models import Listing, ListingState
from directory.vocabulary.drawing import mercator
from directory.web import map_ground
from directory.web.map_ground import names_in
from tests.support.markup import attribute, text_of
from tests.web.mapped import SAKET, chosen, drawn, marks, points, spots, stage

if TYPE_CHECKING:
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.support.page import PageClient

pytestmark = pytest.mark.usefixtures("three")


def test_who_may_not_be_seen_is_in_no_count_though_the_index_still_has_them(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    made = spots(vocabulary, *[SAKET] * 4)
    frame = "view=map&frame=28.52450,77.20660,17"
    assert "4 listings at one place near Saket, show them" in marks(client.page(f"/search?{frame}"))
    with writing() as session:  # No word of it to the index.
        named = update(Listing).where(Listing.id == made[1].id)
        session.execute(named.values(state=ListingState.SUSPENDED))

    page = client.page(f"/search?{frame}")

    together = "3 listings at one place near Saket, show them"
    assert together in marks(page)
    assert "of 6 results are in this part." in page.main_text
    assert chosen(client.page(marks(page)[together])) == ["At 0", "At 2", "At 3"]
    assert drawn(client.page("/search?view=map")) == 6
    assert made[1].slug not in {slug for _x, _y, slug, *_rest in points(client, "")}


@pytest.mark.parametrize("zoom", [10, 11, 13, 15, 16, 17])
def test_a_pin_shows_what_stands_at_its_place_however_near_one_looks(
    client: PageClient, vocabulary: Vocabulary, zoom: int
) -> None:
    made = spots(vocabulary, *[SAKET] * 3, (SAKET[0], SAKET[1] + 0.0046))

    page = client.page(f"/search?view=map&pin={made[1].slug}&frame=28.5245,77.2066,{zoom}")

    assert chosen(page) == ["At 0", "At 1", "At 2"]
    assert "3 at this place" in page.main_text


def test_no_name_lies_under_a_mark(app: Flask, client: PageClient) -> None:
    with app.test_request_context():
        names = map_ground.ground().sheet.names
    frame = mercator.frame_at(*SAKET, 14)
    shown = names_in(frame, names, [])
    covered = next(name for name in names if name.text == shown[0].text)
    box, pixel = covered.box(14, frame.corner), mercator.units_at(14, 1)
    (left, top), line = frame.corner, (box.top + box.bottom) / 2

    def beside(away: float) -> list[str]:
        x = left + (box.right + away) * pixel
        return [
            name.text for name in names_in(frame, names, [(round(x), round(top + line * pixel))])
        ]

    assert len(shown) > 5
    assert covered.text not in beside(-5)
    assert covered.text not in beside(15)
    assert covered.text in beside(25)
    assert {name.text for name in shown} - {covered.text} & set(beside(-5))


@pytest.mark.parametrize(("far", "zoom"), [(1, "11"), (2, "10")])
def test_a_few_far_ones_do_not_make_the_city_small(
    client: PageClient, vocabulary: Vocabulary, far: int, zoom: str
) -> None:
    """Nine in ten in sight are enough."""
    near = [(28.45 + 0.04 * number, 77.1) for number in range(10 - far)]
    spots(vocabulary, *near, *[(28.1, 77.9)] * far)

    page = client.page("/search?view=map")

    assert attribute(stage(page), "data-view").split()[2] == zoom
    assert ("All 13 results are on this map." in page.main_text) == (zoom == "10")


@pytest.mark.parametrize(
    ("zoom", "ends"), [(10, ["Wider"]), (13, []), (17, ["Nearer"])], ids=["widest", "", "nearest"]
)
def test_a_move_that_leads_no_further_says_so(
    client: PageClient, zoom: int, ends: list[str]
) -> None:
    page = client.page(f"/search?view=map&frame=28.6,77.2,{zoom}")

    (moves,) = page.by_role("navigation", "Move the map")
    without = [el for el in page.markup.all("a", within=moves) if not el.get("href")]
    assert [text_of(el) for el in without] == ends
    assert [(el.get("role"), el.get("aria-disabled")) for el in without] == [
        ("link", "true") for _end in ends
    ]


def test_the_names_of_the_ground_have_an_address_of_their_own_that_is_kept(
    client: PageClient,
) -> None:
    part = stage(client.page("/search?view=map&language=ta&frame=28.6,77.2,12"))
    address = attribute(part, "data-names")

    answer = client.get(address)
    earlier = client.get("/search/ground-0123456789.json")

    assert attribute(part, "data-points") == "/search/points?language=ta"
    assert re.fullmatch(r"/search/ground-[0-9a-f]{10}\.json", address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    names = json.loads(answer.data)["names"]
    assert {"Saket", "Hauz Khas"} <= {text for _x, _y, text, *_rest in names}
    assert {level for _x, _y, _text, level, *_rest in names} <= set(range(11, 18))
    assert (earlier.status_code, earlier.headers["Location"]) == (302, address)
    assert earlier.headers["Cache-Control"] == "private, no-cache"
    assert client.get("/search/ground-.json").status_code == 404


def test_a_map_of_very_many_is_walked_by_links_alone(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.web.search_map.MOST_MOVED", 2)

    page, few = client.page("/search?view=map"), client.page("/search?view=map&language=ta")

    assert stage(page).get("data-points") is None
    assert drawn(page) == 3
    assert stage(few).get("data-points")
    refused = client.get("/search/points")
    assert refused.status_code == 400
    assert "More results" in refused.get_json()["error"]


def test_points_take_one_question_under_the_rule_of_what_may_be_seen(
    client: PageClient, count_sql: CountSql
) -> None:
    client.get("/search/points")
    with count_sql() as statements:
        assert client.get("/search/points").status_code == 200

    assert len([each for each in statements if "listing.state" in each]) == 1
