"""Rules without a database: addresses, passwords, names, paths, and who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.accounts.models import Role, UserState
from directory.accounts.policy import (
    ANONYMOUS,
    Viewer,
    actor_of,
    check_password_rule,
    clean_language,
    clean_name,
    normal_email,
    require_administrator,
    require_staff,
    safe_next_path,
)
from directory.audit.models import ActorKind
from directory.audit.policy import AUTHOR, COMMAND
from directory.core.errors import InvalidError, NotAllowedError

if TYPE_CHECKING:
    from directory.audit.policy import Actor

ADDRESSES = {
    "asha@example.org": "asha@example.org",
    "  Asha.Rao+List@Example.ORG ": "asha.rao+list@example.org",
    "asha@bücher.example": "asha@xn--bcher-kva.example",
    "आशा@example.org": "आशा@example.org",
    "o'neil@a-b.co.in": "o'neil@a-b.co.in",
}
NO_ADDRESSES = {
    "nothing": "",
    "no at": "asha.example.org",
    "no name": "@example.org",
    "no domain": "asha@",
    "one label": "asha@localhost",
    "a number at the end": "asha@10.0.0.1",
    "two at": "asha@home@example.org",
    "two dots": "asha..rao@example.org",
    "a dot at the end": "asha@example.org.",
    "a hyphen first": "asha@-example.org",
    "a space": "asha rao@example.org",
    "two addresses": "asha@example.org,b@example.org",
    "a line": "asha@example.org\nBcc: all@example.org",
    "a name before it": "Asha <asha@example.org>",
    "an underscore in the domain": "asha@exa_mple.org",
    "an endless label": f"asha@{'a' * 64}.org",
    "longer than 64 before the at": f"{'a' * 65}@example.org",
    "longer than 254": f"asha@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org",
}


@pytest.mark.parametrize(("typed", "kept"), ADDRESSES.items())
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert normal_email(typed) == kept
    assert normal_email(kept) == kept


@pytest.mark.parametrize("typed", NO_ADDRESSES.values(), ids=NO_ADDRESSES.keys())
def test_what_is_no_address_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(InvalidError) as refused:
        normal_email(typed)

    assert refused.value.field == "email"
    assert "asha" not in refused.value.message


@given(st.text(max_size=300))
def test_any_text_is_an_address_in_normal_form_or_refused(typed: str) -> None:
    try:
        email = normal_email(typed)
    except InvalidError:
        return
    assert normal_email(email) == email
    assert len(email.encode()) <= 254
    assert not any(letter.isspace() for letter in email)


@pytest.mark.parametrize(
    "password",
    [
        "four quiet mango trees",
        "मेरा लंबा पासवर्ड",
        "xK4#mPq9vZ2!",
        "दिल्ली 6 की गलियाँ",
        "a" * 3 + "Wj8&kd0Lq",
    ],
)
def test_a_long_and_rare_password_is_taken(password: str) -> None:
    check_password_rule(password, "asha.rao@example.org")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short one", "at least 10"),
        ("x" * 201, "at most 200"),
        ("password123", "easy to guess"),
        ("qwertyuiop", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("1234567890", "easy to guess"),
        ("asha.rao is my name", "e-mail address"),
        ("xx ASHA.RAO@example.org", "e-mail address"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(password: str, words: str) -> None:
    with pytest.raises(InvalidError, match=words) as refused:
        check_password_rule(password, "asha.rao@example.org")

    assert refused.value.field == "password"


def test_a_name_is_one_line_of_letters() -> None:
    assert clean_name("  Meera \n Sen ") == "Meera Sen"
    assert clean_name("मीरा सेन") == "मीरा सेन"
    for wrong in ("", "M", "x" * 81, "meera@example.org", "Meera\u202eSen", "Me\u0000ra"):
        with pytest.raises(InvalidError):
            clean_name(wrong)


def test_letters_are_written_in_two_languages() -> None:
    assert [clean_language(language) for language in ("en", "hi")] == ["en", "hi"]
    with pytest.raises(InvalidError):
        clean_language("fr")


@pytest.mark.parametrize(
    ("asked", "given_on"),
    [
        ("/account/reviews", "/account/reviews"),
        ("/search?q=sleep&near=rk-puram", "/search?q=sleep&near=rk-puram"),
        (None, None),
        ("", None),
        ("account", None),
        ("//elsewhere.example", None),
        ("/\\elsewhere.example", None),
        ("https://elsewhere.example/", None),
        ("/a\nSet-Cookie: x", None),
        ("/" + "a" * 200, None),
    ],
)
def test_only_a_path_of_this_site_is_gone_on_to(asked: str | None, given_on: str | None) -> None:
    assert safe_next_path(asked) == given_on


def viewer(role: Role, *, is_strong: bool = True) -> Viewer:
    return Viewer(7, role, UserState.ACTIVE, 1, is_strong, "Meera Sen")


def test_staff_act_under_their_id_and_users_under_none() -> None:
    moderator = viewer(Role.MODERATOR).as_actor()

    assert (moderator.kind, moderator.id, moderator.name) == (
        ActorKind.MODERATOR,
        7,
        "Meera Sen",
    )
    assert viewer(Role.USER).as_actor() == AUTHOR
    assert actor_of(Role.USER, 7) == AUTHOR
    assert actor_of(Role.ADMINISTRATOR, 7).kind is ActorKind.ADMINISTRATOR
    assert ANONYMOUS is None


@pytest.mark.parametrize(
    ("somebody", "may"),
    [
        (viewer(Role.USER), False),
        (viewer(Role.MODERATOR, is_strong=False), False),
        (viewer(Role.MODERATOR), True),
        (viewer(Role.ADMINISTRATOR), True),
    ],
)
def test_staff_need_both_steps(somebody: Viewer, *, may: bool) -> None:
    if may:
        require_staff(somebody)
        return
    with pytest.raises(NotAllowedError):
        require_staff(somebody)


@pytest.mark.parametrize(
    ("actor", "user_id", "may"),
    [
        (COMMAND, 7, True),
        (viewer(Role.ADMINISTRATOR).as_actor(), 8, True),
        (viewer(Role.ADMINISTRATOR).as_actor(), 7, False),
        (viewer(Role.MODERATOR).as_actor(), 8, False),
        (AUTHOR, 8, False),
    ],
)
def test_administrators_manage_others(actor: Actor, user_id: int, *, may: bool) -> None:
    if may:
        require_administrator(actor, user_id)
        return
    with pytest.raises(NotAllowedError):
        require_administrator(actor, user_id)
