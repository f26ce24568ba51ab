"""Sections of a listing as one form: opened from a document, sent, changed by its buttons.

What was typed is kept as it was typed. `changes` gives what the document would say otherwise;
whether it may is for `listings.operations` to say, and `lay` puts what they say at its fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from directory.web.forms.base import WHOLE_FORM
from directory.web.forms.listing.lists import drawn_all, opened_all, pressed_in, told_all
from directory.web.forms.listing.places import LOCALITY_LIST
from directory.web.forms.listing.spots import PRESS, ROOT, Drawn, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from directory.listings.exchange.checking import Fault
    from directory.vocabulary.queries import Vocabulary
    from directory.web.forms.listing.sections import Section

LAST_PART = re.compile(r"(\[\d+\]|\.?[^.\[\]]+)$")
# A press on a drawn map comes as two numbers; either tells that there was one.
MAP_PRESSED = "-map.x"


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """A section as the template draws it; `here` is where its form is sent."""

    name: str
    words: str
    hint: str | None
    pieces: Sequence[Drawn]
    here: str
    localities: Sequence[str]
    keys: Sequence[str]


class ListingForm:
    """Some sections of a listing's document as fields."""

    def __init__(
        self,
        sections: Iterable[Section],
        document: Mapping[str, Any],
        vocabulary: Vocabulary,
        *,
        shown: Mapping[str, Any] | None = None,
        sent: MultiDict[str, str] | None = None,
    ) -> None:
        """`document` is what changes are told from; the fields hold `sent`, else `shown`, else it.

        A button that was pressed among those sent has already done its work.
        """
        self.sections = tuple(sections)
        self.document = document
        self._pieces = [piece for section in self.sections for piece in section.pieces]
        self._spot = Spot(ROOT, "", vocabulary)
        self._faults: dict[str, list[str]] = {}
        self.was_pressed = False
        if sent is None:
            self._raw = opened_all(self._pieces, shown or document, self._spot)
            return
        self._raw = {
            piece.key: piece.typed(sent, self._spot.inside(piece.key)) for piece in self._pieces
        }
        self._press(sent)

    @property
    def has_faults(self) -> bool:
        """Whether anything was laid on it."""
        return bool(self._faults)

    def told(self) -> dict[str, Any]:
        """Give what the document says by these sections, every key of them."""
        return told_all(self._pieces, self._raw, self.document, self._spot)

    def changes(self) -> dict[str, Any]:
        """Give the keys that would say something else, each with what it would say."""
        return {
            key: value
            for key, value in self.told().items()
            if value != (before := self.document.get(key))
            and not (is_empty(value) and is_empty(before))
        }

    def lay(self, faults: Iterable[Fault]) -> None:
        """Put what is wrong with the document at the fields that said it."""
        self.told()
        for fault in faults:
            name = self._field_of(fault.field)
            self._faults.setdefault(name, []).append(_words(fault))

    def refuse(self, words: str) -> None:
        """Add something that is wrong with no field in particular."""
        self._faults.setdefault(WHOLE_FORM, []).append(words)

    def summary(self) -> list[tuple[str, str | None]]:
        """Give the lines of the summary, in the order of the form: words, and where they lead."""
        drawn = [piece for section in self.drawn("") for piece in section.pieces]
        labels = dict(_labels(drawn, ""))
        order = {name: number for number, name in enumerate(labels)}
        lines: list[tuple[str, str | None]] = []
        for name in sorted(self._faults, key=lambda name: order.get(name, -1)):
            label = labels.get(name)
            anchor = f"#{name}" if label else None
            lines += [(f"{label}: {w}" if label else w, anchor) for w in self._faults[name]]
        return lines

    def drawn(self, here: str) -> list[DrawnSection]:
        """Give the sections for the template; their buttons send the form to `here`."""
        spot = Spot(ROOT, "", self._spot.vocabulary, faults=self._faults)
        found = []
        for section in self.sections:
            raw = {piece.key: self._raw[piece.key] for piece in section.pieces}
            pieces = drawn_all(section.pieces, raw, self.document, spot)
            names = self._localities() if _needs_localities(pieces) else ()
            words, hint = str(section.words), str(section.hint) if section.hint else None
            found.append(DrawnSection(section.name, words, hint, pieces, here, names, section.keys))
        return found

    def _localities(self) -> list[str]:
        return sorted(each.name_en for each in self._spot.vocabulary.localities.values())

    def _press(self, sent: MultiDict[str, str]) -> None:
        action, _space, name = sent.get(PRESS, "").partition(" ")
        self.was_pressed = bool(action) or any(key.endswith(MAP_PRESSED) for key in sent)
        keys = name.split("-")
        if keys[0] == ROOT and len(keys) > 1:
            self._raw = pressed_in(self._pieces, self._raw, action, keys[1:], self._spot)

    def _field_of(self, path: str) -> str:
        """Give the field that said a path, or the nearest one round it, or the form itself."""
        names = self._spot.names
        while path and path not in names:
            path = LAST_PART.sub("", path)
        return names.get(path, WHOLE_FORM)


def is_empty(value: object) -> bool:
    """Tell whether a value of a document says nothing."""
    return value is None or value in ("", [])


def _words(fault: Fault) -> str:
    if fault.field.startswith("works_at"):
        return gettext("There is no such centre in the directory; find it by its name and add it.")
    return (
        fault.reason[:1].lower() + fault.reason[1:] if fault.reason[1:2].islower() else fault.reason
    )


def _labels(pieces: Iterable[Drawn], around: str) -> list[tuple[str, str]]:
    """Give the name and the whole label of every piece, in order: "Fee 2, rupees"."""
    found = []
    for piece in pieces:
        if piece.kind == "fault":
            continue
        label = ", ".join(filter(None, (around, str(piece.words))))
        found.append((piece.name, label))
        if piece.kind == "day-of-week":
            names = [f"{piece.name}-{n}" for n in range(len(piece.value))]
            found += [(f"{name}-{end}", label) for name in names for end in ("opens", "closes")]
        if piece.kind == "centres":
            found.append((f"{piece.name}-find", label))
        found += _labels(piece.inner, label if piece.kind in {"row", "inside", "week"} else around)
    return found


def _needs_localities(pieces: Iterable[Drawn]) -> bool:
    return any(
        piece.notes.get("list") == LOCALITY_LIST or _needs_localities(piece.inner)
        for piece in pieces
    )
