"""Writes what a practitioner says: headline and about, in English or in Hindi.

A text is a shape (which kinds of sentences in which order) filled from the banks of `data/words`
by what is true of the listing. Called by `people.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.demo.dice import Deck
from directory.demo.words import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.demo.banks import Banks
    from directory.demo.dice import Dice
    from directory.vocabulary.queries import TermView

# Each word is a kind of sentence; a bar begins a new paragraph.
SHAPES = (
    "opening way session",
    "opening opening way | practical closing",
    "person opening way session | practical",
    "opening second way | session practical",
    "opening | person session way | practical",
    "opening way session | person practical",
    "person opening session closing",
    "opening session",
    "person way way | practical session",
    "opening second | way session | closing",
    "opening person way | session practical",
    "opening practical",
    "person opening second | way practical closing",
    "opening session way | practical",
    "opening opening | way way session",
    "person opening | session practical",
    "opening way practical",
    "person opening opening way | session session | practical closing",
)
QUIET_SHAPES = ("person way practical", "person practical", "person session", "person closing")
HINDI_SHAPES = (
    "opening way session",
    "opening person way | practical",
    "opening session way closing",
    "person opening way session",
    "opening way session | practical closing",
    "opening way practical",
    "opening session way closing",
    "person opening session | practical closing",
)
LEFT_BLANK = 5
HEADLINE_LEFT_BLANK = 7
HINDI = 22
# A text keeps to the concerns stated first, which belong together.
NEAR = 3
FEWEST_YEARS_TO_MENTION = 3


@dataclass(frozen=True, slots=True)
class Speaker:
    """All a text may rest on. `flags` name the banks of practical sentences that hold."""

    profession: str
    woman: bool
    says_gender: bool
    prescribes: bool
    sees_children: bool
    is_quiet: bool
    conditions: tuple[str, ...]
    treatments: tuple[str, ...]
    languages: tuple[str, ...]
    flags: tuple[str, ...]
    years: int
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A headline and an about; None where the listing says nothing."""

    headline: str | None
    about: str | None


class PractitionerTexts:
    """Writes texts one after the other, so that sentences are shared out evenly."""

    def __init__(
        self,
        banks: Banks,
        conditions: Mapping[str, TermView],
        treatments: Mapping[str, TermView],
        seed: int,
    ) -> None:
        """Prepare the decks of shapes; the terms give each concern its group."""
        self._banks = banks
        self._conditions = conditions
        self._treatments = treatments
        self._suits_children = frozenset(banks.limits["suits_children"])
        self._shapes = Deck(SHAPES, seed, "shapes")
        self._quiet_shapes = Deck(QUIET_SHAPES, seed, "quiet shapes")
        self._hindi_shapes = Deck(HINDI_SHAPES, seed, "hindi shapes")
        self.writer = Writer()

    def write(self, speaker: Speaker, dice: Dice) -> Text:
        """Give the texts of one listing."""
        can_be_hindi = speaker.says_gender and not speaker.is_quiet and "hi" in speaker.languages
        in_hindi = can_be_hindi and dice.chance(HINDI)
        if dice.chance(LEFT_BLANK):
            return Text(self._headline(speaker, dice), None)
        about = self._hindi(speaker, dice) if in_hindi else self._english(speaker, dice)
        if dice.chance(HEADLINE_LEFT_BLANK):
            return Text(None, about)
        if in_hindi and dice.chance(70):
            return Text(self._hindi_headline(speaker, dice), about)
        return Text(self._headline(speaker, dice), about)

    def _english(self, speaker: Speaker, dice: Dice) -> str:
        shape = (self._quiet_shapes if speaker.is_quiet else self._shapes).deal()
        return self._filled(shape, speaker, dice, self._english_lines)

    def _hindi(self, speaker: Speaker, dice: Dice) -> str:
        return self._filled(self._hindi_shapes.deal(), speaker, dice, self._hindi_lines)

    def _filled(self, shape: str, speaker: Speaker, dice: Dice, lines_of: LinesOf) -> str:
        """Give the text of a shape; what has no true sentence is left out."""
        taken: list[str] = []
        paragraphs = []
        for part in shape.split(" | "):
            sentences = []
            for kind in part.split():
                written = self.writer.write(
                    lines_of(kind, speaker, dice),
                    speaker.slots,
                    dice,
                    woman=speaker.woman,
                    taken=taken,
                )
                if written is not None:
                    taken.append(written[0])
                    sentences.append(written[1])
            paragraphs.append(" ".join(sentences))
        return "\n\n".join(filter(None, paragraphs))

    def _english_lines(self, kind: str, speaker: Speaker, dice: Dice) -> list[str]:
        words = self._banks.practice_words
        if kind == "opening":
            return self._condition_lines(speaker.conditions[0], speaker)
        if kind == "second":
            near = speaker.conditions[1:NEAR] or speaker.conditions[:1]
            return self._condition_lines(dice.pick(near), speaker)
        if kind == "way":
            return (
                self._banks.treatments[dice.pick(speaker.treatments)] if speaker.treatments else []
            )
        if kind == "person":
            lines = words["profession"][speaker.profession]
            return lines if speaker.years >= FEWEST_YEARS_TO_MENTION else _ageless(lines)
        return _flagged(words[kind], speaker.flags)

    def _condition_lines(self, condition: str, speaker: Speaker) -> list[str]:
        if speaker.sees_children and condition not in self._suits_children:
            return []
        bank = self._banks.conditions[condition]
        kinds = ["lines", "child" if speaker.sees_children else "adult"]
        kinds.append("doctor" if speaker.prescribes else "talk")
        return [line for kind in kinds for line in bank.get(kind, [])]

    def _hindi_lines(self, kind: str, speaker: Speaker, dice: Dice) -> list[str]:
        hindi = self._banks.hindi
        if kind == "opening":
            return self._hindi_openings(speaker.conditions[0])
        if kind == "way":
            if not speaker.treatments:
                return []
            return self._hindi_ways(dice.pick(speaker.treatments), speaker)
        if kind == "person":
            lines = hindi["professions"]["doctor" if speaker.prescribes else "other"]
            return lines if speaker.years >= FEWEST_YEARS_TO_MENTION else _ageless(lines)
        return _flagged(hindi[kind], speaker.flags)

    def _hindi_ways(self, treatment: str, speaker: Speaker) -> list[str]:
        """Give what is said of a treatment and of its group; of medicine only by doctors."""
        hindi = self._banks.hindi
        group = self._treatments[treatment].group
        if group == "medical" and not speaker.prescribes:
            return []
        lines: list[str] = hindi["treatments"].get(group, [])
        own: list[str] = hindi["treatment"].get(treatment, [])
        return [*lines, *own]

    def _hindi_openings(self, condition: str) -> list[str]:
        """Give what a group says of its main concerns; of others only what names them."""
        hindi = self._banks.hindi
        group = self._conditions[condition].group
        lines: list[str] = hindi["openings"][group]
        if condition in hindi["mains"][group]:
            return lines
        return [*(line for line in lines if "{topic}" in line), *hindi["generic"]]

    def _headline(self, speaker: Speaker, dice: Dice) -> str | None:
        words = self._banks.practice_words["headline"]
        banks = [self._banks.conditions[slug] for slug in speaker.conditions[:NEAR]]
        if "headlines" in banks[0]:
            return self.writer.rotation.pick(banks[0]["headlines"], dice)
        topics = [bank["topics"] for bank in banks]
        slots = dict(speaker.slots)
        slots["topic"] = dice.pick(topics[0])
        if len(topics) > 1:
            slots["other"] = dice.pick(topics[-1])
        written = self.writer.write(_flagged(words, speaker.flags), slots, dice)
        return written[1] if written else None

    def _hindi_headline(self, speaker: Speaker, dice: Dice) -> str | None:
        written = self.writer.write(
            self._banks.hindi["headlines"], speaker.slots, dice, woman=speaker.woman
        )
        return written[1] if written else None


if TYPE_CHECKING:
    from collections.abc import Callable

    LinesOf = Callable[[str, Speaker, Dice], list[str]]


def _flagged(bank: Mapping[str, list[str]], flags: tuple[str, ...]) -> list[str]:
    """Give the lines of a bank that hold for anyone or for one of the flags."""
    return [line for flag in ("any", *flags) for line in bank.get(flag, [])]


def _ageless(lines: list[str]) -> list[str]:
    """Leave out what speaks of years somebody has not had yet."""
    return [line for line in lines if "{year" not in line]
