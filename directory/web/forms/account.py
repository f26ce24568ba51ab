"""The forms of an account: addresses, codes, passwords. What is secret is never shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext
from wtforms import BooleanField, PasswordField, StringField

from directory.accounts.policy import MOST_EMAIL, MOST_PASSWORD
from directory.web.forms.asking import at_most, needed
from directory.web.forms.base import BaseForm

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

MOST_CODE = 40


def trimmed(words: str | None) -> str:
    """Give words without room at their ends."""
    return (words or "").strip()


def given(field: StringField) -> str:
    """Give what was typed into a field of a valid form."""
    return field.data or ""


def _email() -> StringField:
    return StringField(
        filters=[trimmed],
        validators=[
            needed(lazy_gettext("Give your e-mail address")),
            at_most(MOST_EMAIL, lazy_gettext("This address is too long")),
        ],
    )


def _code(words: LazyString) -> StringField:
    return StringField(
        filters=[trimmed],
        validators=[
            needed(words),
            at_most(MOST_CODE, lazy_gettext("This is longer than any code of ours")),
        ],
    )


def _password(words: LazyString) -> PasswordField:
    too_long = lazy_gettext("Use at most %(most)s characters", most=MOST_PASSWORD)
    return PasswordField(validators=[needed(words), at_most(MOST_PASSWORD, too_long)])


class SignInForm(BaseForm):
    """An address, and a password of those who have one."""

    email = _email()
    password = PasswordField(validators=[at_most(MOST_PASSWORD, lazy_gettext("This is too long"))])


class SignUpForm(BaseForm):
    """An address, and the consent an account rests on; the box is never ticked beforehand."""

    takes_time = True

    email = _email()
    agrees = BooleanField(
        validators=[
            needed(lazy_gettext("Tick the box if you agree; without it we keep no account"))
        ]
    )


class CodeForm(BaseForm):
    """The code of a letter."""

    code = _code(lazy_gettext("Type the code from the letter"))


class StepForm(BaseForm):
    """The digits of an authenticator app, or a recovery code."""

    code = _code(lazy_gettext("Type the six digits your app shows now"))


class FirstPasswordForm(BaseForm):
    """The first password of staff."""

    password = _password(lazy_gettext("Choose a password"))


class PasswordForm(BaseForm):
    """A new password, and the present one where it is asked for."""

    current = PasswordField(validators=[at_most(MOST_PASSWORD, lazy_gettext("This is too long"))])
    password = _password(lazy_gettext("Choose a new password"))


class PressForm(BaseForm):
    """A button alone."""
