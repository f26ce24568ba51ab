"""An author's own reviews: where each stands, and what its author can do about it.

Anybody else's review does not exist here (404). Not for writing a first one (`review_form.py`).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError
from directory.moderation.intake import appeal as make_appeal
from directory.moderation.intake import resubmit_review, withdraw_review
from directory.moderation.intake.authoring import LEAST_APPEAL, MOST_APPEAL
from directory.moderation.intake.reading import is_crisis
from directory.moderation.queries import author
from directory.reviews.rules import rule
from directory.web import current, just_sent, limits
from directory.web.access import access
from directory.web.author_words import unparted
from directory.web.environment import language
from directory.web.forms.flag import AppealForm, PressForm
from directory.web.forms.review import ReviewForm
from directory.web.links import listing_url
from directory.web.own_reviews import (
    history_steps,
    own_review,
    own_versions,
    withdrawing_words,
)
from directory.web.review_page import (
    FormPage,
    ReviewedPlace,
    faults_of,
    faults_title,
    form_page,
    reviewed_place,
)
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from typing import Any

    from flask.typing import ResponseReturnValue

    from directory.moderation.queries.author import MyReview, MyReviewPage

blueprint = Blueprint("my_reviews", __name__)


@blueprint.get("/account/reviews")
@access("user")
def reviews() -> str:
    """List the viewer's own reviews, newest first."""
    found = author.my_reviews(db.session(), signed_in(), now=current.now())
    return render_template("account/reviews.html", rows=[own_review(each) for each in found])


@blueprint.get("/account/reviews/<public_id>")
@access("user")
def review(public_id: str) -> ResponseReturnValue:
    """Show one of the viewer's reviews."""
    return _review_page(PressForm(), _mine(public_id))


@blueprint.get("/account/reviews/<public_id>/change")
@access("user")
def change(public_id: str) -> ResponseReturnValue:
    """Show the form of a review that came back, filled with what was sent."""
    found = _changeable(public_id)
    place = reviewed_place(found.review.listing_slug, found.review.listing_kind)
    if not isinstance(place, ReviewedPlace):
        return place
    form = ReviewForm(data=ReviewForm.filled(found.draft))
    form.set_up(today=current.today(), is_centre=place.is_centre, signed_in=True)
    return form_page(form, place, _change_page(found.review))


@blueprint.post("/account/reviews/<public_id>/change")
@access("user")
def change_send(public_id: str) -> ResponseReturnValue:
    """Take a review again that came back."""
    found = _changeable(public_id)
    place = reviewed_place(found.review.listing_slug, found.review.listing_kind)
    if not isinstance(place, ReviewedPlace):
        return place
    form = ReviewForm(request.form)
    form.set_up(today=current.today(), is_centre=place.is_centre, signed_in=True)
    if not form.validate():
        return form_page(form, place, _change_page(found.review))
    try:
        resubmit_review(
            viewer=signed_in(),
            public_id=public_id,
            draft=form.draft(listing_id=place.id, language=language()),
            keys=current.keys(),
            now=current.now(),
        )
    except InvalidError as error:
        form.refuse(error)
        return form_page(form, place, _change_page(found.review))
    if is_crisis(form.text.data or "", place.name):
        return just_sent.lead_there({"crisis": True, "form": _change_path(public_id)})
    return _to_review(public_id)


@blueprint.post("/account/reviews/<public_id>/withdraw")
@access("user")
def withdraw(public_id: str) -> ResponseReturnValue:
    """Withdraw one of the viewer's reviews, at once."""
    form = PressForm(request.form)
    if not form.validate():
        return _review_page(form, _mine(public_id))
    withdraw_review(viewer=signed_in(), public_id=public_id, keys=current.keys(), now=current.now())
    return _to_review(public_id)


@blueprint.get("/account/reviews/<public_id>/appeal")
@access("user")
def appeal(public_id: str) -> ResponseReturnValue:
    """Show the form of an appeal."""
    return _appeal_page(AppealForm(), _appealable(public_id))


@blueprint.post("/account/reviews/<public_id>/appeal")
@access("user")
def appeal_send(public_id: str) -> ResponseReturnValue:
    """Take an appeal."""
    found = _appealable(public_id)
    form = AppealForm(request.form)
    if not form.validate():
        return _appeal_page(form, found)
    limits.take("appeal")
    make_appeal(
        viewer=signed_in(),
        public_id=public_id,
        words=form.words.data or "",
        keys=current.keys(),
        now=current.now(),
    )
    return _to_review(public_id)


def _mine(public_id: str) -> MyReviewPage:
    return author.my_review(db.session(), signed_in(), public_id, now=current.now())


def _changeable(public_id: str) -> MyReviewPage:
    found = _mine(public_id)
    if not found.review.can_change:
        raise ConflictError(gettext("This review has not come back to you, or its time is over."))
    return found


def _appealable(public_id: str) -> MyReview:
    found = _mine(public_id).review
    if not found.can_appeal:
        raise ConflictError(gettext("There is nothing to appeal against, or its time is over."))
    return found


def _judgement(review: MyReview) -> dict[str, Any]:
    return {
        "review": review,
        "row": own_review(review),
        "rule": rule(review.rule_code) if review.rule_code else None,
    }


def _change_page(review: MyReview) -> FormPage:
    row = own_review(review)
    return FormPage(
        heading=gettext("Change your review of %(name)s", name=unparted(review.listing_name)),
        action=_change_path(review.public_id),
        crumbs=[
            (gettext("My reviews"), "/account/reviews"),
            (review.listing_name, row.path),
            (gettext("Change"), None),
        ],
        returned=_judgement(review),
    )


def _review_page(form: PressForm, found: MyReviewPage) -> ResponseReturnValue:
    faults = faults_of(form)
    html = render_template(
        "account/review.html",
        **_judgement(found.review),
        versions=own_versions(found),
        steps=history_steps(found.history),
        withdrawing=withdrawing_words(found.review),
        listing_path=listing_url(found.review.listing_kind, found.review.listing_slug),
        faults=faults,
        faults_title=faults_title(len(faults)),
    )
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK


def _appeal_page(form: AppealForm, review: MyReview) -> ResponseReturnValue:
    faults = faults_of(form)
    html = render_template(
        "account/review_appeal.html",
        **_judgement(review),
        form=form,
        faults=faults,
        faults_title=faults_title(len(faults)),
        least=LEAST_APPEAL,
        most=MOST_APPEAL,
    )
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK


def _change_path(public_id: str) -> str:
    return url_for("my_reviews.change", public_id=public_id)


def _to_review(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("my_reviews.review", public_id=public_id), HTTPStatus.SEE_OTHER)
