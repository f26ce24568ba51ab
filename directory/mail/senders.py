"""Ways a message leaves: into a folder, or over SMTP.

A sender is given one message and returns once it is certain that it left. Called by
`operations.py`, outside of any transaction.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

TIMEOUT_SECONDS = 20
TLS_FROM_THE_START = 465
WITH_TLS, WITHOUT_TLS = 587, 25
NEVER = 500
# What the server refuses for our own sake, not the reader's: it may be mended, so try again.
OURS = (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, smtplib.SMTPHeloError)
ENCODED = policy.SMTP.clone(cte_type="7bit")


class Encryption(StrEnum):
    """How the way to a mail server is encrypted: not at all, after a greeting, from the start."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class NeverError(Exception):
    """The message will never arrive, however often it is tried."""


class NotNowError(Exception):
    """The message did not leave this time; it may the next."""


class Sender(Protocol):
    """A way a message leaves."""

    def send(self, message: EmailMessage) -> None:
        """Send a message; raises `NeverError` or `NotNowError`, without anybody's address."""
        ...


@dataclass(frozen=True)
class FolderSender:
    """Writes each message as one file; written again, it is the same file."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        """Write a message so that it is there whole or not at all."""
        name = self._name(message)
        unfinished = self.folder / f".{name}.tmp"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.folder / name)
            self._flush_folder()
        except OSError as problem:
            raise NotNowError(f"folder: {type(problem).__name__}") from problem

    def prune(self, before: datetime) -> int:
        """Remove the files of letters written before a day; give how many."""
        if not self.folder.is_dir():
            return 0
        first_kept = before.date().isoformat()
        old = [
            path
            for path in self.folder.iterdir()
            if path.suffix in {".eml", ".tmp"} and path.name.lstrip(".") < first_kept
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _name(self, message: EmailMessage) -> str:
        day = message["Date"].datetime.date().isoformat()
        return f"{day}-{message['Message-ID'].strip('<>').partition('@')[0]}.eml"

    def _flush_folder(self) -> None:
        opened = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@dataclass(frozen=True)
class SmtpSender:
    """Gives each message to a mail server; `sender` replaces the address letters come from."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str | None = None
    trusted: ssl.SSLContext | None = None

    def send(self, message: EmailMessage) -> None:
        """Give one message to the server; a connection for each, and none is kept."""
        addresses = message["To"].addresses
        come_from = self.sender or message["From"].addresses[0].addr_spec
        try:
            with self._connection() as server:
                server.sendmail(
                    come_from, [each.addr_spec for each in addresses], self._bytes(message)
                )
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _words in problem.recipients.values()]
            raise _fault(max(codes, default=0)) from None
        except OURS as problem:
            raise NotNowError(f"SMTP {problem.smtp_code}") from None
        except smtplib.SMTPResponseException as problem:
            raise _fault(problem.smtp_code) from None
        except smtplib.SMTPNotSupportedError:
            raise NotNowError("SMTP: the server lacks what was asked for") from None
        except (smtplib.SMTPException, OSError) as problem:
            raise NotNowError(f"SMTP: {type(problem).__name__}") from None

    def _bytes(self, message: EmailMessage) -> bytes:
        if self.sender is not None:
            name = message["From"].addresses[0].display_name
            message.replace_header("From", f"{name} <{self.sender}>")
        return message.as_bytes(policy=ENCODED)

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        trusted = self.trusted or ssl.create_default_context()
        if self.encryption is Encryption.TLS:
            opened: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT_SECONDS, context=trusted
            )
        else:
            opened = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        with opened as server:
            if self.encryption is Encryption.STARTTLS:
                server.starttls(context=trusted)
            if self.user is not None:
                server.login(self.user, self.password or "")
            yield server


def smtp_sender(url: str) -> SmtpSender:
    """Give the sender of an address `smtp://user:password@host:port?tls=1&from=address`."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    encryption = Encryption.STARTTLS if asked.get("tls") == ["1"] else Encryption.NONE
    port = parts.port or (WITHOUT_TLS if encryption is Encryption.NONE else WITH_TLS)
    if encryption is Encryption.STARTTLS and port == TLS_FROM_THE_START:
        encryption = Encryption.TLS
    return SmtpSender(
        host=parts.hostname or "",
        port=port,
        encryption=encryption,
        user=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
        sender=asked.get("from", [None])[0],
    )


def _fault(code: int) -> NeverError | NotNowError:
    words = f"SMTP {code}"
    return NeverError(words) if code >= NEVER else NotNowError(words)
