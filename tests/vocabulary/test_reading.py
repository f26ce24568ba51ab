"""Reading the reference files: a file that cannot be used is named with its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from directory.vocabulary import reading
from directory.vocabulary.reading import ReferenceDataError
from tests.vocabulary.data_files import copy_of_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_files(tmp_path)


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@dataclass(frozen=True)
class Fault:
    """A change that spoils a file, who reads the file, and what the refusal says."""

    name: str
    old: str
    new: str
    read: Callable[[Path], object]
    says: str


SPOILT = [
    Fault(
        "taxonomy.yaml",
        "name_hi: मनोचिकित्सक\n",
        "nomen: मनोचिकित्सक\n",
        reading.read_terms,
        r"^taxonomy\.yaml, profession number 1: 'name_hi' is missing$",
    ),
    Fault(
        "taxonomy.yaml",
        "name_en: Psychiatrist\n",
        "name_en: ''\n",
        reading.read_terms,
        r"^taxonomy\.yaml, profession psychiatrist: name_en is empty$",
    ),
    Fault(
        "taxonomy.yaml",
        "- id: dysthymia\n",
        "- id: depression\n",
        reading.read_terms,
        r"dysthymia: no such condition$|depression: stands twice$",
    ),
    Fault(
        "taxonomy.yaml",
        "\ntreatments:\n",
        "\ntreatment:\n",
        reading.read_terms,
        r"^taxonomy\.yaml: the list `treatments` is missing$",
    ),
    Fault(
        "taxonomy.yaml",
        "of: condition\n",
        "of: kitchen\n",
        reading.read_terms,
        r"^taxonomy\.yaml, group number 1: `of` must be condition or treatment$",
    ),
    Fault("taxonomy.yaml", "meta:", "meta: [", reading.read_terms, r"^taxonomy\.yaml: "),
    Fault(
        "plain_words/conditions.yaml",
        "\ndepression:\n",
        "\nlow-spirits:\n",
        reading.read_terms,
        r"^plain_words/conditions\.yaml, low-spirits: no such condition$",
    ),
    Fault(
        "localities.csv",
        "28.6315",
        "north",
        reading.read_localities,
        r"^localities\.csv, line 2 \(connaught-place\): ValueError",
    ),
    Fault(
        "localities.csv",
        "\njanpath,",
        "\nconnaught-place,",
        reading.read_localities,
        r"^localities\.csv, line 3: connaught-place stands twice$",
    ),
    Fault(
        "localities.csv",
        "pincodes,",
        "pins,",
        reading.read_localities,
        r"^localities\.csv, line 2 \(connaught-place\): KeyError\('pincodes'\)$",
    ),
    Fault(
        "metro.csv",
        "red:1,",
        "red:first,",
        reading.read_stations,
        r"^metro\.csv, line 2 \(rithala\): ValueError",
    ),
    Fault(
        "metro.csv",
        "no,mean A+B,high\n",
        "no,mean A+B\n",
        reading.read_stations,
        r"^metro\.csv, line 2: has more or fewer fields than the header$",
    ),
    Fault(
        "helplines.csv",
        ",yes-first,",
        ",perhaps,",
        reading.read_helplines,
        r"^helplines\.csv, line 2 \(112\): KeyError\('perhaps'\)$",
    ),
    Fault("metro_lines.json", "[", "[[", reading.read_lines, r"^metro_lines\.json: "),
    Fault("delhi_outline.json", "{", "", reading.read_outline, r"^delhi_outline\.json: "),
    Fault(
        "public_facilities.csv",
        "\naiims-psychiatry,",
        "\nihbas,",
        reading.read_public_facilities,
        r"^public_facilities\.csv, line 3: ihbas stands twice$",
    ),
]


@pytest.mark.parametrize("fault", SPOILT, ids=[f"{item.name} {item.new!r}" for item in SPOILT])
def test_a_file_that_cannot_be_used_is_named_with_its_row(folder: Path, fault: Fault) -> None:
    spoil(folder, fault.name, fault.old, fault.new)

    with pytest.raises(ReferenceDataError, match=fault.says):
        fault.read(folder)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("taxonomy.yaml", reading.read_terms),
        ("plain_words/professions.yaml", reading.read_terms),
        ("localities.csv", reading.read_localities),
        ("metro_lines.json", reading.read_lines),
        ("sources.yaml", reading.read_sources),
    ],
)
def test_a_missing_file_is_named(folder: Path, name: str, read: Callable[[Path], object]) -> None:
    (folder / name).unlink()

    with pytest.raises(ReferenceDataError, match=name):
        read(folder)


def test_a_file_that_is_not_text_is_named(folder: Path) -> None:
    (folder / "districts.csv").write_bytes(b"slug,name_en,name_hi\n\xff\xfe,,\n")

    with pytest.raises(ReferenceDataError, match=r"^districts\.csv: "):
        reading.read_districts(folder)


def test_a_yaml_file_without_entries_is_named(folder: Path) -> None:
    (folder / "plain_words/treatments.yaml").write_text("# nothing\n", "utf-8")

    with pytest.raises(ReferenceDataError, match=r"^plain_words/treatments\.yaml: "):
        reading.read_terms(folder)


def test_the_fingerprint_changes_with_any_file(folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    seen = {reading.digest_of_files(folder)}
    for file in files:
        file.write_bytes(file.read_bytes() + b"\n")
        seen.add(reading.digest_of_files(folder))

    assert len(seen) == len(files) + 1


def test_the_fingerprint_of_a_copy_is_the_same(folder: Path) -> None:
    assert reading.digest_of_files(folder) == reading.digest_of_files()


def test_plain_words_stand_among_the_details_of_their_term() -> None:
    depression = next(row for row in reading.read_terms() if row.slug == "depression")

    assert depression.values["details"]["plain_en"].startswith("A heavy mood")
    assert depression.values["details"]["urgent"] is True
    assert depression.values["details"]["icd11"] == "6A70/6A71"
