"""`flask worker`: all is done once or again and again, and one fault holds up nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from config import Settings
from directory.cli.jobs import Job, Worker, jobs_of, sender_of, where_letters_go
from directory.core.clock import utc_now
from directory.mail.senders import FolderSender, SmtpSender
from directory.outbox.models import LetterKind, LetterState
from tests.mail.letters import ADDRESS, queue, read, rows
from tests.support.environment import plain_environment
from tests.support.project import PROJECT
from tests.support.waiting import seconds_until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from click.testing import Result
    from flask import Flask
    from sqlalchemy.orm import Session

JOBS = ["letters", "clocks", "pruning", "index", "tidying"]


def once(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["worker", "--once"])


def folder_of(app: Flask) -> Path:
    folder = app.config["SETTINGS"].mail_folder
    assert folder is not None
    return folder  # type: ignore[no-any-return]


def job(name: str, *, every: timedelta = timedelta(0), fails: bool = False) -> Job:
    def run() -> Mapping[str, int]:
        if fails:
            raise ValueError(f"about {ADDRESS}")
        return {"done": 1}

    return Job(name, every, run)


def test_a_queued_letter_is_in_the_folder_afterwards(app: Flask, session: Session) -> None:
    queue(utc_now(), LetterKind.SIGN_IN, keys=app.extensions["keys"])
    session.rollback()

    answer = once(app)

    assert answer.exit_code == 0, answer.output
    assert [line.split(":")[0] for line in answer.output.splitlines()] == JOBS
    assert answer.output.startswith("letters: 1 sent, 0 delayed, 0 failed\n")
    (file,) = folder_of(app).glob("*.eml")
    assert read(file)["To"] == ADDRESS
    assert rows()[0].state is LetterState.SENT


def test_once_more_sends_nothing_again(app: Flask, session: Session) -> None:
    queue(utc_now(), keys=app.extensions["keys"])
    once(app)

    assert once(app).output.startswith("letters: 0 sent,")
    assert len(list(folder_of(app).iterdir())) == 1


def test_a_job_that_fails_is_said_and_stops_no_other(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = app.config["SETTINGS"].search_index_folder
    for path in sorted(in_the_way.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    in_the_way.rmdir()
    in_the_way.touch()
    queue(utc_now(), keys=app.extensions["keys"])

    answer = once(app)

    lines = answer.output.splitlines()
    assert answer.exit_code == 1
    assert "letters: 1 sent, 0 delayed, 0 failed" in lines
    assert "index: failed, see the log" in lines
    assert any(line.startswith("clocks: ") and "failed" not in line for line in lines)
    assert "job index failed" in caplog.text


def test_what_a_fault_says_is_not_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    done = Worker(app, [job("first", fails=True), job("second")]).run_all()

    assert [each.counts for each in done] == [None, {"done": 1}]
    assert "job first failed: ValueError raised" in caplog.text
    assert ADDRESS not in caplog.text


def test_a_running_worker_goes_on_after_a_fault_and_stops_when_told(app: Flask) -> None:
    counted: list[str] = []

    def count() -> Mapping[str, int]:
        counted.append("again")
        return {}

    worker = Worker(app, [job("first", fails=True), Job("second", timedelta(0), count)])
    worker.start()
    seconds_until(lambda: len(counted) > 2)
    worker.stop()
    done = len(counted)

    assert not worker.is_running
    assert len(counted) == done


def test_the_site_leaves_the_index_to_its_own_thread(app: Flask) -> None:
    names = [job.name for job in jobs_of(app, with_index=False)]

    assert names == JOBS[:3]


@pytest.mark.parametrize(
    ("mail_url", "kind", "words"),
    [
        ("file:instance/mail", FolderSender, "files in {folder}/mail"),
        ("file:/var/letters", FolderSender, "files in /var/letters"),
        (
            "smtp://me:secret@mail.example:2525?tls=1",
            SmtpSender,
            "the mail server mail.example:2525",
        ),
    ],
)
def test_where_letters_go_is_said_without_a_password(
    tmp_path: Path, mail_url: str, kind: type, words: str
) -> None:
    settings = Settings.from_environment({"MAIL_URL": mail_url}, instance_folder=tmp_path)

    assert isinstance(sender_of(settings), kind)
    assert where_letters_go(settings) == words.format(folder=tmp_path)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_of_its_own_sends_and_ends_cleanly(
    app: Flask, session: Session, database_url: str, tmp_path: Path, how: int
) -> None:
    settings = app.config["SETTINGS"]
    environment = plain_environment(
        DATABASE_URL=database_url,
        SEARCH_INDEX_DIR=str(settings.search_index_folder),
        SECRET_KEY=settings.secret_key,
        SEALING_KEY=settings.sealing_key,
        MAIL_URL=f"file:{tmp_path}/letters",
        PYTHONUNBUFFERED="1",
    )
    queue(utc_now(), keys=app.extensions["keys"])
    session.rollback()
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            seconds_until(lambda: list((tmp_path / "letters").glob("*.eml")) != [], at_most=30)
            process.send_signal(how)
            said, _ = process.communicate(timeout=20)
        finally:
            process.kill()

    assert process.returncode == 0, said
    assert said.splitlines() == [
        f"Letters: files in {tmp_path}/letters",
        "Working (Ctrl-C stops it)",
        "Stopped.",
    ]
