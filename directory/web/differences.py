"""What changed between two versions of a text, word by word, for a reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Changed:
    """Some words, and what became of them."""

    change: Change
    text: str


def changes_between(before: str, after: str) -> list[Changed]:
    """Give both texts as one: words that stayed, went and came, in reading order.

    What stayed and went gives `before` back; what stayed and came gives `after`.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[Changed] = []
    for _tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, come = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if gone == come:
            found.append(Changed(Change.SAME, gone))
            continue
        found += [Changed(Change.GONE, gone)] if gone else []
        found += [Changed(Change.NEW, come)] if come else []
    return found
