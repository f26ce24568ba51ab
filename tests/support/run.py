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


def new_folder() -> Path:
    """Make the folder of this run; it remembers the process it belongs to."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o755)  # PostgreSQL runs as another user when the tests run as root
    (folder / "pid").write_text(str(os.getpid()), encoding="ascii")
    return folder


def abandoned_folders() -> list[Path]:
    """Give the folders of runs that were killed and could not tidy up."""
    found = Path(tempfile.gettempdir()).glob(f"{PREFIX}*/pid")
    return [file.parent for file in found if not _is_alive(file.read_text(encoding="ascii"))]


def _is_alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):  # another user's run, or one that has just begun
        return True
    return True


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Hold a lock that all workers of this run respect; released even by a crash."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
