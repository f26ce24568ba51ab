"""What a killed run leaves behind is tidied up by the next, and a living run is let be."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import end_run
from tests.support import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

RUN = """
import sys, tempfile
from tests.support import run

tempfile.tempdir = sys.argv[1]
print(run.new_folder(), flush=True)
input()
"""
ROOT = Path(__file__).parents[2]


@contextmanager
def other_run(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Give another process that has begun a run with its folder in `place`."""
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(place)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def test_a_living_run_is_not_abandoned_and_a_killed_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with other_run(tmp_path) as (process, folder):
        assert folder.parent == tmp_path
        assert run.abandoned_folders() == []
        process.kill()
        process.wait()
        assert run.abandoned_folders() == [folder]


def test_the_number_of_a_server_that_ended_stops_nothing(tmp_path: Path) -> None:
    data = tmp_path / "run" / "postgresql" / "data"
    data.mkdir(parents=True)
    # Were it believed, this process would be sent the signal to end.
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n", encoding="ascii")
    end_run(tmp_path / "run")
    assert not (tmp_path / "run").exists()
