"""The steps of staff: enrolling (password, authenticator app, recovery codes) and the second step.

Open only to who holds half a session; what is left to do comes from the accounts room, and no step
can be left out or done twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import render_template, request
from markupsafe import Markup

from directory.accounts.operations import (
    confirm_totp,
    make_recovery_codes,
    offer_totp,
    pass_recovery_code,
    pass_totp,
    set_first_password,
)
from directory.accounts.policy import LEAST_PASSWORD
from directory.accounts.queries import Need, half_viewer_of
from directory.accounts.totp import DIGITS
from directory.core.db import db
from directory.core.errors import InvalidError
from directory.web import current, limits, signing
from directory.web.access import access
from directory.web.account.blueprint import blueprint
from directory.web.account.going_on import DESK, form_page, lead_on, let_in, wanted_path
from directory.web.forms.account import FirstPasswordForm, PressForm, StepForm, given

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.accounts.operations import OpenedSession

STAFF = "account.staff"
SECOND_STEP = "account.second_step"
# A key is read and typed in fours.
KEY_PART = re.compile(r".{1,4}")


@blueprint.get("/account/staff")
@access("between-steps")
def staff() -> ResponseReturnValue:
    """Show the next step of enrolling; who has enrolled is asked for the second step."""
    need = _need()
    if need is Need.SET_PASSWORD:
        return _password_page(FirstPasswordForm())
    if need is Need.SET_TOTP:
        return _app_page(StepForm())
    return lead_on(SECOND_STEP, wanted_path())


@blueprint.post("/account/staff")
@access("between-steps")
def take_step() -> ResponseReturnValue:
    """Take what the present step of enrolling asks for."""
    need = _need()
    if need is Need.SET_PASSWORD:
        return _set_password(FirstPasswordForm(request.form))
    if need is Need.SET_TOTP:
        return _confirm_app(StepForm(request.form))
    return lead_on(SECOND_STEP, wanted_path())


@blueprint.get("/account/second-step")
@access("between-steps")
def second_step() -> ResponseReturnValue:
    """Ask for the digits of the app; who has not enrolled yet does that first."""
    if _need() is not Need.SECOND_STEP:
        return lead_on(STAFF, wanted_path())
    return form_page("account/second_step.html", StepForm())


@blueprint.post("/account/second-step")
@access("between-steps")
def take_second_step() -> ResponseReturnValue:
    """Finish signing in with digits or a recovery code, and go on to the desk."""
    form = StepForm(request.form)
    if form.validate():
        limits.take("code")
        try:
            return let_in(_pass(given(form.code)), wanted_path() or DESK)
        except InvalidError as fault:
            form.refuse(fault)
    return form_page("account/second_step.html", form)


@blueprint.get("/account/recovery-codes")
@access("moderator")
def recovery_codes() -> ResponseReturnValue:
    """Ask whether to make new recovery codes."""
    return form_page("account/new_codes.html", PressForm())


@blueprint.post("/account/recovery-codes")
@access("moderator")
def new_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them this once; the old ones work no more."""
    form = PressForm(request.form)
    if not form.validate():
        return form_page("account/new_codes.html", form)
    codes = make_recovery_codes(viewer=signing.signed_in(), keys=current.keys(), now=current.now())
    return _codes_page(codes, is_new=False)


def _set_password(form: FirstPasswordForm) -> ResponseReturnValue:
    if form.validate():
        try:
            set_first_password(
                token=signing.session_token(),
                password=given(form.password),
                keys=current.keys(),
                now=current.now(),
            )
        except InvalidError as fault:
            form.refuse(fault)
        else:
            return lead_on(STAFF, wanted_path())
    return _password_page(form)


def _confirm_app(form: StepForm) -> ResponseReturnValue:
    """Take the first digits of the app: enrolled and signed in, with codes shown this once."""
    if not form.validate():
        return _app_page(form)
    limits.take("code")
    try:
        done = confirm_totp(
            token=signing.session_token(),
            code=given(form.code),
            device=signing.device(),
            keys=current.keys(),
            now=current.now(),
        )
    except InvalidError as fault:
        form.refuse(fault)
        return _app_page(form)
    signing.keep_signed_in(done.opened)
    return _codes_page(done.recovery_codes, is_new=True)


def _need() -> Need | None:
    half = half_viewer_of(
        db.session(), signing.session_token(), keys=current.keys(), now=current.now()
    )
    return None if half is None else half.need


def _pass(code: str) -> OpenedSession:
    """Take six digits as those of the app, anything else as a recovery code."""
    digits = code.replace(" ", "")
    is_of_app = len(digits) == DIGITS and digits.isdecimal()
    passing = pass_totp if is_of_app else pass_recovery_code
    return passing(
        token=signing.session_token(),
        code=digits,
        device=signing.device(),
        keys=current.keys(),
        now=current.now(),
    )


def _password_page(form: FirstPasswordForm) -> ResponseReturnValue:
    return form_page("account/staff_password.html", form, least=LEAST_PASSWORD)


def _app_page(form: StepForm) -> ResponseReturnValue:
    offer = offer_totp(
        token=signing.session_token(),
        site_name=current.settings().site_name,
        keys=current.keys(),
        now=current.now(),
    )
    drawn = offer.svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
    picture = Markup(drawn)  # noqa: S704 - drawn by segno from our own words
    key = " ".join(KEY_PART.findall(offer.secret))
    return form_page("account/staff_app.html", form, picture=picture, secret=key)


def _codes_page(codes: tuple[str, ...], *, is_new: bool) -> ResponseReturnValue:
    current.keep_nowhere()
    on = (wanted_path() or DESK) if is_new else "/account"
    return render_template("account/recovery_codes.html", codes=codes, on=on, is_new=is_new)
