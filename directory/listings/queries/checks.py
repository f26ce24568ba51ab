"""The newest check of each fact and whether it still counts. Called by pages and the API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from directory.listings.models import Verification, VerificationMethod


class CheckState(StrEnum):
    """Whether a fact's newest check still counts."""

    VALID = "valid"
    EXPIRED = "expired"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Check:
    """The newest check of one fact; only `fact` and `state` when there never was one."""

    fact: str
    state: CheckState
    method: VerificationMethod | None = None
    checked_by: str | None = None
    checked_on: date | None = None
    expires_on: date | None = None
    note: str | None = None

    @property
    def expired(self) -> bool:
        """Whether there was a check that no longer counts."""
        return self.state is CheckState.EXPIRED

    @property
    def is_valid(self) -> bool:
        """Whether the fact may be shown as checked."""
        return self.state is CheckState.VALID


def newest_checks(verifications: Iterable[Verification], today: date) -> dict[str, Check]:
    """Give the newest check of each fact; of two on one day, the one that counts longer."""
    in_order = sorted(
        verifications, key=lambda row: (row.checked_on, row.expires_on or row.checked_on, row.id)
    )
    return {
        row.fact: Check(
            fact=row.fact,
            state=check_state(row.expires_on, today),
            method=row.method,
            checked_by=row.checked_by,
            checked_on=row.checked_on,
            expires_on=row.expires_on,
            note=row.note,
        )
        for row in in_order
    }


def check_state(expires_on: date | None, today: date) -> CheckState:
    """Give the state of a check; it still counts on the day it expires."""
    if expires_on is not None and expires_on < today:
        return CheckState.EXPIRED
    return CheckState.VALID
