"""`flask listings read`, `apply`, `undo-batch` and the rest, as a person runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.listings.documents import practitioner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask import Flask

    from tests.listings.documents import Document

    Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Give a runner of `flask listings …`."""

    def run(*arguments: str | Path | int) -> Result:
        return app.test_cli_runner().invoke(args=["listings", *map(str, arguments)])

    return run


def written(path: Path, *documents: Document) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in documents), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path, run: Run) -> Path:
    """Give a file with a change, a new listing, a likely duplicate and a fault."""
    place = {"locality": "saket", "phones": [{"use": "appointments", "number": "1155501234"}]}
    known = practitioner("a", name="Gauri Bhattacharjee", locations=[place])
    assert run("import", written(tmp_path / "first.jsonl", known)).exit_code == 0
    return written(
        tmp_path / "second.jsonl",
        {**known, "fees": [{"for": "first-session", "amount": 900}]},
        practitioner("b", name="Bela Das"),
        {**known, "ref": "theirs:1", "name": "Dr. Bhattacharjee, Gauri"},
        practitioner("d", locations=[{"locality": "sakett"}]),
    )


def test_a_file_is_read_looked_at_applied_and_undone(run: Run, file: Path) -> None:
    read = run("read", file)

    assert read.exit_code == 1
    lines = read.stdout.splitlines()
    assert lines[:2] == [
        "line 4, locations[0].locality: unknown locality 'sakett'; did you mean 'saket'?",
        "line 3, new, left out: Dr. Bhattacharjee, Gauri (theirs:1)",
    ]
    assert lines[2].startswith("  likely to be the listing gauri-bhattacharjee (")
    counted = "1 new, 1 likely here already, 1 changed, 0 unchanged, 1 refused; 2 chosen"
    assert counted in read.stdout
    assert "Apply it with: flask listings apply 1" in read.stdout
    assert run("batch", 1, "--rows", "changed").stdout.splitlines()[1].startswith("  fees: [] -> [")

    assert "3 chosen" in run("choose", 1, "--all", "lookalike").stdout
    assert "2 chosen" in run("choose", 1, "--line", 2, "--leave-out").stdout

    applied = run("apply", 1)
    assert applied.stdout.startswith("Applied batch 1: 1 new, 1 changed, 1 left out.")
    assert "applied" in run("batches").stdout

    undone = run("undo-batch", 1)
    assert undone.stdout == "Undone batch 1: 1 restored, 1 taken away, 0 kept.\n"


def test_a_file_can_be_read_again_and_thrown_away(run: Run, file: Path) -> None:
    run("read", file)

    assert "1 refused; 2 chosen" in run("renew", 1).stdout
    assert run("drop", 1).stdout == "Batch 1 was thrown away.\n"
    assert "dropped" in run("batches").stdout


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["apply", 7], "There is no such batch.", 1),
        (["batch", 7], "There is no such batch.", 1),
        (["undo-batch", 7], "There is no such batch.", 1),
        (["choose", 7], "Say which rows", 2),
        (["batches"], "No file was read yet.", 0),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Run, arguments: list[str | int], words: str, code: int
) -> None:
    answer = run(*arguments)

    assert (words in answer.output, answer.exit_code) == (True, code)


def test_an_empty_file_is_told_by_its_name(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()

    answer = run("read", empty)

    assert answer.stderr == f"Error: {empty} is empty.\n"
