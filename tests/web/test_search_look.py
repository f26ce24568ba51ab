"""What an address says of the map: read with the search, and refused with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.page import PageClient

pytestmark = pytest.mark.usefixtures("three")

FRAME = "28.6,77.2,12"
REFUSED = {
    "no part of the map": ("frame=x", ["frame"]),
    "two parts": (f"frame={FRAME}&frame=x", ["frame"]),
    "two pins": ("pin=asha&pin=bela", ["pin"]),
    "both, and what the search refuses": ("frame=x&pin=a&pin=b&view=x", ["view", "frame", "pin"]),
}


@pytest.mark.parametrize(("query", "names"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_map_cannot_read_is_refused_by_page_and_points_alike(
    client: PageClient, query: str, names: list[str]
) -> None:
    page = client.page(f"/search?{query}", status=400)
    answer = client.get(f"/search/points?{query}")

    faults = [fault.partition(" = ") for fault in page.items()]
    assert [name for name, is_fault, _value in faults if is_fault] == names
    assert answer.status_code == 400
    assert all(f"{name} " in answer.get_json()["error"] for name in names)


@pytest.mark.parametrize("query", [f"frame={FRAME}", f"frame={FRAME}&frame={FRAME}", "frame=&pin="])
def test_what_says_one_thing_is_taken(client: PageClient, query: str) -> None:
    client.page(f"/search?view=map&{query}")
    assert client.get(f"/search/points?{query}").status_code == 200


def test_a_map_is_moved_with_the_points_of_its_search_and_nothing_of_its_part(
    client: PageClient,
) -> None:
    page = client.page(f"/search?view=map&language=ta&frame={FRAME}&pin=x")

    (stage,) = [el for el in page.markup.all() if el.get("data-points")]
    assert stage.get("data-points") == "/search/points?language=ta"
