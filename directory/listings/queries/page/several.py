"""Several listings' facts at once, for putting them side by side. Called by the HTML door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.listings.models import Listing
from directory.listings.queries.doubts import doubts_of
from directory.listings.queries.page.build import build_page
from directory.listings.queries.page.read import WHOLE_PAGE
from directory.listings.queries.page.related import Related
from directory.listings.queries.visible import is_public

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.listings.queries.page.shapes import ListingPage
    from directory.vocabulary.queries import Vocabulary

NOBODY = Related((), ())


def listing_pages(
    session: Session, ids: Sequence[int], *, vocabulary: Vocabulary, now: datetime
) -> tuple[ListingPage, ...]:
    """Give the pages of the public listings among `ids`, in the order of `ids`.

    At most twelve queries, however many ids; without the other listings a page leads on to.
    """
    if not ids:
        return ()
    rows = session.scalars(
        select(Listing)
        .where(is_public(), Listing.id.in_(ids))
        .options(*WHOLE_PAGE)
        .execution_options(populate_existing=True)
    ).all()
    doubts = doubts_of(session, [row.id for row in rows])
    pages = {
        row.id: build_page(row, NOBODY, doubts.get(row.id, ()), vocabulary=vocabulary, now=now)
        for row in rows
    }
    return tuple(pages[each] for each in ids if each in pages)
