"""The scripts: small, one behaviour a file, started by name, nothing a strict policy forbids."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.project import PROJECT, files, name_of

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = files("static/js", "*.js")
# What runs beside the pages, under an address of its own (`web/urgent.py`).
WORKERS = files("static/workers", "*.js")
BEHAVIOURS = [path for path in SCRIPTS if path.name != "app.js"]
MODULES = re.compile(r'data-module="([^"]+)"')
MOST_LINES, MOST_BYTES = 100, 22_000
# Each of these writes markup or style from text, or runs text.
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\b|"
    r"setAttribute\(\"style|https?://|document\.cookie|console\."
)
KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.")
# A draft of a review outlives a reload and an expired session, in this browser alone; urgent help
# outlives the network.
MAY_KEEP = {"draft.js", "urgent.js"}


def source(path: Path) -> str:
    return path.read_text("utf-8")


def asked_for() -> set[str]:
    """Give the behaviours that pages ask for, by file name."""
    named = {
        name
        for path in files("templates", "*.html")
        for names in MODULES.findall(source(path))
        for name in names.split()
    }
    return {f"{name.replace('-', '_')}.js" for name in named}


@pytest.mark.parametrize("path", [*SCRIPTS, *WORKERS], ids=name_of)
def test_a_script_is_short_and_says_what_it_is_for(path: Path) -> None:
    lines = source(path).splitlines()

    assert len(lines) < MOST_LINES
    assert lines[0].startswith("/* ")
    assert [line for line in lines if len(line) > 120] == []


def test_all_scripts_together_are_light() -> None:
    """As they travel: every answer of this kind is compressed (`web/__init__.py`)."""
    assert sum(len(gzip.compress(path.read_bytes())) for path in SCRIPTS) < MOST_BYTES


@pytest.mark.parametrize("path", BEHAVIOURS, ids=name_of)
def test_a_behaviour_exports_one_start(path: Path) -> None:
    exported = re.findall(r"^export (.*)$", source(path), re.MULTILINE)

    assert [line.partition("(")[0] for line in exported] == ["function start"]


@pytest.mark.parametrize("path", [*SCRIPTS, *WORKERS], ids=name_of)
def test_a_script_writes_no_markup_and_asks_nobody_else(path: Path) -> None:
    assert FORBIDDEN.findall(source(path)) == []


def test_only_a_draft_and_urgent_help_are_kept_in_a_browser() -> None:
    assert {path.name for path in [*SCRIPTS, *WORKERS] if KEEPS.search(source(path))} == MAY_KEEP


@pytest.mark.parametrize("path", BEHAVIOURS, ids=name_of)
def test_a_behaviour_imports_nothing_by_a_bare_address(path: Path) -> None:
    """Such a file would be kept by browsers across releases; `app.js` asks by fingerprint."""
    assert re.findall(r"^\s*import\b", source(path), re.MULTILINE) == []


def test_every_behaviour_is_asked_for_and_every_one_asked_for_is_there() -> None:
    assert asked_for() == {path.name for path in BEHAVIOURS}


def test_the_one_script_of_a_page_is_a_module_of_this_site() -> None:
    layout = source(PROJECT / "templates" / "layouts" / "base.html")
    tags = re.findall(r"<script[^>]*>", layout)

    assert tags == ['<script type="module" src="{{ asset(\'js/app.js\') }}">']
