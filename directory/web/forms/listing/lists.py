"""Pieces of several values: boxes to tick, lines of a text, rows of fields, an object inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from directory.vocabulary.models import TermKind
from directory.web.forms.listing.spots import MOST_ROWS, MOST_ROWS_SENT, Drawn, Pressable, Raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from directory.vocabulary.queries import TermView
    from directory.web.forms.listing.spots import Piece, Spot

GROUPS = {
    TermKind.CONDITION: TermKind.CONDITION_GROUP,
    TermKind.TREATMENT: TermKind.TREATMENT_GROUP,
}
SHOWN_NAMES = 4


@dataclass(frozen=True)
class Boxes:
    """Words of the vocabulary to tick; those that were stated before keep their order."""

    key: str
    words: str
    kind: TermKind
    hint: str | None = None

    def opened(self, values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give the slugs."""
        return [str(slug) for slug in values.get(self.key) or ()]

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the slugs ticked."""
        return sent.getlist(spot.name)

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether no box is ticked."""
        return not raw

    def told(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the slugs, those that were there first."""
        spot.note()
        known = [slug for slug in before.get(self.key) or () if slug in raw]
        return {self.key: known + [slug for slug in raw if slug not in known]}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template: one part for each group of words."""
        terms = spot.vocabulary.terms[self.kind]
        parts = [
            Drawn("boxes-part", f"{spot.name}-{number}", words, raw, options=options)
            for number, (words, options) in enumerate(self._parts(spot))
        ]
        names = [terms[slug].name_en for slug in raw if slug in terms]
        notes = {"chosen": ", ".join(names[:SHOWN_NAMES]), "more": len(names[SHOWN_NAMES:])}
        return Drawn(
            "boxes", spot.name, self.words, raw, self.hint, spot.error, inner=parts, notes=notes
        )

    def _parts(self, spot: Spot) -> list[tuple[str, list[tuple[str, str]]]]:
        terms = spot.vocabulary.terms[self.kind].values()
        if self.kind not in GROUPS:
            return [("", _options(terms))]
        groups = spot.vocabulary.terms[GROUPS[self.kind]].values()
        parts = [
            (group.name_en, _options(term for term in terms if term.group == group.slug))
            for group in groups
        ]
        known = {group.slug for group in groups}
        parts.append((gettext("Others"), _options(t for t in terms if t.group not in known)))
        return [part for part in parts if part[1]]


def _options(terms: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - any iterable of terms
    found: list[TermView] = list(terms)
    return [(term.slug, term.name_en) for term in found]


@dataclass(frozen=True)
class Texts:
    """A list of texts, written one on a line."""

    key: str
    words: str
    hint: str | None = None

    def opened(self, values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give them as the lines of one text."""
        return "\n".join(map(str, values.get(self.key) or ()))

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the text as typed."""
        return sent.get(spot.name, "")

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether nothing was typed."""
        return not raw

    def told(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the lines that are not blank."""
        spot.note()
        return {self.key: [line.strip() for line in raw.splitlines() if line.strip()]}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template."""
        notes = {"most": None, "short": False}
        return Drawn("area", spot.name, self.words, raw, self.hint, spot.error, notes=notes)


@dataclass(frozen=True)
class Inside:
    """An object of the document with fields of its own; all of them blank is none at all."""

    key: str
    words: str
    pieces: Sequence[Piece]

    def opened(self, values: Mapping[str, Any], spot: Spot) -> Raw:
        """Give what its fields hold."""
        return opened_all(self.pieces, values.get(self.key) or {}, spot)

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give what its fields held."""
        return {piece.key: piece.typed(sent, spot.inside(piece.key)) for piece in self.pieces}

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether nothing was typed into any field."""
        return all(piece.is_blank(raw[piece.key]) for piece in self.pieces)

    def told(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the object, None when it is blank."""
        spot.note()
        found = told_all(self.pieces, raw, before.get(self.key) or {}, spot)
        return {self.key: None if self.is_blank(raw) else found}

    def drawn(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template."""
        inner = drawn_all(self.pieces, raw, before.get(self.key) or {}, spot)
        return Drawn("inside", spot.name, self.words, error=spot.error, inner=inner)


@dataclass(frozen=True)
class Rows:
    """A list of objects, a row of fields each; blank rows are left out.

    `one` names a row. A row without any of `needs` counts as blank (by default: without anything).
    `fixed` rows are those of the document, whatever is typed: none is added or dropped, and what
    the fields do not say stays.
    """

    key: str
    words: str
    one: str
    pieces: Sequence[Piece]
    add: str = ""
    hint: str | None = None
    needs: Sequence[str] = ()
    large: bool = False
    fixed: bool = False

    def opened(self, values: Mapping[str, Any], spot: Spot) -> Raw:
        """Give the rows, each with its place in the document."""
        items = values.get(self.key) or []
        rows = [
            opened_all(self.pieces, item, spot) | {"was": str(number)}
            for number, item in enumerate(items)
            if isinstance(item, dict)
        ]
        return rows if rows or not self.large else [self._blank(spot)]

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the rows as they were sent."""
        count = sent.get(f"{spot.name}-rows", "")
        many = min(int(count), MOST_ROWS_SENT) if count.isascii() and count.isdigit() else 0
        return [self._typed(sent, spot.row(number)) for number in range(many)]

    def _typed(self, sent: MultiDict[str, str], row: Spot) -> Raw:
        found = {piece.key: piece.typed(sent, row.inside(piece.key)) for piece in self.pieces}
        return found | {"was": sent.get(f"{row.name}-was", "")}

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether every row is blank."""
        return all(self._is_blank(row) for row in raw)

    def _is_blank(self, row: Raw) -> bool:
        asked = [piece for piece in self.pieces if not self.needs or piece.key in self.needs]
        return all(piece.is_blank(row[piece.key]) for piece in asked)

    def told(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the rows that are not blank; what a row's fields do not say it keeps."""
        spot.note()
        items: list[dict[str, Any]] = []
        for number, row in enumerate(raw):
            if not self.fixed and self._is_blank(row):
                continue
            here = spot.row(number, len(items))
            here.note()
            was = _item(before.get(self.key), row["was"])
            items.append({**was, **told_all(self.pieces, row, was, here)})
        return {self.key: items}

    def drawn(self, raw: Raw, before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template."""
        rows = []
        for number, row in enumerate(raw):
            here, was = spot.row(number), _item(before.get(self.key), row["was"])
            inner = drawn_all(self.pieces, row, was, here)
            words = f"{self.one} {number + 1}"
            rows.append(Drawn("row", here.name, words, row["was"], None, here.error, inner=inner))
        notes = {"add": self.add, "large": self.large, "fixed": self.fixed}
        return Drawn(
            "rows", spot.name, self.words, "", self.hint, spot.error, inner=rows, notes=notes
        )

    def pressed(self, raw: Raw, action: str, rest: Sequence[str], spot: Spot) -> Raw:
        """Add a row, drop one, move one up, or press something inside one."""
        if not rest:
            room = action == "add" and len(raw) < MOST_ROWS and not self.fixed
            return [*raw, self._blank(spot)] if room else raw
        number = int(rest[0]) if rest[0].isdigit() else len(raw)
        if number >= len(raw):
            return raw
        if len(rest) > 1:
            row = pressed_in(self.pieces, raw[number], action, rest[1:], spot.row(number))
            return [*raw[:number], row, *raw[number + 1 :]]
        return raw if self.fixed else _moved(raw, action, number)

    def _blank(self, spot: Spot) -> Raw:
        return opened_all(self.pieces, {}, spot) | {"was": ""}


def _moved(rows: list[Raw], action: str, number: int) -> list[Raw]:
    left = [*rows[:number], *rows[number + 1 :]]
    if action == "drop":
        return left
    if action == "up" and number:
        left.insert(number - 1, rows[number])
        return left
    return rows


def _item(items: Any, was: str) -> dict[str, Any]:  # noqa: ANN401 - a list of a document, or None
    """Give the object of the document a row came from; a new row has none."""
    number = int(was) if was.isascii() and was.isdigit() else -1
    if isinstance(items, list) and 0 <= number < len(items) and isinstance(items[number], dict):
        return dict(items[number])
    return {}


def opened_all(pieces: Sequence[Piece], values: Mapping[str, Any], spot: Spot) -> dict[str, Raw]:
    """Give what the fields of several pieces hold when their object says this."""
    return {piece.key: piece.opened(values, spot.inside(piece.key)) for piece in pieces}


def told_all(
    pieces: Sequence[Piece], raw: Mapping[str, Raw], before: Mapping[str, Any], spot: Spot
) -> dict[str, Any]:
    """Give what several pieces say of their object."""
    found: dict[str, Any] = {}
    for piece in pieces:
        found |= piece.told(raw[piece.key], before, spot.inside(piece.key))
    return found


def drawn_all(
    pieces: Sequence[Piece], raw: Mapping[str, Raw], before: Mapping[str, Any], spot: Spot
) -> list[Drawn]:
    """Give several pieces for the template."""
    return [piece.drawn(raw[piece.key], before, spot.inside(piece.key)) for piece in pieces]


def pressed_in(
    pieces: Sequence[Piece], raw: Mapping[str, Raw], action: str, rest: Sequence[str], spot: Spot
) -> dict[str, Raw]:
    """Give what the fields hold once the button `rest` leads to was pressed."""
    found = dict(raw)
    for piece in pieces:
        if rest and piece.key == rest[0] and isinstance(piece, Pressable):
            inner = spot.inside(piece.key)
            found[piece.key] = piece.pressed(raw[piece.key], action, rest[1:], inner)
    return found
