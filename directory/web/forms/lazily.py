"""Words and choices as fields take them: said in the reader's language when they are shown.

The field library's annotations know neither lazy words nor bare values as choices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask_babel import lazy_gettext as said_later

if TYPE_CHECKING:
    from collections.abc import Iterable


def lazy_gettext(words: str) -> str:
    """Give words that are translated when they are shown."""
    return cast("str", said_later(words))


def choices_of(values: Iterable[str]) -> Any:  # noqa: ANN401 - wider than the library's annotation
    """Give bare values as choices; a template writes their words."""
    return [str(value) for value in values]
