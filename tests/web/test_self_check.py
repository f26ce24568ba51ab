"""The self-check's page: nothing to send, help before any sum, whole without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.vocabulary.self_check import LANGUAGES, self_check
from tests.factories.guides import publish
from tests.support.markup import attribute, text_of

if TYPE_CHECKING:
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import Page, PageClient

PATHS = {"en": "/self-check", "hi": "/self-check?lang=hi"}
URGENT = {"en": "/urgent", "hi": "/urgent/hindi"}
SEARCHES = [
    "/search?treatment=cbt&condition=depression",
    "/search?condition=depression&accepting=1",
    "/search?profession=psychiatrist&condition=depression&accepting=1",
    "/search?condition=depression&fee_max=300",
]
each_language = pytest.mark.parametrize("language", LANGUAGES)


def questions(page: Page) -> list[Element]:
    return page.markup.all("fieldset")


@each_language
def test_the_page_asks_nine_questions_with_their_points_and_one_without(
    client: PageClient, language: str
) -> None:
    check = self_check(language)

    page = client.page(PATHS[language])

    asked = [text_of(page.markup.all("legend", within=one)[0]) for one in questions(page)]
    numbered = [f"{number}. {text}" for number, text in enumerate(check.questions, start=1)]
    assert asked == [*numbered, check.hard_question]
    answers = [
        [text_of(label) for label in page.markup.all("label", within=one)]
        for one in questions(page)
    ]
    counted = [
        f"{words} {points}" for words, points in zip(check.answers, check.points, strict=True)
    ]
    assert answers == [*[counted] * 9, list(check.hard_answers)]
    (part,) = page.classed("check")
    assert part.get("lang") == language


@each_language
def test_nothing_of_an_answer_can_be_sent_or_put_back(client: PageClient, language: str) -> None:
    page = client.page(PATHS[language])

    assert page.markup.all("form") == []
    assert {radio.get("autocomplete") for radio in page.markup.controls()} == {"off"}
    assert [attribute(one, "type") for one in page.markup.all("button")] == ["button"] * 11
    assert page.headers["Cache-Control"] == "no-store"
    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]


@each_language
def test_help_stands_after_question_nine_and_before_any_sum(
    client: PageClient, language: str
) -> None:
    page = client.page(PATHS[language])

    order = [
        attribute(one, "id") or attribute(one, "data-question")
        for one in page.markup.all("fieldset", "h2")
    ]
    nine = order.index("9")
    assert order[nine : nine + 5] == ["9", "help-now", "last", "10", "help-first"]
    assert order[nine + 5] == "meaning"
    for help_first in page.classed("first-help"):
        addresses = [address for _, address in page.links(help_first)]
        assert addresses == ["tel:112", "tel:14416", URGENT[language]]
    alarms = [page.markup.all("input", within=one) for one in questions(page)]
    marked = [
        [attribute(radio, "value") for radio in row if "check__alarm" in attribute(radio, "class")]
        for row in alarms
    ]
    assert marked == [[]] * 8 + [["1", "2", "3"]] + [[]]


@each_language
def test_without_script_the_points_are_added_by_hand(client: PageClient, language: str) -> None:
    check = self_check(language)

    page = client.page(PATHS[language])

    assert check.says["adding"] in page.main_text
    shown = [
        [attribute(one, "data-least"), attribute(one, "data-most")]
        for one in page.classed("check__range")
    ]
    assert shown == [["0", "4"], ["5", "9"], ["10", "14"], ["15", "19"], ["20", "27"]]
    said = [text_of(one) for one in page.classed("check__range")]
    assert all(one.words in text for one, text in zip(check.ranges, said, strict=True))
    unseen = [attribute(one, "class") for one in page.markup.all() if one.get("hidden") is not None]
    assert "check__sum" in unseen
    assert "check__range" not in unseen


@each_language
def test_it_leads_to_care_and_to_the_other_language(client: PageClient, language: str) -> None:
    check = self_check(language)

    page = client.page(PATHS[language])

    leads = page.links(page.section(check.says["lead_on"]))
    assert [address for _, address in leads] == [*SEARCHES, URGENT[language]]
    other = self_check("hi" if language == "en" else "en")
    assert page.link(other.says["this_language"]) == PATHS[other.language]


def test_guides_are_named_first_once_they_are_published(
    client: PageClient, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now, slug="depression-first-steps", title="Depression", title_hi="अवसाद")

    for language, title in (("en", "Depression"), ("hi", "अवसाद")):
        page = client.page(PATHS[language])
        part = page.section(self_check(language).says["lead_on"])
        assert page.links(part)[0] == (title, "/guides/depression-first-steps")
        assert len(page.links(part)) == len(SEARCHES) + 2


@pytest.mark.parametrize(
    "path", ["/", "/conditions/depression", "/search?q=am i depressed", "/search?q=phq-9"]
)
def test_people_who_wonder_are_led_to_it(client: PageClient, path: str) -> None:
    main = client.page(path).by_role("main")[0]

    assert "/self-check" in [one.get("href") for one in main.iter("a")]


@pytest.mark.parametrize("path", ["/conditions/ocd", "/search?q=depression doctor"])
def test_others_are_not(client: PageClient, path: str) -> None:
    main = client.page(path).by_role("main")[0]

    assert "/self-check" not in [one.get("href") for one in main.iter("a")]


def test_the_privacy_page_says_that_answers_stay_where_they_are(client: PageClient) -> None:
    assert "the self-check never leaves your device" in client.page("/policies/privacy").main_text
