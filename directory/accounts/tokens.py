"""Tokens for links and cookies, and codes short enough to be typed.

Only their keyed hashes are stored (`keys.py`). A code has no letters that look alike.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.accounts.keys import Keys

TOKEN_BYTES = 32
# No 0 O, 1 I L, 2 Z, 5 S, 8 B, and no U, which sounds like "you" over the telephone.
LETTERS = "34679ACDEFGHJKMNPQRTVWXY"
CODE_LENGTH = 8
RECOVERY_LENGTH = 10


def new_token() -> str:
    """Give a token nobody can guess; fit for an address and a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def code_of(token: str, keys: Keys) -> str:
    """Give the code that stands for a link's token on another device."""
    number = int.from_bytes(keys.code_seed(token))
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def new_recovery_code() -> str:
    """Give a code that stands in for the second step once."""
    return "".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH))


def plain_code(text: str) -> str:
    """Give a typed code as it was made: capital letters, no spaces or hyphens."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def shown_code(code: str) -> str:
    """Give a code in two groups, easier to read and to type."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"
