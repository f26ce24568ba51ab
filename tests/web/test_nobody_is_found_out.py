"""Secrets are planted with an author, and then looked for wherever anybody but them can look."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.accounts.keys import EMAIL_PURPOSE
from directory.accounts.models import Role, User, UserState
from directory.audit.models import AuditEvent
from directory.core.db import db, writing
from directory.listings.models import CallOutcome, Correction
from directory.moderation.intake import report_outcome, submit_review
from directory.moderation.models import Outcome
from directory.reviews.models import RuleCode
from tests.moderation.desk import KEYS, Desk
from tests.moderation.reported import FEE, accepted, case_of, report
from tests.support.page import PageClient
from tests.support.signing import sign_in_as

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

ADDRESS = "planted.author@hidden-away.example.org"
NUMBER = 987_654_321
NETWORK = "f00dfeed" * 8
# Who reported a wrong detail and wanted to hear of it, and from where somebody told of a call.
READER = "planted.reader@told-us.example.org"
CALLER = "cafefeed" * 8


@pytest.fixture
def world(session: Session, vocabulary: Vocabulary, now: datetime) -> tuple[Desk, str, str]:
    """Give a desk, a published review of the planted author, and a second one that waits."""
    desk = Desk.open(vocabulary, now)
    with writing() as writer:
        writer.add(
            User(
                id=NUMBER,
                role=Role.USER,
                state=UserState.ACTIVE,
                email_sealed=KEYS.seal(EMAIL_PURPOSE, ADDRESS),
                email_hash=KEYS.lookup_hash(ADDRESS),
                language="en",
                is_demo=False,
                created_at=now,
                confirmed_at=now,
            )
        )
    desk.people["planted"] = NUMBER
    sent = submit_review(
        viewer=desk.as_("planted"),
        email=None,
        draft=desk.draft(),
        browser="browser",
        network_hash=NETWORK,
        keys=KEYS,
        now=now,
    )
    report(desk, address=READER)
    report_outcome(
        listing_id=desk.listing.id,
        outcome=CallOutcome.NO_ANSWER,
        language="en",
        network_hash=CALLER,
        vocabulary=vocabulary,
        now=now,
    )
    return desk, desk.publish(sent.public_id), desk.flag(sent.public_id, RuleCode.THREAT)


def secrets(desk: Desk) -> list[str]:
    """Give what must not be found: address, account, and every hash that stands for them."""
    author = desk.as_("planted")
    token = KEYS.lookup_hash(ADDRESS)
    of_reader = [READER, "planted.reader", "told-us", KEYS.lookup_hash(READER), CALLER]
    return [
        ADDRESS,
        "planted.author",
        "hidden-away",
        str(author.user_id),
        token,
        NETWORK,
        *of_reader,
    ]


def report_receipts() -> list[str]:
    """Give the receipts of what readers reported, oldest first."""
    db.session().rollback()
    return list(db.session().scalars(select(Correction.receipt).order_by(Correction.id)))


def found_in(text: str, desk: Desk) -> list[str]:
    """Give the secrets a text holds."""
    return [secret for secret in secrets(desk) if secret in text]


def public_paths(desk: Desk, name: str, receipt: str) -> list[str]:
    """Give every address that shows something of a review."""
    slug = desk.listing.slug
    return [
        "/",
        desk.listing.path,
        f"{desk.listing.path}/reviews",
        f"{desk.listing.path}/review",
        f"/reviews/{name}/flag",
        f"/receipts/{receipt}",
        *(f"/receipts/{each}" for each in report_receipts()),
        f"{desk.listing.path}/correct?fact=fee",
        "/search?q=meenakshi",
        "/search?sort=rating",
        "/policies/transparency",
        "/policies/reviews",
        "/sitemap.xml",
        "/metrics",
        f"/api/v1/listings/{slug}",
        f"/api/v1/listings/{slug}/reviews",
        "/api/v1/listings?q=listened",
        "/api/v1/suggest?q=meen",
    ]


def test_no_page_and_no_answer_of_the_api_tells_who_wrote(
    app: Flask, world: tuple[Desk, str, str]
) -> None:
    desk, name, receipt = world
    client = PageClient(app)
    wrong = {}
    for path in public_paths(desk, name, receipt):
        response = client.get(path)
        said = response.get_data(as_text=True) + str(response.headers)
        wrong[path] = found_in(said, desk)

    assert {path: told for path, told in wrong.items() if told} == {}


@pytest.mark.parametrize("who", ["rani", "admin"])
def test_the_desk_does_not_learn_it_either(
    app: Flask, world: tuple[Desk, str, str], who: str
) -> None:
    desk, name, _receipt = world
    client = PageClient(app)
    sign_in_as(client, desk.people[who], now=desk.now)
    paths = ["/moderation", f"/moderation/cases/{desk.case(name).id}", "/moderation/counts"]
    paths += [f"/moderation/cases/{case_of(each).id}" for each in report_receipts()]
    if who == "admin":
        paths += ["/admin", "/admin/audit", f"/admin/listings/{desk.listing.id}/history"]
    wrong = {path: found_in(client.get(path).get_data(as_text=True), desk) for path in paths}

    assert {path: told for path, told in wrong.items() if told} == {}


def test_another_reader_who_is_signed_in_learns_nothing(
    app: Flask, world: tuple[Desk, str, str]
) -> None:
    desk, name, receipt = world
    client = PageClient(app)
    sign_in_as(client, desk.people["bela"], now=desk.now)
    paths = [*public_paths(desk, name, receipt), "/account", "/account/reviews", "/account/data"]

    for path in paths:
        assert found_in(client.get(path).get_data(as_text=True), desk) == [], path


def test_the_audit_record_names_no_author(world: tuple[Desk, str, str]) -> None:
    desk, _name, _receipt = world
    db.session().rollback()
    rows = db.session().scalars(select(AuditEvent)).all()
    of_reviews = [row for row in rows if row.subject_noun != "user"]
    told = [f"{row.act} {row.subject_id} {row.actor_id} {row.facts}" for row in of_reviews]

    assert of_reviews
    assert found_in("\n".join(told), desk) == []


def test_the_index_holds_the_words_and_not_the_author(
    app: Flask, world: tuple[Desk, str, str]
) -> None:
    desk, _name, _receipt = world
    PageClient(app).page("/search?q=hurried")
    folder = app.extensions["search"].indexer.folder.path
    files = [path for path in folder.rglob("*") if path.is_file()]
    held = b"".join(path.read_bytes() for path in files)

    assert files
    for secret in secrets(desk):
        assert secret.encode() not in held, secret


def test_nothing_is_written_to_the_log(
    app: Flask, world: tuple[Desk, str, str], caplog: pytest.LogCaptureFixture
) -> None:
    desk, name, receipt = world
    caplog.set_level(logging.DEBUG)
    client = PageClient(app)
    for path in public_paths(desk, name, receipt):
        client.get(path)
    desk.decide("kabir", name, Outcome.HIDE, RuleCode.THREAT)
    desk.withdraw(name, "planted")
    accepted(desk, report_receipts()[0], {"fees": FEE}, words="Thank you.")

    assert found_in(caplog.text, desk) == []


def test_contact_is_nowhere_in_the_database_but_sealed(
    app: Flask, world: tuple[Desk, str, str], database_url: str
) -> None:
    desk, _name, _receipt = world
    with app.app_context():
        db.session().rollback()
        db.engine.dispose()
    file = database_url.removeprefix("sqlite:///")
    held = b"".join(path.read_bytes() for path in Path(file).parent.glob("directory.db*"))

    for secret in (ADDRESS, "hidden-away", READER, "told-us", KEYS.lookup_hash(READER)):
        assert secret.encode() not in held
    assert KEYS.lookup_hash(ADDRESS).encode() in held
    assert desk.people["planted"] == NUMBER
