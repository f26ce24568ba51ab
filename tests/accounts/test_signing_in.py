"""Signing in by a link or its code: once, for a while, in the browser that asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.accounts import operations
from directory.accounts.models import LinkPurpose, Role
from directory.accounts.operations import LinkOutcome
from directory.accounts.queries import LinkView, account_of, link_of, person_by_email
from directory.accounts.tokens import new_token
from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.core.errors import InvalidError, NotAllowedError, NotFoundError, TooManyError
from tests.accounts.house import ADDRESS, PRINTED, STAFF_ADDRESS

if TYPE_CHECKING:
    from tests.accounts.house import House

pytestmark = pytest.mark.timeout(30)


def test_a_link_signs_in_once_in_the_browser_that_asked(house: House) -> None:
    made = house.make()
    house.ask(next_path="/account/reviews")
    token = house.letters()[-1].token

    used = house.use(token)

    assert used.outcome is LinkOutcome.SIGNED_IN
    assert used.next_path == "/account/reviews"
    assert used.opened is not None
    viewer = house.signed_in(used.opened.token)
    assert (viewer.user_id, viewer.role, viewer.is_strong) == (made.user_id, Role.USER, False)
    with pytest.raises(NotFoundError):
        house.use(token)


def test_a_link_leads_to_no_other_site(house: House) -> None:
    house.make()
    house.ask(next_path="//elsewhere.example/account")

    assert house.use(house.letters()[-1].token).next_path is None


def test_a_link_is_good_for_fifteen_minutes(house: House) -> None:
    house.make()
    house.ask()
    house.wait(timedelta(minutes=15))

    with pytest.raises(NotFoundError):
        house.use(house.letters()[-1].token)


def test_another_browser_is_shown_the_code_and_uses_nothing_up(house: House) -> None:
    house.make()
    house.ask()
    letter = house.letters()[-1]

    elsewhere = house.use(letter.token, browser=new_token())
    typed = house.type_code(str(elsewhere.code).lower())

    assert elsewhere.outcome is LinkOutcome.OTHER_BROWSER
    assert elsewhere.opened is None
    assert elsewhere.code == letter.facts["code"]
    assert typed.outcome is LinkOutcome.SIGNED_IN


def test_a_code_works_only_where_it_was_asked_for(house: House) -> None:
    house.make()
    house.ask()

    with pytest.raises(InvalidError):
        house.type_code(str(house.letters()[-1].facts["code"]), browser=new_token())


def test_five_wrong_codes_end_the_link(house: House) -> None:
    house.make()
    house.ask()
    letter = house.letters()[-1]
    for _ in range(5):
        with pytest.raises(InvalidError, match="not the code"):
            house.type_code("ACDEFGHJ")

    with pytest.raises(InvalidError):
        house.type_code(str(letter.facts["code"]))
    with pytest.raises(NotFoundError):
        house.use(letter.token)


def test_a_new_sign_in_ends_the_session_it_replaces(house: House) -> None:
    house.make()
    first = house.sign_in()
    house.ask()

    second = house.use(house.letters()[-1].token, replaces=first.token).opened

    assert second is not None
    assert second.token != first.token
    assert house.viewer(first.token) is None
    assert house.viewer(second.token) is not None


def test_an_unknown_address_is_told_by_letter_only(house: House) -> None:
    house.ask("nobody@example.org")

    letter = house.letters()[-1]
    assert (letter.kind, letter.address) == ("no-account", "nobody@example.org")


def test_asking_too_often_is_refused_for_known_and_unknown_alike(house: House) -> None:
    house.make()
    for email in (ADDRESS, "nobody@example.org"):
        for _ in range(5):
            house.ask(email)
        with pytest.raises(TooManyError) as refused:
            house.ask(email)
        assert 0 < refused.value.retry_after_s <= 3600


def test_a_suspended_account_hears_nothing_and_its_link_is_dead(house: House) -> None:
    made = house.make()
    house.ask()
    token = house.letters()[-1].token
    operations.suspend(user_id=made.user_id, actor=COMMAND, now=house.now)

    house.ask()

    assert house.kinds() == ["sign-in"]
    with pytest.raises(NotAllowedError):
        house.use(token)


def test_a_mailed_link_never_signs_staff_in(house: House) -> None:
    house.enrol(house.make(Role.MODERATOR))
    house.ask(STAFF_ADDRESS)
    letter = house.letters()[-1]

    used = house.use(letter.token)

    assert letter.kind == "sign-in"
    assert (used.outcome, used.opened) == (LinkOutcome.PASSWORD_NEEDED, None)


def test_staff_who_have_not_enrolled_cannot_do_so_by_a_mailed_link(house: House) -> None:
    house.make(Role.MODERATOR)
    house.ask(STAFF_ADDRESS)

    assert house.use(house.letters()[-1].token).outcome is LinkOutcome.PASSWORD_NEEDED


def test_signing_up_makes_an_account_when_the_link_is_used(house: House) -> None:
    house.sign_up()
    letter = house.letters()[-1]
    with pytest.raises(NotFoundError):
        person_by_email(db.session(), ADDRESS, keys=house.keys)

    opened = house.use(letter.token).opened

    assert letter.kind == "sign-up"
    assert opened is not None
    account = account_of(db.session(), house.signed_in(opened.token), keys=house.keys)
    assert (account.email, account.language) == (ADDRESS, "hi")
    assert [(each.purpose.value, each.text_version) for each in account.consents] == [
        ("account", 2)
    ]
    assert house.acts() == ["consent.given", "user.created"]


def test_two_links_to_sign_up_make_one_account(house: House) -> None:
    house.sign_up()
    house.sign_up()
    first, second = house.letters()

    one, two = house.use(first.token).opened, house.use(second.token).opened

    assert one is not None
    assert two is not None
    assert one.user_id == two.user_id
    assert house.acts() == ["consent.given", "user.created"]


def test_signing_up_with_an_account_sends_a_link_to_sign_in(house: House) -> None:
    house.make()

    house.sign_up()

    assert house.kinds() == ["sign-in"]


def test_nothing_is_agreed_to_unless_the_box_is_ticked(house: House) -> None:
    with pytest.raises(InvalidError) as refused:
        house.sign_up(agrees=False)

    assert refused.value.field == "agrees"
    assert house.kinds() == []


def test_a_link_says_what_it_is_for_without_being_used(house: House) -> None:
    house.make()
    house.ask(next_path="/account")
    letter = house.letters()[-1]

    def looked(browser: str | None) -> LinkView:
        return link_of(db.session(), letter.token, browser=browser, keys=house.keys, now=house.now)

    here, elsewhere = looked(house.browser), looked(None)

    assert here.purpose is LinkPurpose.SIGN_IN
    assert (here.is_bound_elsewhere, here.code, here.next_path) == (False, None, "/account")
    assert (elsewhere.is_bound_elsewhere, elsewhere.code) == (True, letter.facts["code"])
    house.use(letter.token)
    with pytest.raises(NotFoundError):
        looked(house.browser)


def test_a_printed_link_of_a_user_works_in_any_browser_for_a_day(house: House) -> None:
    made = house.make()
    house.wait(timedelta(hours=23))

    used = house.use(made.link.path.removeprefix(PRINTED), browser=new_token())

    assert used.outcome is LinkOutcome.SIGNED_IN
