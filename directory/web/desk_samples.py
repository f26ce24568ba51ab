"""Made-up cases for the page of components. Called by `web/components.py` only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from directory.accounts.operations import PrintedLink
from directory.audit.models import ActorKind
from directory.listings.models import CallOutcome
from directory.moderation.models import CaseKind, Outcome, Step, Waiting
from directory.moderation.queries.case_views import HistoryLine, SignalView, Undo
from directory.moderation.queries.clocks_and_counts import OpenCount
from directory.moderation.queries.desk import QueueCounts, QueueItem, QueuePage
from directory.moderation.queries.lists import QueueList
from directory.moderation.queries.standing import WhyNot
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import ReviewState, RuleCode
from directory.web.desk_page import ListLink
from directory.web.differences import Changed, changes_between
from directory.web.marked_text import Mark, Piece, marked_paragraphs
from directory.web.paging import Pages, pages_of

if TYPE_CHECKING:
    from datetime import datetime

WORDS = "Sunita at the counter read it aloud on 12 August, and my sister Anita was sent away."
BEFORE = "Sunita at the counter in Malka Ganj read it aloud, and my sister Anita was sent away."


@dataclass(frozen=True, slots=True)
class DeskSample:
    """One of each thing of the desk."""

    queue: QueuePage
    lists: list[ListLink]
    pages: Pages
    paragraphs: list[list[Piece]]
    signals: list[SignalView]
    history: list[HistoryLine]
    changes: list[Changed]
    undo: Undo
    counts: list[OpenCount]
    link: PrintedLink


def desk(now: datetime) -> DeskSample:
    """Give a queue with a late case, one somebody has and one of a second person, and a case."""
    then = now.replace(minute=31, second=0)  # the same at each look within the hour
    return DeskSample(
        queue=QueuePage(QueueList.ALL, 1, _items(now), QueueCounts(4, 1, 0, 1, 0, 1)),
        lists=[
            ListLink("All", "", "#desk", 4, current=True),
            ListLink("Second", "person", "#desk", 1, current=False),
        ],
        pages=pages_of(4, 1, 25, lambda number: f"?page={number}"),
        paragraphs=marked_paragraphs(WORDS, [Mark(1, 0, 6), Mark(2, 39, 48), Mark(3, 57, 69)]),
        signals=_signals(),
        history=_history(then),
        changes=changes_between(BEFORE, WORDS),
        undo=Undo(1, 2041, Outcome.RETURN, Step.ALONE, then),
        counts=[
            OpenCount(Lane.CRISIS, 1, 0, 0, 0, now - timedelta(hours=2, minutes=30)),
            OpenCount(Lane.ROUTINE, 12, 2, 1, 0, now - timedelta(hours=80, minutes=30)),
        ],
        link=PrintedLink("/account/link/sample", then),
    )


def _items(now: datetime) -> tuple[QueueItem, ...]:
    first = _item(now)
    late = replace(
        first,
        case_id=2040,
        kind=CaseKind.FLAG,
        lane=Lane.LEGAL,
        target_at=now - timedelta(hours=2, minutes=30),
        is_late=True,
        flag_rule=RuleCode.CRIME_AS_FACT,
        leased_by="R. Moderator",
        is_mine=False,
        why_not=WhyNot.LEASED,
    )
    waits = replace(first, case_id=2039, lane=Lane.ROUTINE, signals=(), is_mine=False)
    told = replace(waits, case_id=2038, kind=CaseKind.OUTCOME, call=CallOutcome.NO_ANSWER)
    return (
        first,
        late,
        replace(waits, waiting=Waiting.SECOND, proposed=Outcome.REMOVE),
        replace(told, review_state=None, fact="phone", reports=4),
    )


def _item(now: datetime) -> QueueItem:
    return QueueItem(
        case_id=2041,
        kind=CaseKind.REVIEW,
        lane=Lane.EXPOSURE,
        waiting=Waiting.FIRST,
        target_at=now + timedelta(hours=5, minutes=30),
        due_at=now + timedelta(hours=17),
        opened_at=now - timedelta(hours=19),
        is_late=False,
        is_over=False,
        language="en",
        locality="Hauz Khas",
        signals=("third_person_name",),
        flag_rule=None,
        proposed=None,
        review_state=ReviewState.PENDING,
        fact=None,
        call=None,
        reports=1,
        hidden_until=None,
        leased_by=None,
        is_mine=True,
        why_not=None,
        is_demo=True,
    )


def _signals() -> list[SignalView]:
    near = "“Sunita” is near “counter”. A named person other than the one listed: R-08."
    return [
        SignalView(1, "staff_name", near, 0, 6),
        SignalView(2, "exact_date", "A day and month: R-09.", 39, 48),
        SignalView(None, "new_account", "First review of this account.", None, None),
    ]


def _history(now: datetime) -> list[HistoryLine]:
    author, moderator = ActorKind.AUTHOR, ActorKind.MODERATOR
    hint = "Please leave out your street."
    return [
        HistoryLine("resubmit", now - timedelta(hours=9), author, None, None, None, 2),
        HistoryLine(
            "return",
            now - timedelta(hours=19),
            moderator,
            "R. Moderator",
            RuleCode.IDENTIFIES_AUTHOR,
            hint,
            1,
        ),
        HistoryLine("confirm", now - timedelta(hours=30), author, None, None, None, 1),
    ]
