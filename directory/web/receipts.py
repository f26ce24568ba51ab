"""What became of something sent without an account, by the number of its receipt.

Flags of reviews, and reports about listings. Nothing here tells who sent it or what it said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from flask_babel import gettext

from directory.core.db import db
from directory.core.errors import NotFoundError
from directory.moderation.models import FlagState
from directory.moderation.queries.author import receipt as receipt_of
from directory.moderation.queries.reports import report_receipt
from directory.reviews.rules import rule
from directory.web import author_words, current, just_sent, report_words, text
from directory.web.access import access
from directory.web.links import listing_url

if TYPE_CHECKING:
    from datetime import datetime

    from directory.moderation.queries.author import ReceiptPage
    from directory.moderation.queries.reports import ReportReceipt

blueprint = Blueprint("receipts", __name__)

SIGNS = {FlagState.OPEN: "wait", FlagState.UPHELD: "yes", FlagState.NOT_UPHELD: "no"}


@blueprint.get("/receipts/<receipt>")
@access("anyone")
def receipt(receipt: str) -> str:
    """Show what became of a flag, or of a report."""
    try:
        return _of_flag(receipt_of(db.session(), receipt))
    except NotFoundError:
        report = report_receipt(db.session(), receipt, vocabulary=current.vocabulary())
        return _of_report(report)


def _of_flag(found: ReceiptPage) -> str:
    return render_template(
        "reviews/receipt.html",
        receipt=found,
        sign=SIGNS[found.state],
        words=_state(found),
        says=_says(found),
        rule=rule(found.rule_code),
        steps=_steps(found),
    )


def _of_report(found: ReportReceipt) -> str:
    current.keep_nowhere()
    listing, now = found.listing, found.says_now
    return render_template(
        "corrections/receipt.html",
        receipt=found,
        about=report_words.about_words(found),
        listing_path=listing_url(listing.kind, listing.slug) if listing else None,
        sign=report_words.SIGNS[found.state],
        words=report_words.receipt_state(found),
        says=report_words.receipt_says(found),
        says_now=None if now is None else report_words.fact_lines(found.fact, now),
        steps=report_words.receipt_steps(found),
        crisis=bool(just_sent.recall().get("crisis")),
    )


def _state(found: ReceiptPage) -> str:
    return {
        FlagState.OPEN: gettext("Waiting to be read"),
        FlagState.UPHELD: gettext("You were right: the review is no longer shown"),
        FlagState.NOT_UPHELD: gettext("Read again; the review stays"),
    }[found.state]


def _says(found: ReceiptPage) -> str:
    return {
        FlagState.OPEN: gettext(
            "A person reads the review again with your rule in mind, by %(day)s. Look here again "
            "whenever you like.",
            day=_on(found.due_at),
        ),
        FlagState.UPHELD: gettext(
            "Thank you. A line says in its place that something stood there."
        ),
        FlagState.NOT_UPHELD: gettext(
            "Thank you all the same. Somebody read it with the rule beside it and found that it "
            "keeps to it. A review may be hard, and unfair to some eyes, and still be allowed."
        ),
    }[found.state]


def _steps(found: ReceiptPage) -> list[tuple[str, str]]:
    made = gettext(", %(day)s, under rule %(code)s", day=_on(found.made_at), code=found.rule_code)
    steps = [(gettext("You reported it"), made)]
    if found.decided_at is not None:
        steps.append((gettext("It was decided"), gettext(", %(day)s", day=_on(found.decided_at))))
    return steps


def _on(instant: datetime) -> str:
    return text.on_date(author_words.in_delhi(instant))
