"""Reads the banks in `data/`: names, places, professions, weeks, and all the sentences.

Not for choosing among them. `read_banks` is called once by `documents.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA_FOLDER = Path(__file__).resolve().parent / "data"
CONDITION_FILES = ("everyday", "trauma", "severe", "child")


@dataclass(frozen=True, slots=True)
class Banks:
    """The content of the data files, each as its file says; `conditions` joins four of them."""

    names: list[dict[str, Any]]
    places: dict[str, Any]
    professions: dict[str, dict[str, Any]]
    practices: dict[str, dict[str, Any]]
    limits: dict[str, Any]
    centre_types: dict[str, dict[str, Any]]
    centre_names: dict[str, Any]
    rotas: dict[str, list[list[Any]]]
    schedule: dict[str, Any]
    conditions: dict[str, dict[str, list[str]]]
    treatments: dict[str, list[str]]
    practice_words: dict[str, Any]
    centre_words: dict[str, Any]
    hindi: dict[str, Any]


def read_banks() -> Banks:
    """Read all banks; some 100 ms."""
    conditions: dict[str, dict[str, list[str]]] = {}
    for name in CONDITION_FILES:
        conditions.update(_read(f"words/conditions_{name}"))
    return Banks(
        names=_read("names"),
        places=_read("places"),
        professions=_read("professions"),
        practices=_read("practices"),
        limits=_read("limits"),
        centre_types=_read("centre_types"),
        centre_names=_read("centre_names"),
        rotas=_read("rotas"),
        schedule=_read("schedule"),
        conditions=conditions,
        treatments=_read("words/treatments"),
        practice_words=_read("words/practice"),
        centre_words=_read("words/centres"),
        hindi=_read("words/hindi"),
    )


def spelt_pairs(text: str) -> list[tuple[str, str]]:
    """Give the (Latin, Devanagari) pairs of a line such as `Tarini=तारिणी, Charul=चारुल`."""
    return [
        (latin, devanagari)
        for latin, _sign, devanagari in (pair.partition("=") for pair in text.split(", "))
    ]


def _read(name: str) -> Any:  # noqa: ANN401 - each file has its own shape, given by `Banks`
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (DATA_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
