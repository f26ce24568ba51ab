"""What a signal is called and what it carries. Used by all of this folder and by the desk.

A signal is advice with an explanation, never a decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SignalName(StrEnum):
    """What may be noticed about a review; the first ones in its text, the last in patterns."""

    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    THIRD_PERSON_NAME = "third_person_name"
    STAFF_NAME = "staff_name"
    EXACT_DATE = "exact_date"
    SELF_IDENTIFYING = "self_identifying"
    DOSE = "dose"
    STOP_MEDICINE = "stop_medicine"
    DIAGNOSIS_OF_OTHER = "diagnosis_of_other"
    THREAT = "threat"
    SLUR = "slur"
    EXTORTION = "extortion"
    LEGAL = "legal"
    CRISIS = "crisis"
    SELF_HARM_METHOD = "self_harm_method"
    ADVERTISING = "advertising"
    NEAR_DUPLICATE = "near_duplicate"
    BURST = "burst"
    SAME_NETWORK = "same_network"
    ONE_SIDED = "one_sided"
    NEW_ACCOUNT = "new_account"


PATTERN_SIGNALS = frozenset(
    {
        SignalName.NEAR_DUPLICATE,
        SignalName.BURST,
        SignalName.SAME_NETWORK,
        SignalName.ONE_SIDED,
        SignalName.NEW_ACCOUNT,
    }
)
TEXT_SIGNALS = tuple(name for name in SignalName if name not in PATTERN_SIGNALS)


@dataclass(frozen=True, slots=True)
class Signal:
    """Something a moderator should look at: characters `start` to `end` of the text as given.

    `why` is one plain sentence for the moderator; it quotes nothing of the text.
    """

    name: SignalName
    start: int
    end: int
    why: str
