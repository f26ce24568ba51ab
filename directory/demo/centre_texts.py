"""Writes what a centre says of itself: headline and about, in English or in Hindi.

Called by `centres.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.demo.dice import Deck
from directory.demo.texts import Text
from directory.demo.words import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.demo.banks import Banks
    from directory.demo.dice import Dice

SHAPES = (
    "opening middle closing",
    "opening middle | middle closing",
    "opening middle middle",
    "opening opening | middle middle closing",
    "opening middle middle | closing",
    "opening opening middle | middle middle closing",
)
LEFT_BLANK = 6
HINDI = 20
IN_HINDI_TOO = 60


@dataclass(frozen=True, slots=True)
class House:
    """All a centre's text may rest on; `flags` name the banks that hold for it."""

    centre_type: str
    flags: tuple[str, ...]
    conditions: tuple[str, ...]
    slots: Mapping[str, str]


class CentreTexts:
    """Writes texts one after the other, so that sentences are shared out evenly."""

    def __init__(self, banks: Banks, seed: int) -> None:
        """Prepare the shapes."""
        self._banks = banks
        self._shapes = Deck(SHAPES, seed, "centre shapes")
        self.writer = Writer()

    def write(self, house: House, dice: Dice) -> Text:
        """Give the texts of one centre."""
        in_hindi = dice.chance(HINDI)
        about = None if dice.chance(LEFT_BLANK) else self._about(house, dice, in_hindi=in_hindi)
        return Text(self._headline(house, dice, in_hindi=in_hindi), about)

    def _about(self, house: House, dice: Dice, *, in_hindi: bool) -> str:
        taken: list[str] = []
        paragraphs = []
        for part in self._shapes.deal().split(" | "):
            sentences = []
            for kind in part.split():
                lines = self._hindi(kind, house) if in_hindi else self._english(kind, house)
                written = self.writer.write(lines, house.slots, dice, taken=taken)
                if written is not None:
                    taken.append(written[0])
                    sentences.append(written[1])
            paragraphs.append(" ".join(sentences))
        return "\n\n".join(filter(None, paragraphs))

    def _english(self, kind: str, house: House) -> list[str]:
        bank = self._banks.centre_words[kind]
        if kind == "opening":
            lines: list[str] = bank[house.centre_type]
            return lines
        return _flagged(bank, house.flags)

    def _hindi(self, kind: str, house: House) -> list[str]:
        bank = self._banks.hindi["centres"][kind]
        flags = house.flags
        if kind == "opening":
            flags = flags[:1]
        return _flagged(bank, flags)

    def _headline(self, house: House, dice: Dice, *, in_hindi: bool) -> str | None:
        slots = dict(house.slots)
        bank = self._banks.hindi["centre_headlines"]
        if not (in_hindi and dice.chance(IN_HINDI_TOO)):
            bank = self._banks.centre_words["headline"]
            first, other = house.conditions[0], house.conditions[-1]
            slots["topic"] = dice.pick(self._banks.conditions[first]["topics"])
            slots["other"] = dice.pick(self._banks.conditions[other]["topics"])
        written = self.writer.write(_flagged(bank, house.flags), slots, dice)
        return written[1] if written else None


def _flagged(bank: Mapping[str, list[str]], flags: tuple[str, ...]) -> list[str]:
    return [line for flag in ("any", *flags) for line in bank.get(flag, [])]
