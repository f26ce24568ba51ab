"""`flask demo load` and `flask demo staff` as somebody at a terminal sees them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from config import Mode
from directory.accounts.models import Role, User

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

PRINTED = re.compile(r"^([A-Z]\. \w+) \((moderator|administrator)\): http://\S+/(\S+)$")


def printed(output: str) -> dict[str, str]:
    """Give what was printed of each person: the last part of their link."""
    found = [PRINTED.fullmatch(line) for line in output.splitlines()]
    return {match[1]: match[3] for match in found if match}


def test_loading_says_what_went_in_and_a_second_time_that_nothing_did(app: Flask) -> None:
    runner = app.test_cli_runner()

    first = runner.invoke(args=["demo", "load", "--listings", "22"])
    second = runner.invoke(args=["demo", "load", "--listings", "22"])

    assert first.output == (
        "Demo listings loaded: 22 new, 0 changed, 0 unchanged, 0 refused.\n"
        "Demo reviews loaded: 100 new, 0 unchanged.\n"
        "Demo reports loaded: 9 new.\n"
    )
    assert second.output == (
        "Demo listings unchanged: 0 new, 0 changed, 22 unchanged, 0 refused.\n"
        "Demo reviews unchanged: 0 new, 100 unchanged.\n"
        "Demo reports unchanged: 0 new.\n"
    )
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_as_many_reviews_are_loaded_as_are_asked_for(app: Flask) -> None:
    runner = app.test_cli_runner()

    none = runner.invoke(args=["demo", "load", "--listings", "11", "--reviews", "0"])
    some = runner.invoke(args=["demo", "load", "--listings", "11", "--reviews", "5"])

    assert "Demo reviews unchanged: 0 new, 0 unchanged." in none.output
    assert "Demo reviews loaded: 5 new, 0 unchanged." in some.output


@pytest.mark.parametrize("arguments", [["load", "--listings", "1"], ["staff"]])
def test_production_refuses_demo_data(app: Flask, arguments: list[str]) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mode=Mode.PRODUCTION)

    result = app.test_cli_runner().invoke(args=["demo", *arguments])

    assert result.exit_code == 1
    assert "never loaded where APP_ENV is production" in result.output


@pytest.mark.parametrize("arguments", [["--listings", "0"], ["--reviews", "-1"], ["--seed", "x"]])
def test_numbers_that_make_no_sense_are_refused(app: Flask, arguments: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "load", *arguments])

    assert result.exit_code == 2


def test_demo_staff_get_a_link_each_and_no_password(app: Flask, session: Session) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "staff"])

    assert result.exit_code == 0
    links = printed(result.output)
    assert list(links) == ["K. Moderator", "R. Moderator", "S. Moderator", "A. Administrator"]
    assert len(set(links.values())) == len(links)
    people = session.scalars(select(User).where(User.role != Role.USER)).all()
    assert [person.display_name for person in people] == list(links)
    assert all(person.is_demo and person.password_hash is None for person in people)


def test_demo_staff_stay_the_same_people_with_new_links(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    runner.invoke(args=["demo", "load", "--listings", "22"])

    first = printed(runner.invoke(args=["demo", "staff"]).output)
    second = printed(runner.invoke(args=["demo", "staff"]).output)

    assert len(first) == len(second) == 4
    assert not set(first.values()) & set(second.values())
    assert len(session.scalars(select(User).where(User.role != Role.USER)).all()) == 4
