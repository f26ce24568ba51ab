"""`flask listings …` and `flask reference load`, as a person runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.app import create_app
from directory.core.db import db
from directory.guides.shipped import shipped_guides
from directory.listings.models import Listing
from tests.listings.documents import RICH, centre, practitioner
from tests.support.sqlite import settings_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask import Flask

    Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Give a runner of `flask …`."""

    def run(*arguments: str | Path, typed: bytes | None = None) -> Result:
        return app.test_cli_runner().invoke(args=list(map(str, arguments)), input=typed)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file of two good rows and a bad one between them."""
    bad = practitioner("b", locations=[{"locality": "sakett"}])
    documents = practitioner("a"), bad, centre("c")
    path = tmp_path / "listings.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return path


def count(app: Flask) -> int | None:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Listing))


def test_an_import_prints_a_line_for_each_fault_and_a_summary(run: Run, file: Path) -> None:
    result = run("listings", "import", file)

    assert result.stdout.splitlines() == [
        "line 2, locations[0].locality: unknown locality 'sakett'; did you mean 'saket'?",
        "Imported: 2 new, 0 changed, 0 unchanged, 1 refused.",
    ]
    assert (result.exit_code, result.stderr) == (1, "")


def test_a_second_import_gives_nothing_new(run: Run, file: Path) -> None:
    run("listings", "import", file)

    result = run("listings", "import", file)

    assert "Imported: 0 new, 0 changed, 2 unchanged, 1 refused." in result.stdout


def test_a_dry_run_says_so_and_changes_nothing(app: Flask, run: Run, file: Path) -> None:
    result = run("listings", "import", "--dry-run", file)

    assert (
        "Dry run, nothing was changed: 2 new, 0 changed, 0 unchanged, 1 refused." in result.stdout
    )
    assert (result.exit_code, count(app)) == (1, 0)


def test_a_strict_import_with_a_fault_takes_nothing(app: Flask, run: Run, file: Path) -> None:
    result = run("listings", "import", "--strict", file)

    assert "Nothing was imported, because not every row can go in" in result.stdout
    assert (result.exit_code, count(app)) == (1, 0)


def test_an_import_without_fault_ends_well(run: Run) -> None:
    result = run("listings", "import", "-", typed=json.dumps(practitioner("a")).encode())

    assert (result.exit_code, result.stdout) == (
        0,
        "Imported: 1 new, 0 changed, 0 unchanged, 0 refused.\n",
    )


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_an_export_is_imported_again_without_a_change(
    ending: str, run: Run, tmp_path: Path
) -> None:
    rows = "".join(json.dumps(one) + "\n" for one in RICH)
    run("listings", "import", "-", typed=rows.encode())
    out = tmp_path / f"out.{ending}"

    exported = run("listings", "export", out)
    again = run("listings", "import", out)

    assert exported.stdout == f"Exported 4 listings to {out}.\n"
    assert again.stdout == "Imported: 0 new, 0 changed, 4 unchanged, 0 refused.\n"


def test_an_export_to_standard_output_is_json_lines(run: Run, tmp_path: Path) -> None:
    run("listings", "import", "-", typed=json.dumps(RICH[1]).encode())
    run("listings", "export", tmp_path / "out.jsonl")

    result = run("listings", "export", "-")

    assert result.stdout_bytes == (tmp_path / "out.jsonl").read_bytes()


def test_the_template_is_a_header_line_that_can_be_imported(run: Run, tmp_path: Path) -> None:
    template = run("listings", "template")
    path = tmp_path / "mine.csv"
    path.write_bytes(template.stdout_bytes)

    assert template.stdout.startswith("ref,kind,slug,state,closed_on,name,")
    assert template.stdout.count("\n") == 1
    assert "0 new, 0 changed, 0 unchanged, 0 refused" in run("listings", "import", path).stdout


def test_the_template_as_json_lines_is_an_example_that_can_be_imported(run: Run) -> None:
    template = run("listings", "template", "--format", "jsonl")

    result = run("listings", "import", "-", typed=template.stdout_bytes)

    assert result.stdout == "Imported: 1 new, 0 changed, 0 unchanged, 0 refused.\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("import", "{folder}/no.jsonl"),
            "{folder}/no.jsonl cannot be read: No such file or directory.",
        ),
        (("import", "{folder}"), "{folder} cannot be read: Is a directory."),
        (("import", "{folder}/empty.csv"), "{folder}/empty.csv is empty."),
        (
            ("export", "{folder}/out.xlsx"),
            "{folder}/out.xlsx needs a name that ends in .jsonl or .csv.",
        ),
        (
            ("export", "{folder}/no/out.csv"),
            "{folder}/no/out.csv cannot be written: No such file or directory.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_used_gives_one_plain_line(
    arguments: tuple[str, str], reason: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").touch()
    command, path = arguments

    result = run("listings", command, path.format(folder=tmp_path))

    assert result.stderr == f"Error: {reason.format(folder=tmp_path)}\n"
    assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.db
def test_a_database_without_tables_says_what_to_run(
    empty_database_url: str, tmp_path: Path, file: Path
) -> None:
    app = create_app(settings_for(tmp_path, empty_database_url))

    result = app.test_cli_runner().invoke(args=["listings", "import", str(file)])

    assert result.stderr == "Error: The database has no tables yet. Run: flask db upgrade\n"
    assert result.exit_code == 1
    with app.app_context():
        db.engine.dispose()


def test_a_second_load_of_the_reference_data_adds_nothing(app: Flask, run: Run) -> None:
    first = run("reference", "load")
    held = count(app)

    second = run("reference", "load")

    assert f"{held} public facilities ({held} added)." in first.stdout
    assert second.stdout.startswith("Reference data unchanged: ")
    assert f"{held} public facilities (0 added)." in second.stdout
    guides = len(shipped_guides())
    assert f"Guides: {guides} ({guides} new or changed)." in first.stdout
    assert f"Guides: {guides} (0 new or changed)." in second.stdout
    assert count(app) == held
