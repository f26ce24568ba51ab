"""Who may open a page: each view declares it with `@access(...)`.

Not for rules about single rows; those are the rooms' own (`policy.py`). Called by every view
of the HTML door. A test reads the declared level of each route.
"""

from __future__ import annotations

from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from flask import redirect, request, url_for

from directory.accounts.models import Role
from directory.accounts.queries import half_viewer_of
from directory.core.db import db
from directory.core.errors import NotAllowedError
from directory.web import current
from directory.web.signing import current_viewer, session_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from directory.accounts.policy import Viewer

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

ATTRIBUTE = "access_level"
READING = frozenset({"GET", "HEAD"})


class Level(StrEnum):
    """Who may open a page, from widest to narrowest."""

    ANYONE = "anyone"
    # Staff who have given a password, or opened their first link, and nothing more yet.
    BETWEEN_STEPS = "between-steps"
    USER = "user"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


ROLES = {
    Level.USER: frozenset(Role),
    Level.MODERATOR: frozenset({Role.MODERATOR, Role.ADMINISTRATOR}),
    Level.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}


# Whoever is sent away from one of these is not led back to it: the desk itself is.
STEPS = frozenset({"account.staff", "account.second_step"})


def access(
    level: str,
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """Give a decorator that stores the level on the view and holds the view to it.

    Who is not signed in is led to signing in and back; a form sent without it is refused.
    Raises `ValueError` for an unknown level.
    """
    declared = Level(level)

    def decorate(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            if declared is Level.ANYONE:
                return view(*args, **kwargs)
            current.keep_nowhere()
            if declared is Level.BETWEEN_STEPS:
                return view(*args, **kwargs) if _is_between() else cast("Answer", _ask_to_sign_in())
            viewer = current_viewer()
            if viewer is None:
                return cast("Answer", _ask_to_sign_in())
            _require(viewer, declared)
            return view(*args, **kwargs)

        guarded.__dict__[ATTRIBUTE] = declared
        return guarded

    return decorate


def level_of(view: Callable[..., object]) -> Level | None:
    """Give the level a view declares; None when it declares none."""
    level = getattr(view, ATTRIBUTE, None)
    return None if level is None else Level(level)


def _require(viewer: Viewer, declared: Level) -> None:
    if viewer.role not in ROLES[declared]:
        raise NotAllowedError("This page is for the people of the review desk.")
    if declared is not Level.USER and not viewer.is_strong:
        raise NotAllowedError("Sign in with password and second step to see this page.")


def _is_between() -> bool:
    token = session_token()
    return half_viewer_of(db.session(), token, keys=current.keys(), now=current.now()) is not None


def _ask_to_sign_in() -> object:
    """Lead to signing in and back; staff between the steps are led to the next one."""
    if request.method not in READING:
        raise NotAllowedError("You need to sign in to do this.")
    if request.endpoint in STEPS:
        return redirect(url_for("account.sign_in", next=request.args.get("next")))
    page = "account.staff" if _is_between() else "account.sign_in"
    return redirect(url_for(page, next=request.full_path.rstrip("?")))
