"""Passwords as Argon2id hashes (RFC 9106, second recommended option: 64 MiB, three passes).

An unknown address costs as much time as a known one. Slow on purpose: never inside a transaction.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# The hash of a password that was thrown away; with the parameters above.
NOBODYS = HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Give what is stored of a password."""
    return HASHER.hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Tell whether this is the password; takes as long when there is none to compare with."""
    try:
        HASHER.verify(stored or NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)
