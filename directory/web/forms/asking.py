"""What forms ask of a field, with words that are translated when the page is made.

WTForms is typed for plain texts; the one cast is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from wtforms.validators import InputRequired, Length, Regexp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_babel.speaklater import LazyString


def needed(words: LazyString) -> InputRequired:
    """Ask for a value, and say so with these words when there is none."""
    return InputRequired(cast("str", words))


def at_most(most: int, words: LazyString) -> Length:
    """Ask for no more characters than that."""
    return Length(max=most, message=cast("str", words))


def between(least: int, most: int, words: LazyString) -> Length:
    """Ask for so many characters."""
    return Length(min=least, max=most, message=cast("str", words))


def shaped(pattern: str, words: LazyString) -> Regexp:
    """Ask for a text that this pattern fits as a whole."""
    return Regexp(f"^(?:{pattern})$", message=cast("str", words))


def plain_choices(values: Iterable[str]) -> list[Any]:
    """Give choices by their values alone; templates have the words."""
    return [str(value) for value in values]
