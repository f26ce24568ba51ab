"""Addresses within the desk; the list one works through stays in them."""

from __future__ import annotations

from urllib.parse import urlencode

from directory.moderation.queries.lists import QueueList

QUEUE = "/moderation"


def queue_url(which: QueueList = QueueList.ALL, page: int = 1) -> str:
    """Give the address of a page of a list of the queue."""
    return QUEUE + _asked(which, page)


def case_url(case_id: int, which: QueueList = QueueList.ALL, step: str | None = None) -> str:
    """Give the address of a case, or of a step in it, within a list."""
    path = f"{QUEUE}/cases/{case_id}" + (f"/{step}" if step else "")
    return path + _asked(which, 1)


def _asked(which: QueueList, page: int) -> str:
    asked = {"list": which.value} if which is not QueueList.ALL else {}
    asked |= {"page": str(page)} if page > 1 else {}
    return f"?{urlencode(asked)}" if asked else ""
