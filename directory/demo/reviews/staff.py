"""Gives the demo staff links to sign in with: there is no password anywhere to begin with.

Called by `flask demo staff`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from directory.accounts.operations.managing import create_user, make_link
from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.demo.reviews.people import STAFF, staff_ids

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.accounts.models import Role
    from directory.accounts.operations.managing import PrintedLink
    from directory.demo.reviews.drafts import Person


@dataclass(frozen=True, slots=True)
class StaffLink:
    """Where one of the demo staff signs in, once; the address follows the site's own."""

    name: str
    role: Role
    path: str = field(repr=False)
    expires_at: datetime


def links_for_staff(*, keys: Keys, now: datetime) -> list[StaffLink]:
    """Give a new link for each of the demo staff, who are added where they are missing.

    Who has set a password and a second step still needs them. One transaction a person.
    """
    there = staff_ids(db.session(), keys)
    found = []
    for person, (_address, name, role) in STAFF.items():
        link = _link(person, there.get(person), keys=keys, now=now)
        found.append(StaffLink(name, role, link.path, link.expires_at))
    return found


def _link(person: Person, user_id: int | None, *, keys: Keys, now: datetime) -> PrintedLink:
    if user_id is None:
        address, name, role = STAFF[person]
        return create_user(
            email=address,
            role=role,
            name=name,
            language="en",
            actor=COMMAND,
            keys=keys,
            now=now,
            is_demo=True,
        ).link
    return make_link(user_id=user_id, actor=COMMAND, keys=keys, now=now)
