"""Rules of accounts that need no database: who acts, addresses, passwords, names, times.

Passwords follow NIST SP 800-63B, section 5.1.1.2: long enough, none of the known ones, and no
rule about which letters. Called by operations and, for shape, by the doors.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zxcvbn import zxcvbn

from directory.accounts.models import Role
from directory.audit.models import ActorKind
from directory.audit.policy import AUTHOR, Actor
from directory.core.errors import InvalidError, NotAllowedError

if TYPE_CHECKING:
    from directory.accounts.models import UserState

LINK_VALID = timedelta(minutes=15)
STAFF_LINK_VALID = timedelta(hours=24)
MOST_TRIES_OF_A_CODE = 5

USER_SESSION = timedelta(days=30)
STAFF_SESSION = timedelta(hours=12)
STAFF_IDLE = timedelta(hours=1)
# Between password and second step, and for enrolling.
HALF_SESSION = timedelta(minutes=15)
ENROLMENT = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=5)
# So long after signing in nobody is asked for the old password.
FRESH = timedelta(minutes=15)
UNCONFIRMED_KEPT = timedelta(days=8)
SESSION_KEPT = timedelta(days=30)

LEAST_PASSWORD = 10
MOST_PASSWORD = 200
# zxcvbn's score of 0 or 1: guessed within a million tries.
LEAST_SCORE = 2
ZXCVBN_READS = 72
LONGEST_NAME_PART = 4
MOST_EMAIL = 254
MOST_LOCAL_PART = 64
MOST_NAME = 80
MOST_PATH = 200
RECOVERY_CODES = 10
# The version of what somebody agrees to who keeps an account.
ACCOUNT_TERMS_VERSION = 1
LANGUAGES = ("en", "hi")

# Anything visible but what separates addresses; dots stand single and inside.
LOCAL_PART = re.compile(r"[^\s@<>()\[\]\\,;:\".]+(\.[^\s@<>()\[\]\\,;:\".]+)*")
DOMAIN_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
PATH = re.compile(r"/(?![/\\])[\w\-./~%?=&+,:;@]*", re.ASCII)
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

EMAIL_HINT = "Give one e-mail address, like name@example.org."
KINDS = {Role.MODERATOR: ActorKind.MODERATOR, Role.ADMINISTRATOR: ActorKind.ADMINISTRATOR}
STAFF = frozenset(KINDS)
MAY_MANAGE = frozenset({ActorKind.ADMINISTRATOR, ActorKind.COMMAND})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is signed in. `is_strong` is password and second step; staff are never without.

    `touch_due` asks the door for `touch_session`.
    """

    user_id: int
    role: Role
    state: UserState
    session_id: int
    is_strong: bool
    display_name: str | None = None
    language: str = "en"
    touch_due: bool = False

    @property
    def is_staff(self) -> bool:
        """Tell whether this is a moderator or an administrator."""
        return self.role in STAFF

    def as_actor(self) -> Actor:
        """Give who acts, as the audit names them: staff by id, a user not at all."""
        kind = KINDS.get(self.role)
        return AUTHOR if kind is None else Actor(kind, self.user_id, self.display_name)


ANONYMOUS: Viewer | None = None


def normal_email(text: str) -> str:
    """Give an address as it is looked up: trimmed, composed, in small letters.

    Its shape is checked, not whether it exists; the domain in ASCII (IDNA). Raises
    `InvalidError`, whose message never repeats the address.
    """
    email = unicodedata.normalize("NFC", text).strip().lower()
    local, at, domain = email.rpartition("@")
    if not at or not LOCAL_PART.fullmatch(local) or _has_invisible(local):
        raise InvalidError("email", EMAIL_HINT)
    labels = _ascii_domain(domain).split(".")
    if len(labels) == 1 or labels[-1].isdigit():
        raise InvalidError("email", EMAIL_HINT)
    if not all(DOMAIN_LABEL.fullmatch(label) for label in labels):
        raise InvalidError("email", EMAIL_HINT)
    email = f"{local}@{'.'.join(labels)}"
    if len(email.encode()) > MOST_EMAIL or len(local.encode()) > MOST_LOCAL_PART:
        raise InvalidError("email", "This address is longer than e-mail allows.")
    return email


def _has_invisible(text: str) -> bool:
    return any(unicodedata.category(letter) in INVISIBLE for letter in text)


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise InvalidError("email", EMAIL_HINT) from None


def check_password_rule(password: str, email: str) -> None:
    """Raise `InvalidError` for a password that is too short, well known, or like the address."""
    if len(password) < LEAST_PASSWORD:
        raise InvalidError("password", f"Use at least {LEAST_PASSWORD} characters.")
    if len(password) > MOST_PASSWORD:
        raise InvalidError("password", f"Use at most {MOST_PASSWORD} characters.")
    local, _, domain = email.lower().partition("@")
    told = [email.lower(), local, *re.split(r"[^\w]+", local), domain.partition(".")[0]]
    parts = [part for part in told if len(part) >= LONGEST_NAME_PART]
    if email.lower() in password.lower() or (local in password.lower() and local in parts):
        raise InvalidError("password", "Do not use your e-mail address in the password.")
    if zxcvbn(password[:ZXCVBN_READS], user_inputs=parts)["score"] < LEAST_SCORE:
        raise InvalidError(
            "password", "This password is easy to guess. Use a longer one, or a few random words."
        )


def clean_name(text: str) -> str:
    """Give a name shown inside the desk: 2 to 80 letters on one line; raises `InvalidError`."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 2 <= len(name) <= MOST_NAME:  # noqa: PLR2004 - one letter is no name
        raise InvalidError("name", f"Give a name of 2 to {MOST_NAME} letters.")
    if "@" in name or _has_invisible(name):
        raise InvalidError("name", "Give a name in plain letters, and no e-mail address.")
    return name


def clean_language(text: str) -> str:
    """Give a language we write letters in; raises `InvalidError` for another."""
    if text not in LANGUAGES:
        raise InvalidError("language", "Choose English or Hindi.")
    return text


def safe_next_path(text: str | None, *, most: int = MOST_PATH) -> str | None:
    """Give a path of this site to go on to, if it is one of at most so many characters."""
    if text is None or len(text) > most or not PATH.fullmatch(text):
        return None
    return text


def require_administrator(actor: Actor, user_id: int | None = None) -> None:
    """Raise `NotAllowedError` unless an administrator or a command acts, and not on itself."""
    if actor.kind not in MAY_MANAGE:
        raise NotAllowedError("Only an administrator may do this.")
    if actor.id is not None and actor.id == user_id:
        raise NotAllowedError("You cannot do this to your own account.")


def require_staff(viewer: Viewer) -> None:
    """Raise `NotAllowedError` unless staff act who gave password and second step."""
    if not viewer.is_staff or not viewer.is_strong:
        raise NotAllowedError("Only staff of the desk may do this.")


def actor_of(role: Role, user_id: int) -> Actor:
    """Give who acts when an account of this role acts for itself."""
    kind = KINDS.get(role)
    return AUTHOR if kind is None else Actor(kind, user_id)
