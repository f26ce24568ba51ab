"""What is committed works anywhere: no path or address of one machine, locks with hashes only."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.support.environment import missing
from tests.support.project import PROJECT

LOCKS = [PROJECT / "requirements" / f"{name}.txt" for name in ("run", "test", "bench", "whoosh3")]
PIN = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+(\s*;[^\\]+)?\s*\\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
MACHINE_PATH = re.compile(r"(?<![\w.:-])/(?:work|farm|root|home|Users)/[a-z]", re.IGNORECASE)
OUTSIDE = "\x2e\x2e/shared"
TEXT_SUFFIXES = {".py", ".html", ".css", ".js", ".toml", ".txt", ".md", ".yaml", ".yml", ".csv", ""}
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", re.MULTILINE)
LARGEST_BYTES = 700_000


def committed() -> list[Path]:
    """Give the files that are or would be committed."""
    if not (PROJECT / ".git").exists():
        missing("this folder is no git checkout")
    answer = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is where it is
        cwd=PROJECT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = [PROJECT / name for name in answer.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_line_of_a_lock_is_a_pin_or_its_hash(lock: Path) -> None:
    lines = lock.read_text("utf-8").splitlines()
    strange = [
        line
        for line in lines
        if line
        and not line.lstrip().startswith("#")
        and not PIN.match(line)
        and not HASH.match(line)
    ]

    assert strange == []
    assert not re.search(r"https?://|file:|--index|--find-links|--extra", "\n".join(lines))
    pins = [index for index, line in enumerate(lines) if PIN.match(line)]
    assert pins
    assert [lines[index] for index in pins if not HASH.match(lines[index + 1])] == []


def test_both_locks_agree_on_what_they_share() -> None:
    run, test, bench, _whoosh = (dict(PINNED.findall(path.read_text("utf-8"))) for path in LOCKS)

    assert run.items() <= test.items()
    assert run.items() <= bench.items()


def test_the_locks_hold_everything_that_is_asked_for() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = [set(dict(PINNED.findall(path.read_text("utf-8")))) for path in LOCKS]

    asked = {re.split(r"[\[<>=]", line)[0].lower() for line in project["dependencies"]}
    tools = project["optional-dependencies"]["test"]
    assert asked <= pinned[0]
    assert {re.split(r"[\[<>=]", line)[0].lower() for line in tools} <= pinned[1]


@pytest.mark.timeout(20)
def test_no_committed_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()[:100]}"
        for path in committed()
        if path.suffix in TEXT_SUFFIXES and path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MACHINE_PATH.search(line) or OUTSIDE in line
    ]

    assert found == []


def test_no_committed_file_is_large() -> None:
    sizes = {path.name: path.stat().st_size for path in committed()}

    assert {name: size for name, size in sizes.items() if size > LARGEST_BYTES} == {}


def test_no_committed_file_is_a_key_or_a_database() -> None:
    kinds = {".db", ".pem", ".key", ".sqlite", ".sqlite3", ".eml"}

    assert [path.name for path in committed() if path.suffix in kinds or "_key" in path.stem] == []


def test_every_text_file_ends_with_one_line_end() -> None:
    kinds = {".py", ".html", ".css", ".js", ".toml", ".md", ".yaml"}
    wrong = [
        str(path.relative_to(PROJECT))
        for path in committed()
        if path.suffix in kinds
        and (text := path.read_bytes())
        and (not text.endswith(b"\n") or text.endswith(b"\n\n"))
    ]

    assert wrong == []
