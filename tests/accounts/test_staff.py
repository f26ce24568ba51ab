"""Staff: enrolled once, then always a password and a second step; a link alone opens nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.accounts import operations
from directory.accounts.models import Role
from directory.accounts.operations import LinkOutcome, PasswordOutcome
from directory.accounts.queries import Need, account_of, person
from directory.audit.models import ActorKind
from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.core.errors import InvalidError, NotAllowedError, NotFoundError, TooManyError
from tests.accounts.house import DEVICE, PASSWORD, PRINTED, STAFF_ADDRESS

if TYPE_CHECKING:
    from tests.accounts.house import House

pytestmark = pytest.mark.timeout(60)


def pass_totp(house: House, token: str, code: str, device: str = DEVICE) -> str:
    return operations.pass_totp(
        token=token, code=code, device=device, keys=house.keys, now=house.now
    ).token


def pass_recovery_code(house: House, token: str, code: str) -> str:
    return operations.pass_recovery_code(
        token=token, code=code, device=DEVICE, keys=house.keys, now=house.now
    ).token


def test_the_first_link_leads_to_enrolling_and_nothing_else(house: House) -> None:
    made = house.make(Role.MODERATOR)

    used = house.use(made.link.path.removeprefix(PRINTED))

    assert used.outcome is LinkOutcome.ENROL
    assert used.opened is not None
    assert house.viewer(used.opened.token) is None
    half = house.half(used.opened.token)
    assert half is not None
    assert (half.need, half.role, half.display_name) == (
        Need.SET_PASSWORD,
        Role.MODERATOR,
        "Meera Sen",
    )


def test_enrolling_is_password_then_app_then_signed_in(house: House) -> None:
    made = house.make(Role.ADMINISTRATOR)
    token = house.begin_enrolling(made)
    half = house.half(token)
    assert half is not None
    assert half.need is Need.SET_TOTP
    secret = house.offer(token)

    enrolled = operations.confirm_totp(
        token=token, code=house.digits(secret), device=DEVICE, keys=house.keys, now=house.now
    )

    viewer = house.signed_in(enrolled.opened.token)
    assert viewer.is_strong
    assert viewer.as_actor().kind is ActorKind.ADMINISTRATOR
    assert viewer.as_actor().id == made.user_id
    assert enrolled.opened.token != token
    assert house.half(token) is None
    assert len(set(enrolled.recovery_codes)) == 10
    assert person(db.session(), made.user_id).is_enrolled
    assert house.acts() == [
        "user.created",
        "user.password_set",
        "user.totp_enrolled",
        "user.signed_in",
    ]
    assert [letter.facts["what"] for letter in house.letters()] == [
        "password-set",
        "totp-enrolled",
        "signed-in",
    ]


def test_a_reload_while_enrolling_shows_the_same_secret(house: House) -> None:
    token = house.begin_enrolling(house.make(Role.MODERATOR))

    assert house.offer(token) == house.offer(token)


def test_wrong_digits_enrol_nobody(house: House) -> None:
    token = house.begin_enrolling(house.make(Role.MODERATOR))
    house.offer(token)

    with pytest.raises(InvalidError, match="digits"):
        operations.confirm_totp(
            token=token, code="000000", device=DEVICE, keys=house.keys, now=house.now
        )

    assert house.viewer(token) is None


def test_digits_before_any_secret_are_refused(house: House) -> None:
    token = house.begin_enrolling(house.make(Role.MODERATOR))

    with pytest.raises(NotAllowedError):
        operations.confirm_totp(
            token=token, code="000000", device=DEVICE, keys=house.keys, now=house.now
        )


def test_enrolling_begins_anew_with_another_link(house: House) -> None:
    made = house.make(Role.MODERATOR)
    old = house.begin_enrolling(made)
    again = operations.make_link(
        user_id=made.user_id, actor=COMMAND, keys=house.keys, now=house.now
    )

    used = house.use(again.path.removeprefix(PRINTED))

    assert used.opened is not None
    half = house.half(used.opened.token)
    assert half is not None
    assert half.need is Need.SET_PASSWORD
    assert house.half(old) is None


@pytest.mark.parametrize("step", ["set_first_password", "offer_totp", "confirm_totp", "pass_totp"])
def test_no_step_is_taken_without_half_a_session(house: House, step: str) -> None:
    more = {
        "set_first_password": {"password": PASSWORD},
        "offer_totp": {"site_name": "Directory"},
        "confirm_totp": {"code": "123456", "device": DEVICE},
        "pass_totp": {"code": "123456", "device": DEVICE},
    }
    house.make()
    user = house.sign_in()

    for token in (None, "unknown", user.token):
        with pytest.raises(NotAllowedError):
            getattr(operations, step)(token=token, keys=house.keys, now=house.now, **more[step])


def test_no_step_of_enrolling_is_taken_twice(house: House) -> None:
    enrolled, secret = house.enrol(house.make(Role.MODERATOR))
    half = house.give_password(STAFF_ADDRESS).opened.token

    with pytest.raises(NotAllowedError):
        operations.set_first_password(token=half, password=PASSWORD, keys=house.keys, now=house.now)
    with pytest.raises(NotAllowedError):
        house.offer(half)
    with pytest.raises(NotAllowedError):
        operations.confirm_totp(
            token=half, code=house.digits(secret), device=DEVICE, keys=house.keys, now=house.now
        )
    with pytest.raises(NotAllowedError):
        pass_totp(house, enrolled.opened.token, house.digits(secret))


def test_a_password_alone_is_half_a_session(house: House) -> None:
    house.enrol(house.make(Role.MODERATOR))

    used = house.give_password(STAFF_ADDRESS)

    assert used.outcome is PasswordOutcome.SECOND_STEP
    assert house.viewer(used.opened.token) is None


def test_the_second_step_makes_it_whole_under_a_new_token(house: House) -> None:
    _enrolled, secret = house.enrol(house.make(Role.MODERATOR))
    house.wait(timedelta(minutes=2))
    half = house.give_password(STAFF_ADDRESS).opened

    token = pass_totp(house, half.token, house.digits(secret))

    assert house.signed_in(token).is_strong
    assert house.half(half.token) is None
    assert house.kinds().count("security") == 3


def test_a_new_device_is_told_of_by_letter(house: House) -> None:
    _enrolled, secret = house.enrol(house.make(Role.MODERATOR))
    house.wait(timedelta(minutes=2))
    half = house.give_password(STAFF_ADDRESS).opened

    pass_totp(house, half.token, house.digits(secret), device="Safari on Mac")

    assert house.letters()[-1].facts["what"] == "signed-in"


def test_digits_are_never_accepted_twice(house: House) -> None:
    _enrolled, secret = house.enrol(house.make(Role.MODERATOR))
    half = house.give_password(STAFF_ADDRESS).opened

    with pytest.raises(InvalidError):
        pass_totp(house, half.token, house.digits(secret))


def test_half_a_session_ends_after_fifteen_minutes(house: House) -> None:
    _enrolled, secret = house.enrol(house.make(Role.MODERATOR))
    half = house.give_password(STAFF_ADDRESS).opened
    house.wait(timedelta(minutes=15))

    with pytest.raises(NotAllowedError):
        pass_totp(house, half.token, house.digits(secret))


def test_ten_wrong_digits_must_wait(house: House) -> None:
    house.enrol(house.make(Role.MODERATOR))
    half = house.give_password(STAFF_ADDRESS).opened
    for _ in range(9):
        with pytest.raises(InvalidError):
            pass_totp(house, half.token, "000000")

    with pytest.raises(TooManyError):
        pass_totp(house, half.token, "000000")


def test_a_recovery_code_works_once(house: House) -> None:
    enrolled, _secret = house.enrol(house.make(Role.MODERATOR))
    code = enrolled.recovery_codes[3]
    half = house.give_password(STAFF_ADDRESS).opened

    token = pass_recovery_code(house, half.token, f" {code.lower()} ")

    viewer = house.signed_in(token)
    assert account_of(db.session(), viewer, keys=house.keys).recovery_codes_left == 9
    assert "user.recovery_used" in house.acts()
    assert "recovery-used" in [letter.facts["what"] for letter in house.letters()]
    again = house.give_password(STAFF_ADDRESS).opened
    with pytest.raises(InvalidError):
        pass_recovery_code(house, again.token, code)


def test_new_recovery_codes_end_the_old_ones(house: House) -> None:
    enrolled, _secret = house.enrol(house.make(Role.MODERATOR))
    viewer = house.signed_in(enrolled.opened.token)

    codes = operations.make_recovery_codes(viewer=viewer, keys=house.keys, now=house.now)

    half = house.give_password(STAFF_ADDRESS).opened
    with pytest.raises(InvalidError):
        pass_recovery_code(house, half.token, enrolled.recovery_codes[0])
    assert pass_recovery_code(house, half.token, codes[0])


def test_a_user_has_no_recovery_codes(house: House) -> None:
    house.make()
    viewer = house.signed_in(house.sign_in().token)

    with pytest.raises(NotAllowedError):
        operations.make_recovery_codes(viewer=viewer, keys=house.keys, now=house.now)


def test_a_session_of_staff_ends_after_an_idle_hour(house: House) -> None:
    enrolled, _secret = house.enrol(house.make(Role.MODERATOR))
    house.wait(timedelta(minutes=59))
    viewer = house.signed_in(enrolled.opened.token)
    assert viewer.touch_due

    operations.touch_session(viewer=viewer, now=house.now)
    house.wait(timedelta(minutes=59))
    assert house.viewer(enrolled.opened.token) is not None
    house.wait(timedelta(minutes=1))
    assert house.viewer(enrolled.opened.token) is None


def test_a_session_of_staff_ends_after_twelve_hours_however_busy(house: House) -> None:
    enrolled, _secret = house.enrol(house.make(Role.MODERATOR))
    for _ in range(23):
        house.wait(timedelta(minutes=30))
        viewer = house.signed_in(enrolled.opened.token)
        operations.touch_session(viewer=viewer, now=house.now)

    house.wait(timedelta(minutes=30))

    assert house.viewer(enrolled.opened.token) is None


def test_a_member_of_staff_is_never_signed_in_by_confirming_a_review(house: House) -> None:
    made = house.make(Role.MODERATOR)

    with pytest.raises(NotAllowedError):
        operations.open_session(
            user_id=made.user_id, device=DEVICE, replaces=None, keys=house.keys, now=house.now
        )


def test_a_promoted_user_needs_a_link_and_loses_what_they_had(house: House) -> None:
    made = house.make()
    opened = house.sign_in()
    viewer = house.signed_in(opened.token)
    operations.set_password(
        viewer=viewer, current=None, password=PASSWORD, keys=house.keys, now=house.now
    )

    operations.change_role(
        user_id=made.user_id,
        role=Role.MODERATOR,
        name="Asha Rao",
        actor=COMMAND,
        now=house.now,
    )

    assert house.viewer(opened.token) is None
    with pytest.raises(InvalidError):
        house.give_password("asha.rao@example.org")
    assert not person(db.session(), made.user_id).is_enrolled


def test_lost_keys_are_reset_by_an_administrator(house: House) -> None:
    made = house.make(Role.MODERATOR)
    enrolled, _secret = house.enrol(made)

    operations.reset_enrolment(user_id=made.user_id, actor=COMMAND, now=house.now)
    link = operations.make_link(user_id=made.user_id, actor=COMMAND, keys=house.keys, now=house.now)

    assert house.viewer(enrolled.opened.token) is None
    with pytest.raises(InvalidError):
        house.give_password(STAFF_ADDRESS)
    assert house.use(link.path.removeprefix(PRINTED)).outcome is LinkOutcome.ENROL


def test_a_link_for_enrolled_staff_asks_for_the_password(house: House) -> None:
    made = house.make(Role.MODERATOR)
    house.enrol(made)
    link = operations.make_link(user_id=made.user_id, actor=COMMAND, keys=house.keys, now=house.now)

    assert house.use(link.path.removeprefix(PRINTED)).outcome is LinkOutcome.PASSWORD_NEEDED


def test_a_new_printed_link_ends_the_old_one(house: House) -> None:
    made = house.make(Role.MODERATOR)
    operations.make_link(user_id=made.user_id, actor=COMMAND, keys=house.keys, now=house.now)

    with pytest.raises(NotFoundError):
        house.use(made.link.path.removeprefix(PRINTED))


def test_half_a_session_of_a_suspended_colleague_is_dead(house: House) -> None:
    made = house.make(Role.MODERATOR)
    _enrolled, secret = house.enrol(made)
    half = house.give_password(STAFF_ADDRESS).opened
    operations.suspend(user_id=made.user_id, actor=COMMAND, now=house.now)

    with pytest.raises(NotAllowedError):
        pass_totp(house, half.token, house.digits(secret))
