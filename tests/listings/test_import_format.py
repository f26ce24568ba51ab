"""The page on the import format says what the code does, and its examples can be imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from directory.listings.exchange.columns import LOCATION_COLUMNS, PARTS, header
from directory.listings.exchange.csv_rows import template_header
from directory.listings.exchange.facts import (
    FEE_PURPOSES,
    METHODS,
    PRESENCES,
    REGISTRATION_STATES,
    STAFF_ROLES,
)
from directory.listings.exchange.files import read_rows
from directory.listings.exchange.places import LOCATION_KEYS, PHONE_USES
from directory.listings.exchange.validation import ACCEPTING, GENDERS, LISTING_KEYS, STATES
from directory.listings.operations import import_listings
from directory.listings.policy import FACTS
from tests.support.project import PROJECT

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from directory.vocabulary.queries import Vocabulary

PAGE = (PROJECT / "docs" / "import-format.md").read_text("utf-8")
EXAMPLES = re.findall(r"```(jsonl|csv)\n(.*?)```", PAGE, re.DOTALL)
WORDS = set(re.findall(r"`([^`\n]+)`", PAGE))
PART_NAMES = {part for parts in PARTS.values() for part in parts}


def test_every_example_can_be_imported(
    vocabulary: Vocabulary, now: datetime, tmp_path: Path
) -> None:
    results = []
    for file_format, text in EXAMPLES:
        path = tmp_path / f"example.{file_format}"
        path.write_text(text, "utf-8")
        with path.open("rb") as file:
            rows = read_rows(file, path.name)
            results.append(import_listings(rows, now=now, vocabulary=vocabulary))

    assert [(result.new, result.unchanged, result.errors) for result in results] == [
        (2, 0, ()),
        (0, 2, ()),
        (2, 0, ()),
        (2, 0, ()),
    ]


def test_the_header_stands_as_the_template_prints_it() -> None:
    assert f"```text\n{template_header()}\n```" in PAGE


@pytest.mark.parametrize(
    "names",
    [
        *[LISTING_KEYS, LOCATION_KEYS, PART_NAMES, STATES, ACCEPTING, GENDERS, PHONE_USES],
        *[FEE_PURPOSES, METHODS, PRESENCES, REGISTRATION_STATES, STAFF_ROLES],
        {f"location_1_{column}" for column in LOCATION_COLUMNS},
        {name for name in header(0) if name.startswith("source_")},
    ],
    ids=min,
)
def test_every_key_column_and_value_is_explained(names: set[str]) -> None:
    assert set(names) - WORDS == set()


def test_the_days_a_check_counts_are_those_of_the_policy() -> None:
    table = dict(re.findall(r"\| `([a-z]+)(?::<register>)?` \| (\d+) ", PAGE))

    assert table == {fact: str(days) for fact, days in FACTS.items()}
