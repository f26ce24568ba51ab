"""A program that sends letters into a folder until it is killed; for the drill beside it.

`python -m tests.drills.killed_sender DATABASE_URL FOLDER`. For each line it reads it makes a
child that works, and prints the child's number, so that a kill costs no new start.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Event

from directory.app import create_app
from directory.core.clock import utc_now
from directory.mail.operations import send_due
from directory.mail.senders import FolderSender
from tests.mail.letters import SITE
from tests.support.sqlite import settings_for

PAUSE_SECONDS = 0.01


def work(database_url: str, folder: Path) -> None:
    """Send what is due, again and again."""
    app = create_app(settings_for(folder, database_url))
    sender = FolderSender(folder / "mail")
    nothing = Event()
    with app.app_context():
        while True:
            send_due(sender=sender, keys=app.extensions["keys"], site=SITE, now=utc_now(), limit=20)
            nothing.wait(PAUSE_SECONDS)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a killed child is gone at once
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(sys.argv[1], Path(sys.argv[2]))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
