"""Where a piece of a listing's form stands, and what the template gets to draw it.

A field is named as the document names its value: `fees[0].amount` is `listing-fees-0-amount`.
Rows left blank are left out of the document, so each piece notes which field said which path.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from directory.vocabulary.queries import Vocabulary

# Before every name, so that none meets a field of the page's own.
ROOT = "listing"
PRESS = f"{ROOT}-press"
MOST_ROWS = 60
# A file may have brought more rows than the form adds: all that a listing has are read again.
MOST_ROWS_SENT = 1000

# What stands in the fields of a piece: a text, a tick, a list of rows, a group of such.
Raw = Any


@dataclass(frozen=True, slots=True)
class Drawn:
    """One piece as the template draws it: `kind` says how, `inner` are the pieces inside it.

    `options` are (value, words) pairs; `notes` hold what only one kind has.
    """

    kind: str
    name: str
    words: str
    value: Any = ""
    hint: str | None = None
    error: str | None = None
    options: Sequence[tuple[str, str]] = ()
    inner: Sequence[Drawn] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """The name of a piece's fields, its path in the document, and what is known of the form."""

    name: str
    path: str
    vocabulary: Vocabulary
    names: dict[str, str] = field(default_factory=dict)
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def inside(self, key: str) -> Spot:
        """Give the spot of a key of the object here."""
        path = f"{self.path}.{key}" if self.path else key
        return replace(self, name=f"{self.name}-{key}", path=path)

    def row(self, number: int, index: int | None = None) -> Spot:
        """Give the spot of a row of the list here; `index` is its place in the document."""
        place = number if index is None else index
        return replace(self, name=f"{self.name}-{number}", path=f"{self.path}[{place}]")

    def beside(self, key: str) -> str:
        """Give the path of another key of the object this spot is in."""
        around = self.path.rpartition(".")[0]
        return f"{around}.{key}" if around else key

    def note(self, path: str | None = None, name: str | None = None) -> None:
        """Note that a path of the document is said by a field, by default the one here."""
        self.names[path or self.path] = name or self.name

    @property
    def error(self) -> str | None:
        """The first thing that is wrong here."""
        return next(iter(self.faults.get(self.name, ())), None)


class Piece(Protocol):
    """A part of a document as fields. `values` and `before` are the object its keys are in."""

    @property
    def key(self) -> str:
        """The end of its fields' name; at the top of a document the key it says."""

    @property
    def words(self) -> str:
        """What it is called."""

    def opened(self, values: Mapping[str, Any], spot: Spot) -> Raw:
        """Give what its fields hold when the document says this."""

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give what its fields held when they were sent."""

    def told(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give what the document says by it, and note where."""

    def drawn(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template."""

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether nothing was typed."""


@runtime_checkable
class Pressable(Protocol):
    """A piece with buttons of its own."""

    def pressed(self, raw: Raw, action: str, rest: Sequence[str], spot: Spot) -> Raw:
        """Give what its fields hold once a button of it was pressed."""
