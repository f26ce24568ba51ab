"""The newest check of each fact and whether it still counts. Called by pages and the API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from directory.listings.policy import still_counts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from directory.listings.exchange.drafts import CheckDraft
    from directory.listings.models import Verification, VerificationMethod
    from directory.listings.queries.doubts import DoubtView


class CheckState(StrEnum):
    """Whether a fact's newest check still counts; one in doubt does not."""

    VALID = "valid"
    EXPIRED = "expired"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Check:
    """The newest check of one fact; only `fact` and `state` when there never was one.

    `doubt` says that readers found the fact to be otherwise since.
    """

    fact: str
    state: CheckState
    method: VerificationMethod | None = None
    checked_by: str | None = None
    checked_on: date | None = None
    expires_on: date | None = None
    note: str | None = None
    doubt: DoubtView | None = None

    @property
    def expired(self) -> bool:
        """Whether there was a check that no longer counts."""
        return self.state is CheckState.EXPIRED

    @property
    def is_valid(self) -> bool:
        """Whether the fact may be shown as checked."""
        return self.state is CheckState.VALID


def newest_checks(
    verifications: Iterable[Verification | CheckDraft],
    today: date,
    doubts: Iterable[DoubtView] = (),
) -> dict[str, Check]:
    """Give the newest check of each fact; of two on one day, the one that counts longer.

    A fact in doubt without any check is "never" checked.
    """
    doubted = {doubt.fact: doubt for doubt in doubts}
    in_order = sorted(
        verifications, key=lambda row: (row.checked_on, row.expires_on or row.checked_on)
    )
    never = {fact: Check(fact, CheckState.NEVER, doubt=doubt) for fact, doubt in doubted.items()}
    return never | {
        row.fact: Check(
            fact=row.fact,
            state=CheckState.EXPIRED if row.fact in doubted else check_state(row.expires_on, today),
            method=row.method,
            checked_by=row.checked_by,
            checked_on=row.checked_on,
            expires_on=row.expires_on,
            note=row.note,
            doubt=doubted.get(row.fact),
        )
        for row in in_order
    }


def check_state(expires_on: date | None, today: date) -> CheckState:
    """Give the state of a check; it still counts on the day it expires."""
    return CheckState.VALID if still_counts(expires_on, today) else CheckState.EXPIRED
