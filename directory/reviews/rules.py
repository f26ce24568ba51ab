"""The public rules R-01 to R-20 in English and Hindi, read from `data/rules.yaml`.

The one source of their words: the policy page, the desk, the forms and the letters all read
them here. Not for the moves between states (`policy.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from directory.reviews.models import RuleCode
from directory.reviews.policy import HARM_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).resolve().parent / "data" / "rules.yaml"


class TwoPeople(StrEnum):
    """When rejecting under a rule takes a second person; removing always does."""

    NEVER = "never"
    LOW = "low"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Rule:
    """One public rule: what is not published, why, what is fine, and what may follow from it.

    `canned_*` is what an author reads. `before_publication` and `after_publication` say when it
    is applied; `flaggable` whether a reader may object under it.
    """

    code: RuleCode
    title_en: str
    title_hi: str
    text_en: str
    text_hi: str
    why_en: str
    why_hi: str
    allowed_en: str
    allowed_hi: str
    canned_en: str
    canned_hi: str
    before_publication: bool
    after_publication: bool
    two_people: TwoPeople
    appeal: bool
    can_return: bool
    can_reject: bool
    can_remove: bool
    is_harm: bool
    flaggable: bool


def rule(code: RuleCode | str) -> Rule:
    """Give the rule of a code such as `R-08`; raises `ValueError` for an unknown one."""
    return _BY_CODE[RuleCode(code)]


def _read() -> tuple[Rule, ...]:
    entries = yaml.safe_load(FILE.read_text("utf-8"))
    return tuple(_rule(entry) for entry in entries)


def _rule(entry: Mapping[str, Any]) -> Rule:
    code, outcomes = RuleCode(entry["code"]), frozenset(entry["outcomes"])
    texts = {
        f"{part}_{language}": str(entry[f"{part}_{language}"])
        for part in ("title", "text", "why", "allowed", "canned")
        for language in ("en", "hi")
    }
    return Rule(
        code=code,
        **texts,
        before_publication=entry["before"],
        after_publication=entry["after"],
        two_people=TwoPeople(entry["two_people"]),
        appeal=entry["appeal"],
        can_return="return" in outcomes,
        can_reject="reject" in outcomes,
        can_remove="remove" in outcomes,
        is_harm=code in HARM_RULES,
        flaggable=entry["flaggable"],
    )


RULES: tuple[Rule, ...] = _read()
_BY_CODE: Mapping[RuleCode, Rule] = {found.code: found for found in RULES}
