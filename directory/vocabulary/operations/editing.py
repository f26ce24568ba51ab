"""Edits of terms at the desk: a new one, other names and spellings, one that another replaces.

A term somebody edited is theirs from then on: the reference files no longer change it. Every
edit raises the edition of the vocabulary, so that every process and every index follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from directory.audit import actions
from directory.audit.operations import record
from directory.core.db import writing
from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.vocabulary.models import ReferenceLoad, SpellingUse, Term, TermKind, TermSpelling
from directory.vocabulary.operations.loading import REFERENCE_ROW
from directory.vocabulary.policy import (
    HAS_PLAIN_WORDS,
    MAY_ADD,
    SHELVES,
    RefusedTermError,
    TermDraft,
    faults_of,
    faults_of_slug,
    tidied,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.audit.policy import Actor

# The parts of a term as the record names them.
PARTS = ("names", "group", "note", "plain", "spellings")


def add_term(*, actor: Actor, kind: TermKind, slug: str, draft: TermDraft, now: datetime) -> int:
    """Add a term at the end of its list and give its id; raises `RefusedTermError`."""
    with writing() as session:
        if kind not in MAY_ADD:
            raise InvalidError("kind", "Terms of this list come with the reference files")
        known = session.scalars(select(Term.slug).where(Term.kind == kind)).all()
        wanted = tidied(draft)
        _refuse([*faults_of_slug(slug, known), *faults_of(wanted, kind, _groups(session, kind))])
        last = session.scalar(select(func.max(Term.position)).where(Term.kind == kind))
        term = Term(
            kind=kind, slug=slug, position=0 if last is None else last + 1, details={}, spellings=[]
        )
        _write(term, wanted, now)
        session.add(term)
        session.flush()
        record(
            session, actions.TERM_ADDED, subject_id=term.id, actor=actor, now=now, kind=kind.value
        )
        raise_edition(session, now)
        return term.id


def change_term(
    *,
    actor: Actor,
    kind: TermKind,
    slug: str,
    draft: TermDraft,
    seen: datetime | None,
    now: datetime,
) -> tuple[str, ...]:
    """Change what a term says and give the parts that changed, of `PARTS`; empty for none.

    `seen` is when it was edited last, as the form knew it. Raises `NotFoundError`,
    `ConflictError` when somebody edited it since, `RefusedTermError`.
    """
    with writing() as session:
        term = term_to_edit(session, kind, slug)
        if term.edited_at != seen:
            raise ConflictError(
                "Somebody changed this term while you had it open. Nothing of yours was saved."
            )
        before, wanted = draft_of(term), tidied(draft)
        had = {text for _, text in before.spellings}
        _refuse(faults_of(wanted, kind, _groups(session, kind), had=had))
        parts = parts_changed(before, wanted)
        if not parts:
            return ()
        _write(term, wanted, now)
        session.flush()
        record(
            session,
            actions.TERM_CHANGED,
            subject_id=term.id,
            actor=actor,
            now=now,
            fields=".".join(parts),
        )
        raise_edition(session, now)
        return parts


def retire_term(session: Session, term: Term, into: Term, now: datetime) -> None:
    """Let one term stand for another, inside the caller's transaction; its spellings go along.

    Its names become synonyms, so that whoever types them is understood. Moves no listing.
    """
    goes, stays = draft_of(term), draft_of(into)
    gained = [(SpellingUse.SYNONYM, goes.name_en), (SpellingUse.SYNONYM, goes.name_hi)]
    known = {text.casefold() for _, text in stays.spellings}
    more = [pair for pair in (*gained, *goes.spellings) if pair[1].casefold() not in known]
    merged = TermDraft(
        name_en=stays.name_en,
        name_hi=stays.name_hi,
        spellings=(*stays.spellings, *more),
    )
    _write_spellings(term, ())
    _write_spellings(into, tidied(merged).spellings)
    term.merged_into_id = into.id
    term.edited_at = into.edited_at = now
    session.flush()


def term_to_edit(session: Session, kind: TermKind, slug: str) -> Term:
    """Give a term's row, held until the transaction ends; raises `NotFoundError`."""
    term = session.scalar(
        select(Term)
        .where(Term.kind == kind, Term.slug == slug, Term.merged_into_id.is_(None))
        .with_for_update()
    )
    if term is None:
        raise NotFoundError("There is no such term.")
    return term


def draft_of(term: Term) -> TermDraft:
    """Give what a term says, as a draft would."""
    return TermDraft(
        name_en=term.name_en,
        name_hi=term.name_hi,
        group=term.group_slug,
        note=term.note,
        plain_en=term.details.get("plain_en"),
        plain_hi=term.details.get("plain_hi"),
        spellings=tuple(
            (item.use, item.text) for item in sorted(term.spellings, key=lambda item: item.id)
        ),
    )


def parts_changed(before: TermDraft, after: TermDraft) -> tuple[str, ...]:
    """Give the parts of a term that differ; spellings have no order."""
    first, second = _parts(tidied(before)), _parts(tidied(after))
    return tuple(part for part in PARTS if first[part] != second[part])


def raise_edition(session: Session, now: datetime) -> None:
    """Tell every process and every index that the vocabulary changed; last in a transaction."""
    session.execute(
        update(ReferenceLoad)
        .values(edition=ReferenceLoad.edition + 1)
        .execution_options(synchronize_session=False)
    )
    record_changes(session, ChangeNoun.VOCABULARY, [REFERENCE_ROW], now)


def _parts(draft: TermDraft) -> dict[str, object]:
    found = (
        (draft.name_en, draft.name_hi),
        draft.group,
        draft.note,
        (draft.plain_en, draft.plain_hi),
        frozenset(draft.spellings),
    )
    return dict(zip(PARTS, found, strict=True))


def _write(term: Term, wanted: TermDraft, now: datetime) -> None:
    term.name_en, term.name_hi = wanted.name_en, wanted.name_hi
    term.note = wanted.note
    if term.kind in SHELVES:
        term.group_slug = wanted.group
    if term.kind in HAS_PLAIN_WORDS:
        plain = {"plain_en": wanted.plain_en, "plain_hi": wanted.plain_hi}
        kept = {key: value for key, value in term.details.items() if key not in plain}
        term.details = kept | {key: value for key, value in plain.items() if value}
    _write_spellings(term, wanted.spellings)
    term.edited_at = now


def _write_spellings(term: Term, wanted: Iterable[tuple[SpellingUse, str]]) -> None:
    """Let a term have these spellings; rows that say the same stay where they are."""
    known = {(item.use, item.text): item for item in term.spellings}
    term.spellings = [known.get(pair) or TermSpelling(use=pair[0], text=pair[1]) for pair in wanted]


def _groups(session: Session, kind: TermKind) -> tuple[str, ...]:
    shelf = SHELVES.get(kind)
    if shelf is None:
        return ()
    return tuple(session.scalars(select(Term.slug).where(Term.kind == shelf)).all())


def _refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        raise RefusedTermError(faults)
