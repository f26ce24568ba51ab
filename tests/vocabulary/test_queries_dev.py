"""queries_dev.csv: the example searches speak in slugs the vocabulary knows."""

from __future__ import annotations

import pytest

from tests.vocabulary.data_files import raw_rows, raw_yaml

QUERIES = raw_rows("queries_dev.csv")
COLUMNS = {
    "profession": "professions",
    "condition": "conditions",
    "treatment": "treatments",
    "centre": "centre_types",
}
FILTERS = {
    "language": "languages",
    "identity": "identity_tags",
    "payment": "payment",
    "mode": "session_modes",
    "age": "age_groups",
}
# Filters that are read from other facts than a controlled list.
WITHOUT_A_LIST = {"fee_max", "hours", "sector", "crisis_banner", "district"}


def slugs(key: str) -> set[str]:
    return {entry["id"] for entry in raw_yaml("taxonomy.yaml")[key]}


def filters() -> list[tuple[str, str]]:
    return [
        (name, value)
        for row in QUERIES
        for part in row["filters"].split(";")
        if part
        for name, values in [part.split("=")]
        for value in values.split(",")
    ]


@pytest.mark.parametrize("column", COLUMNS)
def test_terms_named_by_a_query_exist(column: str) -> None:
    named = {slug for row in QUERIES for slug in row[column].split(",") if slug}

    assert named <= slugs(COLUMNS[column])


def test_localities_and_districts_named_by_a_query_exist() -> None:
    localities = {row["slug"] for row in raw_rows("localities.csv")}
    districts = {row["slug"] for row in raw_rows("districts.csv")}

    assert {row["locality"] for row in QUERIES if row["locality"]} <= localities
    assert {value for name, value in filters() if name == "district"} <= districts


def test_filters_named_by_a_query_exist() -> None:
    unknown = [
        (name, value)
        for name, value in filters()
        if name not in WITHOUT_A_LIST
        and not (name in FILTERS and value in slugs(FILTERS[name]))
        and not (name in slugs("facilities") and value == "true")
    ]

    assert unknown == []


def test_ids_stand_once_and_each_query_says_what_it_means() -> None:
    assert len({row["id"] for row in QUERIES}) == len(QUERIES) == 40
    assert [row["id"] for row in QUERIES if not (row["query"] and row["meaning"])] == []


def test_words_of_danger_ask_for_the_crisis_panel() -> None:
    assert {row["id"] for row in QUERIES if row["crisis"] == "yes"} == {"d08", "d32"}
