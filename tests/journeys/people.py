"""People signed in on the site of the journeys, and what they have there.

Made as rows, because the way through letters has journeys and tests of its own.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.models import Role, User, UserSession
from directory.app import create_app
from directory.audit.policy import COMMAND
from directory.core.clock import utc_now
from directory.core.db import db, writing
from directory.listings.exchange.jsonl import read_json_lines
from directory.listings.models import Listing, ListingKind, ListingState
from directory.listings.operations.batches import read_batch
from directory.moderation.intake import flag_review
from directory.moderation.models import CaseState, ModerationCase
from directory.reviews.models import ReviewState, RuleCode
from tests.factories.guides import SLUG, publish
from tests.factories.listings import Made
from tests.factories.reviews import make_review
from tests.support.signing import make_person
from tests.support.sqlite import settings_for, sqlite_url

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from flask import Flask

# The key of the served site (`tests/support/serving.py`).
SEALING_KEY = "for tests only"
OWN = {
    "returned": ReviewState.RETURNED,
    "rejected": ReviewState.REJECTED,
    "published": ReviewState.PUBLISHED,
}


@dataclass(frozen=True)
class People:
    """The session's token of each role, and the address parts of what they have."""

    tokens: dict[str, str]
    addresses: dict[str, str]


def make_people(database: Path) -> People:
    """Sign one person of each role in, and give the author reviews of their own."""
    settings = settings_for(database.parent, sqlite_url(database))
    app = create_app(replace(settings, sealing_key=SEALING_KEY))
    now = utc_now()
    with app.app_context():
        ids = {role: _person(app, role, now) for role in Role}
        tokens = {role.value: _token(app, user_id, role, now) for role, user_id in ids.items()}
        tokens |= _between_steps(app, now)
        addresses = _own_reviews(ids[Role.USER], now)
        publish(app.extensions["vocabulary"].current(db.session()), now)
        addresses["guide"] = SLUG
        addresses["batch"] = str(_batch(app, now))
        db.engine.dispose()
    return People(tokens, addresses)


def make_desk(app: Flask, *names: str, role: Role = Role.MODERATOR) -> People:
    """Sign staff in by these names, with both steps; inside the context of that app."""
    now, keys = utc_now(), app.extensions["keys"]
    ids = {name: make_person(name, role=role, keys=keys, now=now) for name in names}
    return People({name: _token(app, one, role, now) for name, one in ids.items()}, {})


def _person(app: Flask, role: Role, now: datetime) -> int:
    return make_person(f"journey-{role}", role=role, keys=app.extensions["keys"], now=now)


def _token(app: Flask, user_id: int, role: Role, now: datetime) -> str:
    token = f"session-of-{user_id}-on-a-journey"
    with writing() as session:
        session.add(
            UserSession(
                token_hash=app.extensions["keys"].token_hash(token),
                user_id=user_id,
                device="Chromium on Linux",
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=12),
                strong_at=None if role is Role.USER else now,
            )
        )
    return token


def _batch(app: Flask, now: datetime) -> int:
    """Read a file of a new listing and a wrong one, and give the batch."""
    rows = b'{"ref": "a:1", "kind": "practitioner", "name": "Asha Rao", "profession": "counsellor",'
    rows += b' "locations": [{"locality": "saket"}]}\n{"ref": "a:2", "kind": "tree"}\n'
    return read_batch(
        actor=COMMAND,
        name="two.jsonl",
        rows=read_json_lines(io.BytesIO(rows)),
        vocabulary=app.extensions["vocabulary"].current(db.session()),
        now=now,
    )


def _between_steps(app: Flask, now: datetime) -> dict[str, str]:
    """Give sessions of staff who still have to enrol, and who still have to give digits."""
    tokens = {}
    for name in ("enrolling", "second-step"):
        keys = app.extensions["keys"]
        user_id = make_person(f"journey-{name}", role=Role.MODERATOR, keys=keys, now=now)
        tokens[name] = _token(app, user_id, Role.USER, now)
    with writing() as session:
        enrolled = session.get_one(User, user_id)
        enrolled.password_hash, enrolled.totp_last_step = "never given here", 0
    return tokens


def _own_reviews(author_id: int, now: datetime) -> dict[str, str]:
    rows = db.session().execute(
        select(Listing.id, Listing.slug, Listing.name)
        .where(Listing.kind == ListingKind.PRACTITIONER, Listing.state == ListingState.PUBLISHED)
        .order_by(Listing.id)
        .limit(len(OWN))
    )
    addresses = {}
    for (name, state), row in zip(OWN.items(), rows.all(), strict=True):
        made = Made(row.id, row.slug, row.name, "")
        review = make_review(
            made,
            state=state,
            author_id=author_id,
            rule_code=RuleCode.IDENTIFIES_STAFF,
            written_at=now - timedelta(days=9),
            ended_at=now - timedelta(days=1),
        )
        addresses[name] = review.public_id
    addresses["receipt"] = flag_review(
        public_id=addresses["published"],
        rule_code=RuleCode.NOT_CARE,
        words=None,
        network_hash=None,
        now=now,
    )
    addresses["person"] = str(author_id)
    addresses["case"] = str(_open_case())
    return addresses


def _open_case() -> int:
    """Give the newest case the desk has to decide."""
    open_cases = select(ModerationCase.id).where(ModerationCase.state == CaseState.OPEN)
    return db.session().scalars(open_cases.order_by(ModerationCase.id.desc()).limit(1)).one()
