"""What happens by itself as time passes; called by the worker, again and again.

Each review is moved in a transaction of its own, so that a stop at any moment leaves nothing
half done and the next round goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from directory.accounts.authors import forget_unconfirmed
from directory.audit.policy import CLOCK
from directory.core.clock import delhi_day
from directory.core.db import db, writing
from directory.listings.models import Correction
from directory.moderation.cases import open_case_of, wait_for_first
from directory.moderation.decisions.overtaking import end_overtaken
from directory.moderation.intake.erasing import forget_words
from directory.moderation.letters import tell_author
from directory.moderation.models import CaseState, Flag, ModerationCase
from directory.moderation.policy import LETTERS
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.reviews.models import RatingSummary, Review, ReviewEvent, ReviewState, RuleCode
from directory.reviews.policy import CHANGE_WITHIN, CONFIRM_WITHIN, NETWORK_KEPT
from directory.reviews.summaries import recompute
from directory.reviews.transitions import Cause, move

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys

AT_ONCE = 200


def run_due(*, keys: Keys, now: datetime) -> Mapping[str, int]:
    """Do what is due and give how often each thing was done.

    Unconfirmed reviews lapse after seven days and their contact goes, returned ones after
    thirty; hidden ones come back after twenty-four hours; reports about a closed listing end with
    it; leases end; network hashes are kept thirty days; summaries follow as visits leave the
    window.
    """
    return {
        "unconfirmed": _each(
            (Review.state == ReviewState.UNCONFIRMED) & (Review.moved_at <= now - CONFIRM_WITHIN),
            _lapse_unconfirmed,
            keys=keys,
            now=now,
        ),
        "returned": _each(
            (Review.state == ReviewState.RETURNED) & (Review.moved_at <= now - CHANGE_WITHIN),
            _lapse_returned,
            keys=keys,
            now=now,
        ),
        "hidden": _each(
            (Review.state == ReviewState.HIDDEN) & (Review.hidden_until <= now),
            _bring_back,
            keys=keys,
            now=now,
        ),
        "reports": end_overtaken(keys=keys, now=now),
        "leases": _free_leases(now),
        "networks": _forget_networks(now),
        "summaries": _follow_window(now),
    }


def _each(
    due: ColumnElement[bool],
    act: Callable[[Session, Review, Keys, datetime], None],
    *,
    keys: Keys,
    now: datetime,
) -> int:
    ids = db.session().scalars(select(Review.id).where(due).order_by(Review.id).limit(AT_ONCE))
    done = 0
    for review_id in ids.all():
        with writing() as session:
            review = session.scalar(
                select(Review).where(Review.id == review_id, due).with_for_update()
            )
            if review is not None:
                act(session, review, keys, now)
                done += 1
    return done


def _lapse_unconfirmed(session: Session, review: Review, keys: Keys, now: datetime) -> None:  # noqa: ARG001 - one shape for all
    author_id = review.author_id
    move(session, review, ReviewEvent.LAPSE, Cause(CLOCK, RuleCode.UNCONFIRMED), now=now)
    review.network_hash, review.submission_key = None, None
    session.flush()
    forget_words(session, review.id)
    if author_id is not None:
        review.author_id = None
        session.flush()
        forget_unconfirmed(session, author_id, now=now)


def _lapse_returned(session: Session, review: Review, keys: Keys, now: datetime) -> None:
    move(session, review, ReviewEvent.LAPSE, Cause(CLOCK, review.rule_code), now=now)
    tell_author(
        session,
        review,
        LETTERS[ReviewEvent.LAPSE],
        rule_code=review.rule_code,
        group_key=f"lapse:{review.id}",
        keys=keys,
        now=now,
    )


def _bring_back(session: Session, review: Review, keys: Keys, now: datetime) -> None:
    move(session, review, ReviewEvent.RESTORE, Cause(CLOCK), now=now)
    case = open_case_of(session, review.id)
    if case is not None:
        wait_for_first(case)
        session.flush()
    tell_author(
        session,
        review,
        LETTERS[ReviewEvent.RESTORE],
        group_key=f"restore:{review.id}:{now.timestamp():.0f}",
        keys=keys,
        now=now,
    )


def _free_leases(now: datetime) -> int:
    with writing() as session:
        ended = session.execute(
            update(ModerationCase)
            .where(ModerationCase.state == CaseState.OPEN, ModerationCase.leased_until <= now)
            .values(lease_holder_id=None, leased_until=None)
            .returning(ModerationCase.id)
            .execution_options(synchronize_session=False)
        )
        return len(ended.all())


def _forget_networks(now: datetime) -> int:
    old = now - NETWORK_KEPT
    with writing() as session:
        reviews = session.execute(
            update(Review)
            .where(Review.network_hash.is_not(None), Review.submitted_at < old)
            .values(network_hash=None)
            .returning(Review.id)
            .execution_options(synchronize_session=False)
        )
        flags = session.execute(
            update(Flag)
            .where(Flag.network_hash.is_not(None), Flag.made_at < old)
            .values(network_hash=None)
            .returning(Flag.id)
            .execution_options(synchronize_session=False)
        )
        reports = session.execute(
            update(Correction)
            .where(Correction.network_hash.is_not(None), Correction.made_at < old)
            .values(network_hash=None)
            .returning(Correction.id)
            .execution_options(synchronize_session=False)
        )
        return len(reviews.all()) + len(flags.all()) + len(reports.all())


def _follow_window(now: datetime) -> int:
    """Compute anew what was last computed on an earlier day, a bounded number at a time."""
    today = delhi_day(now)
    old = [
        listing_id
        for listing_id, computed_at in db.session().execute(
            select(RatingSummary.listing_id, RatingSummary.computed_at)
            .order_by(RatingSummary.computed_at)
            .limit(AT_ONCE)
        )
        if delhi_day(computed_at) < today
    ]
    changed = 0
    for listing_id in old:
        with writing() as session:
            before = session.get_one(RatingSummary, listing_id)
            counted = before.stars
            recompute(session, listing_id, now=now)
            after = session.get_one(RatingSummary, listing_id)
            if counted != after.stars:
                record_changes(session, ChangeNoun.LISTING, [listing_id], now)
                changed += 1
    return changed
