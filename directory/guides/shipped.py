"""The guides that come with the directory: files in `data/`, kept and shown like any other guide.

No clinician has read them when they come, and every page says so until one has (decision 0027).
Called by `flask reference load` and by the tests of what the files say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.guides.files import read_file, term_named
from directory.guides.models import Guide, GuideOrigin, GuideState, GuideTerm, GuideVersion
from directory.guides.operations import Loaded, load_guide
from directory.guides.policy import Fault, RefusedGuideError
from directory.guides.queries import draft_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.guides.files import GuideFile
    from directory.guides.policy import GuideDraft
    from directory.vocabulary.queries import Vocabulary

DATA_FOLDER = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class GuidesLoaded:
    """How many guides ship, and what became of those that were not the same already."""

    guides: int
    shown: int
    waiting: tuple[str, ...]
    left: tuple[str, ...]


def shipped_guides(folder: Path = DATA_FOLDER) -> list[GuideFile]:
    """Give the guides that ship, by slug; raises `RefusedGuideError` naming the file."""
    return [_read(file) for file in sorted(folder.glob("*.md"))]


def load_shipped_guides(
    *, now: datetime, vocabulary: Vocabulary, files: Sequence[GuideFile] | None = None
) -> GuidesLoaded:
    """Keep and show what the files say, one transaction for each guide that says otherwise.

    A second run changes nothing and costs two queries. Raises as `load_guide` does.
    """
    wanted = {
        file.slug: _with_terms(file, vocabulary)
        for file in (shipped_guides() if files is None else files)
    }
    session = db.session()
    held = _held(session, wanted)
    session.rollback()
    became = {
        slug: load_guide(actor=COMMAND, slug=slug, draft=draft, vocabulary=vocabulary, now=now)
        for slug, draft in wanted.items()
        if held.get(slug) != draft
    }
    counted = Counter(became.values())
    return GuidesLoaded(
        guides=len(wanted),
        shown=counted[Loaded.SHOWN],
        waiting=tuple(slug for slug, end in became.items() if end is Loaded.WAITING),
        left=tuple(slug for slug, end in became.items() if end is Loaded.LEFT),
    )


def _read(file: Path) -> GuideFile:
    try:
        read = read_file(file.read_text("utf-8"))
    except RefusedGuideError as refused:
        faults = [Fault(f"{file.name}: {field}", words) for field, words in refused.faults]
        raise RefusedGuideError(faults) from None
    if read.slug != file.stem:
        raise RefusedGuideError([Fault(f"{file.name}: slug", "Name the file like its slug.")])
    return read


def _with_terms(file: GuideFile, vocabulary: Vocabulary) -> GuideDraft:
    """Give the draft with its terms in the order of their ids; what was retired is left out."""
    found = (term_named(named, vocabulary) for named in file.about)
    term_ids = {term.id for term in found if term is not None}
    return replace(file.draft, term_ids=tuple(sorted(term_ids)))


def _held(session: Session, slugs: Mapping[str, object]) -> dict[str, GuideDraft]:
    """Give what the newest version of each guide says, of those that are still as they shipped."""
    rows = session.execute(
        select(Guide, GuideVersion)
        .join(
            GuideVersion,
            and_(
                GuideVersion.guide_id == Guide.id,
                GuideVersion.number == Guide.newest_version,
            ),
        )
        .where(
            Guide.slug.in_(slugs),
            Guide.state == GuideState.PUBLISHED,
            GuideVersion.origin == GuideOrigin.SHIPPED,
        )
    ).all()
    terms: dict[int, list[int]] = {guide.id: [] for guide, _version in rows}
    pairs = select(GuideTerm.guide_id, GuideTerm.term_id).where(GuideTerm.guide_id.in_(terms))
    for guide_id, term_id in session.execute(pairs):
        terms[guide_id].append(term_id)
    return {guide.slug: draft_of(version, sorted(terms[guide.id])) for guide, version in rows}
