"""Quotes from a listing: the searched words are marked, and nothing unsafe comes through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.highlight import marked, snippet

LONG = (
    "She trained in Pune and Bengaluru and has worked in hospitals since 2009. "
    "Most people come for low mood, sleep and worry. "
    "She uses behavioural activation for depression, and works with families as well. "
    "Sessions are on weekday mornings and on two evenings, in person and by video."
)
TAG = re.compile(r"</?mark>")

MARKED = {
    "a word": (["Help for depression"], ["depression"], "Help for <mark>depression</mark>"),
    "another ending": (["Depressed and tired"], ["depression"], "<mark>Depressed</mark> and tired"),
    "a word in capitals": (["CBT in Hindi"], ["cbt"], "<mark>CBT</mark> in Hindi"),
    "an accent": (["Café talk"], ["cafe"], "<mark>Café</mark> talk"),
    "Hindi": (["अवसाद और चिंता"], ["अवसाद"], "<mark>अवसाद</mark> और चिंता"),
    "Hindi without its dot": (["रुख़ साफ़"], ["साफ"], "रुख़ <mark>साफ़</mark>"),
    "a phrase": (["grief and loss"], ["loss grief"], "<mark>grief</mark> and <mark>loss</mark>"),
    "a beginning": (["therapy"], ["thera*"], "<mark>therapy</mark>"),
    "day and night": (["Open 24/7."], ["24x7"], "Open <mark>24/7</mark>."),
    "a word inside a word": (["mistrust trust"], ["trust"], "mistrust <mark>trust</mark>"),
    "nothing": (["Sessions in Hindi"], ["ocd"], "Sessions in Hindi"),
    "no words": (["Sessions in Hindi"], [], "Sessions in Hindi"),
    "no text": ([], ["ocd"], ""),
    "markup": (
        ['<b onclick="x">Depression</b> & more'],
        ["depression"],
        "&lt;b onclick=&quot;x&quot;&gt;<mark>Depression</mark>&lt;/b&gt; &amp; more",
    ),
    "the text that holds more": (
        ["Depression", "Grief and depression", "Grief"],
        ["grief", "depression"],
        "<mark>Grief</mark> and <mark>depression</mark>",
    ),
}


@pytest.mark.parametrize(("texts", "words", "expected"), MARKED.values(), ids=MARKED.keys())
def test_what_was_searched_for_is_marked(texts: list[str], words: list[str], expected: str) -> None:
    assert snippet(texts, words) == expected


def test_a_long_text_is_quoted_round_its_words() -> None:
    quote = snippet([LONG], ["depression", "family"], length=100)

    assert quote.startswith("… ")
    assert quote.endswith(" …")
    assert "<mark>depression</mark>, and works with <mark>families</mark>" in quote
    assert len(TAG.sub("", quote)) <= 100 + len("…  …")


def test_a_long_text_without_the_words_is_quoted_from_its_beginning() -> None:
    quote = snippet([LONG], ["ketamine"], length=60)

    assert quote == "She trained in Pune and Bengaluru and has worked in …"


def test_a_quote_may_be_shorter() -> None:
    assert snippet([LONG], ["video"], length=40) == (
        "… on two evenings, in person and by <mark>video</mark>."
    )


@given(
    st.lists(st.text(alphabet="अवसादचिंताक्षमड़ा\u200d\u0301é <>&\"'xy\n", max_size=300), max_size=3),
    st.lists(st.text(alphabet="अवसादxy*", max_size=6), max_size=3),
)
def test_a_quote_is_safe_and_its_own_text_whatever_comes(
    texts: list[str], words: list[str]
) -> None:
    quote = snippet(texts, words, length=40)

    plain = TAG.sub("", quote)
    assert "<" not in plain
    assert '"' not in plain
    assert quote.count("<mark>") == quote.count("</mark>")


def test_no_letter_of_devanagari_is_cut_in_two() -> None:
    unbroken = "क्षत्रिय" * 40

    quote = snippet([unbroken], ["x"], length=50).removesuffix(" …")

    assert unbroken.startswith(quote)
    assert unbroken[len(quote)] not in {"\u094d", "\u093f"}
    assert quote[-1] != "्"


def test_a_whole_text_can_be_marked() -> None:
    assert marked("Dr <Asha> Rawat", ["asha"]) == "Dr &lt;<mark>Asha</mark>&gt; Rawat"
