"""The folder of one test run, shared by its workers, and things made once in it."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "directory-tests-"
HELD = "held"


def new_folder() -> Path:
    """Make the folder of this run; it is this process's for as long as the process lives."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o755)  # PostgreSQL runs as another user when the tests run as root
    _hold(folder)
    return folder


def abandoned_folders() -> list[Path]:
    """Give the folders of runs that were killed and could not tidy up."""
    found = Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{HELD}")
    return [file.parent for file in found if not _is_held(file)]


def _hold(folder: Path) -> None:
    """Lock a file of the folder until this process ends, however it ends.

    A number of a process would not do: another machine that shares the folder has its own.
    """
    unfinished = folder / f"{HELD}.new"
    file = os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o644)
    fcntl.flock(file, fcntl.LOCK_EX)
    unfinished.rename(folder / HELD)


def _is_held(file: Path) -> bool:
    try:
        with file.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # locked, another user's, or gone meanwhile
        return True
    return False


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Hold a lock that all workers of this run respect; released even by a crash."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
