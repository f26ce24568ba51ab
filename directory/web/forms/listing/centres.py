"""The piece that says at which centres somebody works: found by name, added and dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.core.db import db
from directory.listings.queries.editing import centres_by_ref, centres_named
from directory.web.forms.listing.spots import MOST_ROWS, Drawn, Raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from directory.web.forms.listing.spots import Spot


@dataclass(frozen=True)
class Centres:
    """Centres by ref; `raw` holds the refs and the words by which another one is looked for."""

    key: str
    words: str
    hint: str | None = None

    def opened(self, values: Mapping[str, Any], _spot: Spot) -> Raw:
        """Give the refs."""
        return {"refs": [str(ref) for ref in values.get(self.key) or ()], "find": ""}

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the refs, and the words typed to find another."""
        refs = list(dict.fromkeys(sent.getlist(spot.name)))[:MOST_ROWS]
        return {"refs": refs, "find": sent.get(f"{spot.name}-find", "").strip()}

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether no centre is named."""
        return not (raw["refs"] or raw["find"])

    def told(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the refs; words that name one centre only count, others are to be refused."""
        refs = list(raw["refs"])
        for index in range(len(refs)):
            spot.note(f"{spot.path}[{index}]", f"{spot.name}-find")
        if raw["find"]:
            spot.note(f"{spot.path}[{len(refs)}]", f"{spot.name}-find")
            found = [
                c.ref for c in centres_named(db.session(), raw["find"]) if c.is_called(raw["find"])
            ]
            refs += [found[0] if len(found) == 1 else raw["find"]]
        return {self.key: list(dict.fromkeys(refs))}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template: those named, and those found."""
        session = db.session()
        named = centres_by_ref(session, raw["refs"])
        found = centres_named(session, raw["find"]) if raw["find"] else []
        notes = {
            "named": [(ref, named.get(ref)) for ref in raw["refs"]],
            "found": [centre for centre in found if centre.ref not in raw["refs"]],
            "find": raw["find"],
        }
        error = next(iter(spot.faults.get(f"{spot.name}-find", ())), spot.error)
        return Drawn("centres", spot.name, self.words, raw, self.hint, error, notes=notes)

    def pressed(self, raw: Raw, action: str, rest: Sequence[str], _spot: Spot) -> Raw:
        """Add the centre with this number, or drop the one at this place."""
        number = int(rest[0]) if rest and rest[0].isdigit() else None
        if number is None:
            return raw
        if action == "drop":
            return {**raw, "refs": [ref for at, ref in enumerate(raw["refs"]) if at != number]}
        found = [c.ref for c in centres_named(db.session(), raw["find"]) if c.id == number]
        if action == "add" and found and found[0] not in raw["refs"]:
            return {"refs": [*raw["refs"], *found], "find": ""}
        return raw
