"""Screening: what a moderator should look at in the text of a review, in three languages.

Pure: no database and no request. Signals are advice with an explanation, never a decision (see
docs/screening.md). Called by the desk when a review arrives, and by `flask screening run`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.moderation.screening.contacts import found_contacts
from directory.moderation.screening.dates import found_dates
from directory.moderation.screening.lanes import Lane, priority_of
from directory.moderation.screening.languages import language_of
from directory.moderation.screening.medicines import found_doses
from directory.moderation.screening.names import found_names
from directory.moderation.screening.names_of_signals import (
    PATTERN_SIGNALS,
    TEXT_SIGNALS,
    Signal,
    SignalName,
)
from directory.moderation.screening.near_duplicates import NEAR, same_words, shingles, similarity
from directory.moderation.screening.rules import found_by_rules
from directory.moderation.screening.slurs import found_slurs
from directory.moderation.screening.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "NEAR",
    "PATTERN_SIGNALS",
    "TEXT_SIGNALS",
    "Lane",
    "Signal",
    "SignalName",
    "language_of",
    "priority_of",
    "same_words",
    "screen",
    "shingles",
    "similarity",
]


def screen(text: str, *, listed: str | None = None) -> tuple[Signal, ...]:
    """Give what a moderator should look at, in the order of the text.

    `listed` is the name of the person or centre the review is about, whose own name is no signal.
    """
    said = spoken(text)
    found = [
        *found_contacts(said),
        *found_dates(said),
        *found_doses(said),
        *found_slurs(said),
        *found_names(said, listed),
        *found_by_rules(said),
    ]
    return tuple(sorted(_apart(found), key=lambda one: (one.start, one.end, one.name)))


def _apart(found: Iterable[Signal]) -> list[Signal]:
    """Leave out what lies within a longer signal of the same name, or overlaps one before it."""
    kept: list[Signal] = []
    for one in sorted(found, key=lambda signal: (signal.start - signal.end, signal.start)):
        if not any(
            one.name == other.name and one.start < other.end and other.start < one.end
            for other in kept
        ):
            kept.append(one)
    return kept
