"""Numbers need a source: which parts of a text are held to it, and what is left out."""

from __future__ import annotations

import pytest

from directory.guides.blocks import BlockKind, blocks_of
from directory.guides.numbers import numbers_without_source
from tests.factories.guides import draft

BODIES = {
    "a paragraph with its source": ("It takes 40 minutes [1].", []),
    "a paragraph without": ("It takes 40 minutes.", ["It takes 40 minutes."]),
    "a source in another paragraph": ("It takes 40 minutes.\n\nSo it is [1].", ["It takes 40"]),
    "a paragraph of two lines": ("It takes 40\nminutes, they say [1].", []),
    "every item for itself": ("- 40 minutes [1]\n- 2 hours\n- rest", ["2 hours"]),
    "an item inside an item": ("- first\n  - 2 hours\n\n  [1] here", ["2 hours"]),
    "every row for itself": ("|a|b|\n|-|-|\n|40|so [1]|\n|50|so|", ["50 | so"]),
    "the head of a table": ("|in 2023|b|\n|-|-|\n|a|so|", ["in 2023 | b"]),
    "a heading": ("## In 2023\n\nWords.", ["In 2023"]),
    "a heading with its source": ("## In 2023 [2]\n\nWords.", []),
    "Hindi digits": ("४० मिनट", ["४० मिनट"]),
    "the number of a source is none": ("So it is [1, 2].", []),
    "a number to call": ("Call [112](tel:112) or [14416](tel:14416).", []),
    "a number to call that is no link": ("Call 112.", ["Call 112."]),
    "round the clock": ("A 24x7 or 24×7 or 24/7 centre.", []),
    "the address of a link": ("See [the Act](https://a.org/2017/10) and [us](/guides/a-24x7).", []),
    "the words of a link": ("See [the Act of 2017](https://a.org).", ["See the Act of 2017."]),
    "a measure in letters": ("It takes two to four hours.", ["It takes two to four hours."]),
    "a share in letters": ("It helps half of people.", ["It helps half of people."]),
    "a count in letters": ("You sign two papers.", []),
    "the counting of a list": ("1. rest\n2. ask", []),
}


@pytest.mark.parametrize(("body", "beginnings"), BODIES.values(), ids=BODIES.keys())
def test_a_number_without_a_source_is_found(body: str, beginnings: list[str]) -> None:
    found = numbers_without_source(draft(body=body))

    assert len(found) == len(beginnings)
    assert all(part.startswith(start) for part, start in zip(found, beginnings, strict=True))


def test_a_summary_holds_no_number_but_round_the_clock() -> None:
    assert numbers_without_source(draft(summary="What a 24x7 centre is.")) == []
    assert numbers_without_source(draft(summary="Up to 30 days.")) == ["Up to 30 days."]


def test_a_long_part_is_shown_by_its_beginning() -> None:
    (found,) = numbers_without_source(draft(body="It takes 40 minutes " * 9))

    assert found.endswith("minutes…")
    assert len(found) <= 61


def test_a_text_is_read_block_by_block() -> None:
    body = "## A *b*\n\nc [d](/e)\nf [g](tel:112)\n\n- h\n\n> i\n\n|j|k|\n|-|-|\n|l|m|"

    assert [(block.kind, block.text) for block in blocks_of(body)] == [
        (BlockKind.HEADING, "A b"),
        (BlockKind.PARAGRAPH, "c d f g"),
        (BlockKind.ITEM, "h"),
        (BlockKind.PARAGRAPH, "i"),
        (BlockKind.ROW, "j | k"),
        (BlockKind.ROW, "l | m"),
    ]
