"""The second step of staff: six digits of an authenticator app (RFC 6238, 30 seconds).

A step is accepted once: the number of the last one is stored with the account.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyotp
import segno

if TYPE_CHECKING:
    from datetime import datetime

STEP_S = 30
# A telephone's clock may be one step off.
STEPS_OFF = (0, -1, 1)
DIGITS = 6


@dataclass(frozen=True, slots=True)
class TotpOffer:
    """What an authenticator app needs: the secret to type, the address, and its picture."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    svg: str = field(repr=False)


def new_secret() -> str:
    """Give a secret of 160 bits, as an authenticator app takes it."""
    return pyotp.random_base32()


def offer_of(secret: str, *, account: str, site_name: str) -> TotpOffer:
    """Give what is shown once for enrolling; the picture is black on white, without styles."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site_name)
    svg = segno.make(uri, error="m", micro=False).svg_inline(
        border=4,
        dark="#000",
        light="#fff",
        svgclass="totp__picture",
        lineclass=None,
        omitsize=True,
    )
    return TotpOffer(secret, uri, svg)


def step_of(secret: str, code: str, *, last_step: int | None, now: datetime) -> int | None:
    """Give the step a code belongs to; None when it is wrong, out of date, or used already."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    present = int(now.timestamp()) // STEP_S
    made = pyotp.TOTP(secret)
    for step in (present + off for off in STEPS_OFF):
        fits = hmac.compare_digest(made.generate_otp(step), code)
        if fits and (last_step is None or step > last_step):
            return step
    return None
