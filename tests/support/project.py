"""The project's own files, for tests that read them: sources, templates, styles, documents."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("directory", "tests", "benchmarks", "migrations")
ROOMS = ("core", "vocabulary", "listings", "demo")
DOORS = ("web", "api", "cli")


def python_files(*folders: str) -> list[Path]:
    """Give every Python file in these folders, or in the whole project."""
    roots = [PROJECT / folder for folder in folders or CODE_FOLDERS]
    found = [path for root in roots for path in root.rglob("*.py")]
    return sorted(found if folders else [*found, PROJECT / "config.py", PROJECT / "wsgi.py"])


def files(folder: str, pattern: str) -> list[Path]:
    """Give the files below a folder that match a pattern, in order."""
    return sorted((PROJECT / folder).rglob(pattern))


def name_of(path: Path) -> str:
    """Give a file's path inside the project."""
    return path.relative_to(PROJECT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """Give a Python file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
