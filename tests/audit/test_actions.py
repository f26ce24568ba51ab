"""Acts: each carries exactly its facts, and no fact can be somebody's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.audit.actions import ACTS, CASE_LEASED, FLAG_MADE
from directory.audit.models import ActorKind
from directory.audit.operations import noted
from directory.audit.policy import AUTHOR, STAFF, Act, Actor, WrongFactsError
from tests.support.project import PROJECT, python_files

if TYPE_CHECKING:
    from datetime import datetime


def test_an_act_is_named_after_its_noun_and_declared_once() -> None:
    assert len(ACTS) > 30
    assert [name for name in ACTS if name.count(".") != 1 or name != name.lower()] == []
    assert [act.name for act in ACTS.values()] == list(ACTS)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_every_act_takes_its_facts_and_misses_each_of_them(act: Act) -> None:
    whole = dict.fromkeys(act.facts, 7)

    assert act.canonical(whole).startswith("{")
    for name in act.facts:
        with pytest.raises(WrongFactsError, match=name):
            act.canonical({fact: 7 for fact in act.facts if fact != name})


@pytest.mark.parametrize(
    "value",
    [
        "a few words",
        "someone@example.org",
        "नाम",
        "",
        "x" * 41,
        1.5,
        ["a"],
    ],
)
def test_a_fact_is_an_id_a_code_or_a_number(value: object) -> None:
    with pytest.raises(WrongFactsError) as refused:
        FLAG_MADE.canonical({"review_id": 1, "rule_code": value})  # type: ignore[dict-item]

    assert "rule_code" in str(refused.value)
    assert not str(value) or str(value) not in str(refused.value)


def test_facts_are_written_the_same_way_whatever_their_order() -> None:
    one = FLAG_MADE.canonical({"review_id": 1, "rule_code": "R-07"})
    other = FLAG_MADE.canonical({"rule_code": "R-07", "review_id": 1})

    assert one == other == '{"review_id":1,"rule_code":"R-07"}'


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(WrongFactsError, match="colour"):
        CASE_LEASED.canonical({"colour": 7})


@pytest.mark.parametrize("kind", ActorKind)
def test_staff_act_under_their_id_and_nobody_else_does(kind: ActorKind) -> None:
    right, wrong = (7, None) if kind in STAFF else (None, 7)

    assert Actor(kind, right).id == right
    with pytest.raises(ValueError, match="staff"):
        Actor(kind, wrong)


def test_a_time_without_a_zone_is_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="zone"):
        noted(CASE_LEASED, subject_id=1, actor=AUTHOR, now=now.replace(tzinfo=None))


def test_every_act_is_recorded_somewhere() -> None:
    folder = PROJECT / "directory"
    source = "".join(
        path.read_text("utf-8")
        for path in python_files("directory")
        if folder / "audit" not in path.parents
    )
    names = [act.name.replace(".", "_").upper() for act in ACTS.values()]

    assert [name for name in names if f"actions.{name}" not in source] == []
