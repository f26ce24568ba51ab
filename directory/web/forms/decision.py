"""The forms of the desk: a decision, a second person's answer, a note.

Shape only; what a case allows comes from its page, and `moderation.decisions` checks it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from directory.moderation.decisions import Judgement
from directory.moderation.models import Outcome
from directory.moderation.policy import NEED_RULE
from directory.reviews.models import RuleCode
from directory.reviews.rules import rule
from directory.web.desk_rules import canned_text, fits
from directory.web.forms.base import BaseForm
from directory.web.forms.lazily import choices_of, lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Field

    from directory.moderation.queries.case_views import CasePage
    from directory.web.desk_rules import RuleOption

MOST_WORDS = 2000
MOST_GROUND = 120
# The author reads nothing of the desk's own with these.
WITHOUT_WORDS = frozenset({Outcome.PUBLISH, Outcome.KEEP})


def one_line_endings(words: str | None) -> str:
    """Give a text without room at its ends, its lines ended in one way."""
    return "\n".join((words or "").splitlines()).strip()


def _version() -> IntegerField:
    return IntegerField(
        widget=HiddenInput(), validators=[InputRequired(lazy_gettext("Open the case again"))]
    )


def _words() -> TextAreaField:
    most = Length(max=MOST_WORDS, message=lazy_gettext("Use fewer characters"))
    return TextAreaField(filters=[one_line_endings], validators=[most])


class DecisionForm(BaseForm):
    """What a first person decides; `version` is the case's number as it was read."""

    version = _version()
    outcome = RadioField(validate_choice=False)
    rule = SelectField(validate_choice=False)
    words = _words()
    ground = StringField(
        filters=[one_line_endings],
        validators=[Length(max=MOST_GROUND, message=lazy_gettext("Use fewer characters"))],
    )

    def offer(self, case: CasePage, options: Iterable[RuleOption]) -> None:
        """Offer what a case allows."""
        self.outcome.choices = choices_of(case.outcomes)
        self.rule.choices = choices_of(["", *(option.code for option in options)])

    def validate_outcome(self, field: RadioField) -> None:
        """Require one of the outcomes offered."""
        if field.data not in (field.choices or ()):
            raise ValidationError(lazy_gettext("Choose what you decide"))

    def validate_rule(self, field: Field) -> None:
        """Require a rule that fits, where one must be named."""
        if self.outcome.data not in {outcome.value for outcome in NEED_RULE}:
            return
        if not field.data or field.data not in set(RuleCode):
            raise ValidationError(lazy_gettext("Choose the rule this is decided under"))
        if not fits(rule(RuleCode(field.data)), Outcome(self.outcome.data)):
            raise ValidationError(lazy_gettext("Choose a rule that fits what you decide"))

    def validate_ground(self, field: Field) -> None:
        """Require the order a restriction rests on."""
        if self.outcome.data == Outcome.RESTRICT.value and not field.data:
            raise ValidationError(lazy_gettext("Name the court or authority and its order"))

    def judgement(self, language: str) -> Judgement:
        """Give what a valid form decides; a rule's own text stands in for missing words."""
        outcome = Outcome(self.outcome.data)
        code = RuleCode(self.rule.data) if outcome in NEED_RULE else None
        words = self.words.data or canned_text(code, language)
        return Judgement(
            outcome=outcome,
            rule_code=code,
            words=None if outcome in WITHOUT_WORDS else words,
            ground=self.ground.data if outcome is Outcome.RESTRICT else None,
        )


class AnswerForm(BaseForm):
    """A second person's answer to a proposal."""

    version = _version()
    agrees = RadioField(choices=choices_of(["yes", "no"]), validate_choice=False)
    words = _words()

    def validate_agrees(self, field: RadioField) -> None:
        """Require a yes or a no."""
        if field.data not in (field.choices or ()):
            raise ValidationError(lazy_gettext("Say whether you agree"))


class NoteForm(BaseForm):
    """A note for the next person."""

    note = TextAreaField(
        filters=[one_line_endings],
        validators=[
            DataRequired(lazy_gettext("Write the note")),
            Length(max=MOST_WORDS, message=lazy_gettext("Use fewer characters")),
        ],
    )
