"""What demo listings say: in the house's words, and never the same twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from directory.demo.banks import read_banks
from tests.demo.test_words import sentence_banks

AVOIDED = re.compile(
    r"\b(best|top|leading|cures?|cured|curing|addicts?|drunkards?|insane|insanity|crazy|mad|lunatic|"
    r"committed suicide|suffer\w*|victims?|junkies?|retarded|schizophrenics?|asylum|shrinks?|"
    r"locked up|shock treatment|guarantee\w*|100 %|world-class|hurry up|patients?)\b",
    re.IGNORECASE,
)
AVOIDED_HINDI = re.compile(
    "पागल|मेंटल|सनकी|नशेड़ी|शराबी|विक्षिप्त|मंदबुद्धि|पीड़ित|बेचारा|बिजली के झटके|गारंटी|ख़ुदकुशी|तुम्हार|तू "
)
DEVANAGARI = re.compile("[\u0900-\u097f]")
SENTENCE_END = re.compile(r"(?<=[.?!।])\s+")
Documents = list[dict[str, Any]]


def abouts(documents: Documents) -> list[str]:
    """Give every text that is there."""
    return [document["about"] for document in documents if document["about"]]


def is_hindi(text: str) -> bool:
    """Tell whether most letters are Devanagari."""
    return len(DEVANAGARI.findall(text)) * 3 > len(text)


def sentences(texts: list[str]) -> Counter[str]:
    """Count in how many texts each sentence stands."""
    return Counter(
        sentence.strip() for text in texts for sentence in set(SENTENCE_END.split(text)) if sentence
    )


def test_nearly_every_listing_says_something(documents: Documents) -> None:
    assert 590 <= len(abouts(documents)) <= 650
    assert sum(bool(document["headline"]) for document in documents) > 590


def test_no_two_listings_say_the_same(documents: Documents) -> None:
    texts = abouts(documents)

    assert len(set(texts)) == len(texts)


def test_no_sentence_stands_in_more_than_two_in_a_hundred_texts(documents: Documents) -> None:
    texts = abouts(documents)
    counted = sentences(texts)

    assert len(counted) > 1000
    assert counted.most_common(1)[0][1] <= len(texts) * 0.02


def test_no_headline_stands_over_more_than_one_in_a_hundred_listings(documents: Documents) -> None:
    headlines = Counter(document["headline"] for document in documents if document["headline"])

    assert headlines.most_common(1)[0][1] <= 6


def test_about_a_fifth_is_in_hindi(documents: Documents) -> None:
    hindi = [text for text in abouts(documents) if is_hindi(text)]

    assert 100 <= len(hindi) <= 160


def test_a_hindi_text_gives_an_english_name_at_most_once(documents: Documents) -> None:
    for text in abouts(documents):
        if is_hindi(text):
            in_brackets = re.findall(r"\([A-Za-z][^)]*\)", text)
            assert len(in_brackets) == len(set(in_brackets))


def test_only_those_who_speak_hindi_write_it(documents: Documents) -> None:
    for document in documents:
        if document["about"] and is_hindi(document["about"]):
            assert "hi" in document["languages"]


def test_hindi_endings_follow_the_gender_stated(documents: Documents) -> None:
    checked = 0
    for document in documents:
        text = document["about"] or ""
        if document["kind"] == "practitioner" and is_hindi(text):
            assert document["gender"] in {"woman", "man"}
            wrong = r"(ता|सकता|गा) (हूं|।)" if document["gender"] == "woman" else r"ती हूं"
            assert not re.search(rf"मैं [^।]*{wrong}", text), text
            checked += 1
    assert checked > 80


def test_no_text_uses_a_word_the_house_avoids(documents: Documents) -> None:
    texts = [*abouts(documents), *(d["headline"] for d in documents if d["headline"])]
    texts += [fee["note"] for d in documents for fee in d["fees"] if fee["note"]]

    assert [found.group() for text in texts for found in AVOIDED.finditer(text)] == []
    assert [found.group() for text in texts for found in AVOIDED_HINDI.finditer(text)] == []


def test_no_sentence_in_the_banks_uses_a_word_the_house_avoids() -> None:
    lines = sentence_banks()

    assert [line for line in lines if AVOIDED.search(line) or AVOIDED_HINDI.search(line)] == []


@pytest.mark.parametrize("concern", ["suicidal-thoughts", "self-harm"])
def test_every_sentence_on_suicide_and_self_harm_names_whom_to_ring(concern: str) -> None:
    bank = read_banks().conditions[concern]
    lines = [
        line
        for kind, found in bank.items()
        if kind in {"lines", "doctor", "talk"}
        for line in found
    ]

    assert lines
    assert [line for line in lines if "14416" not in line] == []


def test_no_text_offers_ketamine_at_home(documents: Documents) -> None:
    texts = [text.lower() for text in abouts(documents) if "ketamine" in text.lower()]

    assert texts
    assert [text for text in texts if "online" in text or "at home" in text] == []


def test_texts_leave_no_mark_of_the_grammar_behind(documents: Documents) -> None:
    texts = [*abouts(documents), *(d["headline"] for d in documents if d["headline"])]

    assert [
        text for text in texts if re.search(r"[\[\]{}<>|]|\s\s(?!\n)|  ", text.replace("\n\n", " "))
    ] == []


def test_words_people_type_in_latin_letters_occur(documents: Documents) -> None:
    everything = " ".join(
        f"{document['headline']} {document['about']}" for document in documents
    ).lower()

    assert [word for word in ("ghabrahat", "neend", "tanav") if word not in everything] == []


def test_who_does_not_prescribe_does_not_say_so_and_vice_versa(documents: Documents) -> None:
    for document in documents:
        text = document["about"] or ""
        if "I can prescribe" in text or "मैं डॉक्टर हूं" in text:
            assert "MBBS" in document["qualifications"]
        if "do not prescribe" in text:
            assert "MBBS" not in document["qualifications"]
