"""The administrator's log: what the address asks for, and what its page is rendered with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request

from directory.accounts.policy import STAFF
from directory.accounts.queries import people
from directory.audit.actions import ACTS
from directory.audit.queries import AuditFilter, events
from directory.core.clock import DELHI
from directory.core.db import db
from directory.web.addresses import row_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.audit.queries import AuditPage

PER_PAGE = 50
MOST_STAFF = 500
NOUNS = tuple(dict.fromkeys(act.subject_noun for act in ACTS.values()))
MOST_DIGITS = 18
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class LogAsked:
    """What the address asks for, as it was written; what cannot be read asks for nothing."""

    act: str
    actor: str
    noun: str
    subject: str
    since: str
    until: str
    before: str

    def filter(self) -> AuditFilter:
        """Give what to read; `until` is a whole day in Delhi, counted in."""
        last = _day(self.until)
        return AuditFilter(
            act=self.act if self.act in ACTS else None,
            actor_id=_row(self.actor),
            subject_noun=self.noun if self.noun in NOUNS else None,
            subject_id=_number(self.subject),
            since=_midnight(_day(self.since)),
            until=_midnight(last + timedelta(days=1)) if last else None,
        )

    def older_than(self, seq: int) -> str:
        """Give the address of what came before an act, with the same filters."""
        asked = {name: getattr(self, name) for name in ("act", "actor", "noun", "subject")}
        asked |= {"since": self.since, "until": self.until, "before": str(seq)}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def asked_log() -> LogAsked:
    """Give what this request's address asks for; a day there is not counts as none."""
    names = ("act", "actor", "noun", "subject", "since", "until", "before")
    asked = LogAsked(**{name: request.args.get(name, "").strip() for name in names})
    no_days = {name: "" for name in ("since", "until") if _day(getattr(asked, name)) is None}
    return replace(asked, **no_days)


def read_log(asked: LogAsked) -> AuditPage:
    """Give the acts asked for, newest first."""
    return events(db.session(), asked.filter(), before_seq=_number(asked.before), limit=PER_PAGE)


def staff_names() -> Mapping[int, str]:
    """Give the names of the people of the desk by their number."""
    staff = people(db.session(), roles=STAFF, per_page=MOST_STAFF)
    return {person.user_id: person.display_name or "" for person in staff.items}


def _number(words: str) -> int | None:
    fits = words.isascii() and words.isdigit() and len(words) <= MOST_DIGITS
    return int(words) if fits else None


def _row(words: str) -> int | None:
    try:
        return row_number(words)
    except ValueError:
        return None


def _day(words: str) -> date | None:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=DELHI)
