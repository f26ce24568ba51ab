"""Writes fees as they are in Delhi (docs/guide-facts.md section 2), now and then none.

Called by `people.py` and `centres.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.demo.dice import Dice

UNSTATED = 16
NEARLY_FREE = 4
DEAR_IN_A_DEAR_PLACE, DEAR_ELSEWHERE = 38, 6
ROUND_TO_A_HUNDRED_FROM = 1_000
REDUCED = (
    "reduced for students and those out of work, please ask",
    "lower fee possible, please say so when you ring",
    "sliding scale",
    "a few places at half the fee",
)
NOTES = (
    "free to cancel up to 24 hours before",
    "half the fee if cancelled the same day",
    "same fee by video",
    "payable after the meeting",
    "bill given for insurance",
)


def practitioner_fees(
    entry: Mapping[str, Any], extras: tuple[str, ...], dice: Dice, *, dear: bool
) -> list[dict[str, Any]]:
    """Give the fees of a practitioner; an empty list means they are not stated."""
    if dice.chance(UNSTATED):
        return []
    first = _first_amount(entry["fees"], dice, dear=dear)
    note = dice.pick(REDUCED) if "sliding" in extras else None
    if note is None and dice.chance(18):
        note = dice.pick(NOTES)
    fees = [fee("first-session", first, dice.pick(entry["minutes"]), note)]
    if dice.chance(80):
        share = dice.whole(50, 80) if entry.get("doctor") else dice.pick((80, 85, 100, 100))
        minutes = dice.pick(entry["follow_minutes"])
        fees.append(fee("follow-up", rounded(first * share // 100), minutes, None))
    for purpose, low, high, length in (
        ("couple-session", 140, 180, 75),
        ("family-session", 140, 190, 75),
        ("group-session", 35, 50, 90),
        ("home-visit", 150, 220, 60),
        ("assessment", 250, 420, 180),
        ("letter", 30, 50, None),
    ):
        if purpose in extras:
            fees.append(fee(purpose, rounded(first * dice.whole(low, high) // 100), length, None))
    return fees


def centre_fees(entry: Mapping[str, Any], dice: Dice) -> list[dict[str, Any]]:
    """Give the fees of a centre; what is free stays free."""
    if not entry.get("free") and dice.chance(UNSTATED):
        return []
    return [
        fee(purpose, rounded(dice.whole(low, high)), minutes, note)
        for purpose, low, high, minutes, note in entry["fees"]
        if entry.get("free") or dice.chance(85)
    ]


def fee(purpose: str, amount: int, minutes: int | None, note: str | None) -> dict[str, Any]:
    """Give one fee in the import format."""
    return {"for": purpose, "amount": amount, "minutes": minutes, "note": note}


def rounded(amount: int) -> int:
    """Give a sum as people ask for it: fifties up to a thousand, then hundreds, then thousands."""
    step = 50 if amount < ROUND_TO_A_HUNDRED_FROM else 100
    if amount >= 10 * ROUND_TO_A_HUNDRED_FROM:
        step = 500
    return (amount + step // 2) // step * step


def _first_amount(scale: list[int], dice: Dice, *, dear: bool) -> int:
    low, high, dear_low, dear_high, least = scale
    if dice.chance(NEARLY_FREE):
        return least
    if dice.chance(DEAR_IN_A_DEAR_PLACE if dear else DEAR_ELSEWHERE):
        return rounded(dice.whole(dear_low, dear_high))
    return rounded(dice.whole(low, high))
