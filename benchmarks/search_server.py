"""A directory of its own for a benchmark: a database, an index, real servers, and who asks them.

Everything stays on this machine and in a temporary folder. Not a script: `search_live.py` uses it.
"""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from config import PROJECT_FOLDER, Mode, Settings
from directory.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flask import Flask

HOST = "127.0.0.1"
READY_SECONDS = 120.0
STOP_SECONDS = 15.0
PAUSE_SECONDS = 0.1
SECRET_KEY = "a key for a benchmark"  # noqa: S105 - nothing is signed here


@dataclass(frozen=True)
class Directory:
    """A folder with a database that holds demo listings, and where its index belongs."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What its programs are told; nothing of this process's own surroundings."""
        return {
            "APP_ENV": "development",
            "DATABASE_URL": f"sqlite:///{self.folder}/directory.db",
            "SEARCH_INDEX_DIR": str(self.folder / "search"),
            "SECRET_KEY": SECRET_KEY,
            "PYTHONUTF8": "1",
        }

    def flask(self, *words: str) -> None:
        """Run one of the project's commands to its end."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        subprocess.run(  # noqa: S603 - our own command
            command, cwd=PROJECT_FOLDER, env=self.environment, check=True, capture_output=True
        )

    def application(self) -> Flask:
        """Give an application in this process, to change listings with; it serves nobody."""
        settings = Settings(
            instance_folder=self.folder,
            database_url=self.environment["DATABASE_URL"],
            secret_key=SECRET_KEY,
            sealing_key=SECRET_KEY,
            search_index_folder=self.folder / "search",
            mode=Mode.DEVELOPMENT,
        )
        return create_app(settings)

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Lend the port of a server process that is ready."""
        port = _free_port()
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)]
        with subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=PROJECT_FOLDER,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                _wait_until_ready(port, server)
                yield port
            finally:
                server.send_signal(signal.SIGINT)
                try:
                    server.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    server.kill()


@dataclass
class Client:
    """One visitor with one connection that is kept open."""

    port: int
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=30)

    def get(self, path: str) -> bytes:
        """Give the body of a page; raises when the answer is no 200."""
        self.connection.request("GET", path, headers={"Accept": "text/html,application/json"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def pause(seconds: float) -> None:
    """Let this many seconds pass; none when they are negative."""
    threading.Event().wait(max(0.0, seconds))


def address(path: str, **parameters: str) -> str:
    """Give a path with its parameters."""
    return f"{path}?{urlencode(parameters)}"


def latencies(port: int, paths: Sequence[str], clients: int) -> tuple[list[float], float]:
    """Give each page's milliseconds and the seconds of all, asked by several clients at once."""
    shares = [paths[number::clients] for number in range(clients)]
    took: list[list[float]] = [[] for _ in shares]
    threads = [
        threading.Thread(target=_ask, args=(port, share, times))
        for share, times in zip(shares, took, strict=True)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for times in took for one in times], time.perf_counter() - started


def _ask(port: int, paths: Sequence[str], times: list[float]) -> None:
    client = Client(port)
    for path in paths:
        started = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - started) * 1000)
    client.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])


def _wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait for `/readyz`; raises when the server ends or takes too long."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            Client(port).get("/readyz")
        except (OSError, RuntimeError, http.client.HTTPException):
            pause(PAUSE_SECONDS)
        else:
            return
    raise RuntimeError("the server did not become ready")
