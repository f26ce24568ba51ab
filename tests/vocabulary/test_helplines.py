"""helplines.csv: numbers that can be dialled, and lines that stay hidden until checked."""

from __future__ import annotations

import re

from directory.vocabulary.models import Confidence, HelplineShown
from directory.vocabulary.reading import read_helplines
from tests.vocabulary.data_files import SLUG, is_hindi

LINES = {row["slug"]: row for row in read_helplines()}
SHORT_CODE = re.compile(r"1\d{2,4}")  # national and state short codes
TOLL_FREE = re.compile(r"1800-\d{2,4}-\d{4}")
LANDLINE = re.compile(r"0\d{2,3}-\d{8}")
MOBILE = re.compile(r"[6-9]\d{9}")


def can_be_dialled(number: str) -> bool:
    return any(form.fullmatch(number) for form in (SHORT_CODE, TOLL_FREE, LANDLINE, MOBILE))


def shown(how: HelplineShown) -> set[str]:
    return {slug for slug, line in LINES.items() if line["shown"] is how}


def test_every_line_has_a_slug_and_names_in_english_and_hindi() -> None:
    assert len(LINES) == 30
    assert [slug for slug in LINES if not SLUG.fullmatch(slug)] == []
    assert [slug for slug, line in LINES.items() if not is_hindi(line["name_hi"])] == []


def test_every_number_can_be_dialled() -> None:
    numbers = [line["number"] for line in LINES.values()]
    numbers += [line["other_number"] for line in LINES.values() if line["other_number"]]

    assert [number for number in numbers if not can_be_dialled(number)] == []


def test_no_two_lines_have_the_same_number() -> None:
    numbers = [line["number"] for line in LINES.values()]

    assert len(set(numbers)) == len(numbers)


def test_the_emergency_number_and_tele_manas_come_first() -> None:
    assert list(LINES)[:2] == ["112", "tele-manas"]
    assert shown(HelplineShown.FIRST) == {"112", "tele-manas"}
    assert LINES["tele-manas"]["number"] == "14416"


def test_lines_that_must_not_be_listed_stay_hidden() -> None:
    assert shown(HelplineShown.NO) == {"manas-1933", "kiran", "connecting"}


def test_lines_that_need_a_test_call_wait_for_it() -> None:
    assert shown(HelplineShown.AFTER_CHECK) == {
        "snehi",
        "sanjivini",
        "sumaitri",
        "mann-talks",
        "1life",
        "manodarpan",
        "shakti-shalini",
        "jagori",
        "nazariya",
    }


def test_no_line_held_with_low_confidence_is_shown() -> None:
    doubtful = {slug for slug, line in LINES.items() if line["confidence"] is Confidence.LOW}

    assert doubtful <= shown(HelplineShown.NO) | shown(HelplineShown.AFTER_CHECK)


def test_a_line_with_changing_hours_says_its_hours() -> None:
    assert shown(HelplineShown.WITH_HOURS) == {"icall"}
    assert "10:00-20:00" in LINES["icall"]["hours"]
