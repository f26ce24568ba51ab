"""The desk's edits of terms: what is refused, what follows, and that files no longer overwrite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.audit.policy import COMMAND
from directory.audit.queries import AuditFilter, events
from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.outbox.models import Change, ChangeNoun
from directory.vocabulary.changing import draft_of_view, with_merged, with_term
from directory.vocabulary.models import SpellingUse, Term, TermKind
from directory.vocabulary.operations import add_term, change_term, load_reference
from directory.vocabulary.policy import (
    NEVER_MERGED,
    RefusedTermError,
    TermDraft,
    slug_of,
    why_not_merged,
)
from directory.vocabulary.queries import load_vocabulary
from tests.vocabulary.data_files import copy_of_files

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import TermView, Vocabulary

GRIEF = (TermKind.CONDITION, "grief")
NEW = TermDraft("Climate worry", "जलवायु की चिंता", group="anxiety")
TOO_LONG = "a" * 161


def change(draft: TermDraft, now: datetime, seen: datetime | None = None) -> tuple[str, ...]:
    kind, slug = GRIEF
    return change_term(actor=COMMAND, kind=kind, slug=slug, draft=draft, seen=seen, now=now)


def grief(session: Session) -> TermView:
    session.rollback()
    return load_vocabulary(session).terms[GRIEF[0]][GRIEF[1]]


def test_a_new_spelling_reaches_every_process(
    app: Flask, session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    draft = draft_of_view(vocabulary.terms[GRIEF[0]][GRIEF[1]])
    more = draft.with_spellings(SpellingUse.SYNONYM, [*draft.of_use(SpellingUse.SYNONYM), "mourn"])

    assert change(more, now) == ("spellings",)

    kept = app.extensions["vocabulary"].current(session)
    assert "mourn" in kept.terms[GRIEF[0]][GRIEF[1]].synonyms
    assert kept.digest != vocabulary.digest
    newest = session.scalars(select(Change.noun).order_by(Change.seq.desc())).first()
    assert newest is ChangeNoun.VOCABULARY
    act = events(session, AuditFilter()).items[0]
    assert (act.act, dict(act.facts)) == ("term.changed", {"fields": "spellings"})


def test_saving_what_is_there_changes_nothing(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    assert change(draft_of_view(vocabulary.terms[GRIEF[0]][GRIEF[1]]), now) == ()
    assert load_vocabulary(session).digest == vocabulary.digest


def test_who_opened_the_form_before_somebody_saved_loses_nothing_of_theirs(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    draft = draft_of_view(vocabulary.terms[GRIEF[0]][GRIEF[1]])
    change(replace(draft, name_en="Grief and mourning"), now)

    with pytest.raises(ConflictError, match="Somebody changed this term"):
        change(replace(draft, note="x"), now, seen=None)
    assert grief(session).name_en == "Grief and mourning"


def test_files_no_longer_change_a_term_the_desk_edited(
    session: Session, vocabulary: Vocabulary, now: datetime, tmp_path: Path
) -> None:
    draft = draft_of_view(vocabulary.terms[GRIEF[0]][GRIEF[1]])
    change(replace(draft, name_en="Mourning", plain_en="After a death.\n\nIt takes time."), now)
    folder = copy_of_files(tmp_path)
    (folder / "sources.yaml").write_text((folder / "sources.yaml").read_text("utf-8") + "\n")

    assert load_reference(now=now, folder=folder).changed

    found = grief(session)
    assert (found.name_en, found.details["plain_en"]) == (
        "Mourning",
        "After a death.\n\nIt takes time.",
    )
    assert found.details["who"]


def test_a_new_term_stands_last_in_its_list(session: Session, now: datetime) -> None:
    add_term(actor=COMMAND, kind=TermKind.CONDITION, slug="climate", draft=NEW, now=now)

    session.rollback()
    assert list(load_vocabulary(session).terms[TermKind.CONDITION])[-1] == "climate"


@pytest.mark.parametrize(
    ("kind", "slug", "draft", "field"),
    [
        (TermKind.CONDITION, "grief", NEW, "slug"),
        (TermKind.CONDITION, "Climate Worry", NEW, "slug"),
        (TermKind.CONDITION, "climate", replace(NEW, name_en=" "), "name_en"),
        (TermKind.CONDITION, "climate", replace(NEW, name_hi="Climate"), "name_hi"),
        (TermKind.CONDITION, "climate", replace(NEW, name_en=TOO_LONG), "name_en"),
        (TermKind.CONDITION, "climate", replace(NEW, group="no-shelf"), "group"),
        (TermKind.CONDITION, "climate", replace(NEW, group=None), "group"),
        (
            TermKind.CONDITION,
            "climate",
            replace(NEW, spellings=((SpellingUse.SYNONYM, "me@example.org"),)),
            "synonym",
        ),
        (
            TermKind.CONDITION,
            "climate",
            replace(NEW, spellings=((SpellingUse.MATCH_ONLY, "?!"),)),
            "match_only",
        ),
        (
            TermKind.CONDITION,
            "climate",
            replace(NEW, spellings=((SpellingUse.HINGLISH, "चिंता"),)),
            "hinglish",
        ),
        (TermKind.REGISTER, "new-register", replace(NEW, group=None), "kind"),
        (TermKind.PROFESSION, "coach", replace(NEW, group=None), "kind"),
    ],
)
def test_a_term_is_refused(
    session: Session, now: datetime, *, kind: TermKind, slug: str, draft: TermDraft, field: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        add_term(actor=COMMAND, kind=kind, slug=slug, draft=draft, now=now)

    assert refused.value.field == field
    assert session.scalars(select(Term.id).filter_by(kind=kind, name_en=draft.name_en)).all() == []


def test_every_fault_is_told_at_once(session: Session, now: datetime) -> None:
    wrong = TermDraft("", "Latin", spellings=((SpellingUse.SYNONYM, TOO_LONG),))

    with pytest.raises(RefusedTermError) as refused:
        add_term(actor=COMMAND, kind=TermKind.TREATMENT, slug="-", draft=wrong, now=now)

    fields = [field for field, _ in refused.value.faults]
    assert fields == ["slug", "name_en", "name_hi", "group", "synonym"]


def test_a_term_that_is_none_cannot_be_changed(session: Session, now: datetime) -> None:
    with pytest.raises(NotFoundError):
        change_term(
            actor=COMMAND, kind=TermKind.MODE, slug="by-pigeon", draft=NEW, seen=None, now=now
        )


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Cognitive behaviour therapy (CBT)", "cognitive-behaviour-therapy"),
        ("Drink & drugs", "drink-and-drugs"),
        ("Éveil", "eveil"),
        ("चिंता", ""),
    ],
)
def test_a_name_suggests_a_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_what_the_directory_speaks_of_by_name_is_there_and_stays(vocabulary: Vocabulary) -> None:
    for kind, slug in NEVER_MERGED:
        assert slug in vocabulary.terms[kind]
        assert why_not_merged(kind, slug, "another")


def test_a_preview_leaves_the_vocabulary_as_it_is(vocabulary: Vocabulary) -> None:
    grief = vocabulary.terms[GRIEF[0]][GRIEF[1]]
    renamed = with_term(vocabulary, *GRIEF, replace(draft_of_view(grief), name_en="Mourning"))
    merged = with_merged(vocabulary, *GRIEF, "loneliness")

    assert renamed.terms[GRIEF[0]]["grief"].name_en == "Mourning"
    assert merged.term_by_id[grief.id].slug == "loneliness"
    assert grief.name_en in merged.terms[GRIEF[0]]["loneliness"].synonyms
    assert vocabulary.terms[GRIEF[0]]["grief"] is grief
    assert len({vocabulary.digest, renamed.digest, merged.digest}) == 3
