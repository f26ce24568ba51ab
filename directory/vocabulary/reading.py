"""Reads the project's own reference files in `data/` into plain rows.

Not for the database (see `operations.py`). Raises `ReferenceDataError` naming file and row
for data that cannot be used.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from directory.vocabulary.models import (
    Confidence,
    HelplineShown,
    SpellingUse,
    TermKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
COMMON_KEYS = {"id", "name_en", "name_hi", "group", "note", *SPELLING_KEYS}
METRES_IN_A_KILOMETRE = 1000


class ReferenceDataError(Exception):
    """A reference file that cannot be used; the message names file and row."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term as the files give it; `values` are the columns of `term`."""

    kind: TermKind
    slug: str
    values: dict[str, Any]
    spellings: frozenset[tuple[SpellingUse, str]]


def digest_of_files() -> str:
    """Give a fingerprint (SHA-256) of all reference files; changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(DATA_FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def read_terms() -> Iterator[TermRow]:
    """Give every term of the taxonomy in its order, with the plain words written for it."""
    taxonomy = _read_yaml(DATA_FOLDER / "taxonomy.yaml")
    for position, entry in enumerate(taxonomy["groups"]):
        yield _term_row(TermKind(f"{entry['of']}_group"), entry, position, {})
    for key, kind in TAXONOMY_LISTS.items():
        words = _plain_words(kind)
        for position, entry in enumerate(taxonomy[key]):
            yield _term_row(kind, entry, position, words.get(entry["id"], {}))


def read_districts() -> list[dict[str, str]]:
    """Give the districts: slug, name_en, name_hi."""
    return list(_read_csv("districts.csv"))


def read_lines() -> list[dict[str, Any]]:
    """Give the metro lines in map order, each with the runs of stations its track passes."""
    lines = json.loads((DATA_FOLDER / "metro_lines.json").read_text(encoding="utf-8"))
    return [
        {
            "slug": line["line"],
            "name_en": line["name_en"],
            "name_hi": line["name_hi"],
            "position": position,
            "segments": line["segments"],
        }
        for position, line in enumerate(lines)
    ]


def read_stations() -> list[tuple[dict[str, Any], list[tuple[str, int]]]]:
    """Give each station's columns and its (line slug, number on that line) pairs."""
    return [
        (
            {
                "slug": row["slug"],
                "name_en": row["station"],
                "name_hi": row["name_hi"],
                "aliases": _parts(row["aliases"]),
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
                "state": row["state"],
                "confidence": Confidence(row["confidence"]),
            },
            [
                (line, int(number))
                for line, number in (order.split(":") for order in _parts(row["order"]))
            ],
        )
        for row in _read_csv("metro.csv")
    ]


def read_localities() -> list[dict[str, Any]]:
    """Give the localities; `district` is a name and `nearest_metro` a station slug."""
    return [
        {
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
        for row in _read_csv("localities.csv")
    ]


def read_helplines() -> list[dict[str, Any]]:
    """Give the helplines in the order they are shown."""
    return [
        {
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
            "position": position,
        }
        for position, row in enumerate(_read_csv("helplines.csv"))
    ]


def read_public_facilities() -> list[dict[str, str]]:
    """Give the compiled rows of public facilities as they stand in the file."""
    return list(_read_csv("public_facilities.csv"))


def read_outline() -> dict[str, list[tuple[float, float]]]:
    """Give the outline of Delhi (`nct`) and the river (`yamuna`) as (lon, lat) points."""
    outline = json.loads((DATA_FOLDER / "delhi_outline.json").read_text(encoding="utf-8"))
    shapes: dict[str, list[tuple[float, float]]] = {}
    for feature in outline["features"]:
        points = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            points = points[0]
        shapes[feature["properties"]["id"]] = [(lon, lat) for lon, lat in points]
    return shapes


def _term_row(
    kind: TermKind, entry: dict[str, Any], position: int, words: dict[str, Any]
) -> TermRow:
    try:
        values = {
            "name_en": entry["name_en"],
            "name_hi": entry["name_hi"],
            "group_slug": entry.get("group"),
            "note": entry.get("note") or None,
            "position": position,
            "details": {
                **{key: value for key, value in entry.items() if key not in COMMON_KEYS},
                **words,
            },
        }
        spellings = frozenset(
            (use, text) for key, use in SPELLING_KEYS.items() for text in entry.get(key) or []
        )
        return TermRow(kind=kind, slug=entry["id"], values=values, spellings=spellings)
    except KeyError as problem:
        raise ReferenceDataError(
            f"taxonomy.yaml, {kind} number {position + 1}: {problem} is missing"
        ) from None


def _plain_words(kind: TermKind) -> dict[str, dict[str, Any]]:
    for name, of_kind in PLAIN_WORDS.items():
        if of_kind is kind:
            return _read_yaml(DATA_FOLDER / "plain_words" / name)
    return {}


def _read_yaml(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with path.open(encoding="utf-8") as file:
            loaded: dict[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    except (OSError, yaml.YAMLError) as problem:
        raise ReferenceDataError(f"{path.name}: {problem}") from None
    return loaded


def _read_csv(name: str) -> Iterator[dict[str, str]]:
    with (DATA_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]
