"""Writes what a reviewer says, in English, Hindi or Hinglish, sentence by sentence.

A text is an opening, sentences on aspects as they were rated, what became of it, and perhaps a
closing. Called by `generation.py`; what breaks a rule comes from `breaches.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.demo.dice import Deck, cards
from directory.demo.reviews.kinds import ages_of, caller_of
from directory.demo.words import Writer, capital, rendered
from directory.reviews.models import LEAST_LETTERS, Aspect, CareKind, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.demo.dice import Dice
    from directory.demo.reviews.banks import ReviewBanks
    from directory.demo.reviews.drafts import DemoAuthor, DemoListing

# How many sentences on aspects: most say little, a few write a letter.
SENTENCES = {1: 43, 2: 52, 3: 40, 4: 26, 6: 20, 8: 10, 11: 6, 16: 2, 26: 1}
LETTER = 6
A_PARAGRAPH = 4
# Marks a sentence that nobody can say after a single visit.
LATER = "~ "
MOODS = ("low", "mid", "high")
# How people type: a habit of the author, not of a text.
HABITS = {
    "en": {"plain": 74, "small": 12, "loose": 9, "short": 5},
    "hinglish": {"plain": 42, "small": 36, "loose": 12, "short": 10},
    "hi": {"plain": 88, "loose": 12},
}
SHORT_FORMS = {
    "en": {" and ": " n ", " because ": " bcoz ", " you ": " u ", "please": "pls", "before": "b4"},
    "hinglish": {" hai": " h", " nahi ": " nhi ", " mein ": " me ", " aur ": " n ", "kuch": "kch"},
}


@dataclass(frozen=True, slots=True)
class Scene:
    """All a text may rest on; the aspects are those rated, with their stars."""

    listing: DemoListing
    author: DemoAuthor
    relation: Relation
    care: CareKind
    overall: int
    aspects: Mapping[Aspect, int]


class ReviewTexts:
    """Writes texts one after the other, so that sentences are shared out evenly."""

    def __init__(self, banks: ReviewBanks, seed: int) -> None:
        """Lay the deck of lengths ready."""
        self._banks = banks
        self._lengths = Deck(cards(SENTENCES), seed, "review lengths")
        self.writer = Writer()

    def slots(self, scene: Scene, dice: Dice) -> dict[str, str]:
        """Give the facts of one review: a wait, a fee, whose concern it is."""
        words = self._banks.words[scene.author.language]
        slots = {name: dice.pick(texts) for name, texts in words["slots"].items()}
        ages = ages_of(scene.listing)
        slots["concern"] = dice.pick(words["concerns"][ages])
        slots["relative"] = dice.pick(words["relatives"][ages])
        slots["caller"] = dice.pick(words["callers"][caller_of(scene.listing)])
        return slots

    def sentences(self, scene: Scene, slots: Mapping[str, str], dice: Dice) -> list[str]:
        """Give the sentences of a text, long enough together."""
        words = self._banks.words[scene.author.language]
        mood = mood_of(scene.overall)
        count = self._lengths.deal()
        kinds = [self._opening(words, scene)] if dice.chance(72) or count >= LETTER else []
        kinds += [self._of_aspect(words, scene, aspect) for aspect in _topics(scene, count, dice)]
        if dice.chance(58) or count >= LETTER:
            kinds.append(_outcome(words, scene, mood))
        if dice.chance(30):
            kinds.append(words["closings"][mood])
        outcome = _outcome(words, scene, mood)
        spare = [outcome, words["closings"][mood], *kinds, outcome]
        return self._written([*kinds, *spare], len(kinds), scene, slots, dice)

    def _written(
        self,
        kinds: Sequence[list[str]],
        wanted: int,
        scene: Scene,
        slots: Mapping[str, str],
        dice: Dice,
    ) -> list[str]:
        """Give a sentence of each kind wanted, and of further ones while the text is too short."""
        taken: list[str] = []
        found: list[str] = []
        for index, lines in enumerate(kinds):
            if index >= wanted and len(" ".join(found)) >= LEAST_LETTERS + 2:
                break
            written = self.writer.write(
                _sayable(lines, scene), slots, dice, woman=scene.author.is_woman, taken=taken
            )
            if written is not None:
                taken.append(written[0])
                found.append(capital(written[1].removeprefix(LATER)))
        return found

    def _opening(self, words: dict[str, Any], scene: Scene) -> list[str]:
        whose = "self" if scene.relation is Relation.TREATED else "other"
        lines: list[str] = words["openings"][scene.care.value][whose]
        return lines

    def _of_aspect(self, words: dict[str, Any], scene: Scene, aspect: Aspect) -> list[str]:
        mood = mood_of(scene.aspects.get(aspect, scene.overall))
        bank: dict[str, list[str]] = words["aspects"][aspect.value]
        if aspect is Aspect.FEES and scene.care is CareKind.ADMISSION:
            return bank[f"admission-{mood}"]
        return bank[mood]


def mood_of(stars: int) -> str:
    """Give which sentences go with a number of stars."""
    return MOODS[(stars > 2) + (stars > 3)]  # noqa: PLR2004 - three of five is the middle


def habit_for(author: DemoAuthor, seed: int, dice_of: type[Dice]) -> str:
    """Give how an author types, the same in each of their reviews."""
    return dice_of(seed, "habit", author.number).weighted(HABITS[author.language])


def typed(sentences: Sequence[str], language: str, habit: str) -> str:
    """Give the text as somebody of this habit types it."""
    paragraphs = [
        " ".join(sentences[start : start + A_PARAGRAPH])
        for start in range(0, len(sentences), A_PARAGRAPH)
    ]
    text = "\n\n".join(paragraphs) if len(sentences) > LETTER else " ".join(sentences)
    if habit == "loose":
        stop = "।" if language == "hi" else "."
        return text.replace(f"{stop} ", ".. ").rstrip(stop)
    if habit == "plain":
        return text
    if habit == "short":
        for word, short in SHORT_FORMS[language].items():
            text = text.replace(word, short)
    return text.lower()


def filled(line: str, slots: Mapping[str, str], author: DemoAuthor, dice: Dice) -> str:
    """Give a line of the rule bank with this author's facts."""
    return capital(rendered(line, slots, woman=author.is_woman, dice=dice))


def _topics(scene: Scene, count: int, dice: Dice) -> list[Aspect]:
    """Give what a text speaks of: what was rated first, then anything that may be rated."""
    rated = dice.shuffled(list(scene.aspects))
    others = [
        aspect
        for aspect in Aspect
        if aspect not in scene.aspects
        and (aspect is not Aspect.NIGHT or scene.care is CareKind.ADMISSION)
        and (aspect is not Aspect.CLEANLINESS or scene.listing.is_centre)
    ]
    topics = [*rated, *dice.shuffled(others)]
    while len(topics) < count:
        topics += dice.shuffled(topics)
    return topics[:count]


def _outcome(words: dict[str, Any], scene: Scene, mood: str) -> list[str]:
    """Give what can be said of how it went: after a single visit less than later."""
    first = scene.care is CareKind.FIRST_VISIT
    lines: list[str] = words["general-first" if first else "general"][mood]
    return lines


def _sayable(lines: list[str], scene: Scene) -> list[str]:
    """Leave out what nobody can say after a single visit."""
    if scene.care is not CareKind.FIRST_VISIT:
        return lines
    return [line for line in lines if not line.startswith(LATER)]
