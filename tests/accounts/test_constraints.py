"""What the database itself refuses, whoever writes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from directory.accounts import operations
from directory.accounts.models import (
    Consent,
    ConsentPurpose,
    LimitKind,
    LinkPurpose,
    RateWindow,
    Role,
    SignInLink,
    User,
    UserSession,
    UserState,
)
from directory.core.db import db, writing

if TYPE_CHECKING:
    from sqlalchemy import Executable

    from tests.accounts.house import House

pytestmark = [pytest.mark.db, pytest.mark.timeout(60)]

USER: dict[str, Any] = {
    "role": Role.USER,
    "state": UserState.ACTIVE,
    "email_sealed": b"sealed",
    "email_hash": "a" * 64,
    "language": "en",
    "is_demo": False,
}
LINK: dict[str, Any] = {
    "purpose": LinkPurpose.SIGN_IN,
    "token_hash": "b" * 64,
    "email_sealed": b"sealed",
    "email_hash": "a" * 64,
    "attempts": 0,
}
BROKEN_USERS: dict[str, dict[str, Any]] = {
    "no contact while active": {"email_sealed": None, "email_hash": None},
    "a hash without what is sealed": {"email_sealed": None},
    "erased without a time": {
        "state": UserState.ERASED,
        "email_sealed": None,
        "email_hash": None,
    },
    "erased with contact": {"state": UserState.ERASED},
    "staff without a name": {"role": Role.MODERATOR},
    "an unknown language": {"language": "fr"},
}
BROKEN_LINKS: dict[str, dict[str, Any]] = {
    "nobody's": {"email_sealed": None, "email_hash": None},
    "a hash without what is sealed": {"email_sealed": None},
    "confirming nothing": {"purpose": LinkPurpose.CONFIRM},
    "signing up to no text": {"purpose": LinkPurpose.SIGN_UP},
    "signing in to a text": {"terms_version": 1},
    "fewer tries than none": {"attempts": -1},
}


@pytest.mark.parametrize("change", BROKEN_USERS.values(), ids=BROKEN_USERS.keys())
def test_an_account_is_whole(house: House, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(insert(User).values({**USER, "created_at": house.now, **change}))


@pytest.mark.parametrize("change", BROKEN_LINKS.values(), ids=BROKEN_LINKS.keys())
def test_a_link_is_whole(house: House, change: dict[str, Any]) -> None:
    times = {"created_at": house.now, "expires_at": house.now.replace(year=2030)}

    with pytest.raises(IntegrityError), writing() as session:
        session.execute(insert(SignInLink).values({**LINK, **times, **change}))


def test_a_link_and_a_session_end_after_they_begin(house: House) -> None:
    made = house.make()
    times = {"created_at": house.now, "expires_at": house.now}

    with pytest.raises(IntegrityError), writing() as session:
        session.execute(insert(SignInLink).values({**LINK, **times}))
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(
            insert(UserSession).values(
                user_id=made.user_id, token_hash="c" * 64, device="x", seen_at=house.now, **times
            )
        )


def test_a_count_begins_at_one(house: House) -> None:
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(
            insert(RateWindow).values(
                kind=LimitKind.FLAG, key_hash="d" * 64, window_start=house.now, count=0
            )
        )


@pytest.fixture
def consent(house: House) -> Consent:
    """Give a line of the ledger."""
    house.make()
    viewer = house.signed_in(house.sign_in().token)
    operations.give_consent(
        viewer=viewer, purpose=ConsentPurpose.ACCOUNT, text_version=1, now=house.now
    )
    return db.session().scalars(select(Consent)).one()


def test_the_ledger_of_consents_is_never_changed(house: House, consent: Consent) -> None:
    number, user_id = consent.id, consent.user_id
    attempts: list[Executable] = [
        update(Consent).where(Consent.id == number).values(given=False),
        delete(Consent).where(Consent.id == number),
        delete(User).where(User.id == user_id),
        text("DELETE FROM consent"),
    ]

    for attempt in attempts:
        with pytest.raises(DBAPIError), writing() as session:
            session.execute(attempt)


def test_a_line_of_the_ledger_is_never_replaced(
    house: House, consent: Consent, engine_name: str
) -> None:
    statement = (
        "INSERT OR REPLACE INTO consent SELECT * FROM consent"
        if engine_name == "sqlite"
        else "TRUNCATE consent"
    )

    with pytest.raises(DBAPIError), writing() as session:
        session.execute(text(statement))


def test_a_text_version_begins_at_one(house: House) -> None:
    made = house.make()

    with pytest.raises(IntegrityError), writing() as session:
        session.execute(
            insert(Consent).values(
                user_id=made.user_id,
                purpose=ConsentPurpose.ACCOUNT,
                given=True,
                text_version=0,
                at=house.now,
            )
        )
