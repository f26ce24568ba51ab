"""The forms by which somebody records what they checked: one listing's facts, or several's.

Shape only; which method tells what, and what a listing states, is checked by the room.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import request
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from directory.listings.models import RegistrationState, VerificationMethod
from directory.listings.operations.checks import BY_HAND, MOST_NOTE, CheckRecord
from directory.listings.policy import REGISTRATION
from directory.web.forms.base import BaseForm
from directory.web.forms.lazily import choices_of, lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

METHODS = tuple(method for method in VerificationMethod if method in BY_HAND)
FOUND_STATES = tuple(
    state for state in RegistrationState if state is not RegistrationState.UNCHECKED
)


def trimmed(words: str | None) -> str:
    """Give words on one line, without room at their ends."""
    return " ".join((words or "").split())


class CheckForm(BaseForm):
    """What was checked, how, on which day; of a register also what it showed.

    The results of registers are fields of their own, `found-<slug>` and `until-<slug>`, because
    there are as many as the listing states.
    """

    facts = SelectMultipleField(name="fact", validate_choice=False)
    method = RadioField(choices=choices_of(METHODS), validate_choice=False)
    checked_on = StringField(
        filters=[trimmed], validators=[InputRequired(lazy_gettext("Say on which day"))]
    )
    note = TextAreaField(
        filters=[trimmed],
        validators=[Length(max=MOST_NOTE, message=lazy_gettext("Use fewer characters"))],
    )

    def validate_facts(self, field: SelectMultipleField) -> None:
        """Require something that was checked."""
        if not field.data:
            raise ValidationError(lazy_gettext("Tick what was checked"))

    def validate_method(self, field: RadioField) -> None:
        """Require a way of checking."""
        if field.data not in (field.choices or ()):
            raise ValidationError(lazy_gettext("Say how it was checked"))

    def validate_checked_on(self, field: StringField) -> None:
        """Require a day."""
        if field.data and _day(field.data) is None:
            raise ValidationError(lazy_gettext("Write the day as 2026-11-25"))

    def found(self, register: str) -> str:
        """Give what was chosen for a register; empty for nothing."""
        return request.form.get(f"found-{register}", "")

    def until(self, register: str) -> str:
        """Give the last day that was written for a register; empty for none."""
        return trimmed(request.form.get(f"until-{register}"))

    def record(self, facts: Sequence[str], *, seen: int | None) -> CheckRecord:
        """Give what a valid form says of some facts."""
        registers = [fact for fact in facts if fact.startswith(f"{REGISTRATION}:")]
        slugs = {fact: fact.partition(":")[2] for fact in registers}
        ends = {fact: _day(self.until(slug)) for fact, slug in slugs.items()}
        return CheckRecord(
            facts=facts,
            method=VerificationMethod(self.method.data),
            checked_on=_day(self.checked_on.data or "") or date.min,
            note=self.note.data or None,
            found={
                fact: RegistrationState(self.found(slug))
                for fact, slug in slugs.items()
                if self.found(slug) in {state.value for state in FOUND_STATES}
            },
            valid_until={fact: end for fact, end in ends.items() if end is not None},
            seen=seen,
        )


class ListingCheckForm(CheckForm):
    """The same of one listing, with the newest change of it that was seen."""

    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
