"""The forms by which a reader flags a review, and an author appeals, withdraws or erases."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, TextAreaField

from directory.moderation.intake.authoring import LEAST_APPEAL, MOST_APPEAL
from directory.moderation.intake.flagging import MOST_WORDS
from directory.reviews.rules import RULES
from directory.web.forms.asking import at_most, between, needed, plain_choices
from directory.web.forms.base import BaseForm
from directory.web.forms.review import one_line_endings


class FlagForm(BaseForm):
    """Which rule a review breaks, and where."""

    takes_time = True
    rule_code = RadioField(
        choices=plain_choices(rule.code for rule in RULES if rule.flaggable),
        validators=[needed(lazy_gettext("Choose the rule you mean"))],
    )
    words = TextAreaField(
        filters=[one_line_endings],
        validators=[at_most(MOST_WORDS, lazy_gettext("Say it in at most 1,000 characters"))],
    )


class AppealForm(BaseForm):
    """Why a decision should be another one."""

    words = TextAreaField(
        filters=[one_line_endings],
        validators=[
            needed(lazy_gettext("Say why it should be decided another way")),
            between(LEAST_APPEAL, MOST_APPEAL, lazy_gettext("Say why, in 20 to 2,000 characters")),
        ],
    )


class PressForm(BaseForm):
    """A button alone."""


class EraseForm(BaseForm):
    """One box before everything is erased."""

    sure = BooleanField(
        validators=[needed(lazy_gettext("Tick the box if you are sure; otherwise nothing happens"))]
    )
