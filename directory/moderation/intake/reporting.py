"""What readers report of a listing, without an account: a wrong detail, what a call came to.

Nothing that is shown changes by it: the desk decides, or several alike raise a doubt. Each gives
a receipt. Not for a listing that is missing (see `suggesting.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from directory.core.clock import delhi_day
from directory.core.db import writing
from directory.core.errors import InvalidError, NotFoundError
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.facts import FACT_OF_OUTCOME, FACTS
from directory.listings.models import (
    Accepting,
    CallOutcome,
    Correction,
    CorrectionKind,
    CorrectionState,
    ListingState,
)
from directory.listings.operations.editing import RefusedListingError, stored_draft
from directory.moderation.intake.names import new_receipt
from directory.moderation.intake.reports import keep_report, plain_words, sealed_address
from directory.moderation.intake.waves import watch_for_wave

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.listings.exchange.drafts import ListingDraft
    from directory.vocabulary.queries import Vocabulary

# A call of longer ago tells nothing of how it is now.
CALLED_WITHIN = timedelta(days=365)
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DetailReport:
    """A wrong detail as a reader sent it.

    `fact` is a key of `listings.facts.FACTS`; `changes` its document keys with what they should
    say, as far as the form could ask; `words` the rest. `outcome` when a call told it.
    `address` is where to send the one letter. `language` is that of the page.
    """

    listing_id: int
    fact: str
    changes: Mapping[str, Any]
    words: str | None
    evidence: str | None
    called_on: date | None
    address: str | None
    language: str
    outcome: CallOutcome | None = None


def report_detail(
    *,
    report: DetailReport,
    network_hash: str | None,
    keys: Keys,
    vocabulary: Vocabulary,
    now: datetime,
) -> str:
    """Keep the report of a wrong detail and give its receipt.

    Raises `NotFoundError` unless the listing is published, `RefusedListingError` for values it
    could not hold, `InvalidError` for anything else the form has to say.
    """
    words = plain_words("words", report.words)
    evidence = plain_words("evidence", report.evidence)
    address = sealed_address(report.address, keys)
    _check_day(report.called_on, delhi_day(now))
    with writing() as session:
        stored = _published(session, report.listing_id, vocabulary)
        _check_fact(stored, report)
        proposed = _proposed(stored, report, Rules(vocabulary, delhi_day(now)))
        if not proposed and not words:
            raise InvalidError("words", "Say what is wrong, or change what is not right.")

        made = _new(stored, report.listing_id, report.fact, report.outcome, now=now)
        made.proposed, made.proposed_value = words, proposed or None
        made.evidence, made.called_on = evidence, report.called_on
        made.address_sealed, made.network_hash = address, network_hash
        made.language = report.language
        keep_report(session, made, now=now)
        watch_for_wave(session, made, now=now)
        return made.receipt


def report_outcome(
    *,
    listing_id: int,
    outcome: CallOutcome,
    language: str,
    network_hash: str | None,
    vocabulary: Vocabulary,
    now: datetime,
) -> str:
    """Keep what a call came to today and give its receipt.

    What agrees with the page is noted and asks nobody for anything. Raises `NotFoundError`
    unless the listing is published, `InvalidError` for another fee, which has a form.
    """
    if outcome is CallOutcome.FEE_DIFFERENT:
        raise InvalidError("outcome", "Say what the fee is.")
    with writing() as session:
        stored = _published(session, listing_id, vocabulary)

        made = _new(stored, listing_id, FACT_OF_OUTCOME[outcome], outcome, now=now)
        made.called_on, made.network_hash, made.language = delhi_day(now), network_hash, language
        if outcome is CallOutcome.NOT_TAKING:
            made.proposed_value = {"accepting": Accepting.NO.value}
        if _agrees(stored, outcome):
            made.state, made.decided_at, made.proposed_value = CorrectionState.NOTED, now, None
        keep_report(session, made, now=now)
        if made.state is CorrectionState.OPEN:
            watch_for_wave(session, made, now=now)
        return made.receipt


def _agrees(stored: ListingDraft, outcome: CallOutcome) -> bool:
    refused_as_stated = outcome is CallOutcome.NOT_TAKING and stored.accepting is Accepting.NO
    return outcome is CallOutcome.ANSWERED or refused_as_stated


def _published(session: Session, listing_id: int, vocabulary: Vocabulary) -> ListingDraft:
    """Give what a published listing says, held: two reports of the same never both lead."""
    stored = stored_draft(session, listing_id, vocabulary)
    if stored.state is not ListingState.PUBLISHED:
        raise NotFoundError("There is no such listing.")
    return stored


def _check_fact(stored: ListingDraft, report: DetailReport) -> None:
    fact = FACTS.get(report.fact)
    if fact is None or stored.kind not in fact.kinds:
        raise InvalidError("fact", "Choose which detail is wrong.")
    if not report.changes.keys() <= set(fact.keys):
        raise ValueError(f"a report about {report.fact} cannot change anything else")


def _check_day(called_on: date | None, today: date) -> None:
    if called_on is not None and not today - CALLED_WITHIN <= called_on <= today:
        raise InvalidError(
            "called_on", "Give a day of the last twelve months, today at the latest."
        )


def _proposed(stored: ListingDraft, report: DetailReport, rules: Rules) -> dict[str, Any]:
    """Give the keys that would differ, as the document would have them."""
    if report.fact == CLOSED:
        day = report.changes.get("closed_on")
        return {"state": ListingState.CLOSED.value, "closed_on": day}
    if not report.changes:
        return {}
    before = document_of_draft(stored)
    draft, faults = read_draft({**before, **report.changes}, rules)
    if draft is None:
        raise RefusedListingError(faults)
    after = document_of_draft(draft)
    return {key: after[key] for key in report.changes if after[key] != before[key]}


def _new(
    stored: ListingDraft,
    listing_id: int,
    fact: str,
    outcome: CallOutcome | None,
    *,
    now: datetime,
) -> Correction:
    document = document_of_draft(stored)
    kind = CorrectionKind.WRONG_DETAIL if outcome is None else CorrectionKind.OUTCOME
    return Correction(
        receipt=new_receipt(),
        kind=kind,
        state=CorrectionState.OPEN,
        listing_id=listing_id,
        fact=fact,
        outcome=outcome,
        stated={key: document[key] for key in FACTS[fact].keys} or None,
        made_at=now,
    )
