"""Where somebody goes on to, and how a form of an account is shown.

Only paths of this site are gone on to: an address from elsewhere is forgotten. Called by the
views of this folder.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for

from config import Mode
from directory.accounts.policy import safe_next_path
from directory.web import current, signing

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.accounts.operations import OpenedSession
    from directory.web.forms.base import BaseForm

OVERVIEW = "account.overview"
NEXT = "next"
DESK = "/moderation"


def wanted_path() -> str | None:
    """Give the path of this site that was asked for before signing in, or None."""
    return safe_next_path(request.values.get(NEXT))


def lead_to(path: str | None) -> ResponseReturnValue:
    """Redirect to a path of this site; to the account when there is none."""
    return redirect(safe_next_path(path) or url_for(OVERVIEW), HTTPStatus.SEE_OTHER)


def lead_on(endpoint: str, path: str | None = None) -> ResponseReturnValue:
    """Redirect to the next step, which goes on to `path` when it is done."""
    return redirect(url_for(endpoint, next=path), HTTPStatus.SEE_OTHER)


def let_in(opened: OpenedSession, path: str | None) -> ResponseReturnValue:
    """Give the browser its new session, and lead on."""
    signing.keep_signed_in(opened)
    return lead_to(path)


def form_page(template: str, form: BaseForm, **shown: Any) -> ResponseReturnValue:
    """Show a page with a form; with its faults first, and 422, when it has some."""
    current.keep_nowhere()
    faults = form.summary()
    shown.setdefault("next_path", wanted_path())
    page = render_template(template, form=form, faults=faults, **shown)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK


def mail_folder() -> str | None:
    """Give where letters lie on a trial site; None where they are really sent."""
    settings = current.settings()
    if settings.mode is Mode.PRODUCTION or settings.mail_folder is None:
        return None
    return settings.mail_url.removeprefix("file:")
