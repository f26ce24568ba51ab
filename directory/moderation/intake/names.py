"""Names of reviews and flags for addresses and receipts: random, without look-alike letters."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PUBLIC_ID_LENGTH = 12
RECEIPT_GROUPS = (4, 4, 4)


def new_public_id() -> str:
    """Give a name for a review, of 12 letters and digits (59 bits): nobody can count with it."""
    return _letters(PUBLIC_ID_LENGTH)


def new_receipt() -> str:
    """Give a receipt number in three groups, easy to write down and read aloud."""
    return "-".join(_letters(length) for length in RECEIPT_GROUPS)


def _letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))
