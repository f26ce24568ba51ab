"""Words of the editor: why a listing changed and by whom. Template filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext

from directory.listings.models import ChangeCause, ListingKind, ListingState
from directory.web import text
from directory.web.audit_words import ACTORS
from directory.web.desk_words import words_of
from directory.web.document_words import state_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.listings.queries.history import HistoryEntry
    from directory.web.forms.listing import DrawnSection

CAUSES: Mapping[str, LazyString] = {
    ChangeCause.CREATED: lazy_gettext("Made"),
    ChangeCause.EDIT: lazy_gettext("Edited"),
    ChangeCause.STATE: lazy_gettext("Another state"),
    ChangeCause.CHECK: lazy_gettext("Checked"),
    ChangeCause.CORRECTION: lazy_gettext("Report of a reader accepted"),
    ChangeCause.IMPORT: lazy_gettext("Brought by an import"),
    ChangeCause.MERGE: lazy_gettext("Merged"),
    ChangeCause.VOCABULARY: lazy_gettext("Vocabulary changed"),
    ChangeCause.UNDO: lazy_gettext("Taken back"),
}
KINDS: Mapping[str, LazyString] = {
    ListingKind.PRACTITIONER: lazy_gettext("Person"),
    ListingKind.CENTRE: lazy_gettext("Place"),
}
MOVES: Mapping[str, LazyString] = {
    ListingState.PUBLISHED: lazy_gettext("Publish"),
    ListingState.SUSPENDED: lazy_gettext("Suspend"),
    ListingState.CLOSED: lazy_gettext("Close"),
}


def by_words(entry: HistoryEntry) -> str:
    """Say who made a change."""
    return entry.actor_name or str(ACTORS[entry.actor_kind])


def state_options(
    states: Iterable[ListingState], counts: Mapping[ListingState, int]
) -> list[tuple[str, str]]:
    """Give the states to choose from, each with how many listings are in it."""
    return [
        (each.value, f"{text.upper_first(state_words(each))} ({text.count(counts.get(each, 0))})")
        for each in states
    ]


def kind_options(kinds: Iterable[ListingKind]) -> list[tuple[str, str]]:
    """Give the kinds to choose from."""
    return [(each.value, str(KINDS[each])) for each in kinds]


def jump_rows(sections: Iterable[DrawnSection]) -> list[tuple[str, str]]:
    """Give the sections of a form as links on the page."""
    return [(section.words, f"#{section.name}") for section in sections]


FILTERS: dict[str, Callable[..., Any]] = {
    "cause_words": words_of(CAUSES),
    "changed_by": by_words,
    "jump_rows": jump_rows,
    "kind_options": kind_options,
    "kind_words": words_of(KINDS),
    "listing_state_options": state_options,
    "move_words": words_of(MOVES),
}
