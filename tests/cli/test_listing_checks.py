"""`flask listings check` and `stale`: a check recorded, and what nobody vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import FeePurpose, RegistrationState
from tests.factories.listings import Facts, make_practitioner

if TYPE_CHECKING:
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made


@pytest.fixture
def made(vocabulary: Vocabulary) -> Made:
    """Give a practitioner with a fee and a number in a register."""
    facts = Facts(
        name="Asha Rao",
        fees=[(FeePurpose.FIRST_SESSION, 900)],
        registrations=[("rci", "A1", RegistrationState.UNCHECKED, None)],
    )
    return make_practitioner(vocabulary, facts)


def run(app: Flask, *arguments: str) -> tuple[int, list[str]]:
    done = app.test_cli_runner().invoke(args=["listings", *arguments])
    return done.exit_code, done.output.splitlines()


def test_what_is_checked_leaves_the_queue(app: Flask, made: Made) -> None:
    due = "phone never, fee never, address never, registration:rci never"
    assert run(app, "stale", "--harm", "fee")[1][0] == f"{made.slug}\t{due}"

    facts = ("fee", "phone", "registration:rci=found@2028-03-31")
    code, told = run(app, "check", made.slug, *facts, "--how", "register", "--on", "2026-11-20")

    assert (code, told[0]) == (
        0,
        f"{made.slug}: fee checked on 2026-11-20, counts until 2027-05-19.",
    )
    assert run(app, "stale", "--harm", "fee") == (
        0,
        ["0 listings, 0 of them shown.", run(app, "stale")[1][-1]],
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fee", "--how", "call", "--on", "2026-12-01"), "A check cannot be of a day to come."),
        (("beds", "--how", "call"), "This listing does not state what was checked."),
        (("registration:rci", "--how", "register"), "Say what the register showed."),
        (("fee=found", "--how", "call"), "only a registration has a state"),
        (("registration:rci=maybe", "--how", "register"), "write it as registration:rci=found@"),
    ],
)
def test_a_check_that_cannot_be_is_refused(
    app: Flask, made: Made, arguments: tuple[str, ...], words: str
) -> None:
    code, told = run(app, "check", made.slug, *arguments)

    assert code in {1, 2}
    assert words in "\n".join(told)
