"""A program that changes listings and indexes them until it is killed; for the drill beside it.

`python -m tests.drills.killed_program DATABASE_URL FOLDER`. For each line it reads it makes a
child that works, and prints the child's number, so that a kill costs no new start.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from sqlalchemy import select, update

from directory.app import create_app
from directory.core.clock import utc_now
from directory.core.db import db, writing
from directory.listings.models import Listing
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from tests.support.sqlite import settings_for

CHANGED_AT_ONCE = 7
REBUILD_EVERY = 5


def work(database_url: str, folder: Path) -> None:
    """Change some listings and bring the index up to date, again and again."""
    app = create_app(settings_for(folder, database_url))
    indexer = app.extensions["search"].indexer
    with app.app_context():
        ids = list(db.session().scalars(select(Listing.id).order_by(Listing.id)))
        for turn in count(os.getpid()):
            some = [ids[(turn + step) % len(ids)] for step in range(CHANGED_AT_ONCE)]
            with writing() as session:
                session.execute(
                    update(Listing).where(Listing.id.in_(some)).values(headline=f"Turn {turn}")
                )
                record_changes(session, ChangeNoun.LISTING, some, utc_now())
            if turn % REBUILD_EVERY:
                indexer.sync()
            else:
                indexer.rebuild()


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a killed child is gone at once
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(sys.argv[1], Path(sys.argv[2]))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
