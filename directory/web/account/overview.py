"""One's own account: the address, the password, and where one is signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from directory.accounts.operations import (
    remove_password,
    revoke_others,
    revoke_session,
    set_password,
)
from directory.accounts.policy import LEAST_PASSWORD
from directory.accounts.queries import account_of, sessions_of
from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError
from directory.web import current, limits, signing
from directory.web.access import access
from directory.web.account.blueprint import blueprint
from directory.web.account.going_on import OVERVIEW, form_page
from directory.web.forms.account import PasswordForm, given

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.accounts.queries import AccountView

SHOWN_LETTERS = 1


@blueprint.get("/account")
@access("user")
def overview() -> str:
    """Show an account: most of its address is covered, for whoever looks over a shoulder."""
    viewer, session = signing.signed_in(), db.session()
    account = _account()
    return render_template(
        "account/overview.html",
        viewer=viewer,
        account=account,
        address=covered(account.email),
        sessions=sessions_of(session, viewer, now=current.now()),
    )


@blueprint.get("/account/password")
@access("user")
def password() -> ResponseReturnValue:
    """Ask for a new password."""
    return _password_page(PasswordForm())


@blueprint.post("/account/password")
@access("user")
def change_password() -> ResponseReturnValue:
    """Set a password; every other browser is signed out."""
    form = PasswordForm(request.form)
    if form.validate():
        limits.take("password")
        try:
            set_password(
                viewer=signing.signed_in(),
                current=form.current.data or None,
                password=given(form.password),
                keys=current.keys(),
                now=current.now(),
            )
        except (InvalidError, ConflictError) as fault:
            form.refuse(fault)
        else:
            return redirect(url_for(OVERVIEW), HTTPStatus.SEE_OTHER)
    return _password_page(form)


@blueprint.post("/account/password/remove")
@access("user")
def take_password_away() -> ResponseReturnValue:
    """Sign in by letters alone from now on."""
    remove_password(viewer=signing.signed_in(), keys=current.keys(), now=current.now())
    return redirect(url_for(OVERVIEW), HTTPStatus.SEE_OTHER)


@blueprint.post("/account/sessions/<int:session_id>/end")
@access("user")
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one of one's own browsers out."""
    viewer = signing.signed_in()
    revoke_session(viewer=viewer, session_id=session_id, now=current.now())
    return redirect(url_for(OVERVIEW), HTTPStatus.SEE_OTHER)


@blueprint.post("/account/sessions/end-others")
@access("user")
def end_other_sessions() -> ResponseReturnValue:
    """Sign every browser out but this one."""
    revoke_others(viewer=signing.signed_in(), now=current.now())
    return redirect(url_for(OVERVIEW), HTTPStatus.SEE_OTHER)


def covered(email: str) -> str:
    """Give an address with most of its name covered: m•••@example.org."""
    name, _, domain = email.rpartition("@")
    return f"{name[:SHOWN_LETTERS]}•••@{domain}"


def _password_page(form: PasswordForm) -> ResponseReturnValue:
    account = _account()
    return form_page(
        "account/password.html",
        form,
        has_password=account.has_password,
        can_remove=account.has_password and not signing.signed_in().is_staff,
        least=LEAST_PASSWORD,
    )


def _account() -> AccountView:
    return account_of(db.session(), signing.signed_in(), keys=current.keys())
