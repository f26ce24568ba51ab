"""How often one network may try something; the same for people with and without an account.

Counted before the operation. Too many answers 429 with `Retry-After`.
"""

from __future__ import annotations

from flask import request

from directory.accounts.limits import take as take_for_person
from directory.accounts.limits import take_for_network
from directory.accounts.models import LimitKind
from directory.web import current, signing


def take(kind: str) -> None:
    """Count one try of this kind; raises `TooManyError` when it is one too many."""
    take_for_network(
        kind=LimitKind(kind), network=_address(), keys=current.keys(), now=current.now()
    )


def take_for_address(kind: str, address: str) -> None:
    """Count one try for an e-mail address, so that nobody can fill a stranger's mail box."""
    take_for_person(
        kind=LimitKind(kind), key=address.casefold(), keys=current.keys(), now=current.now()
    )


def network_hash() -> str:
    """Give the hash of this network for today; tomorrow it is another one."""
    return current.keys().network_hash(_address(), current.today())


def browser_token() -> str:
    """Give what binds a link to this browser."""
    return signing.browser_token()


def _address() -> str:
    return request.remote_addr or "unknown"
