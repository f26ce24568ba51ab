"""What is done again and again beside the pages: letters, the index, clocks, pruning.

`flask worker` runs these in a process of their own, `flask serve` in a thread of its own. Any
number of processes may: each job takes its work piece by piece from the database, and one that
fails holds up no other.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from directory.accounts.limits import prune_windows
from directory.accounts.operations import prune_accounts
from directory.core.clock import utc_now
from directory.core.errors import trace_of
from directory.listings.operations.batches import forget_batches
from directory.mail.operations import KEPT, SendCount, prune_letters, send_due
from directory.mail.senders import FolderSender, smtp_sender
from directory.mail.wording import Site
from directory.moderation.clocks import run_due
from directory.search.unmet import prune_unmet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from flask import Flask

    from config import Settings
    from directory.mail.senders import Sender

log = logging.getLogger(__name__)

LETTERS_AT_ONCE = 100
LONGEST_PAUSE = timedelta(minutes=1)
LOOK_SECONDS = 0.5
STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do, and how often; `run` gives how often each part of it was done."""

    name: str
    every: timedelta
    run: Callable[[], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: its counts, or None when it failed."""

    name: str
    counts: Mapping[str, int] | None


def jobs_of(app: Flask, *, with_index: bool) -> tuple[Job, ...]:
    """Give the jobs of an application; a site that answers keeps its index fresh by itself."""
    jobs = (
        Job("letters", timedelta(seconds=1), lambda: _send_letters(app)),
        Job("clocks", timedelta(seconds=30), lambda: _run_clocks(app)),
        Job("pruning", timedelta(hours=1), lambda: _prune(app)),
    )
    if not with_index:
        return jobs
    return (
        *jobs,
        Job("index", timedelta(seconds=5), lambda: _sync_index(app)),
        Job("tidying", timedelta(hours=1), lambda: _tidy_index(app)),
    )


def sender_of(settings: Settings) -> Sender:
    """Give the way letters leave, as the settings ask for it."""
    folder = settings.mail_folder
    return smtp_sender(settings.mail_url) if folder is None else FolderSender(folder)


def where_letters_go(settings: Settings) -> str:
    """Give that in words, without a password."""
    if settings.mail_folder is not None:
        return f"files in {settings.mail_folder}"
    sender = smtp_sender(settings.mail_url)
    return f"the mail server {sender.host}:{sender.port}"


@dataclass
class Worker:
    """Runs jobs when they are due, until it is stopped; a job that fails waits longer each time."""

    app: Flask
    jobs: Sequence[Job]
    _stopped: threading.Event = field(default_factory=threading.Event)
    _due_at: dict[str, datetime] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)
    _thread: threading.Thread | None = None

    def run_all(self) -> list[Done]:
        """Run every job once, whether it is due or not."""
        return [self._run(job) for job in self.jobs]

    @property
    def is_running(self) -> bool:
        """Tell whether the thread of the jobs is alive."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Run the jobs in a thread from now on."""
        self._thread = threading.Thread(target=self._loop, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the job at hand; a letter left on its way is taken up by whoever comes next."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _loop(self) -> None:
        while not self._stopped.is_set():
            for job in self.jobs:
                if self._is_due(job) and not self._stopped.is_set():
                    self._run(job)
            self._stopped.wait(LOOK_SECONDS)

    def _is_due(self, job: Job) -> bool:
        due_at = self._due_at.get(job.name)
        return due_at is None or due_at <= utc_now()

    def _run(self, job: Job) -> Done:
        """Run one job; this is the edge where a fault ends."""
        counts: Mapping[str, int] | None = None
        try:
            with self.app.app_context():
                counts = job.run()
            self._failures[job.name] = 0
        except Exception as problem:  # noqa: BLE001 - one job's fault must not hold up the others
            self._failures[job.name] = self._failures.get(job.name, 0) + 1
            log.error(  # noqa: TRY400 - a message may hold what is private
                "job %s failed: %s",
                job.name,
                trace_of(problem),
                extra={"failures": self._failures[job.name]},
            )
        self._due_at[job.name] = utc_now() + self._pause(job)
        return Done(job.name, counts)

    def _pause(self, job: Job) -> timedelta:
        failures = min(self._failures[job.name], 10)
        longer: timedelta = job.every * 2**failures
        return max(job.every, min(longer, LONGEST_PAUSE))


def _send_letters(app: Flask) -> Mapping[str, int]:
    """Send what is due, one letter after the other, each on its own time."""
    settings: Settings = app.config["SETTINGS"]
    sender = sender_of(settings)
    site = Site.from_folder(settings.site_url, Path(str(app.template_folder)) / "mail")
    counts: list[SendCount] = []
    while len(counts) < LETTERS_AT_ONCE:
        count = send_due(
            sender=sender, keys=app.extensions["keys"], site=site, now=utc_now(), limit=1
        )
        if not count.tried:
            break
        counts.append(count)
    return _total(counts)


def _total(counts: Sequence[SendCount]) -> Mapping[str, int]:
    return {
        "sent": sum(count.sent for count in counts),
        "delayed": sum(count.delayed for count in counts),
        "failed": sum(count.failed for count in counts),
    }


def _sync_index(app: Flask) -> Mapping[str, int]:
    synced = app.extensions["search"].indexer.sync()
    return {"changes": synced.changes, "written": synced.written, "removed": synced.removed}


def _tidy_index(app: Flask) -> Mapping[str, int]:
    app.extensions["search"].indexer.tidy(utc_now())
    return {"done": 1}


def _run_clocks(app: Flask) -> Mapping[str, int]:
    return run_due(keys=app.extensions["keys"], now=utc_now())


def _prune(app: Flask) -> Mapping[str, int]:
    """Throw away what has been kept long enough: letters, links, sessions, counted tries."""
    now = utc_now()
    counts = {
        "letters": prune_letters(now=now),
        "accounts": prune_accounts(now=now),
        "windows": prune_windows(now=now),
        "words": prune_unmet(now=now),
        "batches": forget_batches(now=now),
    }
    sender = sender_of(app.config["SETTINGS"])
    files = sender.prune(now - KEPT) if isinstance(sender, FolderSender) else 0
    return {**counts, "files": files}
