"""Reads the project's own reference files in `data/` into plain rows.

Not for the database (see `operations.py`). Called by `operations.load_reference`, by the map
drawing and by the page about the data. Every reader takes the folder of the files, and raises
`ReferenceDataError` naming file and row for data that cannot be used.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from directory.vocabulary.models import (
    Confidence,
    HelplineShown,
    SpellingUse,
    TermKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

Read = TypeVar("Read")

DATA_FOLDER = Path(__file__).resolve().parent / "data"

# Where each kind of term stands in taxonomy.yaml.
TAXONOMY_LISTS: Mapping[str, TermKind] = {
    "professions": TermKind.PROFESSION,
    "centre_types": TermKind.CENTRE_TYPE,
    "conditions": TermKind.CONDITION,
    "treatments": TermKind.TREATMENT,
    "languages": TermKind.LANGUAGE,
    "session_modes": TermKind.MODE,
    "age_groups": TermKind.AGE_GROUP,
    "identity_tags": TermKind.IDENTITY,
    "fee_bands": TermKind.FEE_BAND,
    "payment": TermKind.PAYMENT,
    "accessibility": TermKind.ACCESSIBILITY,
    "facilities": TermKind.FACILITY,
    "admission_types": TermKind.ADMISSION_TYPE,
    "registers": TermKind.REGISTER,
    "external_roles": TermKind.EXTERNAL_ROLE,
}
PLAIN_WORDS: Mapping[str, TermKind] = {
    "conditions.yaml": TermKind.CONDITION,
    "treatments.yaml": TermKind.TREATMENT,
    "professions.yaml": TermKind.PROFESSION,
    "centre_types.yaml": TermKind.CENTRE_TYPE,
}
SPELLING_KEYS: Mapping[str, SpellingUse] = {
    "synonyms": SpellingUse.SYNONYM,
    "hinglish": SpellingUse.HINGLISH,
    "misspellings": SpellingUse.MISSPELLING,
    "match_only_never_display": SpellingUse.MATCH_ONLY,
}
HELPLINE_SHOWN: Mapping[str, HelplineShown] = {
    "yes-first": HelplineShown.FIRST,
    "yes": HelplineShown.YES,
    "yes-with-hours": HelplineShown.WITH_HOURS,
    "after-check": HelplineShown.AFTER_CHECK,
    "no": HelplineShown.NO,
}
SHARED_KEYS = {"id", "name_en", "name_hi", "group", "note", *SPELLING_KEYS}
METRES_IN_A_KILOMETRE = 1000


class ReferenceDataError(Exception):
    """A reference file that cannot be used; the message names file and row."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term as the files give it; `values` are the columns of `term`.

    `spellings` stand in the order of the file, the most usual first.
    """

    kind: TermKind
    slug: str
    values: dict[str, Any]
    spellings: tuple[tuple[SpellingUse, str], ...]


@dataclass(frozen=True, slots=True)
class DataSource:
    """What the page about the data says of one data set; `attribution_en` is asked for."""

    slug: str
    title_en: str
    what_en: str
    how_made_en: str
    licence_en: str
    attribution_en: tuple[str, ...]
    confidence_en: str
    made_on: date


def digest_of_files(folder: Path = DATA_FOLDER) -> str:
    """Give a fingerprint (SHA-256) of all reference files; changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def read_sources(folder: Path = DATA_FOLDER) -> list[DataSource]:
    """Give the data sets of the directory in the order they are shown."""
    return [
        _source(entry, number)
        for number, entry in enumerate(read_yaml(folder, "sources.yaml")["sources"], start=1)
    ]


def read_terms(folder: Path = DATA_FOLDER) -> list[TermRow]:
    """Give every term of the taxonomy in its order, with the plain words written for it."""
    rows = list(_terms(folder))
    seen: set[tuple[TermKind, str]] = set()
    for row in rows:
        if (row.kind, row.slug) in seen:
            raise ReferenceDataError(f"taxonomy.yaml, {row.kind} {row.slug}: stands twice")
        seen.add((row.kind, row.slug))
    return rows


def read_districts(folder: Path = DATA_FOLDER) -> list[dict[str, str]]:
    """Give the districts: slug, name_en, name_hi."""
    return _rows(folder, "districts.csv", dict)


def read_lines(folder: Path = DATA_FOLDER) -> list[dict[str, Any]]:
    """Give the metro lines in map order, each with the runs of stations its track passes."""
    return [
        {
            "slug": line["line"],
            "name_en": line["name_en"],
            "name_hi": line["name_hi"],
            "position": position,
            "segments": line["segments"],
        }
        for position, line in enumerate(_read_json(folder, "metro_lines.json"))
    ]


def read_stations(folder: Path = DATA_FOLDER) -> list[tuple[dict[str, Any], list[tuple[str, int]]]]:
    """Give each station's columns and its (line slug, number on that line) pairs."""
    return _rows(folder, "metro.csv", _station)


def read_localities(folder: Path = DATA_FOLDER) -> list[dict[str, Any]]:
    """Give the localities; `district` is a name and `nearest_metro` a station slug."""
    return _rows(folder, "localities.csv", _locality)


def read_helplines(folder: Path = DATA_FOLDER) -> list[dict[str, Any]]:
    """Give the helplines in the order they are shown."""
    rows = _rows(folder, "helplines.csv", _helpline)
    return [{**row, "position": position} for position, row in enumerate(rows)]


def read_public_facilities(folder: Path = DATA_FOLDER) -> list[dict[str, str]]:
    """Give the compiled rows of public facilities as they stand in the file."""
    return _rows(folder, "public_facilities.csv", dict)


def read_example_searches(folder: Path = DATA_FOLDER) -> list[str]:
    """Give what people might type, as the examples in `queries_dev.csv` have it."""
    return _rows(folder, "queries_dev.csv", lambda row: row["query"])


def read_outline(folder: Path = DATA_FOLDER) -> dict[str, list[tuple[float, float]]]:
    """Give the outline of Delhi (`nct`) and the river (`yamuna`) as (lon, lat) points."""
    shapes: dict[str, list[tuple[float, float]]] = {}
    for feature in _read_json(folder, "delhi_outline.json")["features"]:
        points = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            points = points[0]
        shapes[feature["properties"]["id"]] = [(lon, lat) for lon, lat in points]
    return shapes


def read_yaml(folder: Path, name: str) -> dict[str, Any]:
    """Give the mapping a file holds; raises `ReferenceDataError` for anything else."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with (folder / name).open(encoding="utf-8") as file:
            loaded = yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    except (OSError, ValueError, yaml.YAMLError) as problem:
        raise ReferenceDataError(f"{name}: {problem}") from None
    if not isinstance(loaded, dict):
        raise ReferenceDataError(f"{name}: holds no mapping")
    return loaded


def _terms(folder: Path) -> Iterator[TermRow]:
    taxonomy = read_yaml(folder, "taxonomy.yaml")
    for position, entry in enumerate(_list(taxonomy, "groups")):
        yield _term_row(_kind_of_group(entry, position), entry, position, {})
    for key, kind in TAXONOMY_LISTS.items():
        words = _plain_words(folder, kind)
        for position, entry in enumerate(_list(taxonomy, key)):
            yield _term_row(kind, entry, position, words.pop(entry.get("id", ""), {}))
        for slug in words:
            raise ReferenceDataError(f"plain_words/{key}.yaml, {slug}: no such {kind}")


def _source(entry: dict[str, Any], number: int) -> DataSource:
    try:
        values = {item.name: entry[item.name] for item in fields(DataSource)}
    except KeyError as problem:
        raise ReferenceDataError(
            f"sources.yaml, data set number {number}: {problem} is missing"
        ) from None
    return DataSource(**{**values, "attribution_en": tuple(values["attribution_en"])})


def _station(row: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, int]]]:
    columns = {
        "slug": row["slug"],
        "name_en": row["station"],
        "name_hi": row["name_hi"],
        "aliases": _parts(row["aliases"]),
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "state": row["state"],
        "confidence": Confidence(row["confidence"]),
    }
    stops = [order.split(":") for order in _parts(row["order"])]
    return columns, [(line, int(number)) for line, number in stops]


def _locality(row: dict[str, str]) -> dict[str, Any]:
    return {
        "slug": row["slug"],
        "name_en": row["name_en"],
        "name_hi": row["name_hi"],
        "aliases": _parts(row["aliases"]),
        "pincodes": _parts(row["pincodes"]),
        "district": row["district"],
        "district_before_2025": row["district_pre2025"],
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "nearest_metro": row["nearest_metro"],
        "nearest_station_m": round(float(row["metro_km"]) * METRES_IN_A_KILOMETRE),
    }


def _helpline(row: dict[str, str]) -> dict[str, Any]:
    return {
        "slug": row["id"],
        "name_en": row["name"],
        "name_hi": row["name_hi"],
        "number": row["number"],
        "other_number": row["alt_number"] or None,
        "channels": _parts(row["channels"]),
        "for_whom": row["for_whom"],
        "hours": row["hours"],
        "languages": row["languages"],
        "cost": row["cost"],
        "operator": row["operator"],
        "area": row["area"],
        "shown": HELPLINE_SHOWN[row["show_to_users"]],
        "source": row["source"],
        "confidence": Confidence(row["confidence_current_2026"]),
        "note": row["note"] or None,
    }


def _kind_of_group(entry: dict[str, Any], position: int) -> TermKind:
    try:
        return TermKind(f"{entry['of']}_group")
    except (KeyError, ValueError):
        raise ReferenceDataError(
            f"taxonomy.yaml, group number {position + 1}: `of` must be condition or treatment"
        ) from None


def _term_row(
    kind: TermKind, entry: dict[str, Any], position: int, words: dict[str, Any]
) -> TermRow:
    try:
        values: dict[str, Any] = {
            "name_en": entry["name_en"],
            "name_hi": entry["name_hi"],
            "group_slug": entry.get("group"),
            "note": entry.get("note") or None,
            "position": position,
            "details": {
                **{key: value for key, value in entry.items() if key not in SHARED_KEYS},
                **words,
            },
        }
        spellings = dict.fromkeys(
            (use, text) for key, use in SPELLING_KEYS.items() for text in entry.get(key) or []
        )
        row = TermRow(kind=kind, slug=entry["id"], values=values, spellings=tuple(spellings))
    except KeyError as problem:
        raise ReferenceDataError(
            f"taxonomy.yaml, {kind} number {position + 1}: {problem} is missing"
        ) from None
    for name in ("name_en", "name_hi"):
        if not row.values[name]:
            raise ReferenceDataError(f"taxonomy.yaml, {kind} {row.slug}: {name} is empty")
    return row


def _plain_words(folder: Path, kind: TermKind) -> dict[str, dict[str, Any]]:
    for name, of_kind in PLAIN_WORDS.items():
        if of_kind is kind:
            return read_yaml(folder, f"plain_words/{name}")
    return {}


def _list(taxonomy: dict[str, Any], key: str) -> list[dict[str, Any]]:
    entries = taxonomy.get(key)
    if not isinstance(entries, list):
        raise ReferenceDataError(f"taxonomy.yaml: the list `{key}` is missing")
    return entries


def _read_json(folder: Path, name: str) -> Any:  # noqa: ANN401 - the two files have different shapes
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ReferenceDataError(f"{name}: {problem}") from None


def _rows(folder: Path, name: str, read: Callable[[dict[str, str]], Read]) -> list[Read]:
    """Give what `read` makes of each row; its first column is its key and stands only once."""
    made: list[Read] = []
    keys: set[str] = set()
    for line, row in _read_csv(folder, name):
        key = next(iter(row.values()))
        try:
            made.append(read(row))
        except (KeyError, ValueError) as problem:
            raise ReferenceDataError(f"{name}, line {line} ({key}): {problem!r}") from None
        if key in keys:
            raise ReferenceDataError(f"{name}, line {line}: {key} stands twice")
        keys.add(key)
    return made


def _read_csv(folder: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for row in reader:
                if None in row or None in row.values():
                    raise ReferenceDataError(
                        f"{name}, line {reader.line_num}: has more or fewer fields than the header"
                    )
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise ReferenceDataError(f"{name}: {problem}") from None


def _parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]
