"""sources.yaml: what the page about the data says of each data set."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.vocabulary.reading import DATA_FOLDER, ReferenceDataError, read_sources
from tests.vocabulary.data_files import copy_of_files

if TYPE_CHECKING:
    from pathlib import Path

DATA_SETS = [
    "taxonomy",
    "plain-words",
    "localities",
    "metro-stations",
    "metro-lines",
    "outline",
    "helplines",
    "public-facilities",
    "self-check",
]


def test_every_data_set_is_described() -> None:
    assert [source.slug for source in read_sources()] == DATA_SETS


@pytest.mark.parametrize("slug", DATA_SETS)
def test_a_data_set_says_how_it_was_made_and_how_sure_it_is(slug: str) -> None:
    source = next(item for item in read_sources() if item.slug == slug)

    for text in (source.title_en, source.what_en, source.how_made_en, source.licence_en):
        assert text.strip()
    assert source.confidence_en.strip()
    assert isinstance(source.made_on, date)


def test_the_outline_carries_the_lines_its_own_file_asks_for() -> None:
    properties = json.loads((DATA_FOLDER / "delhi_outline.json").read_text("utf-8"))["properties"]
    outline = next(source for source in read_sources() if source.slug == "outline")

    asked = properties["licence"].split(". ")[1]

    assert "Natural Earth" in outline.attribution_en[0]
    assert outline.attribution_en[1] == f"{asked}."


def test_a_data_set_without_a_licence_is_refused_with_its_number(tmp_path: Path) -> None:
    folder = copy_of_files(tmp_path)
    file = folder / "sources.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("licence_en", "license_en", 1), "utf-8")

    with pytest.raises(ReferenceDataError, match=r"sources\.yaml, data set number 1: 'licence_en'"):
        read_sources(folder)
