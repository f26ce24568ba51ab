"""Who may open a page: each view declares it with `@access(...)`.

Not for rules about single rows; those are the rooms' own (`policy.py`). Called by every view
of the HTML door. A test reads the declared level of each route.
"""

from __future__ import annotations

from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from directory.core.errors import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

ATTRIBUTE = "access_level"


class Level(StrEnum):
    """Who may open a page, from widest to narrowest."""

    ANYONE = "anyone"
    USER = "user"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


def access(
    level: str,
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """Give a decorator that stores the level on the view and holds the view to it.

    Raises `ValueError` for an unknown level. Nobody can sign in yet, so a view that asks for
    more than "anyone" refuses everybody.
    """
    declared = Level(level)

    def decorate(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            if declared is not Level.ANYONE:
                raise NotAllowedError("You need to sign in to see this page.")
            return view(*args, **kwargs)

        guarded.__dict__[ATTRIBUTE] = declared
        return guarded

    return decorate


def level_of(view: Callable[..., object]) -> Level | None:
    """Give the level a view declares; None when it declares none."""
    level = getattr(view, ATTRIBUTE, None)
    return None if level is None else Level(level)
