"""The small grammar of the sentence banks, and the writer that rotates through them.

`[this|that]` is a choice, `<woman's|man's>` an ending after the speaker's gender, `{slot}` a fact
of the listing; `{Slot}` is the same with a capital. Called by `texts.py` and `centre_texts.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from directory.demo.dice import Rotation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.demo.dice import Dice

CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
ENDING = re.compile(r"<([^<>|]*)\|([^<>|]*)>")
SLOT = re.compile(r"\{(\w+)\}")


def slots_of(line: str) -> list[str]:
    """Give the names of the facts a line needs, in lower case."""
    return [name.lower() for name in SLOT.findall(line)]


def rendered(line: str, slots: Mapping[str, str], *, woman: bool, dice: Dice) -> str:
    """Give the sentence a line makes with these facts."""
    text = CHOICE.sub(lambda found: dice.pick(found[1].split("|")), line)
    text = ENDING.sub(lambda found: found[1 if woman else 2], text)
    return SLOT.sub(lambda found: _filled(found[1], slots), text)


class Writer:
    """Picks lines so that none is heard more often than it must be, and fills them in."""

    def __init__(self) -> None:
        """Begin with every line unused."""
        self.rotation = Rotation()
        self._needs: dict[str, list[str]] = {}

    def write(
        self,
        lines: Sequence[str],
        slots: Mapping[str, str],
        dice: Dice,
        *,
        woman: bool = True,
        taken: Sequence[str] = (),
    ) -> tuple[str, str] | None:
        """Give a line whose facts are all known, and the sentence it makes; None without one."""
        possible = [
            line
            for line in lines
            if line not in taken and all(name in slots for name in self._needed(line))
        ]
        line = self.rotation.pick(possible, dice)
        if line is None:
            return None
        return line, rendered(line, slots, woman=woman, dice=dice)

    def _needed(self, line: str) -> list[str]:
        if line not in self._needs:
            self._needs[line] = slots_of(line)
        return self._needs[line]


def joined(words: Sequence[str], conjunction: str = "and") -> str:
    """Give "a, b and c"."""
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def capital(text: str) -> str:
    """Give the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def _filled(name: str, slots: Mapping[str, str]) -> str:
    text = slots[name.lower()]
    return text if name.islower() else capital(text)
