"""A helpline that somebody rang: the day it was answered, dated and in the record.

The reference files never say it: what was compiled is not what was checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.audit import actions
from directory.audit.operations import record
from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import InvalidError, NotFoundError
from directory.vocabulary.models import Helpline
from directory.vocabulary.operations.editing import raise_edition

if TYPE_CHECKING:
    from datetime import date, datetime

    from directory.audit.policy import Actor


def record_helpline_call(*, actor: Actor, slug: str, called_on: date, now: datetime) -> None:
    """Record that a helpline answered on a day, in Delhi.

    Raises `NotFoundError`, and `InvalidError` for a day that is still to come or lies before the
    call that is recorded already.
    """
    with writing() as session:
        line = session.scalars(select(Helpline).where(Helpline.slug == slug)).one_or_none()
        if line is None:
            raise NotFoundError("There is no such helpline.")
        if called_on > delhi_day(now):
            raise InvalidError("on", "That day is still to come")
        if line.checked_on is not None and called_on < line.checked_on:
            raise InvalidError("on", f"It was answered later already, on {line.checked_on}")
        line.checked_on = called_on
        record(
            session,
            actions.HELPLINE_CALLED,
            subject_id=line.id,
            actor=actor,
            now=now,
            called_on=called_on.isoformat(),
        )
        raise_edition(session, now)
