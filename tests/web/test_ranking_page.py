"""How the order is made, as the page tells it: from the weights themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.search.ranking import WEIGHTS
from directory.web.policies import example_rows
from directory.web.text import points

if TYPE_CHECKING:
    from tests.support.page import PageClient


def test_every_weight_stands_there_with_its_points(client: PageClient) -> None:
    page = client.page("/policies/ranking")

    rows = [" ".join("".join(row.itertext()).split()) for row in page.classed("weights__row")]
    assert len(rows) == len(WEIGHTS)
    for weight, row in zip(WEIGHTS.values(), rows, strict=True):
        assert row.startswith(f"{weight.what_en} up to {points(weight.points)} points")
        assert row.endswith(" ".join(weight.how_en.split()))


def test_the_example_adds_up(client: PageClient) -> None:
    page = client.page("/policies/ranking")
    (table,) = page.by_role("table")
    cells = [
        ["".join(cell.itertext()) for cell in page.markup.all("th", "td", within=row)]
        for row in page.markup.all("tr", within=table)
    ]

    head, *rows, together = cells
    for column in (1, 2):
        total = sum(float(row[column]) for row in rows)
        assert float(together[column]) == pytest.approx(total, abs=0.3)
    first = head[1] if float(together[1]) > float(together[2]) else head[2]
    assert f"{first} stands first." in page.main_text


def test_no_reason_of_the_example_gives_more_than_its_weight() -> None:
    assert all(
        0 <= given <= row.weight.points for row in example_rows() for given in (row.near, row.far)
    )


def test_it_says_that_no_money_counts_and_is_linked_from_everywhere(client: PageClient) -> None:
    page = client.page("/policies/ranking")

    assert "There is no paid place" in page.main_text
    assert client.page("/").link("How the order is made") == "/policies/ranking"
    assert "/policies/ranking" in client.get("/sitemaps/pages.xml").get_data(as_text=True)
