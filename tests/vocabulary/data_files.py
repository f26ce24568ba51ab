"""The reference files as they lie in the project, for the tests of each file.

`raw_rows` gives every column of a CSV file, also those the loader leaves alone.
"""

from __future__ import annotations

import csv
import re
import shutil
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from directory.vocabulary.reading import DATA_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LATIN = re.compile(r"[A-Za-z]")
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
NOT_A_LETTER = re.compile(r"[^a-z0-9\u0900-\u097f]+")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def raw_rows(name: str) -> list[dict[str, str]]:
    """Give the rows of a CSV file."""
    with (DATA_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def raw_yaml(name: str) -> dict[str, Any]:
    """Give what a YAML file holds."""
    loaded: dict[str, Any] = yaml.safe_load((DATA_FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def parts(text: str) -> list[str]:
    """Give the parts of a field that holds several."""
    return [part for part in text.split("|") if part]


def folded(text: str) -> str:
    """Give a name as search would compare it: lower case, words only."""
    return NOT_A_LETTER.sub(" ", text.casefold()).strip()


def shared_names(named: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Give each name that means more than one thing, from (slug, name) pairs."""
    meant: dict[str, set[str]] = defaultdict(set)
    for slug, name in named:
        meant[folded(name)].add(slug)
    return {name: slugs for name, slugs in meant.items() if len(slugs) > 1}


def is_hindi(text: str) -> bool:
    """Say whether a name is written in Devanagari and composed the usual way."""
    without_figures = text.replace("24x7", "")
    return (
        bool(DEVANAGARI.search(text))
        and not LATIN.search(without_figures)
        and unicodedata.normalize("NFC", text) == text
    )


def copy_of_files(folder: Path) -> Path:
    """Copy the reference files into a folder that a test may change."""
    return shutil.copytree(DATA_FOLDER, folder / "data")
