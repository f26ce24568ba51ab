"""What the pages of the desk are rendered with. Called by `moderation.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request
from flask_babel import gettext

from directory.accounts.models import Role
from directory.core.db import db
from directory.moderation.queries.case import case_page
from directory.moderation.queries.desk import PER_PAGE, queue
from directory.moderation.queries.lists import QueueList
from directory.moderation.queries.stepping import first_free, neighbours
from directory.moderation.queries.undoing import undo_of
from directory.reviews.rules import RULES
from directory.web import current
from directory.web.desk_links import queue_url
from directory.web.desk_rules import options_of
from directory.web.differences import changes_between
from directory.web.forms.decision import AnswerForm, DecisionForm, NoteForm
from directory.web.marked_text import Mark, marked_paragraphs
from directory.web.paging import pages_of
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.accounts.policy import Viewer
    from directory.moderation.queries.case_views import CasePage
    from directory.moderation.queries.desk import QueueCounts, QueuePage
    from directory.web.differences import Changed
    from directory.web.forms.base import BaseForm
    from directory.web.marked_text import Piece
    from directory.web.paging import Pages


@dataclass(frozen=True, slots=True)
class DeskHead:
    """What stands over every page of the desk."""

    name: str
    counts: QueueCounts
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class ListLink:
    """One list of the queue, with how much is in it; `more` is for ears only, to save room."""

    words: str
    more: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What changed from one version to the next."""

    before: int
    after: int
    changes: list[Changed]


@dataclass(frozen=True, slots=True)
class CaseForms:
    """The forms of a case's page: fresh ones, or the one that came back with faults."""

    decision: DecisionForm
    answer: AnswerForm
    note: NoteForm


def asked_list() -> QueueList:
    """Give the list of the queue the address names; an unknown one is all."""
    asked = request.args.get("list", "")
    return QueueList(asked) if asked in set(QueueList) else QueueList.ALL


def asked_page() -> int:
    """Give the page the address names, from 1."""
    return max(1, min(request.args.get("page", 1, type=int) or 1, 10_000))


def queue_answer() -> str:
    """Give the page of a list of the queue."""
    viewer, session = signed_in(), db.session()
    found = queue(session, viewer, which=asked_list(), page=asked_page(), now=current.now())
    return render_template(
        "moderation/queue.html",
        **_queue_parts(viewer, found),
        undo=undo_of(session, viewer, now=current.now()),
        free=first_free(session, viewer, now=current.now()),
    )


def read_case(case_id: int) -> CasePage:
    """Give a case as its page shows it."""
    return case_page(db.session(), signed_in(), case_id, now=current.now())


def case_answer(case: CasePage, forms: CaseForms | None = None) -> str:
    """Give the page of a review's case, with a list of the queue beside it."""
    forms = forms or fresh_forms(case)
    return render_template(
        "moderation/case.html",
        **case_parts(case.id),
        case=case,
        form=forms.decision,
        faults=[*_faults(forms.decision), *_faults(forms.answer)],
        answer_form=forms.answer,
        note_form=forms.note,
        options=options_of(case),
        rules={found_rule.code: found_rule for found_rule in RULES},
        paragraphs=_paragraphs(case),
        changes=list(_changes(case)),
    )


def case_parts(case_id: int) -> dict[str, object]:
    """Give what stands round any case: the queue beside it, the steps, what can be taken back."""
    viewer, session, which = signed_in(), db.session(), asked_list()
    near = neighbours(session, viewer, case_id, which=which, now=current.now())
    found = queue(session, viewer, which=which, page=near.page, now=current.now())
    return {
        **_queue_parts(viewer, found),
        "near": near,
        "undo": undo_of(session, viewer, now=current.now()),
    }


def fresh_forms(case: CasePage) -> CaseForms:
    """Give the forms of a case with nothing said yet, but the version they are about."""
    forms = CaseForms(DecisionForm(), AnswerForm(), NoteForm())
    forms.decision.version.data = forms.answer.version.data = case.version
    forms.decision.offer(case, options_of(case))
    return forms


def desk_head(viewer: Viewer, counts: QueueCounts) -> DeskHead:
    """Give what stands over every page of the desk."""
    is_administrator = viewer.role is Role.ADMINISTRATOR
    return DeskHead(viewer.display_name or "", counts, is_administrator)


def _queue_parts(viewer: Viewer, found: QueuePage) -> dict[str, object]:
    return {
        "desk": desk_head(viewer, found.counts),
        "queue": found,
        "lists": list(_lists(found)),
        "pages": _pages(found),
    }


def _lists(found: QueuePage) -> Iterator[ListLink]:
    words = {
        QueueList.ALL: (gettext("All"), ""),
        QueueList.SECOND: (gettext("Second"), gettext("person")),
        QueueList.APPEALS: (gettext("Appeals"), ""),
        QueueList.REPORTS: (gettext("Reports"), gettext("of readers")),
        QueueList.MINE: (gettext("Mine"), ""),
    }
    for which, (name, more) in words.items():
        count = found.counts.of(which)
        yield ListLink(name, more, queue_url(which), count, which is found.which)


def _pages(found: QueuePage) -> Pages:
    total = found.counts.of(found.which)
    return pages_of(total, found.page, PER_PAGE, lambda page: queue_url(found.which, page))


def _faults(form: BaseForm) -> list[tuple[str, str]]:
    """Give what is wrong with a form, and where on the page to put it right."""
    return [(words, f"#{name}") for name, words in form.faults()]


def _paragraphs(case: CasePage) -> list[list[Piece]]:
    marks = [
        Mark(signal.number, signal.start, signal.end)
        for signal in case.signals
        if signal.number is not None and signal.start is not None and signal.end is not None
    ]
    return marked_paragraphs(case.current.text or "", marks)


def _changes(case: CasePage) -> Iterator[VersionChange]:
    """Give what changed with each version, the newest change first."""
    pairs = list(zip(case.versions, case.versions[1:], strict=False))
    for before, after in reversed(pairs):
        if before.text is not None and after.text is not None:
            changes = changes_between(before.text, after.text)
            yield VersionChange(before.number, after.number, changes)
