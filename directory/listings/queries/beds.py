"""Which centres keep people overnight, as a condition in SQL: the rule of `standing.has_beds`.

Called by `search.py` and `stale.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from directory.listings.models import Centre
from directory.vocabulary.models import Term, TermKind

if TYPE_CHECKING:
    from sqlalchemy import Select


def centres_with_beds() -> Select[int]:
    """Select the ids of the centres that state beds, or whose type has them when none is stated."""
    overnight = select(Term.id).where(
        Term.kind == TermKind.CENTRE_TYPE, Term.details["overnight_beds"].as_boolean()
    )
    unstated = and_(Centre.beds.is_(None), Centre.centre_type_id.in_(overnight))
    return select(Centre.listing_id).where(or_(Centre.beds > 0, unstated)).correlate(None)
