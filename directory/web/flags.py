"""Flagging a review under a public rule, without an account.

A flag changes nothing that readers see; its receipt (`receipts.py`) tells what became of it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from directory.core.db import db
from directory.moderation.intake import flag_review
from directory.moderation.intake.flagging import MOST_WORDS
from directory.moderation.queries.flagging import flagged_review
from directory.reviews.models import RuleCode
from directory.reviews.rules import RULES
from directory.web import current, limits
from directory.web.access import access
from directory.web.forms.flag import FlagForm
from directory.web.links import listing_url
from directory.web.review_page import faults_of, faults_title, is_whole

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.moderation.queries.flagging import FlaggedReview

blueprint = Blueprint("flags", __name__)


@blueprint.get("/reviews/<public_id>/flag")
@access("anyone")
def flag(public_id: str) -> ResponseReturnValue:
    """Show the form."""
    return _page(FlagForm(), flagged_review(db.session(), public_id))


@blueprint.post("/reviews/<public_id>/flag")
@access("anyone")
def flag_send(public_id: str) -> ResponseReturnValue:
    """Take a flag, and lead to its receipt."""
    flagged = flagged_review(db.session(), public_id)
    form = FlagForm(request.form)
    if not is_whole(form):
        return _page(form, flagged)
    limits.take("flag")
    receipt = flag_review(
        public_id=public_id,
        rule_code=RuleCode(form.rule_code.data),
        words=form.words.data,
        network_hash=limits.network_hash(),
        now=current.now(),
    )
    return redirect(url_for("receipts.receipt", receipt=receipt), HTTPStatus.SEE_OTHER)


def _page(form: FlagForm, flagged: FlaggedReview) -> ResponseReturnValue:
    faults = faults_of(form)
    html = render_template(
        "reviews/flag.html",
        form=form,
        flagged=flagged,
        listing_path=listing_url(flagged.listing_kind, flagged.listing_slug),
        rules=[rule for rule in RULES if rule.flaggable],
        faults=faults,
        faults_title=faults_title(len(faults)),
        most=MOST_WORDS,
    )
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
