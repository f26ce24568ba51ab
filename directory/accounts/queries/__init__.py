"""Reads of accounts: who is signed in, what a link is for, and accounts as pages show them."""

from __future__ import annotations

from directory.accounts.queries.people import (
    AccountView,
    ConsentView,
    PeoplePage,
    PersonView,
    account_of,
    people,
    person,
    person_by_email,
)
from directory.accounts.queries.signed_in import (
    HalfViewer,
    LinkView,
    Need,
    SessionView,
    half_viewer_of,
    link_of,
    sessions_of,
    viewer_of,
)

__all__ = [
    "AccountView",
    "ConsentView",
    "HalfViewer",
    "LinkView",
    "Need",
    "PeoplePage",
    "PersonView",
    "SessionView",
    "account_of",
    "half_viewer_of",
    "link_of",
    "people",
    "person",
    "person_by_email",
    "sessions_of",
    "viewer_of",
]
