"""Two people at the same moment: one gets through, the other is told; nothing happens twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.core.db import db
from directory.core.errors import ConflictError, DirectoryError
from directory.moderation.decisions import Judgement, decide, lease
from directory.moderation.intake import submit_review
from directory.moderation.models import Outcome
from directory.reviews.models import Review, RuleCode
from tests.moderation.desk import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.moderation.desk import Desk

pytestmark = pytest.mark.db


def together(app: Flask, *acts: Callable[[], object]) -> list[object]:
    """Do acts in threads that start together; give what each answered or was refused with."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                answers[number] = act()  # type: ignore[call-overload]
            except DirectoryError as refused:
                answers[number] = refused  # type: ignore[call-overload]
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(answers)


def test_of_two_decisions_one_counts_and_the_other_is_told(app: Flask, desk: Desk) -> None:
    name = desk.submit()
    case, rani, kabir = desk.case(name), desk.as_("rani"), desk.as_("kabir")
    number, version = case.id, case.version
    db.session().rollback()

    def deciding(who: object, judgement: Judgement) -> Callable[[], object]:
        return lambda: decide(
            viewer=who,  # type: ignore[arg-type]
            case_id=number,
            version=version,
            judgement=judgement,
            keys=KEYS,
            now=desk.now,
        )

    answers = together(
        app,
        deciding(rani, Judgement(Outcome.PUBLISH)),
        deciding(kabir, Judgement(Outcome.REJECT, RuleCode.NOT_OWN)),
    )

    refused = [answer for answer in answers if isinstance(answer, ConflictError)]
    assert len(refused) == 1
    assert "Your decision was not saved" in refused[0].message
    assert len(desk.decisions()) == 1
    assert desk.state(name) in {"published", "rejected"}


def test_of_two_who_take_a_case_one_has_it(app: Flask, desk: Desk) -> None:
    number = desk.case(desk.submit()).id
    rani, kabir = desk.as_("rani"), desk.as_("kabir")
    db.session().rollback()

    answers = together(
        app,
        lambda: lease(viewer=rani, case_id=number, now=desk.now),
        lambda: lease(viewer=kabir, case_id=number, now=desk.now),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["ConflictError", "NoneType"]


def test_a_form_sent_twice_at_once_makes_one_review(app: Flask, desk: Desk) -> None:
    draft = desk.draft()
    db.session().rollback()

    def sending() -> object:
        return submit_review(
            viewer=None,
            email="somebody@example.org",
            draft=draft,
            browser=None,
            network_hash=None,
            keys=KEYS,
            now=desk.now,
        )

    answers = together(app, sending, sending, sending)

    assert len(set(answers)) == 1, answers
    db.session().rollback()
    assert db.session().scalar(select(func.count()).select_from(Review)) == 1
    assert desk.letters() == ["confirm-review"]
