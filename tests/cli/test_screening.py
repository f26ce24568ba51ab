"""`flask screening run` as an operator at a terminal sees it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from flask import Flask


def run(app: Flask, text: str) -> Result:
    return app.test_cli_runner().invoke(args=["screening", "run", "-"], input=text)


def test_each_line_is_answered_by_one_line(app: Flask) -> None:
    result = run(app, '{"id": 1, "text": "Ring 98100 12345."}\n\n{"id": "b", "text": "शांत जगह"}\n')

    first, second = map(json.loads, result.stdout.splitlines())
    assert first == {
        "id": 1,
        "signals": [{"name": "phone", "span": [5, 16], "why": first["signals"][0]["why"]}],
    }
    assert second == {"id": "b", "signals": []}
    assert (result.stderr, result.exit_code) == ("", 0)


def test_the_listed_person_may_be_named(app: Flask) -> None:
    result = run(app, '{"id": 1, "text": "Dr Rawat listens.", "listed": "Dr Meenakshi Rawat"}\n')

    assert json.loads(result.stdout) == {"id": 1, "signals": []}


def test_a_file_is_read(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('\ufeff{"id": 1, "text": "Calm.", "listed": null}\n', "utf-8")

    result = app.test_cli_runner().invoke(args=["screening", "run", str(file)])

    assert (json.loads(result.stdout)["signals"], result.exit_code) == ([], 0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "this is no JSON"),
        ("[]", 'this is no object with "id" and "text"'),
        ('{"text": "a"}', '"id" must be a text or a number'),
        ('{"id": true, "text": "a"}', '"id" must be a text or a number'),
        ('{"id": 1}', '"text" must be a text'),
        ('{"id": 1, "text": "a", "listed": 3}', '"listed" must be a text when it is given'),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(
    app: Flask, line: str, reason: str
) -> None:
    result = run(app, f'{line}\n{{"id": 2, "text": "Calm."}}\n')

    assert json.loads(result.stdout) == {"id": 2, "signals": []}
    assert result.stderr.startswith(f"Line 1: {reason}")
    assert result.exit_code == 1
