"""`flask vocabulary list | show | add | rename | synonyms | merge | unmet`: terms, by command.

The same rules as the desk of the vocabulary. `--dry-run` says what a change would do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.db import db
from directory.core.errors import NotFoundError
from directory.listings.queries.terms import carried
from directory.moderation.terms import merge_terms
from directory.search.rereading import Change, clashes, reread
from directory.search.unmet import forget_words, unmet_words
from directory.vocabulary.changing import draft_of_view, with_merged, with_term
from directory.vocabulary.models import SpellingUse, TermKind
from directory.vocabulary.operations import add_term, change_term
from directory.vocabulary.policy import TermDraft, slug_of
from directory.vocabulary.queries import edited_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from directory.search.rereading import Side
    from directory.vocabulary.queries import TermView

KINDS = click.Choice([kind.value for kind in TermKind])
MOST_UNMET = 200
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what it would do and change nothing.")


@click.group()
def vocabulary() -> None:
    """Terms of the vocabulary: their names, spellings, merges, and words that found nothing."""


@vocabulary.command("list")
@click.argument("kind", type=KINDS)
@with_appcontext
def list_(kind: str) -> None:
    """List the terms of KIND: slug, name, name in Hindi, public listings that carry it."""
    with plain.told():
        for term in plain.vocabulary().terms[TermKind(kind)].values():
            count = carried(db.session(), term.id).public
            click.echo(f"{term.slug}\t{term.name_en}\t{term.name_hi}\t{count}")


@vocabulary.command("show")
@click.argument("kind", type=KINDS)
@click.argument("slug")
@with_appcontext
def show(kind: str, slug: str) -> None:
    """Show a term: names, shelf, note, and every spelling with its use."""
    with plain.told():
        term = _term(kind, slug)
        count = carried(db.session(), term.id)
    click.echo(f"{term.slug}: {term.name_en} / {term.name_hi}")
    for key, value in (("group", term.group), ("note", term.note)):
        if value:
            click.echo(f"{key}: {value}")
    for use in SpellingUse:
        texts = draft_of_view(term).of_use(use)
        if texts:
            click.echo(f"{use.value}: {', '.join(texts)}")
    click.echo(f"carried by {count.public} public listings and {count.others} others")


@vocabulary.command("add")
@click.argument("kind", type=KINDS)
@click.argument("name_en")
@click.argument("name_hi")
@click.option("--slug", help="The end of its address; by default from the English name.")
@click.option("--group", help="The shelf it stands on, by its slug.")
@click.option("--note", help="A line readers see beside it.")
@with_appcontext
def add(
    kind: str, name_en: str, name_hi: str, *, slug: str | None, group: str | None, note: str | None
) -> None:
    """Add a term called NAME_EN and NAME_HI at the end of the list KIND."""
    from_name = slug or slug_of(name_en)
    with plain.told():
        draft = TermDraft(name_en, name_hi, group=group, note=note)
        add_term(actor=COMMAND, kind=TermKind(kind), slug=from_name, draft=draft, now=plain.now())
    click.echo(f"{kind} {from_name}: added.")


@vocabulary.command("rename")
@click.argument("kind", type=KINDS)
@click.argument("slug")
@click.option("--en", help="The name in English.")
@click.option("--hi", help="The name in Hindi.")
@click.option("--group", help="The shelf it stands on, by its slug.")
@click.option("--note", help="A line readers see beside it.")
@DRY_RUN
@with_appcontext
def rename(
    kind: str,
    slug: str,
    *,
    en: str | None,
    hi: str | None,
    group: str | None,
    note: str | None,
    dry_run: bool,
) -> None:
    """Change the names, the shelf or the note of a term; its slug stays."""
    with plain.told():
        term = _term(kind, slug)
        known = draft_of_view(term)
        draft = replace(
            known,
            name_en=known.name_en if en is None else en,
            name_hi=known.name_hi if hi is None else hi,
            group=known.group if group is None else group,
            note=known.note if note is None else note,
        )
        _change(term, draft, dry_run=dry_run)


@vocabulary.command("synonyms")
@click.argument("kind", type=KINDS)
@click.argument("slug")
@click.option("--add", "gained", multiple=True, metavar="TEXT", help="Another spelling.")
@click.option("--remove", "lost", multiple=True, metavar="TEXT", help="A spelling that goes.")
@click.option(
    "--use",
    type=click.Choice([use.value for use in SpellingUse]),
    default=SpellingUse.SYNONYM.value,
    show_default=True,
    help="What kind of spelling; only synonyms are ever shown.",
)
@DRY_RUN
@with_appcontext
def synonyms(
    kind: str, slug: str, *, gained: Sequence[str], lost: Sequence[str], use: str, dry_run: bool
) -> None:
    """Add or remove spellings of a term."""
    with plain.told():
        term = _term(kind, slug)
        draft = draft_of_view(term)
        kept = [text for text in draft.of_use(SpellingUse(use)) if text not in lost]
        _change(term, draft.with_spellings(SpellingUse(use), [*kept, *gained]), dry_run=dry_run)


@vocabulary.command("merge")
@click.argument("kind", type=KINDS)
@click.argument("slug")
@click.argument("into")
@DRY_RUN
@with_appcontext
def merge(kind: str, slug: str, into: str, *, dry_run: bool) -> None:
    """Merge the term SLUG into the term INTO, for good: listings, guides and spellings move."""
    with plain.told():
        term, stays = _term(kind, slug), _term(kind, into)
        if dry_run:
            known = plain.vocabulary()
            _tell(Change(known, with_merged(known, term.kind, slug, into), term.kind, slug))
            click.echo(f"{carried(db.session(), term.id).total} listings would carry {into}.")
            return
        done = merge_terms(
            actor=COMMAND, kind=term.kind, slug=slug, into=stays.slug, now=plain.now()
        )
    click.echo(f"{slug}: merged into {into}; {done.listings} listings, {done.guides} guides.")


@vocabulary.command("unmet")
@click.option("--forget", metavar="WORDS", help="Let words go that stand for nothing here.")
@with_appcontext
def unmet(forget: str | None) -> None:
    """List words that found nothing three times or more: times, last day, words."""
    with plain.told():
        if forget:
            forget_words(forget)
        for line in unmet_words(db.session(), MOST_UNMET):
            click.echo(f"{line.times}\t{line.last_on}\t{line.words}")


def _term(kind: str, slug: str) -> TermView:
    found = plain.vocabulary().term(TermKind(kind), slug)
    if found is None:
        raise NotFoundError(f"There is no {kind} {slug}.")
    return found


def _change(term: TermView, draft: TermDraft, *, dry_run: bool) -> None:
    if dry_run:
        known = plain.vocabulary()
        after = with_term(known, term.kind, term.slug, draft)
        _tell(Change(known, after, term.kind, term.slug))
        return
    parts = change_term(
        actor=COMMAND,
        kind=term.kind,
        slug=term.slug,
        draft=draft,
        seen=edited_at(db.session(), term.id),
        now=plain.now(),
    )
    said = f"changed {', '.join(parts)}" if parts else "unchanged"
    click.echo(f"{term.kind.value} {term.slug}: {said}.")


def _tell(change: Change) -> None:
    """Say what a change would do to searches."""
    also = [line.words for line in unmet_words(db.session(), MOST_UNMET)]
    found = reread(change, also, current_app.extensions["search"].engine(), plain.now())
    for clash in clashes(change):
        click.echo(f"{clash.text}: stands for {_pairs(clash.meant)} already")
    for one in found.changed:
        click.echo(f"{one.text}: {_side(one.before)} -> {_side(one.after)}")
    click.echo(f"{found.tried} searches tried, {len(found.changed)} read otherwise.")


def _side(side: Side) -> str:
    understood = _pairs((item.parameter, item.value) for item in side.reading.understood)
    words = " ".join((*side.reading.words, *side.reading.phrases))
    hits = "" if side.hits is None else f" ({side.hits})"
    return (" ".join(filter(None, (understood, words))) or "nothing") + hits


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{parameter}={value}" for parameter, value in pairs)
