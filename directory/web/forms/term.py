"""The form of a term: its names, its shelf, its plain words, and every way people write it.

One spelling a line. Shape only; `vocabulary.policy` knows the rules.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from wtforms import HiddenField, StringField, TextAreaField

from directory.vocabulary.models import SpellingUse
from directory.vocabulary.policy import DEVANAGARI, TermDraft, tidied
from directory.web.forms.base import BaseForm
from directory.web.forms.people import trimmed
from directory.web.forms.tokens import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The boxes of spellings; other names stand in two, by their letters, and are one use.
BOXES: Mapping[str, SpellingUse] = {
    "synonym": SpellingUse.SYNONYM,
    "synonym_hi": SpellingUse.SYNONYM,
    "hinglish": SpellingUse.HINGLISH,
    "misspelling": SpellingUse.MISSPELLING,
    "match_only": SpellingUse.MATCH_ONLY,
}


class TermForm(BaseForm):
    """What a term says; `slug` is asked of a new one only.

    `seen` is when the term was edited last, as this form knew it; `looked` the fingerprint of what
    somebody has been shown the effects of.
    """

    slug = StringField(filters=[trimmed])
    name_en = StringField(filters=[trimmed])
    name_hi = StringField(filters=[trimmed])
    group = StringField(filters=[trimmed])
    note = StringField(filters=[trimmed])
    plain_en = TextAreaField()
    plain_hi = TextAreaField()
    synonym = TextAreaField()
    synonym_hi = TextAreaField()
    hinglish = TextAreaField()
    misspelling = TextAreaField()
    match_only = TextAreaField()
    seen = HiddenField()
    looked = HiddenField()

    @classmethod
    def showing(cls, draft: TermDraft) -> TermForm:
        """Give the form filled with what a term says."""
        form = cls()
        for name in ("name_en", "name_hi", "group", "note", "plain_en", "plain_hi"):
            form[name].data = getattr(draft, name) or ""
        for name, texts in _boxed(draft).items():
            form[name].data = "\n".join(texts)
        return form

    def draft(self) -> TermDraft:
        """Give what was filled in, tidied."""
        spellings = tuple(
            (use, line) for name, use in BOXES.items() for line in lines_of(self[name].data)
        )
        return tidied(
            TermDraft(
                name_en=self.name_en.data or "",
                name_hi=self.name_hi.data or "",
                group=self.group.data,
                note=self.note.data,
                plain_en=self.plain_en.data,
                plain_hi=self.plain_hi.data,
                spellings=spellings,
            )
        )

    @property
    def is_sent(self) -> bool:
        """Whether somebody sent the form, and did not only open it."""
        return bool(self[TOKEN].data)

    @property
    def was_looked_at(self) -> bool:
        """Whether the effects of just what is filled in now were shown."""
        return self.looked.data == fingerprint(self.draft())

    def add_words(self, words: str) -> None:
        """Put words among the other names, in the box of their letters."""
        box = self["synonym_hi" if DEVANAGARI.search(words) else "synonym"]
        box.data = "\n".join([*lines_of(box.data), words])

    def lay(self, faults: Iterable[tuple[str, str]]) -> None:
        """Lay what the room refused onto its fields."""
        for field, words in faults:
            self.refuse(field, words)


class MergeForm(BaseForm):
    """Which term takes this one's place; `looked` names the pair whose merge was shown."""

    into = StringField(filters=[trimmed])
    looked = HiddenField()

    def pair(self, slug: str) -> str:
        """Give what names the pair."""
        return f"{slug} {self.into.data}"

    def is_looked_at(self, slug: str) -> bool:
        """Tell whether the effects of merging just these two were shown."""
        return self.looked.data == self.pair(slug)


def fingerprint(draft: TermDraft) -> str:
    """Give what tells one draft from another: what was looked at is what is saved."""
    said = (draft, sorted(draft.spellings))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def lines_of(text: str | None) -> list[str]:
    """Give the lines of a box that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _boxed(draft: TermDraft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in BOXES}
    names = {use: name for name, use in BOXES.items() if name != "synonym_hi"}
    for use, text in draft.spellings:
        is_hindi_name = use is SpellingUse.SYNONYM and DEVANAGARI.search(text)
        found["synonym_hi" if is_hindi_name else names[use]].append(text)
    return found
