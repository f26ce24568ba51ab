"""`flask helplines`: the day somebody rang a line is recorded, and nothing else says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask

TODAY = "2026-11-23"


def helplines(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["helplines", *arguments])


def listed(app: Flask, slug: str) -> str:
    lines = helplines(app, "list").output.splitlines()
    return next(line for line in lines if line.startswith(f"{slug}  "))


def test_a_call_is_recorded_and_listed(app: Flask) -> None:
    assert listed(app, "elder-14567").endswith("never rung")

    answer = helplines(app, "called", "elder-14567", "--on", "2026-11-20")

    assert (answer.exit_code, answer.output) == (0, "elder-14567 answered on 2026-11-20.\n")
    assert listed(app, "elder-14567").endswith("2026-11-20")
    assert helplines(app, "called", "elder-14567").output.endswith(f"{TODAY}.\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nobody",), "There is no such helpline."),
        (("child-1098", "--on", "2026-11-24"), "still to come"),
        (("women-181", "--on", "2026-11-01"), "answered later already, on 2026-11-10"),
    ],
)
def test_a_call_that_cannot_have_been_is_refused(
    app: Flask, arguments: tuple[str, ...], says: str
) -> None:
    helplines(app, "called", "women-181", "--on", "2026-11-10")

    answer = helplines(app, "called", *arguments)

    assert answer.exit_code == 1
    assert says in answer.output


def test_a_load_of_the_files_takes_no_call_away(app: Flask) -> None:
    helplines(app, "called", "child-1098", "--on", "2026-11-20")

    assert app.test_cli_runner().invoke(args=["reference", "load"]).exit_code == 0
    assert listed(app, "child-1098").endswith("2026-11-20")
