"""Files and functions stay short, and each module says what it is for."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.support.project import PROJECT, files, name_of, python_files, tree_of

if TYPE_CHECKING:
    from pathlib import Path

MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 30
DEEPEST = 4
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)
Function = ast.FunctionDef | ast.AsyncFunctionDef
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|lorem ipsum)\b", re.IGNORECASE)


def functions(*folders: str) -> list[tuple[str, Function]]:
    """Give every function with its place."""
    return [
        (f"{name_of(path)}:{node.lineno} {node.name}", node)
        for path in python_files(*folders)
        if "migrations/versions" not in name_of(path)
        for node in ast.walk(tree_of(path))
        if isinstance(node, Function)
    ]


def own_lines(function: Function) -> int:
    """Count the lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or function.lineno) - body[0].lineno + 1 if body else 0


def depth(node: ast.AST) -> int:
    """Give how many blocks stand inside each other below a node."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        is_elif = isinstance(node, ast.If) and child in node.orelse and isinstance(child, ast.If)
        deepest = max(deepest, depth(child) + (isinstance(child, BLOCKS) and not is_elif))
    return deepest


def source_files() -> list[Path]:
    return [
        *(path for path in python_files() if "migrations/versions" not in name_of(path)),
        *files("templates", "*.html"),
        *files("static/css", "*.css"),
        *(path for path in files("static", "*.js") if "vendor" not in path.parts),
    ]


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in source_files()}

    assert {name: n for name, n in lengths.items() if n > MOST_LINES_IN_A_FILE} == {}


def test_no_function_is_longer_than_thirty_lines() -> None:
    long = {place: own_lines(node) for place, node in functions("directory", "benchmarks")}

    assert {place: n for place, n in long.items() if n > MOST_LINES_IN_A_FUNCTION} == {}


def test_no_function_nests_deeper_than_four_blocks() -> None:
    deep = {place: depth(node) for place, node in functions("directory", "tests", "benchmarks")}

    assert {place: n for place, n in deep.items() if n > DEEPEST} == {}


def test_every_module_opens_with_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in python_files()
        if not (ast.get_docstring(tree_of(path)) or "").strip().endswith((".", "`"))
        and "migrations/versions" not in name_of(path)
    ]

    assert silent == []


def test_every_module_postpones_its_annotations() -> None:
    eager = [
        name_of(path)
        for path in python_files("directory", "tests", "benchmarks")
        if any(isinstance(node, Function | ast.ClassDef) for node in ast.walk(tree_of(path)))
        and "from __future__ import annotations" not in path.read_text("utf-8")
    ]

    assert eager == []


def test_nothing_is_left_unfinished() -> None:
    own = {PROJECT / "tests" / "architecture" / "test_shapes.py"}
    marks = [
        f"{name_of(path)}:{number} {line.strip()[:80]}"
        for path in source_files()
        if path not in own
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]

    assert marks == []
