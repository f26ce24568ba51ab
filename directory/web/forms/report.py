"""The forms by which the desk decides a reader's report: put it right, or leave it, with an answer.

Shape only; what the page should say is asked by the editor's own sections (`forms/listing`), and
`moderation.decisions` checks everything again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from directory.moderation.decisions.correcting import MOST_ANSWER
from directory.moderation.queries.suggested import document_of_suggestion
from directory.vocabulary.models import TermKind
from directory.web import current
from directory.web.forms.asking import at_most, needed
from directory.web.forms.base import BaseForm
from directory.web.forms.decision import one_line_endings
from directory.web.forms.lazily import lazy_gettext as said_later
from directory.web.forms.listing.places import locality_named
from directory.web.suggestions import APART, KINDS

if TYPE_CHECKING:
    from wtforms import Field

MOST_LINE = 300


def _version() -> IntegerField:
    return IntegerField(
        widget=HiddenInput(), validators=[InputRequired(said_later("Open the case again"))]
    )


def _answer() -> TextAreaField:
    too_long = lazy_gettext("Use at most %(most)s characters", most=MOST_ANSWER)
    return TextAreaField(filters=[one_line_endings], validators=[at_most(MOST_ANSWER, too_long)])


def _line() -> StringField:
    too_long = lazy_gettext("Use at most %(most)s characters", most=MOST_LINE)
    return StringField(filters=[one_line_endings], validators=[at_most(MOST_LINE, too_long)])


class AcceptForm(BaseForm):
    """Accepting a report; `seen` is the newest change of the listing when the page was opened.

    `stays` is the button that changes nothing: the fact stays in doubt, or is right by now.
    """

    version = _version()
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    words = _answer()
    closed_on = StringField(filters=[one_line_endings])
    stays = StringField()


class SuggestedForm(AcceptForm):
    """Accepting a missing listing: the least a draft needs; roles are those readers choose from."""

    name = StringField(
        filters=[one_line_endings], validators=[needed(lazy_gettext("Give the name"))]
    )
    role = SelectField(validate_choice=False)
    locality = _line()
    where = _line()
    phone = _line()
    site = _line()

    def validate_role(self, field: SelectField) -> None:
        """Require one of the roles offered."""
        if field.data not in {choice[0] for choice in field.choices or ()}:
            raise ValidationError(gettext("Choose what it is"))

    def validate_locality(self, field: Field) -> None:
        """Require a locality the directory knows."""
        if locality_named(field.data or "", current.vocabulary()) is None:
            raise ValidationError(gettext("Choose a locality of the list"))

    def document(self) -> dict[str, Any]:
        """Give the new listing a valid form tells of, as a document."""
        words, _apart, slug = (self.role.data or "").partition(APART)
        return document_of_suggestion(
            {
                "kind": KINDS[TermKind(words)].value,
                "name": self.name.data,
                "role": slug,
                "locality": locality_named(self.locality.data or "", current.vocabulary()),
                "where": self.where.data or None,
                "phone": self.phone.data or None,
                "website": self.site.data or None,
            }
        )


class DeclineForm(BaseForm):
    """Leaving the page as it is; `found` is the listing a suggestion turned out to be."""

    version = _version()
    reason = _answer()
    found = StringField()

    def validate_reason(self, field: Field) -> None:
        """Require an answer."""
        if not field.data:
            raise ValidationError(gettext("Write why the page stays as it is"))

    def validate_found(self, field: Field) -> None:
        """Require a number, where one was chosen."""
        if field.data and not field.data.isdecimal():
            raise ValidationError(gettext("Choose one of the listings"))
