"""Pages of an account itself: signing up, in and out, links, staff's steps, the overview.

Reviews and data of an account have files of their own (`my_reviews.py`, `my_data.py`).
"""

from __future__ import annotations

from directory.web.account import links, overview, signing_in, staff, starting
from directory.web.account.blueprint import blueprint

__all__ = ["blueprint", "links", "overview", "signing_in", "staff", "starting"]
