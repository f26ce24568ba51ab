"""What demo reviews say: many voices, three languages, nobody reachable, no accidental copies."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from directory.demo.dice import Dice
from directory.demo.reviews.banks import read_review_banks
from directory.demo.reviews.breaches import WHOLE
from directory.demo.words import rendered, slots_of
from directory.reviews.models import LEAST_LETTERS, MOST_LETTERS, RuleCode
from tests.demo.test_words import all_texts

if TYPE_CHECKING:
    from directory.demo.reviews.drafts import DemoReview

AVOIDED = re.compile(
    r"\b(best|top|leading|cures?|cured|curing|addicts?|drunkards?|insane|insanity|crazy|lunatic|"
    r"committed suicide|suffer\w*|victims?|junkies?|retarded|schizophrenics?|asylum|shrinks?|"
    r"shock treatment|guarantee\w*|100 %|world-class|hurry up)\b",
    re.IGNORECASE,
)
AVOIDED_HINDI = re.compile("पागल|मेंटल|सनकी|नशेड़ी|शराबी|विक्षिप्त|मंदबुद्धि|पीड़ित|बेचारा|गारंटी|ख़ुदकुशी")
DEVANAGARI = re.compile("[\u0900-\u097f]")
LATIN = re.compile("[A-Za-z]")
REACHABLE = re.compile(r"@|https?:|www\.|\d[\d -]{6,}\d")
UNREACHABLE = re.compile(
    r"011[- ]5550 \d{4}|\S+@example\.invalid|https://\S+\.example\.invalid/\S+"
)
SLOTS = {
    *("wait", "fee", "extra", "bill", "visits", "months", "days", "minutes", "before"),
    *("concern", "relative", "caller"),
}
A_RUN = 3


def runs(text: str) -> set[tuple[str, ...]]:
    """Give every run of three words."""
    words = text.lower().split()
    return {tuple(words[start : start + A_RUN]) for start in range(len(words) - A_RUN + 1)}


def near_copies(texts: list[str]) -> int:
    """Count the texts that share more than half of their runs with an earlier one."""
    found = 0
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    all_runs = [runs(text) for text in texts]
    for index, own in enumerate(all_runs):
        shared = Counter(earlier for run in own for earlier in holders[run])
        found += any(
            count / len(own | all_runs[earlier]) > 0.5 for earlier, count in shared.most_common(3)
        )
        for run in own:
            holders[run].append(index)
    return found


def test_every_text_is_long_enough_and_not_too_long(reviews: list[DemoReview]) -> None:
    lengths = sorted(len(version.text) for review in reviews for version in review.versions)

    assert lengths[0] >= LEAST_LETTERS
    assert 1500 < lengths[-1] <= MOST_LETTERS
    assert 170 <= lengths[len(lengths) // 2] <= 320
    assert lengths[len(lengths) // 10] < 130


def test_each_language_is_written_in_its_letters(reviews: list[DemoReview]) -> None:
    for review in reviews:
        devanagari, latin = len(DEVANAGARI.findall(review.text)), len(LATIN.findall(review.text))
        if review.author.language == "hi":
            assert devanagari > latin * 3
        else:
            assert devanagari == 0


def test_no_text_repeats_another_but_on_purpose(reviews: list[DemoReview]) -> None:
    own = [review.text for review in reviews if not review.is_copy]

    assert len(set(own)) == len(own)


def test_fewer_than_one_in_a_hundred_nearly_repeats_another(reviews: list[DemoReview]) -> None:
    own = [
        review.text
        for review in reviews
        if not review.is_copy and not review.is_crisis and review.breaks not in WHOLE
    ]

    assert near_copies(own) < len(own) * 0.01


def test_some_repeat_another_on_purpose(reviews: list[DemoReview]) -> None:
    copies = [review for review in reviews if review.is_copy]

    assert len(copies) >= 25
    assert {review.breaks for review in copies} == {RuleCode.DUPLICATE, RuleCode.MANUFACTURED}


def test_nobody_can_be_reached(reviews: list[DemoReview]) -> None:
    for review in reviews:
        for version in review.versions:
            assert not REACHABLE.search(UNREACHABLE.sub("", version.text))
            if review.breaks is not RuleCode.CONTACT:
                assert not REACHABLE.search(version.text)


def test_who_was_asked_to_take_out_a_contact_did(reviews: list[DemoReview]) -> None:
    changed = [
        review
        for review in reviews
        if review.breaks is RuleCode.CONTACT and len(review.versions) > 1
    ]

    assert changed
    for review in changed:
        assert REACHABLE.search(review.versions[0].text)
        assert not REACHABLE.search(review.versions[1].text)


def test_no_text_uses_a_word_the_house_avoids(reviews: list[DemoReview]) -> None:
    texts = [version.text for review in reviews for version in review.versions]

    assert [found.group() for text in texts for found in AVOIDED.finditer(text)] == []
    assert [found.group() for text in texts for found in AVOIDED_HINDI.finditer(text)] == []


def test_texts_leave_no_mark_of_the_grammar_behind(reviews: list[DemoReview]) -> None:
    marks = re.compile(r"[\[\]{}<>|~]|  ")

    assert [r.number for r in reviews for v in r.versions if marks.search(v.text)] == []


def test_every_kind_of_breach_has_three_texts_in_three_languages() -> None:
    for code, bank in read_review_banks().rules.items():
        for kind in bank if code.startswith("R-") else ():
            assert set(bank[kind]) == {"english", "hindi", "hinglish"}, code
            assert len(all_texts(bank[kind])) >= 3, code


def test_the_banks_ask_only_for_facts_there_are() -> None:
    banks = read_review_banks()
    lines = [*all_texts(banks.words), *all_texts(banks.rules)]

    assert {slot for line in lines for slot in slots_of(line)} <= SLOTS
    facts = dict.fromkeys(SLOTS, "x")
    marks = re.compile(r"[\[\]{}<>|]")
    filled = [rendered(line, facts, woman=True, dice=Dice(1)) for line in lines]
    assert [line for line in filled if marks.search(line)] == []


def test_no_sentence_stands_in_one_list_twice() -> None:
    for words in read_review_banks().words.values():
        for bank in (*words["aspects"].values(), words["general"], words["closings"]):
            for lines in bank.values():
                assert len(set(lines)) == len(lines)
