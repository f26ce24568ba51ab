"""Short ways to read what somebody of the desk sees, for the tests beside this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.db import db
from directory.moderation.queries.case import case_page
from directory.moderation.queries.desk import queue
from directory.moderation.queries.lists import QueueList

if TYPE_CHECKING:
    from directory.moderation.queries.case_views import CasePage
    from directory.moderation.queries.desk import QueueItem, QueuePage
    from tests.moderation.desk import Desk


def page_of(desk: Desk, who: str, public_id: str) -> CasePage:
    """Give a review's case as one of the desk sees it now."""
    case_id = desk.case(public_id).id
    return case_page(db.session(), desk.as_(who), case_id, now=desk.now)


def queue_of(desk: Desk, who: str, which: QueueList = QueueList.ALL) -> QueuePage:
    """Give a list of the queue as one of the desk sees it now."""
    db.session().rollback()
    return queue(db.session(), desk.as_(who), which=which, now=desk.now)


def item_of(desk: Desk, who: str, public_id: str) -> QueueItem:
    """Give a review's line in the whole queue."""
    case_id = desk.case(public_id).id
    return next(item for item in queue_of(desk, who).items if item.case_id == case_id)
