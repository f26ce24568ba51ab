"""The contracts between rooms hold, and each is seen to fail when it is broken on purpose."""

from __future__ import annotations

import ast
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.project import PROJECT, name_of, python_files, tree_of

if TYPE_CHECKING:
    from pathlib import Path

LINTER = PROJECT / ".venv" / "bin" / "lint-imports"
DOWNWARDS = "Rooms import downwards only; neighbours do not know each other"
NO_REQUEST = "Rooms know no request, form or template"
ONLY_MODERATION = "Only moderation imports transitions"
FILE_ORDER = "Inside a room: models < policy < queries < transitions < operations"
# What a door may name of SQLAlchemy: the session it hands on, and what goes wrong at a start.
DOORS_MAY_NAME = {"Session", "Engine", "URL", "DBAPIError", "SQLAlchemyError"}

BREAKS = {
    "core imports a room": ("core/geo.py", "import directory.vocabulary.models", DOWNWARDS),
    "a room imports a higher one": (
        "vocabulary/models.py",
        "import directory.listings.models",
        DOWNWARDS,
    ),
    "a room imports a door": ("listings/models/facts.py", "import directory.web", DOWNWARDS),
    "a door imports its neighbour": ("api/__init__.py", "import directory.cli", DOWNWARDS),
    "a room imports the demo data": ("listings/__init__.py", "import directory.demo", DOWNWARDS),
    "a new room has no place yet": ("attic/__init__.py", "", DOWNWARDS),
    "a room imports flask": ("vocabulary/queries.py", "import flask", NO_REQUEST),
    "a room imports werkzeug": ("listings/__init__.py", "import werkzeug", NO_REQUEST),
    "a room imports wtforms": ("demo/__init__.py", "import wtforms", NO_REQUEST),
    "core imports jinja2": ("core/errors.py", "import jinja2", NO_REQUEST),
    "a door changes a state by itself": (
        "web/home.py",
        "import directory.reviews.transitions",
        ONLY_MODERATION,
    ),
    "a room of accounts imports wtforms": ("accounts/policy.py", "import wtforms", NO_REQUEST),
    "models import operations": (
        "vocabulary/models.py",
        "import directory.vocabulary.operations",
        FILE_ORDER,
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.timeout(60)
def test_every_contract_holds() -> None:
    answer = lint(PROJECT)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("file", "line", "contract"), BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_contract_fails(file: str, line: str, contract: str, tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("data", "__pycache__")
    shutil.copytree(PROJECT / "directory", tmp_path / "directory", ignore=ignored)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copy(PROJECT / "config.py", tmp_path)
    broken = tmp_path / "directory" / file
    broken.parent.mkdir(exist_ok=True)
    with broken.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")

    answer = lint(tmp_path)

    assert answer.returncode == 1
    assert f"{contract} BROKEN" in answer.stdout or "Missing layer" in answer.stdout, answer.stdout


def test_no_function_imports() -> None:
    inside = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == []


def test_doors_hold_no_sql() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} {alias.name}"
        for path in python_files("directory/web", "directory/api", "directory/cli")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and (getattr(node, "module", None) or node.names[0].name).split(".")[0] == "sqlalchemy"
        for alias in node.names
        if alias.name not in DOORS_MAY_NAME
    ]

    assert found == []


def test_doors_never_commit_or_open_a_writing_transaction() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("directory/web", "directory/api", "directory/cli")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id) in {"commit", "writing"}
    ]

    assert found == []
