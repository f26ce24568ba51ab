"""Letters to send, and senders at the edge: one that keeps what it is given, one that refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING

from sqlalchemy import select

from directory.accounts.keys import Keys
from directory.core.db import db, writing
from directory.mail.wording import Site
from directory.outbox.models import Letter, LetterKind
from directory.outbox.operations import queue_letter
from directory.outbox.policy import (
    ADDRESS_PURPOSE,
    FACTS,
    FACTS_PURPOSE,
    LetterDraft,
    facts_text,
)
from tests.support.project import PROJECT

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

    from directory.outbox.policy import LetterFacts

ADDRESS = "reader@example.org"
KEYS = Keys.from_secret("a key for tests only")
SITE = Site.from_folder("https://directory.example", PROJECT / "templates" / "mail")
VALUES: dict[str, str] = {
    "path": "/account/a-page",
    "code": "ABCD2345",
    "listing_name": "Asha Example",
    "rule_code": "",
    "hint": "",
    "what": "password-set",
}


@dataclass
class Kept:
    """A sender that keeps each message as the bytes it would send."""

    sent: list[bytes] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        """Keep a message."""
        self.sent.append(message.as_bytes())


@dataclass
class Refusing:
    """A sender that raises the same fault every time."""

    fault: Exception

    def send(self, message: EmailMessage) -> None:
        """Refuse a message."""
        assert message["To"]
        raise self.fault


def facts_for(kind: LetterKind, **values: str) -> LetterFacts:
    """Give facts a letter of this kind may carry."""
    return {name: {**VALUES, **values}[name] for name in FACTS[kind]}


def queue(
    now: datetime,
    kind: LetterKind = LetterKind.ERASED,
    *,
    keys: Keys = KEYS,
    address: str = ADDRESS,
    language: str = "en",
    not_before: datetime | None = None,
) -> None:
    """Queue one letter in a transaction of its own."""
    draft = LetterDraft(
        kind=kind,
        language=language,
        address_sealed=keys.seal(ADDRESS_PURPOSE, address),
        facts_sealed=keys.seal(FACTS_PURPOSE, facts_text(kind, facts_for(kind))),
        not_before=not_before,
    )
    with writing() as session:
        queue_letter(session, draft, now)


def rows() -> list[Letter]:
    """Give every letter as it is kept now, the oldest first."""
    session = db.session()
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def read(source: bytes | Path) -> EmailMessage:
    """Read a message from its bytes or its file."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    return BytesParser(policy=policy.default).parsebytes(content)
