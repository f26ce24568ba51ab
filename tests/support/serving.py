"""A directory served for real: `flask serve` in a process of its own, on a free port."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.environment import plain_environment
from tests.support.project import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

START_SECONDS = 60
STOP_SECONDS = 10


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, what it printed so far, and its process."""

    url: str
    printed: list[str]
    process: subprocess.Popen[str]

    def stop(self, how: int = signal.SIGINT) -> tuple[int, str]:
        """End the site as a person would (Ctrl-C); give its exit code and its last words."""
        self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=STOP_SECONDS)
        return self.process.returncode, rest


def free_port() -> int:
    """Give a port nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def flask(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end with this environment and nothing else."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=PROJECT,
        env=_environment(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )


@contextmanager
def served(port: int, **environment: str) -> Iterator[Site]:
    """Serve on a port until the end of the block; wait for the line that names the address."""
    url = f"http://127.0.0.1:{port}"
    environment.setdefault("SITE_URL", url)
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)],
        cwd=PROJECT,
        env=_environment(environment) | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Site(url, _read_until(process, "Ctrl-C"), process)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """Give a whole environment; search index and mail lie beside the database unless named."""
    file = given.get("DATABASE_URL", "").removeprefix("sqlite:///")
    keys = {"SECRET_KEY": "for tests only", "SEALING_KEY": "for tests only"}
    beside = {"SEARCH_INDEX_DIR": f"{file}-search", "MAIL_URL": f"file:{file}-mail"}
    return plain_environment(**{**keys, **beside, **given})


def _read_until(process: subprocess.Popen[str], words: str) -> list[str]:
    """Give the lines up to the one with these words; a start that hangs is ended."""
    assert process.stdout is not None
    patience = threading.Timer(START_SECONDS, process.kill)
    patience.start()
    lines: list[str] = []
    while not (lines and words in lines[-1]):
        line = process.stdout.readline()
        assert line, f"the site did not start: {' '.join(lines)}"
        lines.append(line.rstrip())
    patience.cancel()
    return lines
