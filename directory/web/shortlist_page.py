"""What the page of saved listings shows, and what its presses do.

Not for the cookie (`saved.py`). Called by `shortlist.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext

from directory.accounts.policy import safe_next_path
from directory.core.db import db
from directory.core.errors import InvalidError, NotFoundError
from directory.listings.queries.chosen import chosen_by_id
from directory.listings.shortlist import KEPT_DAYS, MOST_COMPARED, MOST_SAVED
from directory.web import current, saved
from directory.web.cards import rated_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from directory.listings.queries.cards import ListingCard
    from directory.listings.queries.chosen import ChosenListing

PATH = "/shortlist"
FULL = f"{PATH}?full=1"
# The fields of the form "Save", which stands once on every page with listings.
BACK = "back"
CLEAR = "clear"
# A search in Hindi is three times as long in an address as it is on the page.
LONGEST_BACK = 2000
# What a column of ids holds on every database.
LARGEST_ID = 2**31 - 1
DIGITS = len(str(LARGEST_ID))


@dataclass(frozen=True, slots=True)
class SavedEntry:
    """One saved listing by the id it was saved under: its card, or what became of it.

    `closed` says where a closed one stood; neither of them: it is not shown at present.
    """

    saved_id: int
    card: ListingCard | None
    closed: ChosenListing | None
    is_twice: bool = False


@dataclass(frozen=True, slots=True)
class ShortlistPage:
    """The saved listings in the reader's order, and what was just removed of them.

    `removed` is None when it is on the list all the same, merged into another; `removed_id` is
    the id it was saved under; `was_refused` when one more did not fit.
    """

    entries: tuple[SavedEntry, ...]
    removed: ChosenListing | None
    removed_id: int | None
    is_full: bool
    was_refused: bool
    most: int = MOST_SAVED
    most_compared: int = MOST_COMPARED
    kept_days: int = KEPT_DAYS

    @property
    def shown(self) -> int:
        """Give how many can be compared."""
        return sum(entry.card is not None and not entry.is_twice for entry in self.entries)


def shortlist_page() -> ShortlistPage:
    """Give the page for the list of this browser; twelve queries however long it is."""
    session, kept, removed = db.session(), saved.shortlist(), saved.just_removed()
    asked = {*kept.ids, *([removed.listing_id] if removed else [])}
    chosen = chosen_by_id(session, asked)
    present = [chosen[each] for each in kept.ids if each in chosen]
    open_ids = [each.id for each in present if each.is_open]
    listed = rated_cards(session, open_ids, current.vocabulary(), current.now())
    gone = chosen.get(removed.listing_id) if removed else None
    return ShortlistPage(
        entries=_entries(kept.ids, chosen, {card.id: card for card in listed}),
        removed=None if gone in present else gone,
        removed_id=removed.listing_id if removed else None,
        is_full=kept.is_full,
        was_refused=kept.is_full and "full" in request.args,
    )


def _entries(
    ids: tuple[int, ...],
    chosen: Mapping[int, ChosenListing],
    cards: Mapping[int, ListingCard],
) -> tuple[SavedEntry, ...]:
    """Give the entries in order; of two that turned out to be one, the second only says so."""
    entries: list[SavedEntry] = []
    seen: set[int] = set()
    for saved_id in ids:
        found = chosen.get(saved_id)
        card = cards.get(found.id) if found else None
        closed = found if found and not found.is_open else None
        entries.append(SavedEntry(saved_id, card, closed, bool(card and card.id in seen)))
        seen.update([card.id] if card else [])
    return tuple(entries)


def press(form: Mapping[str, str]) -> str:
    """Do what a button of the form "Save" says; give the address to go on to.

    Raises `InvalidError` for a press of no button of ours.
    """
    if CLEAR in form:
        saved.forget()
        return PATH
    for name, act in ACTS.items():
        if name in form:
            return act(_listing_id(form[name]), form)
    raise InvalidError("", gettext("Press one of the buttons of the page."))


def _listing_id(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= DIGITS and int(text) <= LARGEST_ID:
        return int(text)
    raise InvalidError("", gettext("Press one of the buttons of the page."))


def _save(listing_id: int, form: Mapping[str, str]) -> str:
    """Save a public listing; raises `NotFoundError` for any other."""
    kept, removed = saved.shortlist(), saved.just_removed()
    chosen = chosen_by_id(db.session(), {listing_id, *([removed.listing_id] if removed else [])})
    found = chosen.get(listing_id)
    if found is None or not found.is_open:
        raise NotFoundError(gettext("This listing is not in the directory any more."))
    if kept.is_full and found.id not in kept.ids:
        return FULL
    was_at = None
    if removed and chosen.get(removed.listing_id) == found:
        was_at = removed.at
        saved.forget_removed()
    saved.keep(kept.with_saved(found.id, at=was_at))
    return _back(form, listing_id)


def _remove(listing_id: int, form: Mapping[str, str]) -> str:
    saved.remove(listing_id)
    return _back(form, listing_id)


def _up(listing_id: int, _form: Mapping[str, str]) -> str:
    return _move(listing_id, -1)


def _down(listing_id: int, _form: Mapping[str, str]) -> str:
    return _move(listing_id, 1)


def _move(listing_id: int, by: int) -> str:
    saved.keep(saved.shortlist().moved(listing_id, by))
    return f"{PATH}#saved-{listing_id}"


def _back(form: Mapping[str, str], listing_id: int) -> str:
    """Give the page the button stood on, at the button; the list itself for anything else."""
    path = safe_next_path(form.get(BACK), most=LONGEST_BACK)
    return f"{path}#save-{listing_id}" if path and not path.startswith(PATH) else PATH


ACTS: Mapping[str, Callable[[int, Mapping[str, str]], str]] = {
    "save": _save,
    "remove": _remove,
    "up": _up,
    "down": _down,
}
