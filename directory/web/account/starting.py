"""Signing up: an address and a consent. The account begins when its letter is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from directory.accounts.operations import ask_sign_up
from directory.core.errors import InvalidError
from directory.reviews.policy import TERMS_VERSION
from directory.web import current, limits, signing
from directory.web.access import access
from directory.web.account.blueprint import blueprint
from directory.web.account.going_on import form_page, lead_on, lead_to, wanted_path
from directory.web.environment import language
from directory.web.forms.account import SignUpForm, given

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = "account/sign_up.html"


@blueprint.get("/account/sign-up")
@access("anyone")
def sign_up() -> ResponseReturnValue:
    """Ask for an address."""
    if signing.current_viewer() is not None:
        return lead_to(wanted_path())
    return form_page(PAGE, SignUpForm())


@blueprint.post("/account/sign-up")
@access("anyone")
def ask_for_account() -> ResponseReturnValue:
    """Send the letter that makes an account; the answer is the same for every address."""
    form = SignUpForm(request.form)
    if not form.validate():
        return form_page(PAGE, form)
    if not form.is_robot():
        limits.take("sign-in")
        try:
            _ask(form)
        except InvalidError as fault:
            form.refuse(fault)
            return form_page(PAGE, form)
    return lead_on("account.check_mail")


def _ask(form: SignUpForm) -> None:
    ask_sign_up(
        email=given(form.email),
        agrees=form.agrees.data,
        terms_version=TERMS_VERSION,
        browser=signing.browser_token(),
        next_path=wanted_path(),
        language=language(),
        keys=current.keys(),
        now=current.now(),
    )
