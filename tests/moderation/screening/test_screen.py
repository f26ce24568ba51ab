"""What a moderator is told about a text, and where in the text it stands."""

from __future__ import annotations

import pytest

from directory.moderation.screening import (
    PATTERN_SIGNALS,
    TEXT_SIGNALS,
    SignalName,
    language_of,
    screen,
)


def said(text: str, listed: str | None = None) -> list[tuple[str, str]]:
    return [(one.name.value, text[one.start : one.end]) for one in screen(text, listed=listed)]


def test_names_of_signals_are_those_of_texts_and_those_of_patterns() -> None:
    assert {*TEXT_SIGNALS, *PATTERN_SIGNALS} == set(SignalName)
    assert len(TEXT_SIGNALS) == 17


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "…", "🙂🙂", "\u200b\u200d", "\x00", "ा", "'", "."]
)
def test_a_text_without_words_gives_nothing(text: str) -> None:
    assert screen(text) == ()


def test_signals_stand_in_the_order_of_the_text_with_a_sentence_each() -> None:
    signals = screen("Write to calm.sea@gmail.com or ring 98100 12345, my sister Anita answers.")

    assert [one.name for one in signals] == ["email", "phone", "third_person_name"]
    assert all(one.why.endswith(".") and one.why[0].isupper() for one in signals)


def test_places_are_those_of_the_text_as_it_was_typed() -> None:
    text = "🙂 ﬁne\u200b, रिंग ९८१\u200b११ १२३४५ now"

    assert said(text) == [("phone", "९८१\u200b११ १२३४५")]


def test_a_reason_repeats_nothing_of_the_text() -> None:
    text = "My brother Ravindra has schizophrenia, ring 98100 12345."

    assert not any(word in one.why for one in screen(text) for word in ("Ravindra", "98100"))


@pytest.mark.parametrize(
    "number",
    [
        "9810012345",
        "98100-12345",
        "98 1 0 0-12345",
        "+91 98100 12345",
        "098100 12345",
        "९८१११ १२३४५",
        "981OO l2345",
        "nine eight one zero zero one two three four five",
        "nine eight one double zero one two three four five",
        "नौ आठ एक शून्य शून्य एक दो तीन चार पाँच",
        "nau aath ek shunya shunya ek do teen char paanch",
        "011-2345 6789",
    ],
)
def test_a_telephone_number_is_noticed_however_it_is_said(number: str) -> None:
    assert said(f"Ring {number} please") == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "₹1,200 each time and 1500 rupees for 45 minutes",
        "112, 14416 and 1800-891-4416 are open at night",
        "iCALL is 9152987821",
        "PIN 110024, open since 2019, 2020 and 2021 were online",
        "fees are 60000-70000 rupees for a month",
        "1-2-3 and breathe, 10/10, 24/7",
    ],
)
def test_money_years_and_public_helplines_are_no_numbers_of_people(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("name", ["Dr Rawat", "Meenakshi", "dr. meenakshi rawat", "मीनाक्षी जी"])
def test_the_listed_person_may_be_named(name: str) -> None:
    assert said(f"Today {name} ne suna", "Dr Meenakshi Rawat") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr Meenakshi Sharma was late", [("staff_name", "Dr Meenakshi Sharma")]),
        ("my sister Meenakshi cried", [("third_person_name", "Meenakshi")]),
    ],
)
def test_somebody_else_of_the_same_name_is_named(text: str, expected: list) -> None:
    assert said(text, "Dr Meenakshi Rawat") == expected


@pytest.mark.parametrize(
    "place", ["Lajpat Nagar", "Rajiv Chowk", "Sunita Vihar", "लाजपत नगर", "Guru Tegh Bahadur Nagar"]
)
def test_places_are_no_people(place: str) -> None:
    assert said(f"We came from {place} by metro") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I want to kill myself tonight", "crisis"),
        ("I tried to end my life last week", "crisis"),
        ("मैं मरना चाहता हूँ, कोई नहीं सुनता", "crisis"),
        ("jeena nahi chahti main", "crisis"),
    ],
)
def test_words_of_intent_and_a_recent_attempt_are_crisis(text: str, name: str) -> None:
    assert name in {found for found, _ in said(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Ten years ago I tried to kill myself and today I am glad to be alive.",
        "I will not kill myself over a bill.",
        "The poster on suicide prevention is torn.",
        "Hum hans hans ke mar gaye.",
        "My uncle died by suicide and the grief group helped.",
    ],
)
def test_what_is_long_past_denied_or_a_figure_of_speech_is_none(text: str) -> None:
    assert said(text) == []


def test_a_text_of_many_thousand_letters_is_read_whole() -> None:
    text = "It was calm there. " * 400 + "Ring 98100 12345."

    assert said(text) == [("phone", "98100 12345")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She listened and explained everything.", "en"),
        ("", "en"),
        ("The main door is on the right, to the left of the lift.", "en"),
        ("उन्होंने ध्यान से सुना।", "hi"),
        ("Doctor बहुत अच्छे हैं, session ठीक रहा", "hi"),
        ("Doctor ne bahut aaram se suna", "hinglish"),
        ("fees thodi zyada hai par theek hai", "hinglish"),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert language_of(text) == language
