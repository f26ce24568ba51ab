"""Accounts that begin with a review, consents, erasing, exporting, and what is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.accounts import operations
from directory.accounts.authors import (
    confirm_user,
    erase_within,
    export_account,
    find_or_make_unconfirmed,
    forget_unconfirmed,
    note_consents,
    queue_confirm_link,
    use_confirm_link,
)
from directory.accounts.models import (
    Consent,
    ConsentPurpose,
    RecoveryCode,
    Role,
    SignInLink,
    User,
    UserSession,
    UserState,
)
from directory.accounts.queries import account_of, link_of
from directory.accounts.tokens import new_token
from directory.audit.policy import AUTHOR, COMMAND
from directory.core.db import db, writing
from directory.core.errors import InvalidError, NotAllowedError, NotFoundError
from tests.accounts.house import ADDRESS, DEVICE

if TYPE_CHECKING:
    from directory.accounts.authors import ConfirmLink
    from tests.accounts.house import House

pytestmark = pytest.mark.timeout(60)

WEEK = timedelta(days=7)


def submit(house: House, review_id: int = 41, email: str = ADDRESS) -> int:
    """Do what the desk does with a review of somebody unknown; give the account."""
    with writing() as session:
        user = find_or_make_unconfirmed(
            session, email=email, language="hi", keys=house.keys, now=house.now
        )
        queue_confirm_link(
            session,
            user=user,
            review_id=review_id,
            listing_name="Dr Meenakshi Rawat",
            browser=house.browser,
            valid_for=WEEK,
            keys=house.keys,
            now=house.now,
        )
        return user.id


def confirm(house: House, token: str, browser: str | None) -> ConfirmLink:
    with writing() as session:
        link = use_confirm_link(
            session, token=token, browser=browser, keys=house.keys, now=house.now
        )
        confirm_user(session, session.get_one(User, link.user_id), now=house.now)
        return link


def erase(house: House, user_id: int) -> None:
    with writing() as session:
        user = session.get_one(User, user_id)
        erase_within(session, user, actor=AUTHOR, keys=house.keys, now=house.now)


def forget(house: House, user_id: int) -> None:
    with writing() as session:
        forget_unconfirmed(session, user_id, now=house.now)


def rows(*tables: type) -> list[int]:
    """Count what is stored."""
    session = db.session()
    session.rollback()
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_a_review_of_somebody_unknown_sends_one_letter(house: House) -> None:
    user_id = submit(house)

    letter = house.letters()[-1]
    assert (letter.kind, letter.address) == ("confirm-review", ADDRESS)
    assert letter.facts["listing_name"] == "Dr Meenakshi Rawat"
    assert house.user(user_id).confirmed_at is None
    assert house.acts() == []


def test_a_second_review_belongs_to_the_same_account(house: House) -> None:
    assert submit(house, 41) == submit(house, 42, email=ADDRESS.upper())


@pytest.mark.parametrize(("own", "same"), [(True, True), (False, False)])
def test_confirming_works_in_any_browser_and_says_in_which(
    house: House, *, own: bool, same: bool
) -> None:
    user_id = submit(house)

    link = confirm(house, house.letters()[-1].token, house.browser if own else new_token())

    assert (link.subject_id, link.user_id, link.same_browser) == (41, user_id, same)
    assert house.user(user_id).confirmed_at == house.now
    assert house.acts() == ["user.created"]


def test_a_confirming_link_works_once_and_for_its_time(house: House) -> None:
    submit(house, 41)
    submit(house, 42)
    first, second = (letter.token for letter in house.letters())
    confirm(house, first, house.browser)

    with pytest.raises(NotFoundError):
        confirm(house, first, house.browser)
    house.wait(WEEK)
    with pytest.raises(NotFoundError):
        confirm(house, second, house.browser)


def test_a_confirming_link_signs_nobody_in_and_shows_no_code(house: House) -> None:
    submit(house)
    token = house.letters()[-1].token

    with pytest.raises(NotFoundError):
        house.use(token)
    found = link_of(db.session(), token, browser=None, keys=house.keys, now=house.now)
    assert (found.is_bound_elsewhere, found.code) == (True, None)


def test_a_suspended_author_is_not_written_to_and_confirms_nothing(house: House) -> None:
    user_id = submit(house)
    token = house.letters()[-1].token
    operations.suspend(user_id=user_id, actor=COMMAND, now=house.now)

    submit(house, 42)

    assert len(house.letters()) == 1
    with pytest.raises(NotAllowedError):
        confirm(house, token, house.browser)


def test_an_unconfirmed_account_cannot_sign_in_before_signing_up(house: House) -> None:
    user_id = submit(house)
    house.ask()
    assert house.kinds() == ["confirm-review", "no-account"]
    with pytest.raises(NotAllowedError):
        operations.open_session(
            user_id=user_id, device=DEVICE, replaces=None, keys=house.keys, now=house.now
        )

    house.sign_up()
    opened = house.use(house.letters()[-1].token).opened

    assert opened is not None
    assert opened.user_id == user_id


def test_what_is_agreed_to_is_noted_once_for_each_text(house: House) -> None:
    made = house.make()
    purposes = [ConsentPurpose.PUBLICATION, ConsentPurpose.DISPLAY_NAME]

    for version in (1, 1, 2):
        with writing() as session:
            note_consents(
                session,
                user_id=made.user_id,
                purposes=purposes,
                text_version=version,
                now=house.now,
            )

    assert rows(Consent) == [4]
    assert house.acts().count("consent.given") == 4


def test_a_consent_is_given_and_taken_back(house: House) -> None:
    house.make()
    viewer = house.signed_in(house.sign_in().token)
    purpose = ConsentPurpose.DISPLAY_NAME

    operations.give_consent(viewer=viewer, purpose=purpose, text_version=3, now=house.now)
    operations.withdraw_consent(viewer=viewer, purpose=purpose, now=house.now)

    found = account_of(db.session(), viewer, keys=house.keys).consents
    assert [(each.purpose, each.given, each.text_version) for each in found] == [
        (purpose, False, 3)
    ]
    assert house.acts()[-2:] == ["consent.given", "consent.withdrawn"]
    with pytest.raises(NotFoundError):
        operations.withdraw_consent(viewer=viewer, purpose=purpose, now=house.now)


def test_the_account_itself_is_erased_and_not_taken_back(house: House) -> None:
    house.make()
    viewer = house.signed_in(house.sign_in().token)

    with pytest.raises(InvalidError, match="erase"):
        operations.withdraw_consent(viewer=viewer, purpose=ConsentPurpose.ACCOUNT, now=house.now)


def test_erasing_leaves_a_row_without_anything_of_the_person(house: House) -> None:
    made = house.make(Role.MODERATOR)
    enrolled, _secret = house.enrol(made)
    viewer = house.signed_in(enrolled.opened.token)
    operations.give_consent(
        viewer=viewer, purpose=ConsentPurpose.PUBLICATION, text_version=1, now=house.now
    )

    erase(house, made.user_id)

    user = house.user(made.user_id)
    kept = (user.email_sealed, user.email_hash, user.display_name, user.password_hash)
    assert kept == (None, None, None, None)
    assert (user.totp_sealed, user.totp_last_step) == (None, None)
    assert (user.state, user.erased_at) == (UserState.ERASED, house.now)
    assert rows(UserSession, SignInLink, RecoveryCode, Consent) == [0, 0, 0, 1]
    assert house.viewer(enrolled.opened.token) is None
    assert house.letters()[-1].kind == "erased"
    assert house.acts()[-1] == "user.erased"
    with pytest.raises(NotFoundError):
        account_of(db.session(), viewer, keys=house.keys)


def test_an_erased_address_may_begin_anew(house: House) -> None:
    first = house.make()
    erase(house, first.user_id)

    assert house.make().user_id != first.user_id


def test_nobody_is_written_to_once_erased(house: House) -> None:
    made = house.make()
    erase(house, made.user_id)
    before = len(house.letters())

    erase(house, made.user_id)

    assert len(house.letters()) == before


def test_an_unconfirmed_account_is_forgotten_when_nothing_is_waited_for(house: House) -> None:
    user_id = submit(house)
    forget(house, user_id)
    assert house.user(user_id).state is UserState.ACTIVE

    house.wait(WEEK)
    forget(house, user_id)
    forget(house, user_id)
    forget(house, user_id + 1)

    assert house.user(user_id).state is UserState.ERASED
    assert house.user(user_id).email_hash is None


def test_a_confirmed_account_is_not_forgotten(house: House) -> None:
    made = house.make()
    house.wait(timedelta(days=900))

    forget(house, made.user_id)

    assert house.user(made.user_id).state is UserState.ACTIVE


def test_the_export_holds_everything_of_the_account(house: House) -> None:
    house.make()
    opened = house.sign_in()
    viewer = house.signed_in(opened.token)
    operations.give_consent(
        viewer=viewer, purpose=ConsentPurpose.PUBLICATION, text_version=1, now=house.now
    )

    found = export_account(db.session(), viewer.user_id, keys=house.keys)

    then = found["created_at"]
    assert found == {
        "email": ADDRESS,
        "role": "user",
        "name": None,
        "language": "en",
        "has_password": False,
        "created_at": then,
        "confirmed_at": then,
        "sessions": [{"device": DEVICE, "signed_in_at": then, "seen_at": then, "ended_at": None}],
        "consents": [{"purpose": "publication", "given": True, "text_version": 1, "at": then}],
    }
    erase(house, viewer.user_id)
    with pytest.raises(NotFoundError):
        export_account(db.session(), viewer.user_id, keys=house.keys)


def test_pruning_forgets_what_is_over_and_nothing_else(house: House) -> None:
    house.make()
    house.sign_in()
    ended = house.sign_in()
    operations.sign_out(token=ended.token, keys=house.keys, now=house.now)
    user_id = submit(house, email="never@example.org")
    assert operations.prune_accounts(now=house.now) == 0

    house.wait(timedelta(days=8, minutes=1))
    # Three links, and the account nobody confirmed with its own.
    assert operations.prune_accounts(now=house.now) == 4
    assert house.user(user_id).state is UserState.ERASED
    assert rows(SignInLink, UserSession) == [0, 2]
    house.wait(timedelta(days=23))
    assert operations.prune_accounts(now=house.now) == 1
    house.wait(timedelta(days=60))
    assert operations.prune_accounts(now=house.now) == 1
    assert rows(UserSession) == [0]
