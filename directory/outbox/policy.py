"""What a letter must say: the facts of each kind, and how they are written down to be sealed.

No database and no keys here. Who queues a letter seals `facts_text` under `FACTS_PURPOSE` and the
address under `ADDRESS_PURPOSE`; the mail room opens both. The words are in `templates/mail/`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.outbox.models import LetterKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    LetterFacts = Mapping[str, str | int]

ADDRESS_PURPOSE = "letter-address"
FACTS_PURPOSE = "letter-facts"
LANGUAGES = ("en", "hi")
# It becomes part of a file's name.
MESSAGE_ID = re.compile(r"[a-z0-9][a-z0-9-]{7,63}")

# `path` is a page of this site; `code` is typed on another device. `hint` is what the desk wrote to
# the author, `rule_code` the rule it rests on; both are empty where there is none.
_LINK = frozenset({"path"})
_LINK_AND_CODE = frozenset({"path", "code"})
_ABOUT_A_REVIEW = frozenset({"listing_name", "rule_code", "hint", "path"})
# `hint` is what the desk answered, or empty.
_ABOUT_A_REPORT = frozenset({"listing_name", "hint", "path"})

FACTS: Mapping[LetterKind, frozenset[str]] = MappingProxyType(
    {
        LetterKind.SIGN_IN: _LINK_AND_CODE,
        LetterKind.SIGN_UP: _LINK_AND_CODE,
        LetterKind.NO_ACCOUNT: frozenset(),
        LetterKind.STAFF_LINK: _LINK,
        LetterKind.CONFIRM_REVIEW: frozenset({"listing_name", "path"}),
        LetterKind.CORRECTION_ACCEPTED: _ABOUT_A_REPORT,
        LetterKind.CORRECTION_DECLINED: _ABOUT_A_REPORT,
        LetterKind.ERASED: frozenset(),
        LetterKind.SECURITY: frozenset({"what", "path"}),
        **{
            kind: _ABOUT_A_REVIEW
            for kind in LetterKind
            if kind.value.startswith(("review-", "appeal-"))
        },
    }
)


class WrongLetterError(ValueError):
    """A letter was queued that cannot be written; a fault in the code, never of the user."""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter to be queued: sealed address, sealed facts, and when it may leave.

    Letters of one `group_key` belong to one event and are cancelled together. `message_id` is made
    up unless given; the same letter always travels under the same one.
    """

    kind: LetterKind
    language: str
    address_sealed: bytes
    facts_sealed: bytes
    group_key: str | None = None
    not_before: datetime | None = None
    message_id: str | None = None

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise WrongLetterError("a letter is written in English or Hindi")
        if self.message_id is not None and not MESSAGE_ID.fullmatch(self.message_id):
            raise WrongLetterError("a message id is small letters, digits and hyphens")


def facts_text(kind: LetterKind, facts: LetterFacts) -> str:
    """Give the facts of a letter as the text that is sealed.

    Raises `WrongLetterError` for a missing or unknown fact; the message never holds a value.
    """
    if facts.keys() != FACTS[kind]:
        wrong = ", ".join(sorted(facts.keys() ^ FACTS[kind]))
        raise WrongLetterError(f"{kind} has missing or unknown facts: {wrong}")
    return json.dumps(dict(facts), sort_keys=True, ensure_ascii=False)


def facts_from(kind: LetterKind, text: str) -> LetterFacts:
    """Give the facts back from the text that was sealed; raises `WrongLetterError`."""
    facts: dict[str, str | int] = json.loads(text)
    if facts.keys() != FACTS[kind]:
        raise WrongLetterError(f"{kind} was queued with other facts than it carries now")
    return facts
