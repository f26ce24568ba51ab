"""Sessions: listed, ended one by one or all at once, and kept alive by being used."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.accounts import operations
from directory.accounts.models import Role
from directory.accounts.queries import account_of, sessions_of
from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.core.errors import InvalidError, NotAllowedError, NotFoundError
from tests.accounts.house import DEVICE

if TYPE_CHECKING:
    from tests.accounts.house import House

pytestmark = pytest.mark.timeout(60)


def test_sessions_are_listed_with_device_and_times(house: House) -> None:
    house.make()
    first = house.sign_in()
    house.wait(timedelta(hours=1))
    second = house.sign_in()

    listed = sessions_of(db.session(), house.signed_in(second.token), now=house.now)

    assert [(each.id, each.device, each.is_this) for each in listed] == [
        (second.session_id, DEVICE, True),
        (first.session_id, DEVICE, False),
    ]
    assert [each.seen_at for each in listed] == [house.now, house.now - timedelta(hours=1)]


def test_one_session_is_ended_and_the_other_stays(house: House) -> None:
    house.make()
    first, second = house.sign_in(), house.sign_in()
    viewer = house.signed_in(second.token)

    operations.revoke_session(viewer=viewer, session_id=first.session_id, now=house.now)

    assert house.viewer(first.token) is None
    assert house.viewer(second.token) is not None
    with pytest.raises(NotFoundError):
        operations.revoke_session(viewer=viewer, session_id=first.session_id, now=house.now)


def test_nobody_ends_the_session_of_somebody_else(house: House) -> None:
    house.make()
    house.make(email="other@example.org")
    other = house.sign_in("other@example.org")
    viewer = house.signed_in(house.sign_in().token)

    with pytest.raises(NotFoundError):
        operations.revoke_session(viewer=viewer, session_id=other.session_id, now=house.now)

    assert house.viewer(other.token) is not None


def test_all_others_are_ended_at_once(house: House) -> None:
    house.make()
    tokens = [house.sign_in().token for _ in range(3)]

    ended = operations.revoke_others(viewer=house.signed_in(tokens[2]), now=house.now)

    assert ended == 2
    assert [house.viewer(token) is None for token in tokens] == [True, True, False]


def test_what_staff_end_is_recorded_and_what_users_end_is_not(house: House) -> None:
    house.make()
    house.sign_in()
    operations.revoke_others(viewer=house.signed_in(house.sign_in().token), now=house.now)
    assert "session.revoked" not in house.acts()
    enrolled, _secret = house.enrol(house.make(Role.MODERATOR))

    operations.revoke_session(
        viewer=house.signed_in(enrolled.opened.token),
        session_id=enrolled.opened.session_id,
        now=house.now,
    )

    assert house.acts()[-1] == "session.revoked"


def test_signing_out_ends_the_session(house: House) -> None:
    house.make()
    opened = house.sign_in()

    operations.sign_out(token=opened.token, keys=house.keys, now=house.now)
    operations.sign_out(token=None, keys=house.keys, now=house.now)

    assert house.viewer(opened.token) is None


def test_a_session_lasts_thirty_days_since_it_was_seen(house: House) -> None:
    house.make()
    opened = house.sign_in()
    house.wait(timedelta(days=29))
    operations.touch_session(viewer=house.signed_in(opened.token), now=house.now)
    house.wait(timedelta(days=29))
    assert house.viewer(opened.token) is not None

    house.wait(timedelta(days=1))

    assert house.viewer(opened.token) is None


def test_a_session_is_noted_as_seen_every_five_minutes_only(house: House) -> None:
    house.make()
    opened = house.sign_in()
    assert not house.signed_in(opened.token).touch_due

    house.wait(timedelta(minutes=5))

    assert house.signed_in(opened.token).touch_due


def test_a_session_that_was_ended_is_not_seen_again(house: House) -> None:
    house.make()
    opened = house.sign_in()
    viewer = house.signed_in(opened.token)
    operations.sign_out(token=opened.token, keys=house.keys, now=house.now)

    operations.touch_session(viewer=viewer, now=house.now)

    assert house.viewer(opened.token) is None


def test_suspension_ends_every_session_and_restoring_brings_none_back(house: House) -> None:
    made = house.make()
    opened = house.sign_in()

    operations.suspend(user_id=made.user_id, actor=COMMAND, now=house.now)
    operations.restore(user_id=made.user_id, actor=COMMAND, now=house.now)

    assert house.viewer(opened.token) is None
    assert house.viewer(house.sign_in().token) is not None


def test_confirming_in_the_same_browser_signs_a_user_in(house: House) -> None:
    made = house.make()

    opened = operations.open_session(
        user_id=made.user_id, device=DEVICE, replaces=None, keys=house.keys, now=house.now
    )

    assert house.signed_in(opened.token).user_id == made.user_id


def test_an_account_that_does_not_work_gets_no_session(house: House) -> None:
    made = house.make()
    operations.suspend(user_id=made.user_id, actor=COMMAND, now=house.now)

    for user_id in (made.user_id, made.user_id + 1):
        with pytest.raises(NotAllowedError):
            operations.open_session(
                user_id=user_id, device=DEVICE, replaces=None, keys=house.keys, now=house.now
            )


def test_no_cookie_is_nobody(house: House) -> None:
    assert house.viewer("") is None
    assert house.viewer("unknown") is None
    assert house.half("unknown") is None


def test_the_language_of_letters_is_chosen(house: House) -> None:
    house.make()
    viewer = house.signed_in(house.sign_in().token)

    operations.set_language(viewer=viewer, language="hi", now=house.now)

    assert account_of(db.session(), viewer, keys=house.keys).language == "hi"
    with pytest.raises(InvalidError):
        operations.set_language(viewer=viewer, language="fr", now=house.now)
