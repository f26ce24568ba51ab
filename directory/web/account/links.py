"""Links of letters. Opening one changes nothing, so that mail scanners cannot use it up.

A button uses it. One that signs in works only in the browser that asked for it; opened elsewhere
it shows a code to type there. A dead link answers 410 and says nothing about why.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template, request

from directory.accounts.models import LinkPurpose
from directory.accounts.operations import LinkOutcome, open_session, use_link
from directory.accounts.queries import link_of
from directory.core.db import db
from directory.core.errors import ConflictError, NotAllowedError, NotFoundError
from directory.moderation.intake import confirm_review
from directory.web import current, limits, signing
from directory.web.access import access
from directory.web.account.blueprint import blueprint
from directory.web.account.going_on import form_page, lead_on, let_in
from directory.web.account.signing_in import let_in_by_letter
from directory.web.environment import language
from directory.web.forms.account import PressForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.accounts.operations import LinkUse
    from directory.accounts.queries import LinkView

REVIEWS = "/account/reviews"


@blueprint.get("/account/link/<token>")
@access("anyone")
def link(token: str) -> ResponseReturnValue:
    """Show what a link is for and the button that uses it; in another browser, its code."""
    try:
        return _link_page(token, PressForm(), _look_at(token))
    except NotFoundError:
        return _dead()


@blueprint.post("/account/link/<token>")
@access("anyone")
def use(token: str) -> ResponseReturnValue:
    """Use a link up: sign in, begin to enrol, or confirm a review."""
    form = PressForm(request.form)
    try:
        found = _look_at(token)
        if not form.validate():
            return _link_page(token, form, found)
        if found.purpose is LinkPurpose.CONFIRM:
            return _confirm(token)
        limits.take("code")
        used = _use(token)
    except NotFoundError:
        return _dead()
    if used.outcome is LinkOutcome.OTHER_BROWSER:
        return _link_page(token, form, found)
    return let_in_by_letter(used)


@blueprint.get("/account/confirmed")
@access("anyone")
def confirmed() -> str:
    """Thank somebody who confirmed in another browser than the one they wrote in."""
    current.keep_nowhere()
    return render_template("account/confirmed.html")


def _look_at(token: str) -> LinkView:
    return link_of(
        db.session(),
        token,
        browser=signing.known_browser(),
        keys=current.keys(),
        now=current.now(),
    )


def _link_page(token: str, form: PressForm, found: LinkView) -> ResponseReturnValue:
    return form_page(
        "account/link.html",
        form,
        purpose=found.purpose.value,
        code=found.code if found.is_bound_elsewhere else None,
        path=f"/account/link/{token}",
    )


def _use(token: str) -> LinkUse:
    return use_link(
        token=token,
        browser=signing.known_browser(),
        device=signing.device(),
        replaces=signing.session_token(),
        keys=current.keys(),
        now=current.now(),
        language=language(),
    )


def _confirm(token: str) -> ResponseReturnValue:
    limits.take("confirm")
    try:
        done = confirm_review(
            token=token, browser=signing.known_browser(), keys=current.keys(), now=current.now()
        )
    except NotAllowedError as fault:
        return _not_confirmed(fault.message, HTTPStatus.FORBIDDEN)
    except ConflictError as fault:
        return _not_confirmed(fault.message, HTTPStatus.CONFLICT)
    viewer = signing.current_viewer()
    if viewer is not None and viewer.user_id == done.user_id:
        return _to_review(done.public_id)
    if not done.same_browser:
        return lead_on("account.confirmed")
    return _let_author_in(done.user_id, done.public_id)


def _let_author_in(user_id: int, public_id: str) -> ResponseReturnValue:
    """Sign in who confirmed where they wrote; staff are never signed in by a letter."""
    try:
        opened = open_session(
            user_id=user_id,
            device=signing.device(),
            replaces=signing.session_token(),
            keys=current.keys(),
            now=current.now(),
        )
    except NotAllowedError:
        return lead_on("account.confirmed")
    return let_in(opened, f"{REVIEWS}/{public_id}")


def _to_review(public_id: str) -> ResponseReturnValue:
    return redirect(f"{REVIEWS}/{public_id}", HTTPStatus.SEE_OTHER)


def _not_confirmed(why: str, status: HTTPStatus) -> ResponseReturnValue:
    return render_template("account/not_confirmed.html", why=why), status


def _dead() -> ResponseReturnValue:
    current.keep_nowhere()
    return render_template("account/link_dead.html"), HTTPStatus.GONE
