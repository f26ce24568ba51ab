"""Collects what a live desk would have recorded, to be chained in the order it happened.

Called by `rounds.py` and `people.py`; written by `loading.py` at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.audit.operations import noted, record_many

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.operations import Noted
    from directory.audit.policy import Act, Actor, FactValue


class Recording:
    """Acts with their times, in the order they were told."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._acts: list[Noted] = []

    def add(
        self,
        act: Act,
        *,
        subject_id: int,
        actor: Actor,
        at: datetime,
        known: Mapping[str, FactValue] | None = None,
    ) -> None:
        """Tell one act; of what is known it takes the facts it carries."""
        facts = {name: (known or {})[name] for name in act.facts}
        self._acts.append(noted(act, subject_id=subject_id, actor=actor, now=at, **facts))

    def write(self, session: Session) -> None:
        """Record all of them, oldest first, inside the caller's transaction."""
        record_many(session, sorted(self._acts, key=lambda act: act.at))
