"""The self-check's questions, answers and ranges: whole, in both languages, and as published."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from directory.vocabulary.reading import ReferenceDataError
from directory.vocabulary.self_check import LANGUAGES, read_self_check, self_check
from tests.vocabulary.data_files import DEVANAGARI, copy_of_files

if TYPE_CHECKING:
    from pathlib import Path

    from directory.vocabulary.self_check import SelfCheck

# Kroenke, Spitzer, Williams 2001: what each sum from 0 to 27 is called there.
PUBLISHED = (
    *("minimal",) * 5,
    *("mild",) * 5,
    *("moderate",) * 5,
    *("moderately severe",) * 5,
    *("severe",) * 8,
)
ITEMS = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    (
        "Feeling bad about yourself — or that you are a failure or have let yourself or your"
        " family down"
    ),
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    (
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — being"
        " so fidgety or restless that you have been moving around a lot more than usual"
    ),
    "Thoughts that you would be better off dead or of hurting yourself in some way",
)
# Words that tell a reader what they have, or that it will end well.
TELLS = re.compile(
    r"\byou (?:have|suffer|are depressed|need)\b(?! had| not| a say| no | to ask)|"
    r"\b(?:cure|disorder|patient)\b|आपको अवसाद है|रोगी|इलाज की गारंटी"
)


def texts(check: SelfCheck) -> list[str]:
    """Give every text of a self-check that is written for this directory."""
    said = [text for one in check.ranges for text in (one.title, one.words)]
    return [*said, *check.limits, *check.sources, *check.leads.values(), *check.says.values()]


@pytest.mark.parametrize("total", range(28))
def test_each_sum_is_in_the_range_it_was_published_in(total: int) -> None:
    names = [one.name for one in self_check("en").ranges if one.least <= total <= one.most]

    assert names == [PUBLISHED[total]]


def test_the_english_questions_are_the_published_ones() -> None:
    check = self_check("en")

    assert check.questions == ITEMS
    assert check.answers == (
        "Not at all",
        "Several days",
        "More than half the days",
        "Nearly every day",
    )
    assert check.hard_answers[0] == "Not difficult at all"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_questions_have_four_answers_each_and_one_more_question_follows(language: str) -> None:
    check = self_check(language)

    assert len(set(check.questions)) == 9
    assert [len(set(listed)) for listed in (check.answers, check.points, check.hard_answers)] == [
        4,
        4,
        4,
    ]
    assert [text[0] for text in check.points] == ["0", "1", "2", "3"]
    assert check.hard_question


def test_both_languages_say_the_same_things() -> None:
    english, hindi = map(self_check, LANGUAGES)

    assert set(english.says) == set(hindi.says)
    assert set(english.leads) == set(hindi.leads)
    assert len(english.limits) == len(hindi.limits)
    places = [[(one.least, one.most) for one in check.ranges] for check in (english, hindi)]
    assert places[0] == places[1]


def test_the_hindi_is_hindi_and_the_english_english() -> None:
    english, hindi = map(self_check, LANGUAGES)
    in_english = {"page_title", "description"}
    words = [*hindi.questions, *hindi.answers, *hindi.points, hindi.lead, hindi.hard_question]
    words += texts(
        replace(hindi, says={k: v for k, v in hindi.says.items() if k not in in_english})
    )

    assert [text for text in words if not DEVANAGARI.search(text)] == []
    assert [text for text in words if unicodedata.normalize("NFC", text) != text] == []
    assert [text for text in texts(english) if DEVANAGARI.search(text)] == []
    assert [hindi.says[key] for key in in_english if DEVANAGARI.search(hindi.says[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_what_they_have(language: str) -> None:
    assert [text for text in texts(self_check(language)) if TELLS.search(text)] == []


@pytest.mark.parametrize(
    ("whole", "broken", "says"),
    [
        ("{least: 5, most: 9}", "{least: 6, most: 9}", "every sum once"),
        ("{least: 5, most: 9}", "{least: 4, most: 9}", "every sum once"),
        ("      - Poor appetite or overeating\n", "", "missing"),
        ("    lead: Over", "    led: Over", "'lead'"),
    ],
)
def test_a_self_check_that_does_not_add_up_is_refused(
    tmp_path: Path, whole: str, broken: str, says: str
) -> None:
    folder = copy_of_files(tmp_path)
    file = folder / "self_check.yaml"
    text = file.read_text("utf-8")
    assert whole in text
    file.write_text(text.replace(whole, broken, 1), "utf-8")

    with pytest.raises(ReferenceDataError, match=rf"self_check\.yaml.*{says}"):
        read_self_check("en", folder)
