"""Words as the index holds them: English endings fall, Devanagari keeps its marks."""

from __future__ import annotations

import pytest

from directory.search.analysis import ANALYSER, normal, plain_words, spans, stems

TEXTS = [
    "Cognitive behavioural therapy (CBT) for panic attacks, 24/7",
    "नींद नहीं आती, चिंता और घबराहट",
    "Café — naïve résumé; ÉCOLE",
    "Obsessive–compulsive 24*7 24 x 7 24×7",
    "ज़्यादा शराब, ज्यादा शराब; हाँ हां",
    "De-addiction centre, Sector-7, 110017",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_bulk_form_and_whooshs_chain_give_the_same_words(text: str) -> None:
    assert stems(text) == [token.text for token in ANALYSER(normal(text))]


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_the_places_of_the_words(text: str) -> None:
    plain = normal(text)

    assert [word for _start, _end, word in spans(plain)] == stems(text)
    assert all(plain[start:end].strip() for start, end, _word in spans(plain))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24/7", ["24x7"]),
        ("24 * 7", ["24x7"]),
        ("the best of both", ["best", "both"]),
        ("depressed depression", ["depress", "depress"]),
        ("résumé", stems("resume")),
        ("ज़्यादा", stems("ज्यादा")),
        ("हाँ", stems("हां")),
        ("चिंता का डॉक्टर", ["चिंता", *stems("डॉक्टर")]),
        ("ग़ुस्सा", stems("ग़ुस्सा".replace("ग़", "ग\u093c"))),
        ("can't", stems("can t")),
    ],
)
def test_spellings_of_one_word_meet(text: str, words: list[str]) -> None:
    assert stems(text) == words


def test_plain_words_keep_endings_and_stop_words() -> None:
    assert plain_words("The Áshas of डॉ. वर्मा") == ["the", "ashas", "of", "डॉ", "वर्मा"]
