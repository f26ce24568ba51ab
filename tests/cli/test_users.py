"""`flask users`: accounts from the terminal; a printed link instead of a first password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.accounts.house import House

if TYPE_CHECKING:
    from datetime import datetime

    from click.testing import Result
    from flask import Flask
    from sqlalchemy.orm import Session

MEERA = "meera.sen@example.org"
ASHA = "asha.rao@example.org"
LINK = re.compile(r"^http://127\.0\.0\.1:8000/account/link/([\w-]{43})$", re.MULTILINE)


@pytest.fixture
def house(app: Flask, session: Session, now: datetime) -> House:
    """Give the accounts of this application."""
    return House(now, keys=app.extensions["keys"])


def users(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["users", *arguments])


def create(app: Flask, email: str = MEERA, role: str = "moderator") -> str:
    """Make an account and give the token of the link that is printed."""
    answer = users(app, "create", email, "--role", role, "--name", "Meera Sen")
    assert answer.exit_code == 0, answer.output
    found = LINK.search(answer.output)
    assert found
    return found[1]


def test_a_new_member_of_staff_enrols_with_the_printed_link(app: Flask, house: House) -> None:
    used = house.use(create(app))

    assert used.outcome.value == "enrol"


def test_a_new_user_signs_in_with_the_printed_link(app: Flask, house: House) -> None:
    used = house.use(create(app, ASHA, "patient"))

    assert used.outcome.value == "signed-in"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create", MEERA, "--role", "patient"), "an account under this address already"),
        (("create", "nonsense", "--role", "patient"), "one e-mail address"),
        (("create", ASHA, "--role", "boss"), "'boss' is not one of"),
        (("link", ASHA), "no account under this address"),
        (("restore", MEERA), "not suspended"),
        (("role", MEERA, "--role", "moderator"), "this role already"),
    ],
)
def test_what_cannot_be_done_ends_with_one_plain_line(
    app: Flask, house: House, arguments: tuple[str, ...], words: str
) -> None:
    create(app)

    answer = users(app, *arguments)

    assert answer.exit_code in {1, 2}
    assert words in answer.output
    assert "Traceback" not in answer.output


def test_accounts_are_listed_without_addresses(app: Flask, house: House) -> None:
    create(app)
    create(app, ASHA, "patient")

    everybody, staff = users(app, "list"), users(app, "list", "--role", "moderator")

    assert everybody.output.splitlines() == [
        "     2  patient  active",
        "     1  moderator  active  not enrolled  Meera Sen",
        "2 accounts.",
    ]
    assert staff.output.splitlines()[1:] == ["1 accounts."]


def test_an_account_is_promoted_suspended_and_restored(app: Flask, house: House) -> None:
    create(app, ASHA, "patient")

    answers = [
        users(app, "role", ASHA, "--role", "administrator"),
        users(app, "suspend", ASHA),
        users(app, "restore", ASHA),
    ]

    assert [answer.exit_code for answer in answers] == [0, 0, 0]
    assert users(app, "list").output.splitlines()[0].split() == [
        *("1", "administrator", "active", "not", "enrolled", "asha.rao"),
    ]
    assert house.acts() == [
        "user.created",
        "user.role_changed",
        "user.suspended",
        "user.restored",
    ]


def test_a_new_link_may_begin_anew(app: Flask, house: House) -> None:
    first = create(app)

    again = users(app, "link", MEERA)
    anew = users(app, "link", MEERA, "--anew")

    tokens = [first, *(LINK.findall(answer.output)[0] for answer in (again, anew))]
    assert len(set(tokens)) == 3
    assert house.use(tokens[2]).outcome.value == "enrol"
    assert house.acts()[:4] == [
        "user.created",
        "user.link_made",
        "user.enrolment_reset",
        "user.link_made",
    ]
