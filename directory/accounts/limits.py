"""How often somebody may try something, counted in the database so that every machine agrees.

Counted before the operation, in a transaction of its own: a refused try counts as well. What is
counted is a hash, and is forgotten a day after its period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from directory.accounts.models import LimitKind, RateWindow
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import TooManyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys

KEPT = timedelta(days=1)
LONGEST = timedelta(days=1)
QUARTER_HOUR = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How often within a period: for one person or address, and for one network.

    A network is wide, since many people of a city share one address of a telephone company.
    """

    times: int
    network_times: int
    period: timedelta


LIMITS: Mapping[LimitKind, Limit] = MappingProxyType(
    {
        LimitKind.SIGN_IN: Limit(5, 30, HOUR),
        LimitKind.CODE: Limit(10, 60, QUARTER_HOUR),
        LimitKind.PASSWORD: Limit(10, 60, QUARTER_HOUR),
        LimitKind.CONFIRM: Limit(10, 60, HOUR),
        LimitKind.REVIEW: Limit(5, 20, LONGEST),
        LimitKind.FLAG: Limit(10, 30, LONGEST),
        LimitKind.CORRECTION: Limit(10, 30, LONGEST),
        LimitKind.APPEAL: Limit(5, 20, LONGEST),
    }
)


def take(*, kind: LimitKind, key: str, keys: Keys, now: datetime) -> None:
    """Count one try of a person or address; raises `TooManyError` when it is one too many."""
    limit = LIMITS[kind]
    _count(kind, keys.token_hash(f"limit:{key}"), limit.times, limit.period, now)


def take_for_network(*, kind: LimitKind, network: str, keys: Keys, now: datetime) -> None:
    """Count one try from a network address; raises `TooManyError` when it is one too many."""
    limit = LIMITS[kind]
    key_hash = keys.network_hash(network, delhi_day(now))
    _count(kind, key_hash, limit.network_times, limit.period, now)


def prune_windows(*, now: datetime) -> int:
    """Forget what was counted in periods long over; give how many rows."""
    with writing() as session:
        old = delete(RateWindow).where(RateWindow.window_start < now - LONGEST - KEPT)
        return len(session.execute(old.returning(RateWindow.key_hash)).all())


def _count(kind: LimitKind, key_hash: str, times: int, period: timedelta, now: datetime) -> None:
    period_s = int(period.total_seconds())
    start_s = int(now.timestamp()) // period_s * period_s
    start = datetime.fromtimestamp(start_s, UTC)
    try:
        with writing() as session:
            counted = _counted(session, kind, key_hash, start)
    except IntegrityError:
        # Two first tries at the same moment: the other one made the row.
        with writing() as session:
            counted = _counted(session, kind, key_hash, start)
    if counted > times:
        wait_s = max(1, start_s + period_s - int(now.timestamp()))
        raise TooManyError("That was too often in a short time. Wait a little.", wait_s)


def _counted(session: Session, kind: LimitKind, key_hash: str, start: datetime) -> int:
    counted = session.scalar(
        update(RateWindow)
        .where(
            RateWindow.kind == kind,
            RateWindow.key_hash == key_hash,
            RateWindow.window_start == start,
        )
        .values(count=RateWindow.count + 1)
        .returning(RateWindow.count)
        .execution_options(synchronize_session=False)
    )
    if counted is not None:
        return counted
    row = {"kind": kind, "key_hash": key_hash, "window_start": start, "count": 1}
    session.execute(insert(RateWindow).values(row))
    return 1
