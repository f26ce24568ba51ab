"""Rules of the desk of the vocabulary: what a term may say, which lists grow, what may be merged.

Pure; no database. Called by `operations/editing.py`, by the merge and by the doors.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from directory.core.errors import InvalidError
from directory.vocabulary.models import SpellingUse, TermKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    Fault = tuple[str, str]

MOST_LETTERS = 160
MOST_NOTE = 500
MOST_PLAIN = 4000
MOST_SLUG = 80
MOST_OF_A_USE = 120
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DEVANAGARI = re.compile(r"[\u0904-\u0939\u0958-\u0961\u0972-\u097f]")
# The shelves of a kind that has any; every one of its terms stands on one.
SHELVES = {
    TermKind.CONDITION: TermKind.CONDITION_GROUP,
    TermKind.TREATMENT: TermKind.TREATMENT_GROUP,
}
# Lists that may grow here. A profession, a kind of centre or a register says what the law says of
# it, an age or a fee band what it spans: those come with the reference files.
MAY_ADD = frozenset(
    {
        *SHELVES,
        *SHELVES.values(),
        TermKind.LANGUAGE,
        TermKind.IDENTITY,
        TermKind.PAYMENT,
        TermKind.FACILITY,
        TermKind.ACCESSIBILITY,
    }
)
MAY_MERGE = (MAY_ADD - {*SHELVES.values()}) | {TermKind.PROFESSION, TermKind.CENTRE_TYPE}
# Kinds with a page of their own, whose plain words the desk may write.
HAS_PLAIN_WORDS = frozenset({TermKind.CONDITION, TermKind.TREATMENT})
# Terms the directory itself speaks of by name: they can be renamed, but none can go.
NEVER_MERGED = frozenset(
    {
        (TermKind.CONDITION, "suicidal-thoughts"),
        (TermKind.CONDITION, "self-harm"),
        (TermKind.TREATMENT, "inpatient"),
        (TermKind.PROFESSION, "psychiatrist"),
        (TermKind.CENTRE_TYPE, "private-nursing-home"),
        (TermKind.FACILITY, "emergency-24x7"),
        (TermKind.FACILITY, "psychiatrist-24x7-on-site"),
        (TermKind.PAYMENT, "cashless"),
        (TermKind.LANGUAGE, "en"),
        (TermKind.LANGUAGE, "hi"),
    }
)


class RefusedTermError(InvalidError):
    """A term breaks rules; `faults` has them all as (field, words), `field` names the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(*self.faults[0])


@dataclass(frozen=True, slots=True)
class TermDraft:
    """What somebody wants a term to say; `spellings` in order, the most usual of a use first."""

    name_en: str
    name_hi: str
    group: str | None = None
    note: str | None = None
    plain_en: str | None = None
    plain_hi: str | None = None
    spellings: tuple[tuple[SpellingUse, str], ...] = ()

    def of_use(self, use: SpellingUse) -> tuple[str, ...]:
        """Give the spellings of one use."""
        return tuple(text for known, text in self.spellings if known is use)

    def with_spellings(self, use: SpellingUse, texts: Iterable[str]) -> TermDraft:
        """Give the draft with other spellings of one use."""
        others = tuple(pair for pair in self.spellings if pair[0] is not use)
        return replace(self, spellings=(*others, *((use, text) for text in texts)))


def tidied(draft: TermDraft) -> TermDraft:
    """Give a draft as it is kept: composed, single spaces, each spelling once, no name as one."""
    name_en, name_hi = _line(draft.name_en), _line(draft.name_hi)
    said = {name_en.casefold(), name_hi.casefold()}
    spellings: list[tuple[SpellingUse, str]] = []
    for use, text in draft.spellings:
        line = _line(text)
        # Hinglish and misspellings may say the same letters as a synonym does; a name says enough.
        if line and line.casefold() not in said and (use, line) not in spellings:
            spellings.append((use, line))
    return TermDraft(
        name_en=name_en,
        name_hi=name_hi,
        group=draft.group or None,
        note=_line(draft.note or "") or None,
        plain_en=_block(draft.plain_en),
        plain_hi=_block(draft.plain_hi),
        spellings=tuple(spellings),
    )


def faults_of(
    draft: TermDraft, kind: TermKind, groups: Collection[str], *, had: Collection[str] = ()
) -> list[Fault]:
    """Give what is wrong with a `tidied` draft, as (field, words); `had` spellings may stay."""
    return [*_faults_of_names(draft, kind, groups), *_faults_of_spellings(draft, had)]


def faults_of_slug(slug: str, known: Collection[str]) -> list[Fault]:
    """Give what is wrong with the slug of a new term."""
    if not SLUG.fullmatch(slug) or len(slug) > MOST_SLUG:
        return [("slug", "Use small letters, figures and single hyphens, as in exam-stress")]
    if slug in known:
        return [("slug", "There is, or was, a term with this slug")]
    return []


def slug_of(name: str) -> str:
    """Give the slug an English name suggests; empty when it has no Latin letter."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", name).replace("&", " and "))
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower()))


def why_not_merged(kind: TermKind, slug: str, into: str) -> str | None:
    """Give why a term may not be merged into another of its kind, or None."""
    if kind not in MAY_MERGE:
        return "Terms of this list cannot be merged here; they come with the reference files."
    if slug == into:
        return "Choose another term than this one."
    if (kind, slug) in NEVER_MERGED:
        return "The directory speaks of this term by name, so it stays. Merge the other into it."
    return None


def _faults_of_names(draft: TermDraft, kind: TermKind, groups: Collection[str]) -> Iterator[Fault]:
    if not draft.name_en:
        yield "name_en", "Give the name in English"
    if not DEVANAGARI.search(draft.name_hi):
        yield "name_hi", "Give the name in Hindi, in Devanagari letters"
    for field, text, most in (
        ("name_en", draft.name_en, MOST_LETTERS),
        ("name_hi", draft.name_hi, MOST_LETTERS),
        ("note", draft.note, MOST_NOTE),
        ("plain_en", draft.plain_en, MOST_PLAIN),
        ("plain_hi", draft.plain_hi, MOST_PLAIN),
    ):
        if text is not None and len(text) > most:
            yield field, f"Use at most {most} characters"
    if kind in SHELVES and draft.group not in groups:
        yield "group", "Choose the shelf it stands on"


def _faults_of_spellings(draft: TermDraft, had: Collection[str]) -> Iterator[Fault]:
    for use in SpellingUse:
        texts = draft.of_use(use)
        field = use.value.replace("-", "_")
        if len(texts) > MOST_OF_A_USE:
            yield field, f"Give at most {MOST_OF_A_USE} of these"
        for text in texts:
            if len(text) > MOST_LETTERS:
                yield field, f"Use at most {MOST_LETTERS} characters in a line"
            elif text not in had and not _can_be_searched(text):
                yield field, f"“{text}” has no word anybody could search for"
    for text in draft.of_use(SpellingUse.HINGLISH):
        if DEVANAGARI.search(text):
            yield "hinglish", f"“{text}” is in Devanagari; it belongs to the other names in Hindi"


def _can_be_searched(text: str) -> bool:
    return "@" not in text and "//" not in text and sum(map(str.isalpha, text)) > 1


def _line(text: str) -> str:
    kept = "".join(" " if unicodedata.category(one) == "Cc" else one for one in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _block(text: str | None) -> str | None:
    """Give paragraphs, each on one line, with one empty line between them."""
    found = [_line(part) for part in re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n"))]
    return "\n\n".join(filter(None, found)) or None
