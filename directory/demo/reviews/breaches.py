"""Writes what breaks a rule: a sentence among others, a whole text, or a copy of another text.

Called by `generation.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.demo.dice import Rotation
from directory.demo.reviews.banks import LANGUAGES
from directory.demo.reviews.texts import filled
from directory.reviews.models import RuleCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.demo.dice import Dice
    from directory.demo.reviews.banks import ReviewBanks
    from directory.demo.reviews.drafts import DemoAuthor

# A text that breaks these is whole: there is nothing of a review around it.
WHOLE = frozenset(
    {RuleCode.NOT_OWN, RuleCode.WRONG_LISTING, RuleCode.ADVERTISING, RuleCode.NOT_CARE}
)
COPIES = frozenset({RuleCode.DUPLICATE, RuleCode.MANUFACTURED})
# Nothing of the text shows these.
UNSEEN = frozenset({RuleCode.UNCONFIRMED, RuleCode.LEGAL_ORDER})
KEPT = 400


class Breaches:
    """Gives out what breaks rules, and remembers what may be copied."""

    def __init__(self, banks: ReviewBanks) -> None:
        """Begin with nothing to copy."""
        self._banks = banks
        self._rotation = Rotation()
        self._earlier: dict[str, list[tuple[str, str]]] = {language: [] for language in LANGUAGES}

    def note(self, listing_ref: str, language: str, text: str) -> None:
        """Remember an ordinary text, which somebody may send again."""
        earlier = self._earlier[language]
        earlier.append((listing_ref, text))
        del earlier[:-KEPT]

    def sentence(
        self, rule: RuleCode, author: DemoAuthor, slots: Mapping[str, str], dice: Dice
    ) -> str:
        """Give a sentence that breaks a rule."""
        return self._line(rule, "inserts", author, slots, dice)

    def whole(
        self, rule: RuleCode, author: DemoAuthor, slots: Mapping[str, str], dice: Dice
    ) -> str:
        """Give a whole text that breaks a rule."""
        return self._line(rule, "texts", author, slots, dice)

    def crisis(self, author: DemoAuthor, slots: Mapping[str, str], dice: Dice) -> str:
        """Give a text of somebody who needs help now."""
        lines = self._banks.rules["crisis"][LANGUAGES[author.language]]
        return filled(self._rotation.pick(lines, dice) or lines[0], slots, author, dice)

    def copy(
        self,
        rule: RuleCode,
        listing_ref: str,
        author: DemoAuthor,
        slots: Mapping[str, str],
        dice: Dice,
    ) -> str:
        """Give a text that is nearly another one: of the same listing where there is one."""
        bank = self._banks.rules[rule.value]
        language = LANGUAGES[author.language]
        earlier = self._earlier[author.language]
        if rule is RuleCode.MANUFACTURED or not earlier:
            made = self._banks.rules[RuleCode.MANUFACTURED.value]["copied"]
            return filled(made[language], slots, author, dice)
        here = [text for ref, text in earlier if ref == listing_ref]
        source = here[-1] if here else dice.pick(earlier)[1]
        return source + filled(dice.pick(bank["endings"][language]), slots, author, dice)

    def _line(
        self,
        rule: RuleCode,
        kind: str,
        author: DemoAuthor,
        slots: Mapping[str, str],
        dice: Dice,
    ) -> str:
        lines = self._banks.rules[rule.value][kind][LANGUAGES[author.language]]
        return filled(self._rotation.pick(lines, dice) or lines[0], slots, author, dice)
