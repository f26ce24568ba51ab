"""Limits: counted in the database, for a person and for a network, and forgotten."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.accounts.limits import LIMITS, prune_windows, take, take_for_network
from directory.accounts.models import LimitKind, RateWindow
from directory.core.db import db
from directory.core.errors import TooManyError

if TYPE_CHECKING:
    from flask import Flask

    from tests.accounts.house import House

pytestmark = [pytest.mark.db, pytest.mark.timeout(60)]
NETWORK = "203.0.113.7"


def count(house: House, key: str = "somebody", kind: LimitKind = LimitKind.FLAG) -> None:
    take(kind=kind, key=key, keys=house.keys, now=house.now)


def count_network(house: House, network: str = NETWORK) -> None:
    take_for_network(kind=LimitKind.SIGN_IN, network=network, keys=house.keys, now=house.now)


def stored() -> list[str]:
    session = db.session()
    session.rollback()
    return list(session.scalars(select(RateWindow.key_hash)))


def test_every_kind_has_a_limit_and_a_network_a_wider_one() -> None:
    assert set(LIMITS) == set(LimitKind)
    assert all(0 < limit.times < limit.network_times for limit in LIMITS.values())


@pytest.mark.parametrize("kind", LimitKind, ids=lambda kind: kind.value)
def test_one_too_many_is_refused_until_the_period_is_over(house: House, kind: LimitKind) -> None:
    for _ in range(LIMITS[kind].times):
        count(house, kind=kind)
    with pytest.raises(TooManyError) as refused:
        count(house, kind=kind)

    house.wait(timedelta(seconds=refused.value.retry_after_s - 1))
    with pytest.raises(TooManyError):
        count(house, kind=kind)
    house.wait(timedelta(seconds=1))
    count(house, kind=kind)


def test_somebody_else_and_something_else_are_counted_apart(house: House) -> None:
    for _ in range(LIMITS[LimitKind.FLAG].times):
        count(house)

    count(house, key="somebody else")
    count(house, kind=LimitKind.REVIEW)


def test_a_network_is_counted_apart_from_persons(house: House) -> None:
    for _ in range(LIMITS[LimitKind.SIGN_IN].network_times):
        count_network(house)

    with pytest.raises(TooManyError):
        count_network(house)
    count_network(house, "203.0.113.8")


def test_what_is_counted_is_a_hash(house: House) -> None:
    count(house, key="asha@example.org")
    count_network(house)

    assert all(len(key) == 64 for key in stored())
    assert NETWORK not in " ".join(stored())


def test_old_periods_are_forgotten(house: House) -> None:
    count(house)
    assert prune_windows(now=house.now) == 0

    house.wait(timedelta(days=3))

    assert prune_windows(now=house.now) == 1
    assert stored() == []


def test_tries_at_the_same_moment_are_all_counted(app: Flask, house: House) -> None:
    def one_try() -> None:
        with app.app_context():
            count(house)

    threads = [threading.Thread(target=one_try) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    session = db.session()
    session.rollback()
    assert session.scalar(select(func.sum(RateWindow.count))) == 6
