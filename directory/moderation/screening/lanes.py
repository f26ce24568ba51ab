"""Which lane of the queue a review belongs to. Called by the desk when a case is opened.

The class comes first, then the age; the stars never count.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from directory.moderation.screening.names_of_signals import SignalName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.moderation.screening.names_of_signals import Signal


class Lane(StrEnum):
    """The classes of cases in their order, P0 to P4."""

    CRISIS = "crisis"
    EXPOSURE = "exposure"
    LEGAL = "legal"
    FRAUD = "fraud"
    ROUTINE = "routine"


# A dose, advice to stop a medicine and a slur are judged like any other review.
LANE_OF: Mapping[SignalName, Lane] = {
    SignalName.CRISIS: Lane.CRISIS,
    SignalName.SELF_HARM_METHOD: Lane.CRISIS,
    SignalName.PHONE: Lane.EXPOSURE,
    SignalName.EMAIL: Lane.EXPOSURE,
    SignalName.THIRD_PERSON_NAME: Lane.EXPOSURE,
    SignalName.STAFF_NAME: Lane.EXPOSURE,
    SignalName.EXACT_DATE: Lane.EXPOSURE,
    SignalName.SELF_IDENTIFYING: Lane.EXPOSURE,
    SignalName.DIAGNOSIS_OF_OTHER: Lane.EXPOSURE,
    SignalName.THREAT: Lane.LEGAL,
    SignalName.EXTORTION: Lane.LEGAL,
    SignalName.LEGAL: Lane.LEGAL,
    SignalName.URL: Lane.FRAUD,
    SignalName.ADVERTISING: Lane.FRAUD,
    SignalName.NEAR_DUPLICATE: Lane.FRAUD,
    SignalName.BURST: Lane.FRAUD,
    SignalName.SAME_NETWORK: Lane.FRAUD,
    SignalName.ONE_SIDED: Lane.FRAUD,
}
ORDER = tuple(Lane)


def priority_of(signals: Iterable[Signal], *, unsafe: bool) -> Lane:
    """Give the most urgent lane that any signal, or the answer about safety, asks for."""
    lanes = {LANE_OF.get(signal.name, Lane.ROUTINE) for signal in signals}
    if unsafe:
        lanes.add(Lane.LEGAL)
    return min(lanes, key=ORDER.index, default=Lane.ROUTINE)
