"""What changed between two states of a document, key by key, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.web import current, document_words
from directory.web.differences import Changed, changes_between
from directory.web.place_words import lines_of_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from directory.vocabulary.queries import Vocabulary

# Long texts, whose difference is shown word by word.
TEXTS = frozenset({"about", "headline"})


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One key: lines that went, that came and that stayed, or a text's difference word by word."""

    key: str
    words: str
    gone: Sequence[str]
    new: Sequence[str]
    same: int
    pieces: Sequence[Changed] = ()

    @property
    def only_order(self) -> bool:
        """Whether the same lines stand in another order."""
        return not (self.gone or self.new or self.pieces)


def changed_values(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    vocabulary: Vocabulary | None = None,
) -> list[ChangedValue]:
    """Give what differs, in the order of the document; equal keys are left out."""
    before, after = before or {}, after or {}
    vocabulary = vocabulary or current.vocabulary()
    order = list(document_words.KEYS)
    keys = sorted({*before, *after}, key=lambda key: order.index(key) if key in order else 0)
    return [
        _changed(key, before.get(key), after.get(key), vocabulary)
        for key in keys
        if before.get(key) != after.get(key)
    ]


def _changed(key: str, before: Any, after: Any, vocabulary: Vocabulary) -> ChangedValue:  # noqa: ANN401 - values of a document
    words = document_words.key_words(key)
    if key in TEXTS and before and after:
        pieces = changes_between(str(before), str(after))
        return ChangedValue(key, words, (), (), 0, pieces)
    old, new = (_lines(key, value, (before, after), vocabulary) for value in (before, after))
    return ChangedValue(
        key,
        words,
        gone=[line for line in old if line not in new],
        new=[line for line in new if line not in old],
        same=sum(line in new for line in old),
    )


def _lines(key: str, value: Any, both: tuple[Any, Any], vocabulary: Vocabulary) -> list[str]:  # noqa: ANN401 - a value of a document
    """Give the lines of a value; places are named in both as soon as one has several."""
    if key != "locations":
        return document_words.value_lines(value, key, vocabulary)
    several = max(len(places or ()) for places in both) > 1
    return lines_of_places(value or [], vocabulary, are_named=several)


FILTERS: dict[str, Callable[..., Any]] = {"changes_to": changed_values}
