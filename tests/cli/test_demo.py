"""`flask demo load` as somebody at a terminal sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from config import Mode

if TYPE_CHECKING:
    from flask import Flask


def test_loading_says_what_went_in_and_a_second_time_that_nothing_did(app: Flask) -> None:
    runner = app.test_cli_runner()

    first = runner.invoke(args=["demo", "load", "--listings", "22"])
    second = runner.invoke(args=["demo", "load", "--listings", "22"])

    assert first.output == "Demo listings loaded: 22 new, 0 changed, 0 unchanged, 0 refused.\n"
    assert second.output == "Demo listings unchanged: 0 new, 0 changed, 22 unchanged, 0 refused.\n"
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_production_refuses_demo_listings(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mode=Mode.PRODUCTION)

    result = app.test_cli_runner().invoke(args=["demo", "load", "--listings", "1"])

    assert result.exit_code == 1
    assert "never loaded where APP_ENV is production" in result.output


def test_demo_reviews_are_refused_while_there_are_none(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "load", "--reviews", "5"])

    assert result.exit_code == 1
    assert "has no reviews yet" in result.output


@pytest.mark.parametrize("arguments", [["--listings", "0"], ["--reviews", "-1"], ["--seed", "x"]])
def test_numbers_that_make_no_sense_are_refused(app: Flask, arguments: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "load", *arguments])

    assert result.exit_code == 2


def test_help_says_that_reviews_come_later(app: Flask) -> None:
    output = app.test_cli_runner().invoke(args=["demo", "load", "--help"]).output

    assert "Only 0 until the directory has reviews" in " ".join(output.split())
