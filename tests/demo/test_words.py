"""The grammar of the sentence banks."""

from __future__ import annotations

import re

import pytest

from directory.demo.banks import read_banks
from directory.demo.dice import Dice
from directory.demo.words import Writer, joined, rendered, slots_of

SLOTS_KNOWN = {
    *("locality", "locality_hi", "district", "station", "station_hi", "year", "years", "minutes"),
    *("before", "city", "topic", "other", "speaks", "centre", "language", "languages"),
    *("language_hi", "beds"),
}


def all_texts(bank: object) -> list[str]:
    """Give every text inside a bank of sentences."""
    if isinstance(bank, str):
        return [bank]
    inside = bank.values() if isinstance(bank, dict) else bank
    return [text for part in inside for text in all_texts(part)]  # type: ignore[attr-defined]


def sentence_banks() -> list[str]:
    """Give every line of every bank of sentences."""
    banks = read_banks()
    parts = (banks.conditions, banks.treatments, banks.practice_words, banks.centre_words)
    return [text for part in (*parts, banks.hindi) for text in all_texts(part)]


def test_a_choice_gives_one_of_its_texts() -> None:
    found = {rendered("in [May|June]", {}, woman=True, dice=Dice(n)) for n in range(20)}

    assert found == {"in May", "in June"}


def test_an_ending_follows_the_gender_of_the_speaker() -> None:
    line = "मैं लिख<ती|ता> हूं।"

    assert rendered(line, {}, woman=True, dice=Dice(1)) == "मैं लिखती हूं।"
    assert rendered(line, {}, woman=False, dice=Dice(1)) == "मैं लिखता हूं।"


def test_a_slot_with_a_capital_begins_with_one() -> None:
    slots = {"topic": "low mood"}

    assert rendered("{Topic}, that is {topic}", slots, woman=True, dice=Dice(1)) == (
        "Low mood, that is low mood"
    )


def test_a_line_is_left_out_when_a_fact_it_needs_is_unknown() -> None:
    writer = Writer()

    assert writer.write(["near {station}"], {}, Dice(1)) is None
    assert writer.write(["near {station}", "near"], {}, Dice(1)) == ("near", "near")


def test_words_are_joined_as_people_do() -> None:
    assert [joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]


def test_the_banks_ask_only_for_facts_there_are() -> None:
    strange = {
        (line, slot)
        for line in sentence_banks()
        for slot in slots_of(line)
        if slot not in SLOTS_KNOWN
    }

    assert strange == set()


def test_the_banks_have_no_unfinished_brackets() -> None:
    marks = re.compile(r"[\[\]<>{}|]")
    left = [
        text
        for line in sentence_banks()
        if marks.search(
            text := rendered(line, dict.fromkeys(SLOTS_KNOWN, "x"), woman=True, dice=Dice(1))
        )
    ]

    assert left == []


def test_no_sentence_stands_in_the_banks_twice() -> None:
    lines = [line for line in sentence_banks() if line.endswith((".", "।", "?"))]

    assert len(lines) > 1000
    assert sorted(line for line in set(lines) if lines.count(line) > 1) == []


@pytest.mark.parametrize(
    "text",
    ["बिना जल्दी के", "आपकी रफ़्तार से"],
)
def test_hindi_headlines_are_in_devanagari(text: str) -> None:
    headlines = " ".join(read_banks().hindi["headlines"])

    assert text in headlines
    assert not re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", headlines))
