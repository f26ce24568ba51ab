"""What care usually adds up to, from stated fees only: pure arithmetic, no database, no words.

An assumption about how often somebody goes is made here and said in words on the page. A sum
is given only when everything in it is stated; what is missing stays visible as missing.
Called by the reads of listings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from directory.listings.models import FeePurpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A usual beginning, as the page says it: one first visit and three follow-ups in two months.
FOLLOW_UPS = 3
# A usual short stay: seven days in a bed, and the deposit that must be at hand.
STAY_DAYS = 7


class CostBasis(StrEnum):
    """Which assumption a sum rests on."""

    FIRST_TWO_MONTHS = "first-two-months"
    FIRST_WEEK_INSIDE = "first-week-inside"


@dataclass(frozen=True, slots=True)
class FeeView:
    """A stated sum in whole rupees for one thing; 0 is free."""

    purpose: FeePurpose
    amount_inr: int
    minutes: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of a cost table.

    `each_inr` is None when it is not stated; `times` and `sum_inr` are None for what does
    not enter the sum.
    """

    purpose: FeePurpose
    minutes: int | None
    each_inr: int | None
    times: int | None
    sum_inr: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class UsualCost:
    """A cost table and its sum; None when a part of it is not stated."""

    basis: CostBasis
    lines: tuple[CostLine, ...]
    total_inr: int | None


def first_two_months(fees: Sequence[FeeView]) -> UsualCost:
    """Give what one first visit and three follow-ups come to, then every other fee."""
    counted = ((FeePurpose.FIRST_SESSION, 1), (FeePurpose.FOLLOW_UP, FOLLOW_UPS))
    return _usual_cost(CostBasis.FIRST_TWO_MONTHS, fees, counted)


def first_week_inside(fees: Sequence[FeeView]) -> UsualCost:
    """Give what seven days in a bed and the deposit come to, then every other fee."""
    counted = ((FeePurpose.BED_DAY, STAY_DAYS), (FeePurpose.DEPOSIT, 1))
    return _usual_cost(CostBasis.FIRST_WEEK_INSIDE, fees, counted)


def _usual_cost(
    basis: CostBasis, fees: Sequence[FeeView], counted: Iterable[tuple[FeePurpose, int]]
) -> UsualCost:
    lines: list[CostLine] = []
    used: list[FeeView] = []
    for purpose, times in counted:
        fee = next((fee for fee in fees if fee.purpose is purpose), None)
        if fee is None:
            lines.append(CostLine(purpose, None, None, times, None, None))
            continue
        used.append(fee)
        total = fee.amount_inr * times
        lines.append(CostLine(purpose, fee.minutes, fee.amount_inr, times, total, fee.note))
    sums = [line.sum_inr for line in lines]
    lines += [
        CostLine(fee.purpose, fee.minutes, fee.amount_inr, None, None, fee.note)
        for fee in fees
        if not any(fee is one for one in used)
    ]
    stated = [amount for amount in sums if amount is not None]
    total_inr = sum(stated) if len(stated) == len(sums) else None
    return UsualCost(basis, tuple(lines), total_inr)
