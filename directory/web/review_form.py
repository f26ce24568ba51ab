"""Writing a review: the form on a listing's own address, and the sending of it.

Not for what an author does with a review afterwards (`my_reviews.py`). Nobody needs an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask_babel import gettext

from config import Mode
from directory.core.errors import ConflictError, InvalidError, NotAllowedError, TooManyError
from directory.listings.models import ListingKind
from directory.moderation.intake import submit_review
from directory.reviews.models import Unsafe
from directory.web import author_words, current, just_sent, limits
from directory.web.access import access
from directory.web.environment import language
from directory.web.forms.review import ReviewForm
from directory.web.review_page import (
    FormPage,
    ReviewedPlace,
    form_page,
    is_whole,
    reviewed_place,
    steps_of,
)
from directory.web.signing import current_viewer

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.moderation.intake import Submitted

blueprint = Blueprint("review_form", __name__)

for name, words in author_words.FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/therapists/<slug>/review")
@access("anyone")
def therapist(slug: str) -> ResponseReturnValue:
    """Show the form of a review of a practitioner."""
    return _ask(slug, ListingKind.PRACTITIONER)


@blueprint.get("/centres/<slug>/review")
@access("anyone")
def centre(slug: str) -> ResponseReturnValue:
    """Show the form of a review of a centre."""
    return _ask(slug, ListingKind.CENTRE)


@blueprint.post("/therapists/<slug>/review")
@access("anyone")
def therapist_send(slug: str) -> ResponseReturnValue:
    """Take a review of a practitioner."""
    return _send(slug, ListingKind.PRACTITIONER)


@blueprint.post("/centres/<slug>/review")
@access("anyone")
def centre_send(slug: str) -> ResponseReturnValue:
    """Take a review of a centre."""
    return _send(slug, ListingKind.CENTRE)


@blueprint.get("/account/reviews/sent")
@access("anyone")
def sent() -> str:
    """Say what happens next with a review just sent, and offer help first where it is needed."""
    current.keep_nowhere()
    facts = just_sent.recall()
    needs_confirming = bool(facts.get("mail", current_viewer() is None))
    back = str(facts.get("path", "/"))
    return render_template(
        "reviews/sent.html",
        crisis=bool(facts.get("crisis")),
        unsafe=bool(facts.get("unsafe")),
        needs_confirming=needs_confirming,
        mail_folder=_mail_folder() if needs_confirming else None,
        steps=steps_of(signed_in=not needs_confirming),
        signed_in=current_viewer() is not None,
        back=back,
        form_path=str(facts.get("form", "")),
    )


def _ask(slug: str, kind: ListingKind) -> ResponseReturnValue:
    place = reviewed_place(slug, kind)
    if not isinstance(place, ReviewedPlace):
        return place
    return form_page(_form(place), place, _page(place))


def _send(slug: str, kind: ListingKind) -> ResponseReturnValue:
    place = reviewed_place(slug, kind)
    if not isinstance(place, ReviewedPlace):
        return place
    form = _form(place)
    if not is_whole(form):
        return form_page(form, place, _page(place))
    try:
        limits.take("review")
        if form.asks_address:
            limits.take_for_address("review", form.email.data or "")
        submitted = _submit(form, place)
    except InvalidError as error:
        form.refuse(error)
        return form_page(form, place, _page(place))
    except (ConflictError, NotAllowedError, TooManyError) as error:
        return form_page(form, place, _page(place), refused=error)
    return just_sent.lead_there(
        {
            "crisis": submitted.is_crisis,
            "mail": submitted.needs_confirming,
            "unsafe": form.unsafe.data == Unsafe.YES,
            "path": place.path,
            "form": f"{place.path}/review",
        }
    )


def _submit(form: ReviewForm, place: ReviewedPlace) -> Submitted:
    return submit_review(
        viewer=current_viewer(),
        email=form.email.data if form.asks_address else None,
        draft=form.draft(listing_id=place.id, language=language()),
        browser=limits.browser_token(),
        network_hash=limits.network_hash(),
        keys=current.keys(),
        now=current.now(),
    )


def _form(place: ReviewedPlace) -> ReviewForm:
    form = ReviewForm(request.form)
    form.set_up(
        today=current.today(),
        is_centre=place.is_centre,
        signed_in=current_viewer() is not None,
    )
    return form


def _page(place: ReviewedPlace) -> FormPage:
    return FormPage(
        heading=gettext("Write a review of %(name)s", name=author_words.unparted(place.name)),
        action=f"{place.path}/review",
        crumbs=[(place.name, place.path), (gettext("Write a review"), None)],
    )


def _mail_folder() -> str | None:
    """Give where letters lie on a developer's machine; None where they are really sent."""
    settings = current.settings()
    if settings.mode is not Mode.DEVELOPMENT or settings.mail_folder is None:
        return None
    return settings.mail_url.removeprefix("file:")
