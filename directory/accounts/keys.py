"""Sealing of contact data, and the keyed hashes that look things up without showing them.

Everything comes from `SEALING_KEY`. Lose it and no address can be read again; change it and nobody
is found. Called by this room, by the mail room, and by the doors for network hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from directory.accounts.policy import normal_email

if TYPE_CHECKING:
    from datetime import date

EMAIL_PURPOSE = "email"
TOTP_PURPOSE = "totp"

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class SealBrokenError(Exception):
    """What was sealed cannot be opened: another key, another purpose, or changed bytes."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of this directory, one for each use, all derived from one secret."""

    _sealing: bytes = field(repr=False)
    _looking_up: bytes = field(repr=False)
    _tokens: bytes = field(repr=False)
    _networks: bytes = field(repr=False)

    @classmethod
    def from_secret(cls, sealing_key: str) -> Keys:
        """Give the keys that belong to `SEALING_KEY`."""
        return cls(
            _sealing=_derived(sealing_key, "sealing"),
            _looking_up=_derived(sealing_key, "look-up"),
            _tokens=_derived(sealing_key, "tokens"),
            _networks=_derived(sealing_key, "networks"),
        )

    def seal(self, purpose: str, text: str) -> bytes:
        """Give the text sealed for one purpose: it opens for no other."""
        nonce = os.urandom(NONCE_BYTES)
        return (
            VERSION + nonce + AESGCM(self._sealing).encrypt(nonce, text.encode(), _bound(purpose))
        )

    def open(self, purpose: str, sealed: bytes) -> str:
        """Give the text that was sealed for this purpose; raises `SealBrokenError`."""
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] != VERSION or len(nonce) < NONCE_BYTES:
            raise SealBrokenError("this was not sealed here")
        try:
            return AESGCM(self._sealing).decrypt(nonce, body, _bound(purpose)).decode()
        except InvalidTag:
            raise SealBrokenError("another key or purpose, or changed bytes") from None

    def lookup_hash(self, email: str) -> str:
        """Give the hash an address is found by; 64 hex digits. Raises `InvalidError`."""
        return _keyed(self._looking_up, normal_email(email))

    def token_hash(self, token: str) -> str:
        """Give the hash a token or code is kept as; 64 hex digits."""
        return _keyed(self._tokens, token)

    def code_seed(self, token: str) -> bytes:
        """Give the bytes a link's code is made from; only who holds the token can have them."""
        return hmac.digest(self._tokens, f"code:{token}".encode(), "sha256")

    def network_hash(self, address: str, day: date) -> str:
        """Give the hash of a network address on one day; on another day it is another one."""
        salt = hmac.digest(self._networks, day.isoformat().encode(), "sha256")
        return _keyed(salt, address)


def _derived(secret: str, use: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"directory {use}".encode()).derive(
        secret.encode()
    )


def _bound(purpose: str) -> bytes:
    """Give what is authenticated beside the text, so that a seal cannot be moved elsewhere."""
    return VERSION + purpose.encode()


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
