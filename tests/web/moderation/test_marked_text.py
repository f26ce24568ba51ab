"""Marks in a text: every character once, overlapping marks told apart, nothing made of markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.marked_text import Mark, Piece, marked_paragraphs

TEXT = "Sunita at the counter read it aloud on 12 August."


def joined(text: str, *marks: Mark) -> str:
    """Write marked pieces in brackets, each followed by the numbers that end there."""
    return "\n".join("".join(_written(piece) for piece in line) for line in lines(text, *marks))


def lines(text: str, *marks: Mark) -> list[list[Piece]]:
    return marked_paragraphs(text, marks)


def _written(piece: Piece) -> str:
    numbers = ",".join(str(number) for number in piece.numbers)
    return f"[{piece.text}]{numbers}" if piece.marked else piece.text


@pytest.mark.parametrize(
    ("marks", "written"),
    [
        ((), TEXT),
        ((Mark(1, 0, 6),), "[Sunita]1 at the counter read it aloud on 12 August."),
        (
            (Mark(1, 0, 6), Mark(2, 39, 48)),
            "[Sunita]1 at the counter read it aloud on [12 August]2.",
        ),
        (
            (Mark(1, 0, 21), Mark(2, 7, 30)),
            "[Sunita ][at the counter]1[ read it ]2aloud on 12 August.",
        ),
        (
            (Mark(1, 0, 21), Mark(2, 10, 21)),
            "[Sunita at ][the counter]1,2 read it aloud on 12 August.",
        ),
        ((Mark(1, 39, 900),), "Sunita at the counter read it aloud on [12 August.]1"),
        ((Mark(1, 900, 910), Mark(2, 6, 6)), TEXT),
    ],
    ids=["none", "one", "two", "overlapping", "one in another", "beyond the end", "outside"],
)
def test_marks_are_numbered_where_they_end(marks: tuple[Mark, ...], written: str) -> None:
    assert joined(TEXT, *marks) == written


def test_a_mark_over_two_lines_is_numbered_once() -> None:
    assert joined("One two\n\nthree four", Mark(1, 4, 14)) == "One [two]\n[three]1 four"


def test_blank_lines_make_no_paragraph() -> None:
    assert joined("One\n \n\nTwo") == "One\nTwo"


@given(
    text=st.text(alphabet="ab \n<é", max_size=40),
    spans=st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=6),
)
def test_pieces_give_the_text_back_whatever_is_marked(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = [Mark(number, *span) for number, span in enumerate(spans, start=1)]

    given_back = ["".join(piece.text for piece in line) for line in lines(text, *marks)]

    assert given_back == [line for line in text.split("\n") if line.strip()]
    numbers = [number for line in lines(text, *marks) for piece in line for number in piece.numbers]
    assert len(numbers) == len(set(numbers))
