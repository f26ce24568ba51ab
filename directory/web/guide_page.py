"""What the pages of the guides desk are rendered with. Called by `guides_desk.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from directory.guides.numbers import numbers_without_source
from directory.guides.policy import (
    ABOUT,
    LONGEST_REVIEW_YEARS,
    uncited_numbers,
)
from directory.guides.readability import OLDEST, YOUNGEST, reading_of
from directory.web import current
from directory.web.differences import changes_between
from directory.web.forms.guide import GuideForm, ReviewForm, term_value
from directory.web.markdown import guide_text, own_links, refused_links
from directory.web.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.guides.policy import GuideDraft
    from directory.guides.queries import DeskGuide
    from directory.web.differences import Changed
    from directory.web.markdown import GuideText

GUIDES = "/admin/guides"
FIRST = 1


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as readers would see it, and what its writer may have overlooked."""

    draft: GuideDraft
    text: GuideText
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartChanged:
    """One part of a guide that two versions say differently."""

    words: str
    changes: list[Changed]


@dataclass(frozen=True, slots=True)
class VersionChanged:
    """What a version says otherwise than the one before."""

    number: int
    before: int
    parts: tuple[PartChanged, ...]


def guide_url(slug: str) -> str:
    """Give the address of a guide at the desk."""
    return f"{GUIDES}/{slug}"


def form_of(guide: DeskGuide, number: int) -> GuideForm:
    """Give the form of a guide, filled with one of its versions; raises `NotFoundError`."""
    form = GuideForm(data={"seen": guide.newest.number})
    form.fill(guide.version(number), current.vocabulary())
    return form


def new_answer(form: GuideForm) -> str:
    """Give the page of a new guide."""
    return render_template("admin/guide_new.html", here=f"{GUIDES}/new", **_written(form))


def guide_answer(guide: DeskGuide, form: GuideForm, review: ReviewForm | None = None) -> str:
    """Give the page of a guide; without a review form, that of its newest version."""
    return render_template(
        "admin/guide.html",
        guide=guide,
        here=guide_url(guide.slug),
        review_form=review or ReviewForm(data={"version": guide.newest.number}),
        why_not=guide.newest.why_not_shown(current.today()),
        changed=_asked_changes(guide),
        longest_review_years=LONGEST_REVIEW_YEARS,
        **_written(form),
    )


def _written(form: GuideForm) -> dict[str, Any]:
    """Give what both pages show: the form, the preview, and the words a guide can be about."""
    vocabulary, draft = current.vocabulary(), form.draft()
    return {
        "form": form,
        "preview": Preview(
            draft,
            guide_text(draft.body, sources=len(draft.sources)),
            tuple(_remarks(draft)),
        ),
        "offered": {
            kind: [(term_value(term), term.name_en) for term in vocabulary.terms[kind].values()]
            for kind in ABOUT
        },
    }


def _remarks(draft: GuideDraft) -> Iterator[str]:
    """Yield what a writer may have overlooked; nothing of it keeps a guide from being saved."""
    refused = refused_links(draft.body)
    if refused:
        yield gettext("Links that lead nowhere we allow: %(links)s.", links=listed(refused))
    dead = [path for path in own_links(draft.body) if not _answers(path)]
    if dead:
        yield gettext("Pages this site does not have: %(links)s.", links=listed(dead))
    uncited = uncited_numbers(draft.body, len(draft.sources))
    if uncited and draft.body:
        numbers = listed([str(number) for number in uncited])
        yield gettext("Sources the text never names: %(numbers)s.", numbers=numbers)
    bare = numbers_without_source(draft)
    if bare:
        parts = listed([gettext("“%(part)s”", part=part) for part in bare])
        yield gettext("Numbers without a source: %(parts)s.", parts=parts)
    read = reading_of(draft) if draft.body else None
    if read is not None and not read.is_plain:
        yield gettext(
            "Its reading age is %(age)s years; our guides keep to %(youngest)s to %(oldest)s.",
            age=read.age,
            youngest=YOUNGEST,
            oldest=OLDEST,
        )
    if not draft.sources:
        yield gettext("It names no source yet, so it cannot be shown to readers.")


def _answers(path: str) -> bool:
    """Tell whether this site has a page at a path."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(urlsplit(path).path)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _asked_changes(guide: DeskGuide) -> VersionChanged | None:
    """Give what the version asked for says otherwise than the one before it."""
    number = request.args.get("changes", type=int)
    if number is None or not FIRST < number <= guide.newest.number:
        return None
    before, after = guide.version(number - 1).draft, guide.version(number).draft
    parts = (
        PartChanged(words, changes_between(old, new))
        for (words, old), (_words, new) in zip(_told(before), _told(after), strict=True)
        if old != new
    )
    return VersionChanged(number, number - 1, tuple(parts))


def _told(draft: GuideDraft) -> list[tuple[str, str]]:
    """Give the parts of a draft as texts that can be compared, each with its name."""
    sources = [
        " · ".join(filter(None, (source.title, source.url, str(source.seen_on or ""))))
        for source in draft.sources
    ]
    return [
        (gettext("Title"), draft.title),
        (gettext("Title in Hindi"), draft.title_hi or ""),
        (gettext("In short"), draft.summary),
        (gettext("Written by"), draft.author),
        (gettext("Text"), draft.body),
        (gettext("Sources"), "\n".join(sources)),
    ]
