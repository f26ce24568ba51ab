"""plain_words/*.yaml: a text for every term, kind, short, in English and Hindi."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from directory.core.readability import school_grade, sentences, words
from directory.vocabulary.models import HelplineShown
from directory.vocabulary.reading import PLAIN_WORDS, read_helplines
from tests.vocabulary.data_files import DEVANAGARI, LATIN, is_hindi, raw_yaml

FILES = {name.removesuffix(".yaml"): f"plain_words/{name}" for name in PLAIN_WORDS}
KEYS = {
    "conditions": {"plain_en", "plain_hi", "who", "helps", "urgent"},
    "treatments": {"plain_en", "plain_hi", "for", "ask"},
    "professions": {"plain_en", "plain_hi", "check_en", "good_for"},
    "centre_types": {"plain_en", "plain_hi", "ask"},
}
URGENT_KEYS = {"urgent_en", "urgent_hi"}
MUST_BE_URGENT = {
    "depression",
    "suicidal-thoughts",
    "self-harm",
    "acute-psychosis",
    "schizophrenia",
    "postpartum-psychosis",
    "perinatal-depression",
    "catatonia",
    "delirium",
    "alcohol",
    "opioids",
    "sedatives",
    "domestic-violence",
    "anorexia",
}
# They take part in a treatment, or their evidence is unsure: no condition is theirs.
WITHOUT_CONDITIONS = {"anaesthetist", "ayush-manas"}

BANNED = re.compile(
    r"\b(best|top|cures?|cured|guarantee\w*|addicts?|junkie|drunkards?|alcoholics?|suffer\w*|"
    r"victims?|mad|crazy|insane|insanity|lunatic|mental patients?|asylum|schizophrenics?|retarded|"
    r"shrink|shocks?|committed suicide|commit suicide|failed attempt|locked up|hopeless case|"
    r"hurry|approved|mg|milligrams?)\b",
    re.IGNORECASE,
)
BANNED_HINDI = (
    "पागल",
    "मेंटल",
    "सनकी",
    "नशेड़ी",
    "शराबी",
    "मानसिक रोगी",
    "विक्षिप्त",
    "मनोविकृति",
    "मंदबुद्धि",
    "पीड़ित",
    "बेचार",
    "हिजड़",
    "ख़ुदकुशी",
    "खुदकुशी",
    "झटके",
    "नपुंसक",
    "बांझ",
    "गारंटी",
)
TOO_FAMILIAR = re.compile(
    r"(?<![\u0900-\u097f])(तू|तुम|तुम्हें|तुम्हारा|तुम्हारी|तेरा|तेरी)(?![\u0900-\u097f])"
)
ABOUT_SUICIDE = re.compile(
    r"suicid|end(ing)? your life|thoughts? of dying|think of dying|talks? of dying|wish to die"
)
ABOUT_SUICIDE_HINDI = re.compile(r"आत्महत्या|जीवन समाप्त|मरने")
NUMBER = re.compile(r"\d+")
YEAR_OF_THE_LAW = "2017"


def entries(name: str) -> dict[str, dict[str, Any]]:
    return raw_yaml(FILES[name])


def slugs(name: str) -> list[str]:
    return [entry["id"] for entry in raw_yaml("taxonomy.yaml")[name]]


def english(entry: dict[str, Any]) -> list[str]:
    texts = [entry[key] for key in ("plain_en", "urgent_en", "check_en") if key in entry]
    return [*texts, *entry.get("ask", [])]


def hindi(entry: dict[str, Any]) -> list[str]:
    return [entry[key] for key in ("plain_hi", "urgent_hi") if key in entry]


def texts_of_all(of: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - one of the two readers above
    return [
        (f"{name}: {slug}", text)
        for name in FILES
        for slug, entry in entries(name).items()
        for text in of(entry)
    ]


ENGLISH = texts_of_all(english)
HINDI = texts_of_all(hindi)


@pytest.mark.parametrize("name", FILES)
def test_every_term_has_words_in_the_order_of_the_taxonomy(name: str) -> None:
    assert list(entries(name)) == slugs(name)


@pytest.mark.parametrize("name", FILES)
def test_every_entry_has_the_keys_its_file_says(name: str) -> None:
    wrong = {
        slug: set(entry) ^ KEYS[name]
        for slug, entry in entries(name).items()
        if set(entry) != (KEYS[name] | (URGENT_KEYS if entry.get("urgent") else set()))
    }

    assert wrong == {}


@pytest.mark.parametrize("name", FILES)
def test_the_english_text_is_two_to_four_sentences(name: str) -> None:
    counts = {slug: len(sentences(entry["plain_en"])) for slug, entry in entries(name).items()}

    assert {slug: count for slug, count in counts.items() if not 2 <= count <= 4} == {}


@pytest.mark.parametrize("name", FILES)
def test_the_english_text_is_neither_bare_nor_long(name: str) -> None:
    counts = {slug: len(words(entry["plain_en"])) for slug, entry in entries(name).items()}

    assert {slug: count for slug, count in counts.items() if not 20 <= count <= 80} == {}


@pytest.mark.parametrize("name", FILES)
def test_a_child_of_thirteen_can_read_the_english_text(name: str) -> None:
    grades = {slug: school_grade(entry["plain_en"]) for slug, entry in entries(name).items()}

    assert {slug: grade for slug, grade in grades.items() if grade > 9} == {}
    assert sum(grades.values()) / len(grades) < 7


def test_no_english_sentence_is_longer_than_thirty_words() -> None:
    found = [
        (where, sentence)
        for where, text in ENGLISH
        for sentence in sentences(text)
        if len(words(sentence)) > 30 and "112" not in sentence
    ]

    assert found == []


@pytest.mark.parametrize("name", FILES)
def test_the_hindi_text_is_one_to_three_sentences(name: str) -> None:
    counts = {
        slug: len(re.findall(r"[।?]", entry["plain_hi"])) for slug, entry in entries(name).items()
    }

    assert {slug: count for slug, count in counts.items() if not 1 <= count <= 3} == {}


@pytest.mark.parametrize("name", FILES)
def test_the_hindi_text_names_it_in_english_once_in_brackets(name: str) -> None:
    wrong = {
        slug
        for slug, entry in entries(name).items()
        for bracketed in [re.findall(r"\([^)]*[A-Za-z][^)]*\)", entry["plain_hi"])]
        if len(bracketed) != 1 or LATIN.search(entry["plain_hi"].replace(bracketed[0], ""))
    }

    assert wrong == set()


def test_hindi_is_hindi() -> None:
    found = [
        where
        for where, text in HINDI
        if len(DEVANAGARI.findall(text)) < len(text) / 2
        or not is_hindi(re.sub(r"\([^)]*\)", "", text))
    ]

    assert found == []


def test_no_english_text_hurts_promises_or_doses() -> None:
    found = [(where, match.group()) for where, text in ENGLISH for match in BANNED.finditer(text)]

    assert found == []


def test_nobody_is_called_a_patient() -> None:
    assert [
        where for where, text in ENGLISH if re.search(r"\bpatients?\b", text, re.IGNORECASE)
    ] == []


def test_no_hindi_text_hurts_or_is_too_familiar() -> None:
    found = [
        where
        for where, text in HINDI
        if any(word in text for word in BANNED_HINDI) or TOO_FAMILIAR.search(text)
    ]

    assert found == []


def test_the_only_numbers_are_helplines_that_are_shown_and_the_year_of_the_law() -> None:
    hidden = {HelplineShown.NO, HelplineShown.AFTER_CHECK}
    allowed = {line["number"] for line in read_helplines() if line["shown"] not in hidden}
    found = [
        (where, number)
        for where, text in [*ENGLISH, *HINDI]
        for number in NUMBER.findall(text)
        if number not in allowed | {YEAR_OF_THE_LAW}
    ]

    assert found == []


@pytest.mark.parametrize("name", FILES)
def test_words_about_suicide_stand_beside_the_two_numbers(name: str) -> None:
    alone = [
        slug
        for slug, entry in entries(name).items()
        for texts, about in [(english(entry), ABOUT_SUICIDE), (hindi(entry), ABOUT_SUICIDE_HINDI)]
        for joined in [" ".join(texts)]
        if about.search(joined) and not ("112" in joined and "14416" in joined)
    ]

    assert alone == []


def test_conditions_where_danger_can_be_near_say_so() -> None:
    urgent = {slug for slug, entry in entries("conditions").items() if entry["urgent"]}

    assert urgent >= MUST_BE_URGENT


def test_an_urgent_line_is_one_sentence_with_the_emergency_number() -> None:
    wrong = [
        slug
        for slug, entry in entries("conditions").items()
        if entry["urgent"]
        and not (
            len(sentences(entry["urgent_en"])) == 1
            and "112" in entry["urgent_en"]
            and len(re.findall(r"[।?]", entry["urgent_hi"])) == 1
            and "112" in entry["urgent_hi"]
        )
    ]

    assert wrong == []


def test_no_sentence_is_used_twice() -> None:
    used = Counter(
        sentence.strip()
        for where, text in [*ENGLISH, *HINDI]
        for sentence in re.split(r"(?<=[.!।])\s+", text)
        if not where.startswith("professions") or "register" not in sentence
    )
    asked = {
        question
        for name in ("treatments", "centre_types")
        for entry in entries(name).values()
        for question in entry["ask"]
    }
    checks = {entry["check_en"] for entry in entries("professions").values()}

    assert [text for text, times in used.items() if times > 1 and text not in asked | checks] == []


@pytest.mark.parametrize("name", ["treatments", "centre_types"])
def test_there_are_two_to_four_short_questions_to_ask(name: str) -> None:
    wrong = {
        slug: entry["ask"]
        for slug, entry in entries(name).items()
        if not 2 <= len(entry["ask"]) <= 4
        or len(set(entry["ask"])) != len(entry["ask"])
        or any(not question.endswith("?") or len(words(question)) > 18 for question in entry["ask"])
    }

    assert wrong == {}


def test_who_and_helps_name_professions_and_treatments_that_exist_once() -> None:
    for slug, entry in entries("conditions").items():
        assert set(entry["who"]) <= set(slugs("professions")), slug
        assert set(entry["helps"]) <= set(slugs("treatments")), slug
        assert len(set(entry["who"])) == len(entry["who"]) >= 1, slug
        assert len(set(entry["helps"])) == len(entry["helps"]) >= 1, slug


def test_someone_who_treats_a_condition_can_give_what_helps() -> None:
    given_by = {
        entry["id"]: set(entry["delivered_by"]) for entry in raw_yaml("taxonomy.yaml")["treatments"]
    }
    nobody = [
        slug
        for slug, entry in entries("conditions").items()
        if not any(given_by[treatment] & set(entry["who"]) for treatment in entry["helps"])
    ]

    assert nobody == []


@pytest.mark.parametrize(
    ("other", "key", "condition_key"),
    [("treatments", "for", "helps"), ("professions", "good_for", "who")],
)
def test_both_sides_of_a_link_agree(other: str, key: str, condition_key: str) -> None:
    missing = [
        (slug, target)
        for slug, entry in entries("conditions").items()
        for target in entry[condition_key]
        if slug not in entries(other)[target][key]
    ]
    unknown = [
        (slug, set(entry[key]) - set(slugs("conditions")))
        for slug, entry in entries(other).items()
        if set(entry[key]) - set(slugs("conditions")) or len(set(entry[key])) != len(entry[key])
    ]

    assert missing == []
    assert unknown == []


def test_every_treatment_and_nearly_every_profession_is_for_something() -> None:
    assert [slug for slug, entry in entries("treatments").items() if not entry["for"]] == []
    assert {
        slug for slug, entry in entries("professions").items() if not entry["good_for"]
    } == WITHOUT_CONDITIONS


def test_a_check_names_a_register_that_can_be_searched_or_says_there_is_none() -> None:
    taxonomy = {entry["id"]: entry for entry in raw_yaml("taxonomy.yaml")["professions"]}
    for slug, entry in entries("professions").items():
        check = entry["check_en"]
        if "nmc" in taxonomy[slug]["register"]:
            assert "nmc.org.in" in check, slug
        elif "rci" in taxonomy[slug]["register"]:
            assert "Rehabilitation Council of India" in check, slug
        elif not taxonomy[slug]["register"]:
            assert "no register" in check, slug


def test_ketamine_is_off_label_under_a_doctor_and_never_online() -> None:
    ketamine = entries("treatments")["iv-ketamine"]

    assert "off-label" in ketamine["plain_en"]
    assert "never given online or at home" in ketamine["plain_en"]
    assert ketamine["plain_en"].startswith("A doctor gives")
    assert "ऑफ़-लेबल" in ketamine["plain_hi"]
    assert "ऑनलाइन या घर पर कभी नहीं" in ketamine["plain_hi"]


def test_esketamine_is_never_called_approved_and_asks_for_the_paper() -> None:
    esketamine = entries("treatments")["esketamine"]

    assert "ask the clinic for the import or approval paper" in esketamine["plain_en"]
    assert "काग़ज़ मांगें" in esketamine["plain_hi"]
    assert all("esketamine" not in entry["helps"] for entry in entries("conditions").values())


def test_ect_is_only_ever_with_anaesthesia() -> None:
    ect = entries("treatments")["ect"]

    assert ect["plain_en"].startswith("Under anaesthesia, and with a muscle relaxant")
    assert "बेहोशी" in ect["plain_hi"]
    assert "anaesthetist" in ect["plain_en"]
