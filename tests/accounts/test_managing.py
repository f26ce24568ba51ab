"""What administrators and commands do with accounts, and what nobody may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.accounts import operations
from directory.accounts.authors import erase_within
from directory.accounts.models import Role, User, UserState
from directory.accounts.queries import account_of, people, person, person_by_email
from directory.audit.models import ActorKind
from directory.audit.policy import AUTHOR, CLOCK, COMMAND, READER, Actor
from directory.core.db import db, writing
from directory.core.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from tests.accounts.house import ADDRESS, STAFF_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.accounts.house import House

    Act = Callable[[House, Actor, int], object]

pytestmark = pytest.mark.timeout(60)

ADMINISTRATOR = Actor(ActorKind.ADMINISTRATOR, 900)
NOT_ALLOWED = [AUTHOR, READER, CLOCK, Actor(ActorKind.MODERATOR, 901)]


def create(house: House, actor: Actor, user_id: int) -> object:
    return operations.create_user(
        email="new@example.org",
        role=Role.USER,
        name=None,
        language="en",
        actor=actor,
        keys=house.keys,
        now=house.now,
    )


def change_role(house: House, actor: Actor, user_id: int) -> None:
    operations.change_role(
        user_id=user_id, role=Role.MODERATOR, name="Asha", actor=actor, now=house.now
    )


def suspend(house: House, actor: Actor, user_id: int) -> None:
    operations.suspend(user_id=user_id, actor=actor, now=house.now)


def restore(house: House, actor: Actor, user_id: int) -> None:
    operations.restore(user_id=user_id, actor=actor, now=house.now)


def make_link(house: House, actor: Actor, user_id: int) -> object:
    return operations.make_link(user_id=user_id, actor=actor, keys=house.keys, now=house.now)


def reset(house: House, actor: Actor, user_id: int) -> None:
    operations.reset_enrolment(user_id=user_id, actor=actor, now=house.now)


def contact(house: House, actor: Actor, user_id: int) -> object:
    return operations.contact_of(user_id=user_id, actor=actor, keys=house.keys, now=house.now)


ACTS = {
    "user.created": create,
    "user.role_changed": change_role,
    "user.suspended": suspend,
    "user.restored": restore,
    "user.link_made": make_link,
    "user.enrolment_reset": reset,
    "contact.read": contact,
}


@pytest.mark.parametrize(("name", "act"), ACTS.items(), ids=ACTS.keys())
def test_an_administrator_may_and_it_is_recorded(house: House, name: str, act: Act) -> None:
    made = house.make()
    if act is restore:
        suspend(house, COMMAND, made.user_id)

    act(house, ADMINISTRATOR, made.user_id)

    assert house.acts()[-1] == name


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
@pytest.mark.parametrize("actor", NOT_ALLOWED, ids=lambda actor: actor.kind.value)
def test_nobody_else_may(house: House, actor: Actor, act: Act) -> None:
    made = house.make()

    with pytest.raises(NotAllowedError):
        act(house, actor, made.user_id)

    assert house.acts() == ["user.created"]


@pytest.mark.parametrize(
    "act", [change_role, suspend, restore, make_link, reset], ids=lambda act: act.__name__
)
def test_nobody_does_it_to_their_own_account(house: House, act: Act) -> None:
    made = house.make(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowedError, match="your own"):
        act(house, Actor(ActorKind.ADMINISTRATOR, made.user_id), made.user_id)


@pytest.mark.parametrize(
    "act",
    [change_role, suspend, restore, make_link, reset, contact],
    ids=lambda act: act.__name__,
)
def test_an_account_that_is_gone_is_not_found(house: House, act: Act) -> None:
    made = house.make()
    with writing() as session:
        user = session.get_one(User, made.user_id)
        erase_within(session, user, actor=AUTHOR, keys=house.keys, now=house.now)

    for user_id in (made.user_id, made.user_id + 1):
        with pytest.raises(NotFoundError):
            act(house, COMMAND, user_id)


def test_an_address_has_one_account_however_it_is_written(house: House) -> None:
    house.make()

    with pytest.raises(ConflictError, match="already"):
        house.make(email=f"  {ADDRESS.upper()} ")


@pytest.mark.parametrize(
    ("email", "name", "language", "field"),
    [
        ("no address", "Meera", "en", "email"),
        (ADDRESS, None, "en", "name"),
        (ADDRESS, "M", "en", "name"),
        (ADDRESS, "Meera", "fr", "language"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    house: House, email: str, name: str | None, language: str, field: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        operations.create_user(
            email=email,
            role=Role.MODERATOR,
            name=name,
            language=language,
            actor=COMMAND,
            keys=house.keys,
            now=house.now,
        )

    assert refused.value.field == field
    assert ADDRESS not in refused.value.message


def test_a_change_that_changes_nothing_is_refused(house: House) -> None:
    made = house.make(Role.MODERATOR)

    with pytest.raises(ConflictError):
        change_role(house, COMMAND, made.user_id)
    with pytest.raises(ConflictError):
        restore(house, COMMAND, made.user_id)
    suspend(house, COMMAND, made.user_id)
    with pytest.raises(ConflictError):
        suspend(house, COMMAND, made.user_id)
    with pytest.raises(ConflictError, match="restore it first"):
        make_link(house, COMMAND, made.user_id)


def test_a_moderator_becomes_administrator_and_keeps_their_keys(house: House) -> None:
    made = house.make(Role.MODERATOR)
    enrolled, _secret = house.enrol(made)

    operations.change_role(
        user_id=made.user_id, role=Role.ADMINISTRATOR, name=None, actor=COMMAND, now=house.now
    )

    found = person(db.session(), made.user_id)
    assert (found.role, found.is_enrolled, found.display_name) == (
        Role.ADMINISTRATOR,
        True,
        "Meera Sen",
    )
    assert house.viewer(enrolled.opened.token) is None


def test_who_leaves_the_desk_keeps_a_plain_account(house: House) -> None:
    made = house.make(Role.MODERATOR)
    house.enrol(made)

    operations.change_role(
        user_id=made.user_id, role=Role.USER, name=None, actor=COMMAND, now=house.now
    )

    assert not house.signed_in(house.sign_in(STAFF_ADDRESS).token).is_strong


def test_a_user_promoted_without_a_name_is_refused(house: House) -> None:
    made = house.make()

    with pytest.raises(InvalidError):
        operations.change_role(
            user_id=made.user_id, role=Role.MODERATOR, name=None, actor=COMMAND, now=house.now
        )

    assert house.user(made.user_id).role is Role.USER


def test_reading_an_address_is_an_act(house: House) -> None:
    made = house.make()

    assert contact(house, ADMINISTRATOR, made.user_id) == ADDRESS
    assert house.acts() == ["user.created", "contact.read"]


def test_people_are_listed_newest_first_without_addresses(house: House) -> None:
    house.make()
    house.make(Role.MODERATOR)

    everybody = people(db.session())
    staff = people(db.session(), roles=[Role.MODERATOR, Role.ADMINISTRATOR])
    second = people(db.session(), page=2, per_page=1)

    assert [(each.role, each.display_name) for each in everybody.items] == [
        (Role.MODERATOR, "Meera Sen"),
        (Role.USER, None),
    ]
    assert (staff.total, len(staff.items)) == (1, 1)
    assert (second.total, [each.role for each in second.items]) == (2, [Role.USER])
    assert "example.org" not in repr(everybody)


def test_an_account_is_found_by_its_address(house: House) -> None:
    made = house.make()

    found = person_by_email(db.session(), ADDRESS.upper(), keys=house.keys)

    assert (found.user_id, found.state, found.is_confirmed) == (
        made.user_id,
        UserState.ACTIVE,
        True,
    )
    with pytest.raises(NotFoundError):
        person_by_email(db.session(), "nobody@example.org", keys=house.keys)
    with pytest.raises(NotFoundError):
        person(db.session(), made.user_id + 1)


def test_ones_own_account_is_never_in_a_log_line(house: House) -> None:
    house.make()
    account = account_of(db.session(), house.signed_in(house.sign_in().token), keys=house.keys)

    assert account.email == ADDRESS
    assert "asha" not in repr(account)
