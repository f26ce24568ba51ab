"""Characters no page may show, taken out of texts."""

from __future__ import annotations

import pytest

from directory.core.characters import on_one_line, without_controls

NO_TEXT = {
    "the first control": "\x00",
    "a form feed": "\x0c",
    "the last control": "\x1f",
    "delete": "\x7f",
    "a control of the second set": "\x85",
    "half of a pair": "\ud83d",
    "a character that stands for nothing": "\ufdd0",
    "the last of a plane": "\uffff",
    "the last but one of a plane": "\U0001fffe",
    "the very last": "\U0010ffff",
}


@pytest.mark.parametrize("character", NO_TEXT.values(), ids=NO_TEXT.keys())
def test_what_no_page_may_show_becomes_a_space(character: str) -> None:
    assert without_controls(f"a{character}b") == on_one_line(f"a{character}b") == "a b"


@pytest.mark.parametrize("text", ["", "a b", "हौज़ ख़ास\u200d", "é’–—", "🙂", "\xa0\ufeff\ufdf0"])
def test_every_other_text_stays_as_it_is(text: str) -> None:
    assert without_controls(text) == on_one_line(text) == text


def test_lines_stay_apart_unless_one_is_asked_for() -> None:
    assert without_controls("a\tb\r\nc") == "a\tb\r\nc"
    assert on_one_line("a\tb\r\nc") == "a b  c"
