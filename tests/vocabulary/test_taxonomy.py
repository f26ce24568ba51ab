"""taxonomy.yaml: ids, names, spellings, and what points from one list to another."""

from __future__ import annotations

import re
from typing import Any

import pytest

from directory.vocabulary.reading import TAXONOMY_LISTS
from tests.vocabulary.data_files import SLUG, is_hindi, raw_yaml, shared_names

SPELLINGS = ("synonyms", "hinglish", "misspellings", "match_only_never_display")
WITH_SPELLINGS = ("professions", "centre_types", "conditions", "treatments")

# Names that rightly mean more than one entry: search offers both.
KNOWN_AMBIGUITIES: dict[str, dict[str, set[str]]] = {
    "professions": {
        "psychologist": {"clinical-psychologist", "psychologist"},
        "psycologist": {"clinical-psychologist", "psychologist"},
        "phychologist": {"clinical-psychologist", "psychologist"},
        "counsellor": {"counselling-psychologist", "counsellor"},
        "counselor": {"counselling-psychologist", "counsellor"},
        "salahkar": {"counselling-psychologist", "counsellor"},
    },
    "centre_types": {"nasha mukti kendra": {"de-addiction-irca", "de-addiction-private"}},
    "conditions": {"tension": {"generalised-anxiety", "stress"}},
    "treatments": {"counselling": {"person-centred", "supportive"}},
}
# Words that judge or label; a synonym or a name with one of them would be shown to readers.
LABELS = re.compile(
    r"addict|alcoholi|drunk|schizophrenic|psychotic(?! disorder)|catatonic|anorexic|paranoi|"
    r"hysteri|hypochondri|manic depress|retard|mand ?buddhi|pagal|mental hospital|asylum|senile|"
    r"impoten|asperger|shock t|shrink|junkie|lunatic|insan|mad\b|crazy|cure|best\b|top\b|"
    r"sufferer|victim|burden|hijra|nashedi|sharabi",
    re.IGNORECASE,
)
HINDI_LABELS = (
    "पागल",
    "मेंटल",
    "सनकी",
    "नशेड़ी",
    "शराबी",
    "मानसिक रोगी",
    "विक्षिप्त",
    "मनोविकृति",
    "मंदबुद्धि",
    "नपुंसक",
    "बांझ",
    "पीड़ित",
    "बेचार",
    "हिजड़",
    "वहम",
    "जुनून",
    "कारावास",
    "झटके",
)
# "Addiction" names a field of work here, not a person.
NAMES_OF_A_FIELD = {
    "De-addiction specialist",
    "addiction psychiatrist",
    "DM addiction psychiatry",
    "addiction counsellor",
    "Private de-addiction centre",
}


def entries(key: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = raw_yaml("taxonomy.yaml")[key]
    return listed


def slugs(key: str) -> set[str]:
    return {entry["id"] for entry in entries(key)}


@pytest.mark.parametrize("key", [*TAXONOMY_LISTS, "groups"])
def test_every_entry_has_a_slug_and_names_in_english_and_hindi(key: str) -> None:
    wrong = [
        entry["id"]
        for entry in entries(key)
        if not (SLUG.fullmatch(entry["id"]) and entry["name_en"].strip())
        or not (is_hindi(entry["name_hi"]) or entry["name_hi"].startswith("₹"))
    ]

    assert wrong == []


@pytest.mark.parametrize("key", TAXONOMY_LISTS)
def test_a_slug_stands_once_in_its_list(key: str) -> None:
    assert len(slugs(key)) == len(entries(key))


@pytest.mark.parametrize("key", TAXONOMY_LISTS)
@pytest.mark.parametrize("language", ["name_en", "name_hi"])
def test_no_two_entries_of_a_list_have_the_same_name(key: str, language: str) -> None:
    names = [entry[language] for entry in entries(key)]

    assert len(set(names)) == len(names)


def test_the_lists_are_as_long_as_the_directory_says() -> None:
    assert {key: len(entries(key)) for key in WITH_SPELLINGS} == {
        "professions": 21,
        "centre_types": 18,
        "conditions": 89,
        "treatments": 58,
    }


@pytest.mark.parametrize("key", WITH_SPELLINGS)
def test_a_name_means_one_entry_or_is_a_known_ambiguity(key: str) -> None:
    named = [
        (entry["id"], name)
        for entry in entries(key)
        for name in [
            entry["name_en"],
            entry["name_hi"],
            *(text for use in SPELLINGS for text in entry.get(use) or []),
        ]
    ]

    assert shared_names(named) == KNOWN_AMBIGUITIES[key]


@pytest.mark.parametrize("key", WITH_SPELLINGS)
def test_no_name_or_synonym_labels_a_person(key: str) -> None:
    shown = [
        name
        for entry in entries(key)
        for name in [entry["name_en"], *(entry.get("synonyms") or [])]
    ]

    assert [name for name in shown if LABELS.search(name) and name not in NAMES_OF_A_FIELD] == []


@pytest.mark.parametrize("key", [*TAXONOMY_LISTS, "groups"])
def test_no_hindi_name_labels_a_person(key: str) -> None:
    texts = [entry["name_hi"] + entry.get("does_hi", "") for entry in entries(key)]

    assert [text for text in texts if any(label in text for label in HINDI_LABELS)] == []


@pytest.mark.parametrize("key", WITH_SPELLINGS)
def test_what_is_for_matching_only_is_not_shown_as_well(key: str) -> None:
    shown_too = [
        text
        for entry in entries(key)
        for text in entry.get("match_only_never_display") or []
        if text in [entry["name_en"], entry["name_hi"], *(entry.get("synonyms") or [])]
    ]

    assert shown_too == []


@pytest.mark.parametrize(("key", "of"), [("conditions", "condition"), ("treatments", "treatment")])
def test_every_condition_and_treatment_stands_on_a_shelf_that_exists(key: str, of: str) -> None:
    shelves = {group["id"] for group in entries("groups") if group["of"] == of}

    assert {entry["group"] for entry in entries(key)} == shelves


def test_a_treatment_is_given_by_professions_that_exist() -> None:
    known = slugs("professions") | slugs("external_roles")

    assert {role for entry in entries("treatments") for role in entry["delivered_by"]} <= known
    assert [entry["id"] for entry in entries("treatments") if not entry["delivered_by"]] == []


def test_registers_named_by_professions_and_centres_exist() -> None:
    named = {slug for entry in entries("professions") for slug in entry["register"]}
    named |= {slug for entry in entries("centre_types") for slug in entry["registers"]}

    assert named <= slugs("registers")


@pytest.mark.parametrize("may", ["may_prescribe", "may_diagnose", "may_counsel"])
def test_every_profession_says_what_it_may_do(may: str) -> None:
    assert {entry[may] for entry in entries("professions")} <= {"yes", "no", "limited"}


def test_who_may_prescribe_stands_in_a_medical_register() -> None:
    medical = {"nmc", "dmc", "ayush-boards"}
    prescribing = [entry for entry in entries("professions") if entry["may_prescribe"] != "no"]

    assert [entry["id"] for entry in prescribing if not medical & set(entry["register"])] == []


def test_medicine_and_stimulation_are_given_by_doctors_or_beside_one() -> None:
    doctors = {entry["id"] for entry in entries("professions") if entry["may_prescribe"] == "yes"}
    medical = [entry for entry in entries("treatments") if entry["group"] == "medical"]

    assert [entry["id"] for entry in medical if not doctors & set(entry["delivered_by"])] == []


def test_centres_with_beds_name_the_mental_health_register() -> None:
    with_beds = [entry for entry in entries("centre_types") if entry["overnight_beds"]]

    assert [entry["id"] for entry in with_beds if "smha-delhi" not in entry["registers"]] == []


def test_age_groups_follow_each_other_without_gap() -> None:
    groups = entries("age_groups")

    assert groups[0]["min"] == 0
    assert [group["max"] + 1 for group in groups[:-1]] == [group["min"] for group in groups[1:]]


def test_fee_bands_follow_each_other_without_gap() -> None:
    bands = [band for band in entries("fee_bands") if band["inr_min"] is not None]

    assert [band["inr_max"] + 1 for band in bands[:-1]] == [band["inr_min"] for band in bands[1:]]
    assert bands[-1]["inr_max"] is None


def test_no_text_points_at_a_file_the_project_does_not_have() -> None:
    notes = [
        str(value) for key in TAXONOMY_LISTS for entry in entries(key) for value in entry.values()
    ]

    assert [note for note in notes if ".md" in note] == []
