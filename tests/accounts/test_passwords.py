"""Passwords: added by who wants one, one sentence for all that does not fit, renewed quietly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from directory.accounts import operations
from directory.accounts.authors import erase_within
from directory.accounts.models import User
from directory.accounts.operations import PasswordOutcome
from directory.accounts.passwords import hash_password, is_password, needs_new_hash
from directory.audit.policy import AUTHOR, COMMAND
from directory.core.db import writing
from directory.core.errors import InvalidError, NotAllowedError, TooManyError
from tests.accounts.house import ADDRESS, OTHER_PASSWORD, PASSWORD

if TYPE_CHECKING:
    from directory.accounts.policy import Viewer
    from tests.accounts.house import House

pytestmark = pytest.mark.timeout(60)


def set_password(
    house: House, viewer: Viewer, password: str = PASSWORD, current: str | None = None
) -> None:
    operations.set_password(
        viewer=viewer, current=current, password=password, keys=house.keys, now=house.now
    )


@pytest.fixture
def viewer(house: House) -> Viewer:
    """Give a user who signed in by a link."""
    house.make()
    return house.signed_in(house.sign_in().token)


def test_a_password_may_be_added_and_signs_a_user_in(house: House, viewer: Viewer) -> None:
    set_password(house, viewer)

    used = house.give_password(ADDRESS.upper())

    assert used.outcome is PasswordOutcome.SIGNED_IN
    assert house.signed_in(used.opened.token).user_id == viewer.user_id
    assert house.letters()[-1].facts["what"] == "password-set"
    assert house.acts()[-1] == "user.password_set"


def test_a_new_password_ends_every_other_session(house: House, viewer: Viewer) -> None:
    other = house.sign_in()

    set_password(house, viewer)

    assert house.viewer(other.token) is None


def test_what_does_not_fit_gets_one_sentence(house: House, viewer: Viewer) -> None:
    sentences = set()
    tries = [("nobody@example.org", PASSWORD), (ADDRESS, PASSWORD)]
    for email, password in tries:
        with pytest.raises(InvalidError) as refused:
            house.give_password(email, password)
        sentences.add((refused.value.field, refused.value.message))
    set_password(house, viewer)
    operations.suspend(user_id=viewer.user_id, actor=COMMAND, now=house.now)
    for password in (OTHER_PASSWORD, PASSWORD):
        with pytest.raises(InvalidError) as refused:
            house.give_password(ADDRESS, password)
        sentences.add((refused.value.field, refused.value.message))

    assert len(sentences) == 1


def test_ten_tries_for_one_address_must_wait(house: House) -> None:
    for _ in range(10):
        with pytest.raises(InvalidError):
            house.give_password("nobody@example.org")

    with pytest.raises(TooManyError):
        house.give_password("nobody@example.org")


def test_the_present_password_is_asked_for_after_a_while(house: House, viewer: Viewer) -> None:
    set_password(house, viewer)
    house.wait(timedelta(minutes=15))

    for wrong in (None, OTHER_PASSWORD):
        with pytest.raises(InvalidError) as refused:
            set_password(house, viewer, OTHER_PASSWORD, current=wrong)
        assert refused.value.field == "current"
    set_password(house, viewer, OTHER_PASSWORD, current=PASSWORD)

    assert house.give_password(ADDRESS, OTHER_PASSWORD).outcome is PasswordOutcome.SIGNED_IN


def test_who_forgot_it_signs_in_by_a_link_and_sets_another(house: House, viewer: Viewer) -> None:
    set_password(house, viewer)
    house.wait(timedelta(days=1))

    set_password(house, house.signed_in(house.sign_in().token), OTHER_PASSWORD)

    assert house.give_password(ADDRESS, OTHER_PASSWORD).outcome is PasswordOutcome.SIGNED_IN


def test_a_weak_password_is_refused(house: House, viewer: Viewer) -> None:
    with pytest.raises(InvalidError) as refused:
        set_password(house, viewer, "password12")

    assert refused.value.field == "password"


def test_an_erased_account_gets_no_password(house: House, viewer: Viewer) -> None:
    with writing() as session:
        user = session.get_one(User, viewer.user_id)
        erase_within(session, user, actor=AUTHOR, keys=house.keys, now=house.now)

    with pytest.raises(NotAllowedError):
        set_password(house, viewer)


def test_a_hash_of_older_parameters_is_renewed_when_it_is_used(
    house: House, viewer: Viewer
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with writing() as session:
        session.get_one(User, viewer.user_id).password_hash = weak

    house.give_password(ADDRESS)

    stored = house.user(viewer.user_id).password_hash
    assert stored is not None
    assert not needs_new_hash(stored)
    assert house.give_password(ADDRESS).outcome is PasswordOutcome.SIGNED_IN


def test_a_hash_is_argon2id_and_fits_its_password_only() -> None:
    stored = hash_password(PASSWORD)

    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert len(stored) <= 200
    assert is_password(stored, PASSWORD)
    assert not is_password(stored, OTHER_PASSWORD)
    assert not is_password(None, "nobody has this password")
    assert not is_password("no hash at all", PASSWORD)
