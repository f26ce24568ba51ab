"""A letter as a message: headers that say nothing, and the same id however often it is sent."""

from __future__ import annotations

import ipaddress
from email.headerregistry import Address
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from directory.mail.wording import SENDERS, SUBJECTS

if TYPE_CHECKING:
    from datetime import datetime

    from directory.mail.wording import Site
    from directory.outbox.models import LetterKind
    from directory.outbox.policy import LetterFacts

SENDER_USER = "account"
NO_DOMAIN = "localhost"


def message_for(
    site: Site,
    *,
    kind: LetterKind,
    language: str,
    facts: LetterFacts,
    message_id: str,
    address: str,
    written_at: datetime,
) -> EmailMessage:
    """Give a letter as a message; the same letter always gives the same bytes."""
    domain = domain_of(site.url)
    message = EmailMessage()
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Date"] = written_at
    message["From"] = Address(SENDERS[language], SENDER_USER, domain)
    message["To"] = address
    message["Subject"] = SUBJECTS[language]
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    # Eight bits, so that a file of mail can be read as it is; over SMTP it is encoded.
    message.set_content(site.text(kind, language, facts), charset="utf-8", cte="8bit")
    return message


def domain_of(url: str) -> str:
    """Give the domain letters of a site come from; a bare number is no domain of mail."""
    host = urlsplit(url).hostname or NO_DOMAIN
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return NO_DOMAIN
