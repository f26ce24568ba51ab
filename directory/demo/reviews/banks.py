"""Reads the banks of sentences demo reviews are made of. Called once by `generation.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from directory.demo.banks import DATA_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = {"en": "english", "hi": "hindi", "hinglish": "hinglish"}


@dataclass(frozen=True, slots=True)
class ReviewBanks:
    """Sentences by language (en, hi, hinglish), breaches by rule, and the words of the desk."""

    words: Mapping[str, dict[str, Any]]
    rules: Mapping[str, dict[str, Any]]
    desk: Mapping[str, Any]


def read_review_banks() -> ReviewBanks:
    """Read all of them; some 100 ms."""
    return ReviewBanks(
        words={code: _read(name) for code, name in LANGUAGES.items()},
        rules=_read("rules"),
        desk=_read("desk"),
    )


def _read(name: str) -> dict[str, Any]:
    path = DATA_FOLDER / "reviews" / f"{name}.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content
