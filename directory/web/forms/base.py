"""What every form has: a token that shows it is ours, faults in order, refusals by field.

A form checks shape and gives a draft; rules are the rooms'. A view shows a refused one again with
everything kept, the faults first, and 422.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import gettext
from wtforms import Form, HiddenField

from directory.core.errors import InvalidError
from directory.web.forms.tokens import TOKEN, csrf_field, is_genuine, is_hasty, is_robot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from directory.core.errors import DirectoryError

# Where a fault leads that belongs to no field.
WHOLE_FORM = "main"


class BaseForm(Form):
    """A form of this site. Make it with `request.form`; empty before anything was sent."""

    csrf_token = HiddenField()
    # Nobody fills this one in within three seconds: who does is asked to send it once more.
    takes_time: ClassVar[bool] = False

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check shape, and that the form was made here for this browser not too long ago."""
        fits = super().validate(extra_validators)
        if self.is_forged():
            self.form_errors.append(
                gettext("This page was open for too long. Nothing is lost: send it once more.")
            )
            return False
        if self.takes_time and is_hasty(self[TOKEN].data):
            self.form_errors.append(gettext("That was very quick. Please send it once more."))
            return False
        return fits

    def hidden_tag(self) -> Markup:
        """Give what every form carries unseen."""
        return csrf_field()

    def is_forged(self) -> bool:
        """Tell whether the token is missing, too old, or another browser's."""
        return not is_genuine(self[TOKEN].data)

    def is_robot(self) -> bool:
        """Tell whether the unseen field was filled in: answer as if it had worked, keep nothing."""
        return is_robot()

    def refuse(
        self, fault: DirectoryError | str, words: str | None = None, *, otherwise: str | None = None
    ) -> None:
        """Add what a room refused, to its field.

        `fault` is the refusal, or the name of a field with `words`. A field this form does not
        have is replaced by `otherwise`, or by the form as a whole.
        """
        name, said = _named(fault, words)
        if name not in self:
            name = otherwise or ""
        if name in self:
            field = self[name]
            field.errors = [*field.errors, said]
        else:
            self.form_errors.append(said)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Give what is wrong: the anchor of the field and the words, in field order."""
        for words in self.form_errors:
            yield WHOLE_FORM, str(words)
        for field in self:
            for words in field.errors:
                yield field.id, str(words)

    def summary(self) -> list[tuple[str, str | None]]:
        """Give the lines of the summary: words, and where they lead, if to one field."""
        return [
            (words, None if anchor == WHOLE_FORM else f"#{anchor}")
            for anchor, words in self.faults()
        ]


def _named(fault: DirectoryError | str, words: str | None) -> tuple[str, str]:
    if isinstance(fault, str):
        return fault, words or ""
    return (fault.field if isinstance(fault, InvalidError) else ""), fault.message
