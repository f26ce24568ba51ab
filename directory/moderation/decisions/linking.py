"""Who is linked to which listing: such a person neither reviews it nor judges its reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.accounts.models import User
from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import NotFoundError
from directory.listings.models import Listing
from directory.moderation.decisions.checking import require_administrator
from directory.moderation.models import Affiliation

if TYPE_CHECKING:
    from datetime import datetime

    from directory.accounts.policy import Viewer
    from directory.moderation.models import LinkNature


def link_person(
    *, viewer: Viewer, user_id: int, listing_id: int, nature: LinkNature, now: datetime
) -> None:
    """Note that somebody is tied to a listing; a second time changes how.

    Raises `NotFoundError` for an unknown person or listing.
    """
    with writing() as session:
        require_administrator(viewer)
        if session.get(User, user_id) is None:
            raise NotFoundError("There is no such person.")
        if session.get(Listing, listing_id) is None:
            raise NotFoundError("There is no such listing.")
        session.merge(
            Affiliation(user_id=user_id, listing_id=listing_id, nature=nature, declared_at=now)
        )
        session.flush()
        record(
            session,
            actions.AFFILIATION_ADDED,
            subject_id=user_id,
            actor=viewer.as_actor(),
            now=now,
            listing_id=listing_id,
            nature=nature.value,
        )


def unlink_person(*, viewer: Viewer, user_id: int, listing_id: int, now: datetime) -> None:
    """Take a tie away; raises `NotFoundError` when there is none."""
    with writing() as session:
        require_administrator(viewer)
        found = session.get(Affiliation, (user_id, listing_id))
        if found is None:
            raise NotFoundError("There is no such tie.")
        session.delete(found)
        session.flush()
        record(
            session,
            actions.AFFILIATION_REMOVED,
            subject_id=user_id,
            actor=viewer.as_actor(),
            now=now,
            listing_id=listing_id,
        )
