"""Guides about a term that is merged into another: they are about the other from then on.

Called by `moderation/terms.py`, inside its transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from directory.guides.models import GuideTerm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def guides_about(session: Session, term_id: int) -> int:
    """Give how many guides, in any state, are about a term."""
    return len(_about(session, term_id))


def move_guides(session: Session, gone_id: int, stays_id: int) -> int:
    """Let the guides about one term be about another; give how many there were."""
    gone, stays = _about(session, gone_id), _about(session, stays_id)
    fresh = [{"guide_id": guide_id, "term_id": stays_id} for guide_id in sorted(gone - stays)]
    if fresh:
        session.execute(insert(GuideTerm), fresh)
    session.execute(
        delete(GuideTerm)
        .where(GuideTerm.term_id == gone_id)
        .execution_options(synchronize_session=False)
    )
    return len(gone)


def _about(session: Session, term_id: int) -> set[int]:
    found = session.scalars(select(GuideTerm.guide_id).where(GuideTerm.term_id == term_id))
    return set(found.all())
