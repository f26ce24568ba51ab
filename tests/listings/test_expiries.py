"""Every expiry, on a clock that is set and never waited for: nothing is written at midnight.

A check counts to the end of its last day in Delhi. The minute after, page, card, API, rank and
the queue of checks say otherwise.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from directory.audit.policy import COMMAND
from directory.core.clock import DELHI, delhi_day
from directory.core.db import db
from directory.listings.models import ListingKind, RegistrationState, VerificationMethod
from directory.listings.operations import CheckRecord, edit_listing, record_checks
from directory.listings.policy import FACTS, REGISTRATION
from directory.listings.queries.editing import listing_id_of
from directory.listings.queries.search import ListingSearch, find_listings
from directory.listings.queries.stale import QueueFilter, stale_queue
from directory.outbox.models import Change
from directory.web.listing_words import fact_words
from tests.factories.rich_listings import import_rich_listings
from tests.support.page import PageClient
from tests.support.searching import NoIndex

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

SLUG = "deer-park-centre-for-mental-health"
DAY = date(2026, 11, 20)
CERTIFICATE = f"{REGISTRATION}:smha-delhi"
# What each fact may be checked by; a place is looked for at night, a register is looked up.
METHODS = {"night": VerificationMethod.NIGHT_CALL, REGISTRATION: VerificationMethod.REGISTER}
# The rule, once more and by hand: for how many days a check of each fact counts.
DAYS = {
    "accepting": 30,
    "phone": 90,
    "night": 90,
    "staffing": 90,
    "fee": 180,
    "hours": 180,
    "payment": 180,
    REGISTRATION: 365,
    "address": 365,
    "access": 365,
    "beds": 365,
    "facilities": 365,
}
# The facts a result of a search says are no longer confirmed.
ON_CARDS = {"accepting", "phone", "night", REGISTRATION}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def centre(session: Session, vocabulary: Vocabulary, now: datetime) -> int:
    """Give a centre with beds that is open day and night and states every fact."""
    import_rich_listings(vocabulary, now)
    session.rollback()
    return listing_id_of(session, "test:centre")


def full_name(fact: str) -> str:
    return CERTIFICATE if fact == REGISTRATION else fact


def check(app: Flask, listing_id: int, fact: str) -> None:
    """Record a check of one fact on `DAY`."""
    name = full_name(fact)
    found = {name: RegistrationState.FOUND} if fact == REGISTRATION else None
    ends = {name: date(2030, 1, 1)} if fact == REGISTRATION else None
    method = METHODS.get(fact, VerificationMethod.CALL)
    checks = CheckRecord((name,), method, DAY, found=found, valid_until=ends)
    keep(app, listing_id, checks)


def keep(app: Flask, listing_id: int, checks: CheckRecord) -> None:
    record_checks(
        actor=COMMAND,
        listing_id=listing_id,
        checks=checks,
        vocabulary=app.extensions["vocabulary"].current(db.session()),
        now=app.extensions["clock"](),
    )


def turn(app: Flask, day: date, minute: timedelta = timedelta(0)) -> datetime:
    """Set the clock to the end of a day in Delhi, and so many minutes on."""
    moment = (datetime.combine(day, time(23, 59), DELHI) + minute).astimezone(UTC)
    app.extensions["clock"] = lambda: moment
    return moment


def told(app: Flask, session: Session, listing_id: int, fact: str) -> list[object]:
    """Give what API, queue, page and result say of a fact: whether its check counts."""
    client, name = app.test_client(), full_name(fact)
    state = client.get(f"/api/v1/listings/{SLUG}").get_json()["checked"][name]["state"]
    result = client.get("/api/v1/listings?kind=centre").get_json()["items"][0]
    today = delhi_day(app.extensions["clock"]())
    queue = stale_queue(session, QueueFilter(), today=today, offset=0, limit=9)
    due = {row.fact for found in queue.listings if found.id == listing_id for row in found.facts}
    with app.test_request_context():
        words = fact_words(name)
    rows = PageClient(app).page(f"/centres/{SLUG}").rows("How each fact was checked")
    checked = next(row for row in rows if row[0] == words)
    said = [state, name in due, checked[2:] == ["20 Nov 2026", "Not confirmed since"]]
    return [*said, fact in result["unconfirmed"]] if fact in ON_CARDS else said


def test_the_rule_is_the_one_that_was_meant() -> None:
    assert dict(FACTS) == DAYS


@pytest.mark.parametrize("fact", DAYS)
def test_a_check_counts_to_the_last_minute_of_its_last_day(
    app: Flask, session: Session, centre: int, fact: str
) -> None:
    check(app, centre, fact)
    last = DAY + timedelta(days=DAYS[fact])

    turn(app, last)
    before = told(app, session, centre, fact)
    turn(app, last, MINUTE)
    after = told(app, session, centre, fact)

    assert set(before) == {"valid", False}
    assert set(after) == {"expired", True}


@pytest.mark.parametrize("fact", ["accepting", "phone", "night", REGISTRATION])
def test_points_fall_the_day_after_without_any_write(
    app: Flask, session: Session, centre: int, fact: str
) -> None:
    check(app, centre, fact)
    app.test_client().get("/search")
    engine = app.extensions["search"].engine()
    place = list(engine.snapshot.numbers["number"]).index(centre)
    last = DAY + timedelta(days=DAYS[fact])
    session.rollback()
    changes = session.scalar(select(func.max(Change.seq)))

    def confirmed(day: date) -> int:
        return int(engine.snapshot.confirmed_on(day.toordinal())[place])

    assert confirmed(last) - confirmed(last + timedelta(days=1)) == 1
    assert engine.standing(last)[place] > engine.standing(last + timedelta(days=1))[place]
    turn(app, last, MINUTE)
    app.test_client().get("/search")
    session.rollback()
    assert session.scalar(select(func.max(Change.seq))) == changes


@pytest.mark.parametrize("has_index", [True, False], ids=["engine", "database"])
def test_a_certificate_that_ended_registers_no_beds(
    app: Flask,
    session: Session,
    centre: int,
    has_index: bool,  # noqa: FBT001 - a case of the table
) -> None:
    end = date(2026, 12, 31)
    entry = {"register": "smha-delhi", "number": "SMHA/DL/0042"}
    also = {"register": "nabh", "number": "N/1"}
    _edit(app, centre, {"registrations": [entry, also]})
    found = {CERTIFICATE: RegistrationState.FOUND, f"{REGISTRATION}:nabh": RegistrationState.FOUND}
    checks = CheckRecord(
        tuple(found), VerificationMethod.REGISTER, DAY, found=found, valid_until={CERTIFICATE: end}
    )
    keep(app, centre, checks)
    app.test_client().get("/search")
    if not has_index:
        app.extensions["search"] = NoIndex(app.extensions["search"])

    for minute, is_registered in ((timedelta(0), True), (MINUTE, False)):
        moment = turn(app, end, minute)
        shown = _registered(app, session, centre, moment)
        assert shown == dict.fromkeys(shown, is_registered)


def _edit(app: Flask, listing_id: int, changes: dict[str, Any]) -> None:
    edit_listing(
        actor=COMMAND,
        listing_id=listing_id,
        changes=changes,
        seen=None,
        vocabulary=app.extensions["vocabulary"].current(db.session()),
        now=app.extensions["clock"](),
    )


def _registered(app: Flask, session: Session, listing_id: int, moment: datetime) -> dict[str, bool]:
    """Give whether filter, facet, result, page and API show the centre as registered."""
    client: FlaskClient = app.test_client()
    api = "/api/v1/listings?kind=centre"
    found = client.get(f"{api}&registered=1").get_json()
    whole = client.get(api).get_json()
    page = client.get(f"/centres/{SLUG}").get_data(as_text=True)
    result = client.get("/search?kind=centre").get_data(as_text=True)
    facet = next((each["count"] for each in whole["facets"]["registered"]), 0)
    asked = ListingSearch(kind=ListingKind.CENTRE, registered=True)
    return {
        "filter": [item["slug"] for item in found["items"]] == [SLUG],
        "facet": facet == 1,
        "result": whole["items"][0]["registered"] == "found",
        "api": client.get(f"/api/v1/listings/{SLUG}").get_json()["registered"] == "found",
        "page": "Registration ran out, 31 Dec 2026" not in page,
        "card": "Registration ran out" not in result,
        "sql": find_listings(session, asked, moment, offset=0, limit=9).ids == (listing_id,),
    }
