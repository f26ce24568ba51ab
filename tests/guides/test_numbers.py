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
    "the counting of a list": ("1. rest\n2. ask", []),
}

IN_LETTERS = (
    "It takes two to four hours.",
    "It helps half of people.",
    "Two in three people.",
    "One person in ten.",
    "Nine out of every ten.",
    "One of five.",
    "About ½ of them.",
    "Half feel better.",
    "The score was halved.",
    "A third of people.",
    "Nearly a quarter get well.",
    "Two thirds stay well.",
    "One-tenth of it.",
    "Forty per cent.",
    "A few percent.",
    "It lasts a week.",
    "Once a month.",
    "Come every year.",
    "It takes one hour.",
    "Twice a day.",
    "Two short visits.",
    "Once daily.",
    "Six or more times.",
    "Three doses.",
    "A dozen times.",
    "Twenty-one people.",
    "Hundreds of people.",
    "It costs a lakh.",
    "At least two medicines.",
    "Within three of them.",
    "Twice as many.",
)
NO_NUMBERS = (
    "You sign two papers.",
    "You can see two people at the same time.",
    "Ask for a second opinion, and a third one.",
    "Write it in two lines.",
    "Once the sessions begin, ask twice.",
    "What does it cost a day?",
    "Drinking every day.",
    "One of the doctors.",
    "It is more than a chat.",
    "Within a few weeks, day and night.",
    "Sit in the canteen, often.",
)


@pytest.mark.parametrize("text", IN_LETTERS)
def test_a_number_in_letters_needs_a_source(text: str) -> None:
    assert numbers_without_source(draft(body=text)) == [text]
    assert numbers_without_source(draft(body=f"{text} [1]")) == []
    assert numbers_without_source(draft(summary=text)) == [text]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_small_count_or_an_order_is_no_number(text: str) -> None:
    assert numbers_without_source(draft(body=text)) == []


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
