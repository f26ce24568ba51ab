"""The form of a review: its fields, what each asks for, and the draft it gives.

Shape only; rules are `moderation.intake`'s and the reviews room's. Used by `review_form.py` for a
new review and by `my_reviews.py` for one that came back.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from directory.moderation.intake import ReviewDraft
from directory.reviews.models import (
    LEAST_LETTERS,
    MOST_LETTERS,
    Aspect,
    CareKind,
    Pseudonym,
    Relation,
    Unsafe,
)
from directory.reviews.policy import TERMS_VERSION, aspects_of, quarters_open
from directory.web import text
from directory.web.forms.asking import at_most, needed, plain_choices, shaped
from directory.web.forms.base import BaseForm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flask_babel.speaklater import LazyString
    from wtforms import Field

MOST_EMAIL = 254
KEY_SHAPE = r"[A-Za-z0-9_-]{32,64}"
EMAIL_SHAPE = r"[^@\s]+@[^@\s]+\.[^@\s.]+"
STARS = tuple(str(number) for number in range(1, 6))
NOTHING = ""
ASPECT_FIELD = "aspect_"
# What only somebody who is not signed in is asked for.
OF_STRANGERS = ("email", "may_keep_email")


def one_line_endings(words: str | None) -> str:
    """Give a text as it is counted: without room at its ends, its lines ended in one way."""
    return "\n".join((words or "").splitlines()).strip()


def stars_of(value: str | None) -> int | None:
    """Give a number of stars, or None when nothing was chosen."""
    return int(value) if value else None


def _ticked(words: LazyString) -> BooleanField:
    return BooleanField(validators=[needed(words)])


def _aspect() -> RadioField:
    return RadioField(choices=plain_choices((NOTHING, *STARS)), coerce=stars_of, default="")


class ReviewForm(BaseForm):
    """What an author says. `submission_key` is made with the form: one form, one review."""

    takes_time = True
    submission_key = HiddenField(
        validators=[shaped(KEY_SHAPE, lazy_gettext("Open the form again"))]
    )
    visit_quarter = SelectField(validators=[needed(lazy_gettext("Choose when you were there"))])
    care_kind = SelectField(
        choices=plain_choices((NOTHING, *CareKind)),
        validators=[needed(lazy_gettext("Choose what kind of care it was"))],
    )
    relation = RadioField(
        choices=plain_choices(Relation),
        validators=[needed(lazy_gettext("Say as whom you were there"))],
    )
    overall = RadioField(
        choices=plain_choices(STARS),
        coerce=stars_of,
        validators=[needed(lazy_gettext("Choose one of the five for the whole"))],
    )
    aspect_listened = _aspect()
    aspect_explained = _aspect()
    aspect_respect = _aspect()
    aspect_privacy = _aspect()
    aspect_fees = _aspect()
    aspect_reach = _aspect()
    aspect_night = _aspect()
    aspect_cleanliness = _aspect()
    text = TextAreaField(filters=[one_line_endings])
    unsafe = RadioField(choices=plain_choices(Unsafe), validators=[Optional()])
    pseudonym = RadioField(
        choices=plain_choices(Pseudonym),
        validators=[needed(lazy_gettext("Choose what is shown beside your review"))],
    )
    email = StringField(
        filters=[one_line_endings],
        validators=[
            needed(lazy_gettext("Give an e-mail address we can send one link to")),
            at_most(MOST_EMAIL, lazy_gettext("This address is too long")),
            shaped(EMAIL_SHAPE, lazy_gettext("Give an e-mail address, like name@example.org")),
        ],
    )
    own_experience = _ticked(lazy_gettext("Confirm that this is your own experience"))
    of_age = _ticked(lazy_gettext("Confirm that you are 18 or over"))
    no_reward = _ticked(lazy_gettext("Confirm that nobody rewards you for it"))
    no_connection = _ticked(
        lazy_gettext("Confirm that you have no connection with them or a rival")
    )
    terms = _ticked(lazy_gettext("Confirm that you have read the rules"))
    may_publish = _ticked(lazy_gettext("Allow us to publish it; without that we cannot use it"))
    may_keep_email = _ticked(
        lazy_gettext("Allow us to keep your e-mail address; it is kept sealed")
    )

    def validate_text(self, field: Field) -> None:
        """Count the characters, and say how many there are."""
        length = len(field.data)
        if length < LEAST_LETTERS:
            raise ValidationError(
                gettext(
                    "Write at least %(least)s characters: %(number)s so far",
                    least=LEAST_LETTERS,
                    number=length,
                )
            )
        if length > MOST_LETTERS:
            raise ValidationError(
                gettext(
                    "Write at most %(most)s characters: %(number)s now",
                    most=text.count(MOST_LETTERS),
                    number=text.count(length),
                )
            )

    def set_up(self, *, today: date, is_centre: bool, signed_in: bool) -> None:
        """Offer the open quarters, and leave out what this listing or author is not asked."""
        self.visit_quarter.choices = plain_choices((NOTHING, *quarters_open(today)))
        asked = aspects_of(is_centre=is_centre)
        for aspect in Aspect:
            if aspect not in asked:
                del self[ASPECT_FIELD + aspect]
        for name in OF_STRANGERS if signed_in else ():
            del self[name]
        if not self.submission_key.data:
            self.submission_key.data = secrets.token_urlsafe(32)

    @classmethod
    def filled(cls, draft: ReviewDraft) -> dict[str, Any]:
        """Give what a form is filled with that shows a version again; boxes stay empty."""
        rated = {ASPECT_FIELD + aspect: str(stars) for aspect, stars in draft.aspects.items()}
        return {
            "visit_quarter": draft.visit_quarter,
            "care_kind": draft.care_kind,
            "relation": draft.relation,
            "overall": str(draft.overall),
            "text": draft.text,
            "unsafe": draft.unsafe,
            "pseudonym": draft.pseudonym,
            **rated,
        }

    @property
    def asks_address(self) -> bool:
        """Whether its author is not signed in, so that a letter must confirm it."""
        return "email" in self

    def aspects(self) -> dict[Aspect, Field]:
        """Give the fields of the aspects asked, in their order."""
        names = {aspect: ASPECT_FIELD + aspect for aspect in Aspect}
        return {aspect: self[name] for aspect, name in names.items() if name in self}

    def chosen_aspects(self) -> Mapping[Aspect, int]:
        """Give what was rated; what was not is left out."""
        return {aspect: field.data for aspect, field in self.aspects().items() if field.data}

    def draft(self, *, listing_id: int, language: str) -> ReviewDraft:
        """Give what a valid form says."""
        return ReviewDraft(
            listing_id=listing_id,
            overall=self.overall.data,
            aspects=self.chosen_aspects(),
            unsafe=Unsafe(self.unsafe.data or Unsafe.UNSAID),
            text=self.text.data or "",
            visit_quarter=self.visit_quarter.data,
            relation=Relation(self.relation.data),
            care_kind=CareKind(self.care_kind.data),
            pseudonym=Pseudonym(self.pseudonym.data),
            own_experience=self.own_experience.data,
            no_reward=self.no_reward.data,
            no_connection=self.no_connection.data,
            terms_version=TERMS_VERSION,
            submission_key=self.submission_key.data or "",
            language=language,
        )
