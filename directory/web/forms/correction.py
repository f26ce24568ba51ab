"""The forms by which a reader reports a wrong detail, or suggests a listing that is missing.

Shape only; rules are `moderation.intake`'s. What a page says in figures and numbers is asked in
fields of its own (`proposals.py`). Used by `corrections.py`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from directory.accounts.policy import MOST_EMAIL, normal_email
from directory.core.errors import InvalidError
from directory.listings.models import CallOutcome
from directory.moderation.intake.reports import MOST_WORDS
from directory.web.forms.asking import at_most, needed
from directory.web.forms.base import BaseForm
from directory.web.forms.review import one_line_endings

if TYPE_CHECKING:
    from wtforms import Field

MOST_NAME, MOST_LINE = 200, 300
# What a reader may have been told in a call, when it leads to the form.
TOLD = CallOutcome.FEE_DIFFERENT


def _words() -> TextAreaField:
    return TextAreaField(
        filters=[one_line_endings],
        validators=[at_most(MOST_WORDS, lazy_gettext("Say it in at most 1,000 characters"))],
    )


def _line(most: int) -> StringField:
    too_long = lazy_gettext("Use at most %(most)s characters", most=most)
    return StringField(filters=[one_line_endings], validators=[at_most(most, too_long)])


def _email() -> StringField:
    too_long = lazy_gettext("This address is too long")
    asked = [at_most(MOST_EMAIL, too_long), _one_address]
    return StringField(filters=[one_line_endings], validators=asked)


def _one_address(_form: BaseForm, field: Field) -> None:
    """Ask for an address that could be one, with all that is wrong said at once."""
    try:
        if field.data:
            normal_email(field.data)
    except InvalidError as error:
        raise ValidationError(error.message) from None


class CorrectionForm(BaseForm):
    """What is wrong, how somebody knows, and where to tell them what became of it."""

    takes_time = True
    outcome = HiddenField()
    words = _words()
    evidence = _words()
    called_on = StringField(filters=[one_line_endings])
    email = _email()

    def validate_called_on(self, field: Field) -> None:
        """Ask for a day the way a browser gives it."""
        if field.data and day_of(field.data) is None:
            raise ValidationError(gettext("Give the day like 2026-11-23, or leave it empty"))

    @property
    def told(self) -> CallOutcome | None:
        """What a call told, when one led here."""
        return TOLD if self.outcome.data == TOLD else None


class CalledForm(BaseForm):
    """A button that says what a call came to; where it stands, a page may be kept."""

    outcome = StringField()

    def chosen(self) -> CallOutcome | None:
        """Give the outcome of the button that was pressed, None for no such."""
        known = {each.value: each for each in CallOutcome}
        return known.get(self.outcome.data or "")


class SuggestionForm(BaseForm):
    """A listing that is missing; `role` is a profession's or a centre type's key and slug."""

    takes_time = True
    name = StringField(
        filters=[one_line_endings],
        validators=[
            needed(lazy_gettext("Give the name")),
            at_most(MOST_NAME, lazy_gettext("This name is too long")),
        ],
    )
    role = SelectField(validators=[needed(lazy_gettext("Choose what it is"))])
    locality = StringField(
        filters=[one_line_endings],
        validators=[
            needed(lazy_gettext("Give the locality; the nearest one will do")),
            at_most(MOST_NAME, lazy_gettext("This name is too long")),
        ],
    )
    where = _line(MOST_LINE)
    phone = _line(MOST_NAME)
    web = _line(MOST_LINE)
    evidence = _words()
    email = _email()


def day_of(words: str | None) -> date | None:
    """Give the day a browser's date field sent, None for none and for anything else."""
    try:
        return date.fromisoformat(words or "")
    except ValueError:
        return None
