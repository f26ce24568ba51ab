"""The small forms round a listing's editor: what to do with what was typed, its state, a search."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wtforms import DateField, HiddenField, IntegerField, SelectField
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import HiddenInput

from directory.listings.models import ListingState
from directory.web import current
from directory.web.forms.base import BaseForm
from directory.web.forms.lazily import choices_of, lazy_gettext

if TYPE_CHECKING:
    from wtforms import Field

# Before it no listing of ours can have closed.
FIRST_DAY = date(1990, 1, 1)


class StepForm(BaseForm):
    """What to do with a listing's form; `seen` is the newest change when it was opened."""

    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    step = HiddenField(default="see")


def _day_it_closed(form: StateForm, field: Field) -> None:
    """Require a day for a closed listing, and none to come; other states have none."""
    field.errors = []
    if form.to.data != ListingState.CLOSED.value:
        raise StopValidation
    if field.data is None:
        raise StopValidation(lazy_gettext("Give the day it closed"))
    if not FIRST_DAY <= field.data <= current.today():
        raise StopValidation(lazy_gettext("Give a day that has been"))


class StateForm(BaseForm):
    """Another state for a listing, and since when it is closed."""

    to = SelectField(
        choices=choices_of(state for state in ListingState if state is not ListingState.DRAFT)
    )
    closed_on = DateField(validators=[_day_it_closed])
