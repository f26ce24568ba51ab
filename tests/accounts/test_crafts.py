"""Keys, tokens, digits and device names: what is made, and what it never gives away."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest

from directory.accounts.device import device_label
from directory.accounts.keys import Keys, SealBrokenError
from directory.accounts.tokens import (
    LETTERS,
    code_of,
    new_recovery_code,
    new_token,
    plain_code,
    shown_code,
)
from directory.accounts.totp import new_secret, offer_of, step_of

KEYS = Keys.from_secret("one secret")
OTHERS = Keys.from_secret("another secret")
ADDRESS = "asha.rao@example.org"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_is_sealed_opens_for_its_purpose_only() -> None:
    sealed = KEYS.seal("email", ADDRESS)

    assert KEYS.open("email", sealed) == ADDRESS
    assert Keys.from_secret("one secret").open("email", sealed) == ADDRESS
    for keys, purpose in ((KEYS, "totp"), (OTHERS, "email")):
        with pytest.raises(SealBrokenError):
            keys.open(purpose, sealed)


def test_a_seal_shows_nothing_and_is_never_the_same() -> None:
    sealed = KEYS.seal("email", ADDRESS)

    assert b"asha" not in sealed
    assert sealed != KEYS.seal("email", ADDRESS)


@pytest.mark.parametrize("place", [0, 1, 12, 13, -1])
def test_one_changed_byte_breaks_a_seal(place: int) -> None:
    sealed = bytearray(KEYS.seal("email", ADDRESS))
    sealed[place] ^= 1

    with pytest.raises(SealBrokenError):
        KEYS.open("email", bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01short", b"\x02" + bytes(60)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(SealBrokenError):
        KEYS.open("email", sealed)


def test_keys_are_in_no_repr() -> None:
    assert repr(KEYS) == "Keys()"


def test_an_address_is_found_however_it_is_typed_and_only_with_the_key() -> None:
    assert KEYS.lookup_hash(f" {ADDRESS.upper()}") == KEYS.lookup_hash(ADDRESS)
    assert KEYS.lookup_hash(ADDRESS) != OTHERS.lookup_hash(ADDRESS)
    assert re.fullmatch(r"[0-9a-f]{64}", KEYS.lookup_hash(ADDRESS))
    assert KEYS.token_hash(ADDRESS) != KEYS.lookup_hash(ADDRESS)


def test_a_network_cannot_be_followed_from_day_to_day() -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)

    assert KEYS.network_hash("203.0.113.7", monday) == KEYS.network_hash("203.0.113.7", monday)
    assert KEYS.network_hash("203.0.113.7", monday) != KEYS.network_hash("203.0.113.7", tuesday)
    assert len(KEYS.network_hash("203.0.113.7", monday)) == 64


def test_a_token_is_long_and_a_code_has_no_letters_that_look_alike() -> None:
    token = new_token()

    assert len(token) == 43
    assert token != new_token()
    assert len(code_of(token, KEYS)) == 8
    assert code_of(token, KEYS) == code_of(token, KEYS) != code_of(token, OTHERS)
    assert set(code_of(token, KEYS) + new_recovery_code()) <= set(LETTERS)
    assert not set("0O1IL2Z5S8BU") & set(LETTERS)


def test_a_code_may_be_typed_in_any_way() -> None:
    assert shown_code("ACDEFGHJ") == "ACDE-FGHJ"
    assert plain_code(" acde-fg hj ") == "ACDEFGHJ"


def test_digits_are_good_for_one_step_before_and_after() -> None:
    secret = new_secret()
    app = pyotp.TOTP(secret)
    now_step = int(NOON.timestamp()) // 30

    for off in (-1, 0, 1):
        code = app.at(NOON + timedelta(seconds=30 * off))
        assert step_of(secret, code, last_step=None, now=NOON) == now_step + off
    for off in (-2, 2):
        code = app.at(NOON + timedelta(seconds=30 * off))
        assert step_of(secret, code, last_step=None, now=NOON) is None


def test_a_step_is_never_accepted_again_nor_one_before_it() -> None:
    secret = new_secret()
    code = pyotp.TOTP(secret).at(NOON)
    step = step_of(secret, code, last_step=None, now=NOON)
    assert step is not None

    assert step_of(secret, code, last_step=step, now=NOON) is None
    assert step_of(secret, code, last_step=step + 1, now=NOON) is None
    assert step_of(secret, code, last_step=step - 1, now=NOON) == step


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "१२३४५६"])
def test_what_is_not_six_digits_is_no_code(code: str) -> None:
    assert step_of(new_secret(), code, last_step=None, now=NOON) is None


def test_the_picture_has_no_style_no_script_and_names_the_site() -> None:
    offer = offer_of("ABCDEFGH" * 4, account="Meera Sen", site_name="Delhi Directory")

    assert offer.uri.startswith("otpauth://totp/Delhi%20Directory:Meera%20Sen?secret=ABCDEFGH")
    assert offer.svg.startswith("<svg ")
    assert not re.search(r"style|script|xmlns|href|on\w+=", offer.svg)
    assert repr(offer) == "TotpOffer()"


DEVICES = {
    "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0": "Firefox on Android",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
    "Mobile Safari/537.36": "Chrome on Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0": "Edge on Windows",
    "Mozilla/5.0 (Mobile; LYF/F300B; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5": (
        "Firefox on KaiOS"
    ),
    "Firefox": "Firefox",
    "Windows": "Another browser on Windows",
    "curl/8": "Another browser",
    "": "Another browser",
    None: "Another browser",
    "x" * 500 + "Firefox Windows": "Another browser",
}


@pytest.mark.parametrize(("said", "name"), DEVICES.items())
def test_a_device_gets_a_short_neutral_name(said: str | None, name: str) -> None:
    assert device_label(said) == name
