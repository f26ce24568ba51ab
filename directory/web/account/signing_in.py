"""Signing in by a letter or with a password, typing the code of a letter, and signing out.

What is answered never tells whether an address has an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from directory.accounts.operations import (
    LinkOutcome,
    PasswordOutcome,
    ask_sign_in,
    check_password,
    sign_out,
    use_code,
)
from directory.core.errors import ConflictError, InvalidError
from directory.web import current, limits, signing
from directory.web.access import access
from directory.web.account.blueprint import blueprint
from directory.web.account.going_on import (
    form_page,
    lead_on,
    lead_to,
    let_in,
    mail_folder,
    wanted_path,
)
from directory.web.environment import language
from directory.web.forms.account import CodeForm, PressForm, SignInForm, given

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.accounts.operations import LinkUse

PAGE = "account/sign_in.html"
STEPS = {
    PasswordOutcome.ENROL: "account.staff",
    PasswordOutcome.SECOND_STEP: "account.second_step",
}


@blueprint.get("/account/sign-in")
@access("anyone")
def sign_in() -> ResponseReturnValue:
    """Ask for an address; a password is asked for only of those who want to give one."""
    if signing.current_viewer() is not None:
        return lead_to(wanted_path())
    return form_page(PAGE, SignInForm(), with_password="password" in request.args)


@blueprint.post("/account/sign-in")
@access("anyone")
def ask_to_be_let_in() -> ResponseReturnValue:
    """Send a letter with a link, or sign in with the password that was given."""
    form = SignInForm(request.form)
    if not form.validate():
        return _again(form)
    try:
        if form.password.data:
            return _with_password(form)
        return _by_letter(form)
    except InvalidError as fault:
        form.refuse(fault)
        return _again(form)


@blueprint.get("/account/check-mail")
@access("anyone")
def check_mail() -> ResponseReturnValue:
    """Say that a letter is on its way, and take the code that stands in it."""
    return _mail_page(CodeForm())


@blueprint.post("/account/check-mail")
@access("anyone")
def code() -> ResponseReturnValue:
    """Sign in by the code of a letter."""
    form = CodeForm(request.form)
    if form.validate():
        limits.take("code")
        try:
            return let_in_by_letter(_use_code(form))
        except (InvalidError, ConflictError) as fault:
            form.refuse(fault, otherwise="code")
    return _mail_page(form)


@blueprint.get("/account/sign-out")
@access("anyone")
def leave() -> ResponseReturnValue:
    """Ask whether to sign out: a link alone signs nobody out."""
    is_in = signing.current_viewer() is not None
    return form_page("account/sign_out.html", PressForm(), is_in=is_in)


@blueprint.post("/account/sign-out")
@access("anyone")
def go() -> ResponseReturnValue:
    """End this session, half ones too, and forget its cookie."""
    sign_out(token=signing.session_token(), keys=current.keys(), now=current.now())
    signing.forget()
    return lead_on("account.leave")


def let_in_by_letter(used: LinkUse) -> ResponseReturnValue:
    """Answer what came of a link or code: signed in, enrolling, or a password is still needed."""
    if used.outcome is LinkOutcome.PASSWORD_NEEDED or used.opened is None:
        return lead_on("account.sign_in_with_password", used.next_path)
    if used.outcome is LinkOutcome.ENROL:
        signing.keep_signed_in(used.opened)
        return lead_on("account.staff", used.next_path)
    return let_in(used.opened, used.next_path)


@blueprint.get("/account/sign-in/password")
@access("anyone")
def sign_in_with_password() -> ResponseReturnValue:
    """Ask staff, whom a letter alone never lets in, for their password."""
    return form_page(PAGE, SignInForm(), with_password=True, staff=True)


def _mail_page(form: CodeForm) -> ResponseReturnValue:
    return form_page("account/check_mail.html", form, mail_folder=mail_folder())


def _again(form: SignInForm) -> ResponseReturnValue:
    return form_page(PAGE, form, with_password=bool(form.password.data or form.password.errors))


def _by_letter(form: SignInForm) -> ResponseReturnValue:
    if not form.is_robot():
        limits.take("sign-in")
        ask_sign_in(
            email=given(form.email),
            browser=signing.browser_token(),
            next_path=wanted_path(),
            language=language(),
            keys=current.keys(),
            now=current.now(),
        )
    return lead_on("account.check_mail")


def _with_password(form: SignInForm) -> ResponseReturnValue:
    limits.take("password")
    used = check_password(
        email=given(form.email),
        password=given(form.password),
        device=signing.device(),
        replaces=signing.session_token(),
        keys=current.keys(),
        now=current.now(),
    )
    if used.outcome in STEPS:
        signing.keep_signed_in(used.opened)
        return lead_on(STEPS[used.outcome], wanted_path())
    return let_in(used.opened, wanted_path())


def _use_code(form: CodeForm) -> LinkUse:
    return use_code(
        code=given(form.code),
        browser=signing.known_browser(),
        device=signing.device(),
        replaces=signing.session_token(),
        keys=current.keys(),
        now=current.now(),
        language=language(),
    )
