"""Tables of accounts: people, sign-in links, sessions, recovery codes, consents, counted tries.

An address is stored sealed, with a keyed hash to look it up; tokens and codes are stored as
hashes only. Nothing here says that anybody is ill.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.core.db import Base

HASH_LETTERS = 64


class Role(StrEnum):
    """What somebody may do, from least to most."""

    USER = "user"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class UserState(StrEnum):
    """An account works, is suspended, or has been erased for good."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ERASED = "erased"


class LinkPurpose(StrEnum):
    """What a link in a letter is for."""

    SIGN_IN = "sign-in"
    SIGN_UP = "sign-up"
    CONFIRM = "confirm"
    STAFF = "staff"


class ConsentPurpose(StrEnum):
    """What somebody agrees to, each by itself."""

    ACCOUNT = "account"
    PUBLICATION = "publication"
    DISPLAY_NAME = "display-name"


class LimitKind(StrEnum):
    """What is counted, so that nobody does it too often."""

    SIGN_IN = "sign-in"
    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - a kind of try, not a password
    CONFIRM = "confirm"
    REVIEW = "review"
    FLAG = "flag"
    CORRECTION = "correction"
    APPEAL = "appeal"


class User(Base):
    """Somebody with an account. Staff have a name that is shown inside the desk only.

    `confirmed_at` is when the address was first shown to be theirs. An erased account keeps its
    row, without anything of the person, because decisions and history refer to it.
    """

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("(state = 'erased') = (erased_at IS NOT NULL)", name="erased_has_time"),
        CheckConstraint("(state = 'erased') = (email_hash IS NULL)", name="erased_has_no_contact"),
        CheckConstraint("(email_hash IS NULL) = (email_sealed IS NULL)", name="contact_is_whole"),
        CheckConstraint(
            "state <> 'erased' OR (password_hash IS NULL AND totp_sealed IS NULL)",
            name="erased_has_no_keys",
        ),
        CheckConstraint(
            "role = 'user' OR state = 'erased' OR display_name IS NOT NULL",
            name="staff_is_named",
        ),
        CheckConstraint("language IN ('en', 'hi')", name="language_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    state: Mapped[UserState]
    email_sealed: Mapped[bytes | None]
    email_hash: Mapped[str | None] = mapped_column(String(HASH_LETTERS), unique=True)
    display_name: Mapped[str | None] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_sealed: Mapped[bytes | None]
    totp_last_step: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2))
    is_demo: Mapped[bool]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<User {self.id}>"


class SignInLink(Base):
    """A link in a letter, good once and for a while; only hashes of what opens it are kept.

    `browser_hash` binds it to the browser that asked; `code_hash` is of the code typed there
    when the letter is read on another device. `subject_id` is the review a confirming link is
    for, `terms_version` the text agreed to when signing up. An address without an account yet is
    kept sealed here.
    """

    __tablename__ = "sign_in_link"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_from_zero"),
        CheckConstraint("user_id IS NOT NULL OR email_hash IS NOT NULL", name="whose_is_known"),
        CheckConstraint("(email_hash IS NULL) = (email_sealed IS NULL)", name="contact_is_whole"),
        CheckConstraint(
            "(purpose = 'confirm') = (subject_id IS NOT NULL)", name="confirm_has_subject"
        ),
        CheckConstraint(
            "(purpose = 'sign-up') = (terms_version IS NOT NULL)", name="sign_up_has_terms"
        ),
        CheckConstraint("expires_at > created_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str] = mapped_column(String(HASH_LETTERS), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(HASH_LETTERS))
    browser_hash: Mapped[str | None] = mapped_column(String(HASH_LETTERS))
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    email_sealed: Mapped[bytes | None]
    email_hash: Mapped[str | None] = mapped_column(String(HASH_LETTERS))
    subject_id: Mapped[int | None]
    terms_version: Mapped[int | None]
    next_path: Mapped[str | None] = mapped_column(String(200))
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<SignInLink {self.id}>"


class UserSession(Base):
    """One browser that is signed in; the token in its cookie is kept as a hash.

    `device` is a short label such as "Firefox on Android". `strong_at` is when password and
    second step were both given, which staff need.
    """

    __tablename__ = "user_session"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="ends_after_start"),
        Index("ix_user_session_user_id_revoked_at", "user_id", "revoked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LETTERS), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    strong_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<UserSession {self.id}>"


class RecoveryCode(Base):
    """A code that stands in for the second step, once; only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(HASH_LETTERS), unique=True)
    used_at: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"<RecoveryCode {self.id}>"


class Consent(Base):
    """One line of the ledger of consents: given or withdrawn, for one purpose; never changed."""

    __tablename__ = "consent"
    __table_args__ = (CheckConstraint("text_version >= 1", name="text_version_from_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    purpose: Mapped[ConsentPurpose]
    given: Mapped[bool]
    text_version: Mapped[int]
    at: Mapped[datetime]

    def __repr__(self) -> str:
        return f"<Consent {self.id}>"


class RateWindow(Base):
    """How often something was tried by one key since the window began; keys are hashes."""

    __tablename__ = "rate_window"
    __table_args__ = (CheckConstraint("count >= 1", name="count_from_one"),)

    kind: Mapped[LimitKind] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(HASH_LETTERS), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]
