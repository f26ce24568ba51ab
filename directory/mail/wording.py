"""What a letter says: its words in two languages, from `templates/mail/`, as plain text.

The reader's language comes first and the other one below a line. Subject and sender say nothing
of what the letter is about; who looks over a shoulder learns nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from directory.accounts.policy import LINK_VALID, STAFF_LINK_VALID
from directory.moderation.policy import APPEAL_DECIDED_WITHIN, REVIEW_CLOCK
from directory.reviews.policy import APPEAL_WITHIN, CHANGE_WITHIN, CONFIRM_WITHIN, HIDDEN_FOR
from directory.reviews.rules import rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta
    from pathlib import Path

    from directory.outbox.models import LetterKind
    from directory.outbox.policy import LetterFacts

GAP = re.compile(r"\n{3,}")
LINE = "\n" + "–" * 40 + "\n\n"
SUBJECTS: Mapping[str, str] = MappingProxyType(
    {"en": "A message about your account", "hi": "आपके खाते के बारे में एक संदेश"}
)
SENDERS: Mapping[str, str] = MappingProxyType({"en": "Account messages", "hi": "खाता संदेश"})


def _in(unit_seconds: int, time: timedelta) -> int:
    return int(time.total_seconds()) // unit_seconds


MINUTE, HOUR, DAY = 60, 3600, 86_400
TIMES: Mapping[str, int] = MappingProxyType(
    {
        "link_minutes": _in(MINUTE, LINK_VALID),
        "staff_link_hours": _in(HOUR, STAFF_LINK_VALID),
        "confirm_days": _in(DAY, CONFIRM_WITHIN),
        "change_days": _in(DAY, CHANGE_WITHIN),
        "hidden_hours": _in(HOUR, HIDDEN_FOR),
        "appeal_days": _in(DAY, APPEAL_WITHIN),
        "appeal_decided_days": _in(DAY, APPEAL_DECIDED_WITHIN),
        "read_hours": _in(HOUR, REVIEW_CLOCK[0]),
        "read_days": _in(DAY, REVIEW_CLOCK[1]),
    }
)


@dataclass(frozen=True)
class Site:
    """The site letters speak for: its address, and where their words lie."""

    url: str
    words: Environment

    @classmethod
    def from_folder(cls, url: str, templates: Path) -> Site:
        """Give the site at an address, with the words of letters in a folder."""
        words = Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - plain text, never shown as HTML
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        words.filters["quoted"] = quoted
        words.globals["parts"] = words.get_template("parts.txt").module
        return cls(url, words)

    def text(self, kind: LetterKind, language: str, facts: LetterFacts) -> str:
        """Give the whole text of a letter, the reader's language first."""
        languages = ("hi", "en") if language == "hi" else ("en", "hi")
        values: dict[str, object] = {**facts, **TIMES, "home": self.url}
        if "path" in facts:
            values["url"] = f"{self.url}{facts['path']}"
        if "rule_code" in facts:
            code = facts["rule_code"]
            values["rule"] = rule(str(code)) if code else None
        return LINE.join(
            GAP.sub(
                "\n\n",
                self._block(f"{kind.value}.txt", each, values)
                + self._block("foot.txt", each, values),
            )
            for each in languages
        )

    def _block(self, name: str, language: str, values: Mapping[str, object]) -> str:
        template = self.words.get_template(name)
        context = template.new_context(dict(values))
        return "".join(template.blocks[language](context))


def quoted(text: str) -> str:
    """Give somebody's words as a quotation, each line set in."""
    return "\n".join(f"    {line}".rstrip() for line in text.strip().splitlines())
