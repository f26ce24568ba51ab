"""The forms of the guides desk: what a guide says with its sources, a review, a button.

Shape only; `guides.policy` says what a guide must hold, and its faults are laid onto the fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from directory.guides.policy import (
    ABOUT,
    WHO_READ_IT,
    Fault,
    GuideDraft,
    RefusedGuideError,
    Review,
    Source,
)
from directory.vocabulary.models import TermKind
from directory.web.forms.base import WHOLE_FORM, BaseForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.datastructures import MultiDict

    from directory.guides.queries import VersionView
    from directory.vocabulary.queries import TermView, Vocabulary

# Rows that stand empty at the end, to be filled in; seeing or saving the guide gives new ones.
SPARE_SOURCES, LEAST_SOURCES = 2, 3
SPARE_TERMS = 1
# What the room calls otherwise than the form does, where a summary is one of faults.
FIELDS = {"summary": "short"}
ROW_FIELDS = ("title", "url", "seen_on")
OF_A_ROW = re.compile(r"sources\[(\d+)\]\.(\w+)")


def trimmed(words: str | None) -> str:
    """Give words of one line with single spaces and none at their ends."""
    return " ".join((words or "").split())


def one_line_endings(words: str | None) -> str:
    """Give a text without room at its ends, its lines ended in one way."""
    return "\n".join((words or "").splitlines()).strip()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as it was typed."""

    title: str = ""
    url: str = ""
    seen_on: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed."""
        return not (self.title or self.url or self.seen_on)


class GuideForm(BaseForm):
    """A guide as it is written. `seen` is the newest version when the form was opened."""

    slug = StringField(filters=[trimmed])
    title = StringField(filters=[trimmed])
    title_hi = StringField(filters=[trimmed])
    short = TextAreaField(filters=[trimmed])
    author = StringField(filters=[trimmed])
    body = TextAreaField(filters=[one_line_endings])
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def read(self, sent: MultiDict[str, str], vocabulary: Vocabulary) -> None:
        """Read the rows of sources and of words it is about; empty ones are left out."""
        columns = [sent.getlist(f"source-{name}") for name in ROW_FIELDS]
        rows = [SourceRow(*map(trimmed, row)) for row in zip(*columns, strict=False)]
        self.rows = [row for row in rows if not row.is_empty]
        found = (named_term(words, vocabulary) for words in sent.getlist("about"))
        self.about = list({term.id: term for term in found if term is not None}.values())
        self.row_faults = {
            f"sources[{index}].seen_on": gettext("Write the day as 2026-11-01.")
            for index, row in enumerate(self.rows)
            if row.seen_on and read_day(row.seen_on) is None
        }

    def fill(self, version: VersionView, vocabulary: Vocabulary) -> None:
        """Show a version that was written before."""
        draft = version.draft
        for name in ("title", "title_hi", "summary", "author", "body"):
            self[FIELDS.get(name, name)].data = getattr(draft, name) or ""
        self.rows = [
            SourceRow(row.title, row.url or "", row.seen_on.isoformat() if row.seen_on else "")
            for row in draft.sources
        ]
        terms = (vocabulary.term_by_id.get(term_id) for term_id in draft.term_ids)
        self.about = [term for term in terms if term is not None]
        self.row_faults = {}

    def rows_shown(self) -> list[SourceRow]:
        """Give the rows of sources with some that are empty."""
        missing = max(SPARE_SOURCES, LEAST_SOURCES - len(self.rows))
        return [*self.rows, *[SourceRow()] * missing]

    def terms_shown(self) -> list[str]:
        """Give the values of the fields that say what it is about, with an empty one."""
        return [*map(term_value, self.about), *[""] * SPARE_TERMS]

    def draft(self) -> GuideDraft:
        """Give what was typed; a day that is none is left out, and is a fault of its row."""
        return GuideDraft(
            title=self.title.data or "",
            title_hi=self.title_hi.data or None,
            summary=self.short.data or "",
            author=self.author.data or "",
            body=self.body.data or "",
            sources=tuple(
                Source(row.title, row.url or None, read_day(row.seen_on)) for row in self.rows
            ),
            term_ids=tuple(term.id for term in self.about),
        )

    def lay(self, faults: tuple[Fault, ...]) -> None:
        """Lay what the room refused onto the fields."""
        for path, words in faults:
            if OF_A_ROW.fullmatch(path):
                self.row_faults.setdefault(path, words)
            else:
                self.refuse(FIELDS.get(path, path), words)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Give what is wrong, that of the sources last, as they stand on the page."""
        yield from super().faults()
        for path, words in self.row_faults.items():
            row = OF_A_ROW.fullmatch(path)
            if row is None:
                yield WHOLE_FORM, words
                continue
            number = int(row.group(1)) + 1
            said = gettext("Source %(number)s: %(words)s", number=number, words=words)
            yield f"source-{number}-{row.group(2)}", said


class ReviewForm(BaseForm):
    """Who read a version, when, and when it has to be read again."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    reviewer = StringField(filters=[trimmed])
    reviewed_on = StringField(filters=[trimmed])
    next_review_on = StringField(filters=[trimmed])

    def review(self) -> Review:
        """Give what was typed; raises `RefusedGuideError` for a day that is missing."""
        days = {name: read_day(self[name].data) for name in ("reviewed_on", "next_review_on")}
        missing = [Fault(name, gettext("Give a day.")) for name, day in days.items() if not day]
        if missing:
            nobody = [] if self.reviewer.data else [Fault("reviewer", WHO_READ_IT)]
            raise RefusedGuideError([*nobody, *missing])
        return Review(
            reviewer=self.reviewer.data or "",
            reviewed_on=days["reviewed_on"] or date.min,
            next_review_on=days["next_review_on"] or date.min,
        )

    def lay(self, faults: tuple[Fault, ...]) -> None:
        """Lay what the room refused onto the fields."""
        for name, words in faults:
            self.refuse(name, words)


def term_value(term: TermView) -> str:
    """Give a word a guide is about as its field has it."""
    return f"{term.kind.value}/{term.slug}"


def named_term(words: str, vocabulary: Vocabulary) -> TermView | None:
    """Give the term a field names; None for an empty or unknown one."""
    kind, _, slug = words.partition("/")
    if kind not in {about.value for about in ABOUT}:
        return None
    return vocabulary.terms[TermKind(kind)].get(slug)


def read_day(words: str | None) -> date | None:
    """Give a day written as 2026-11-01; None for anything else."""
    try:
        return date.fromisoformat(words or "")
    except ValueError:
        return None
