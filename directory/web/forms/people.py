"""The administrator's forms about people: new staff, a role, a tie, an erasure."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from directory.accounts.models import Role
from directory.moderation.models import LinkNature
from directory.web.forms.base import BaseForm
from directory.web.forms.lazily import choices_of, lazy_gettext

MOST_NAME = 80
MOST_EMAIL = 254
MOST_SLUG = 120


def trimmed(words: str | None) -> str:
    """Give words without room at their ends."""
    return (words or "").strip()


def _line(message: str, most: int) -> StringField:
    return StringField(
        filters=[trimmed],
        validators=[
            DataRequired(message),
            Length(max=most, message=lazy_gettext("Use fewer characters")),
        ],
    )


class StaffForm(BaseForm):
    """Somebody new at the desk."""

    email = _line(lazy_gettext("Give the e-mail address"), MOST_EMAIL)
    name = _line(lazy_gettext("Give the name colleagues see"), MOST_NAME)
    role = SelectField(choices=choices_of(role for role in Role if role is not Role.USER))


class RoleForm(BaseForm):
    """What somebody may do from now on; staff need a name."""

    role = SelectField(choices=choices_of(Role))
    name = StringField(
        filters=[trimmed],
        validators=[Length(max=MOST_NAME, message=lazy_gettext("Use fewer characters"))],
    )


class TieForm(BaseForm):
    """How somebody is tied to a listing, named by the end of its address."""

    slug = _line(lazy_gettext("Give the end of the listing’s address"), MOST_SLUG)
    nature = SelectField(choices=choices_of(LinkNature))


class EraseForm(BaseForm):
    """An erasure, confirmed by writing the account's number."""

    number = _line(lazy_gettext("Write the number of the account"), 12)


class FindForm(BaseForm):
    """Somebody looked for by their address; the address never stands in a page's own address."""

    email = _line(lazy_gettext("Give the e-mail address"), MOST_EMAIL)
