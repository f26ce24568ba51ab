"""The public rules are whole, in both languages, and agree with what the code does."""

from __future__ import annotations

import re

import pytest

from directory.reviews.models import RuleCode
from directory.reviews.policy import HARM_RULES, ONE_PERSON_RULES, WINDOW_MONTHS
from directory.reviews.rules import RULES, Rule, TwoPeople, rule

TEXTS = ("title", "text", "why", "allowed", "canned")
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
# What a rule quotes or forbids may use words that pages do not.
HURTING = re.compile(
    r"\b(addicts?|insane|crazy|lunatic|committed suicide|suffers? from)\b", re.IGNORECASE
)


def test_every_code_has_one_rule_in_order() -> None:
    assert [found.code for found in RULES] == list(RuleCode)


@pytest.mark.parametrize("found", RULES, ids=lambda found: found.code)
@pytest.mark.parametrize("part", TEXTS)
def test_a_rule_is_written_in_english_and_in_hindi(found: Rule, part: str) -> None:
    english, hindi = getattr(found, f"{part}_en"), getattr(found, f"{part}_hi")

    assert english
    assert not DEVANAGARI.search(english)
    assert len(DEVANAGARI.findall(hindi)) > len(hindi) / 2
    assert english.endswith(".") == (part != "title") or english.endswith(("”", "”."))
    assert not HURTING.search(english)
    assert "तुम" not in hindi


@pytest.mark.parametrize("found", RULES, ids=lambda found: found.code)
def test_a_rule_agrees_with_what_the_desk_may_do(found: Rule) -> None:
    assert found.is_harm == (found.code in HARM_RULES)
    assert (found.two_people is TwoPeople.NEVER) == (found.code in ONE_PERSON_RULES)
    assert found.can_remove or not found.is_harm
    assert found.before_publication == (found.can_return or found.can_reject)
    assert found.after_publication == (found.can_remove or found.code is RuleCode.LEGAL_ORDER)
    assert found.can_remove or not found.flaggable
    assert found.appeal == (found.can_reject or found.can_remove)


def test_the_age_a_rule_names_is_the_one_that_counts() -> None:
    for text in (rule("R-18").title_en, rule("R-18").title_hi, rule("R-18").text_en):
        assert str(WINDOW_MONTHS) in text


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="R-99"):
        rule("R-99")
