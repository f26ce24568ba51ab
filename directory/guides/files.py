"""A guide as one file: Markdown, with its facts in YAML between two lines of three hyphens.

    ---
    slug: iv-ketamine
    title: Ketamine infusions
    title_hi: केटामिन इन्फ्यूज़न
    summary: What happens, what is known, what to ask first.
    author: Asha Rao
    about: [treatment/iv-ketamine, condition/depression]
    sources:
      - title: Mental Healthcare Act 2017, s. 94
        url: https://www.indiacode.nic.in/
        seen_on: 2026-11-01
    ---
    Ketamine is given ... [1]

Only `slug`, `title`, `summary` and `author` are needed. A review is no part of the file: it is an
act of its own. Called by the terminal and for the guides that ship.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from directory.guides.policy import ABOUT, Fault, GuideDraft, RefusedGuideError, Source
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from directory.vocabulary.queries import TermView, Vocabulary

FENCE = "---"
KEYS = ("slug", "title", "title_hi", "summary", "author", "about", "sources")
SOURCE_KEYS = ("title", "url", "seen_on")
LINE_WIDTH = 100
SHAPE = "Begin the file with its facts in YAML, between two lines of three hyphens."


@dataclass(frozen=True, slots=True)
class GuideFile:
    """What a file says; `about` names terms (`condition/depression`) that nobody looked up yet."""

    slug: str
    draft: GuideDraft
    about: tuple[str, ...]


def read_guide(text: str, vocabulary: Vocabulary) -> tuple[str, GuideDraft]:
    """Give the slug and the draft a file holds, with the terms it is about.

    Raises `RefusedGuideError` for facts that cannot be read or are unknown; what a guide must say
    is checked when it is written.
    """
    read = read_file(text)
    terms = [_term(named, vocabulary) for named in read.about]
    return read.slug, replace(read.draft, term_ids=tuple(term.id for term in terms))


def read_file(text: str) -> GuideFile:
    """Give what a file says, without a vocabulary; raises `RefusedGuideError` likewise."""
    facts, body = _parts(text)
    unknown = [str(key) for key in facts if key not in KEYS]
    if unknown:
        raise _refusal("file", f"Unknown facts: {', '.join(unknown)}.")
    draft = GuideDraft(
        title=_words(facts, "title") or "",
        title_hi=_words(facts, "title_hi"),
        summary=_words(facts, "summary") or "",
        author=_words(facts, "author") or "",
        body=body,
        sources=tuple(_sources(facts.get("sources"))),
    )
    about = tuple(map(str, _list(facts.get("about"), "about")))
    return GuideFile(_words(facts, "slug") or "", draft, about)


def term_named(named: str, vocabulary: Vocabulary) -> TermView | None:
    """Give the term of `condition/depression`, or the one it was merged into; None for no page."""
    kind, _, slug = named.partition("/")
    if kind not in {about.value for about in ABOUT}:
        return None
    held = TermKind(kind)
    return vocabulary.term(held, vocabulary.slug_today(held, slug))


def guide_file(slug: str, draft: GuideDraft, vocabulary: Vocabulary) -> str:
    """Give the file that holds a draft; read again it gives the same."""
    terms = (vocabulary.term_by_id.get(term_id) for term_id in draft.term_ids)
    facts: dict[str, Any] = {
        "slug": slug,
        "title": draft.title,
        "title_hi": draft.title_hi,
        "summary": draft.summary,
        "author": draft.author,
        "about": [f"{term.kind.value}/{term.slug}" for term in terms if term is not None],
        "sources": [_stated(source) for source in draft.sources],
    }
    told = {key: value for key, value in facts.items() if value}
    dumped = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)
    return f"{FENCE}\n{dumped}{FENCE}\n\n{draft.body}\n"


def _parts(text: str) -> tuple[Mapping[str, Any], str]:
    lines = text.removeprefix("\ufeff").splitlines()
    ends = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:  # noqa: PLR2004 - one line opens, one closes
        raise _refusal("file", SHAPE)
    try:
        facts = yaml.safe_load("\n".join(lines[1 : ends[1]]))
    except (yaml.YAMLError, ValueError) as problem:
        raise _refusal("file", f"The facts are no YAML: {_first_line(problem)}") from None
    if not isinstance(facts, dict):
        raise _refusal("file", SHAPE)
    return facts, "\n".join(lines[ends[1] + 1 :]).strip()


def _words(facts: Mapping[str, Any], key: str) -> str | None:
    value = facts.get(key)
    if value is not None and not isinstance(value, str):
        raise _refusal(key, "Write this as text; quote it if it is a number or a date.")
    return None if value is None else " ".join(value.split()) or None


def _sources(listed: object) -> Iterator[Source]:
    for index, entry in enumerate(_list(listed, "sources")):
        path = f"sources[{index}]"
        if not isinstance(entry, dict) or not set(entry) <= set(SOURCE_KEYS):
            raise _refusal(path, f"Give {', '.join(SOURCE_KEYS)} and nothing else.")
        seen_on = entry.get("seen_on")
        if seen_on is not None and type(seen_on) is not date:
            raise _refusal(f"{path}.seen_on", "Write the day as 2026-11-01.")
        yield Source(_words(entry, "title") or "", _words(entry, "url"), seen_on)


def _term(named: str, vocabulary: Vocabulary) -> TermView:
    term = term_named(named, vocabulary)
    if term is None:
        raise _refusal("about", f"There is no page for {named}; write condition/depression.")
    return term


def _list(listed: object, field: str) -> list[Any]:
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise _refusal(field, "Write this as a list.")
    return listed


def _stated(source: Source) -> dict[str, str | date]:
    told = {"title": source.title, "url": source.url, "seen_on": source.seen_on}
    return {key: value for key, value in told.items() if value is not None}


def _first_line(problem: Exception) -> str:
    return str(problem).splitlines()[0]


def _refusal(field: str, words: str) -> RefusedGuideError:
    return RefusedGuideError([Fault(field, words)])
