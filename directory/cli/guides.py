"""`flask guides list | show | write | review | publish | withdraw | readability`: guides.

For an operator. A guide is one Markdown file with its facts in YAML at its head
(`guides/files.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.clock import delhi_day
from directory.core.db import db
from directory.core.errors import NotFoundError
from directory.guides import operations
from directory.guides.files import guide_file, read_guide
from directory.guides.numbers import numbers_without_source
from directory.guides.policy import Review
from directory.guides.queries import desk_guide, desk_guides, public_guide, published_guides
from directory.guides.readability import OLDEST, YOUNGEST, reading_of
from directory.guides.shipped import shipped_guides

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from directory.guides.policy import GuideDraft
    from directory.guides.queries import DeskLine

STANDARD_STREAM = "-"
DAY = click.DateTime(formats=["%Y-%m-%d"])
RULE = f"""
Age is the school grade of Flesch and Kincaid (1975) and five years; our rule is {YOUNGEST} to
{OLDEST}. Counted: the summary, paragraphs and items of lists. Left out: headings, tables, Hindi,
addresses and the numbers of sources."""


@click.group()
def guides() -> None:
    """Guides to treatments and to finding help: write them, have them read, show them."""


@guides.command("list")
@with_appcontext
def list_command() -> None:
    """List guides, those due first: address, state, shown and newest version, next review."""
    with plain.told():
        today = delhi_day(plain.now())
        for line in desk_guides(db.session(), today=today):
            due = "  DUE" if line.is_due(today) else ""
            click.echo(_line(line) + due)


@guides.command("show")
@click.argument("slug")
@click.option("--version", type=int, help="Another version than the newest.")
@with_appcontext
def show(slug: str, version: int | None) -> None:
    """Print the guide at SLUG as the file that `write` reads."""
    with plain.told():
        guide = desk_guide(db.session(), slug)
        found = guide.newest if version is None else guide.version(version)
        click.echo(guide_file(slug, found.draft, plain.vocabulary()), nl=False)


@guides.command("write")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@with_appcontext
def write(file: Path) -> None:
    """Keep the guide in FILE as its newest version; the same words again change nothing."""
    with plain.told():
        vocabulary = plain.vocabulary()
        slug, draft = read_guide(_text(file), vocabulary)
        written = operations.write_guide(
            actor=COMMAND,
            slug=slug,
            draft=draft,
            seen=_newest(slug),
            vocabulary=vocabulary,
            now=plain.now(),
        )
    said = "written" if written.is_new else "unchanged"
    click.echo(f"{slug}: version {written.version} {said}.")
    for part in numbers_without_source(draft):
        click.echo(f"A number without a source: {part}", err=True)


@guides.command("review")
@click.argument("slug")
@click.option("--by", "reviewer", required=True, help="The clinician, with qualification.")
@click.option("--on", "reviewed_on", type=DAY, help="The day it was read; by default today.")
@click.option("--next", "next_review_on", type=DAY, required=True, help="When to read it again.")
@click.option("--version", type=int, help="The version that was read; by default the newest.")
@with_appcontext
def review(
    slug: str,
    reviewer: str,
    reviewed_on: datetime | None,
    next_review_on: datetime,
    version: int | None,
) -> None:
    """Note that a clinician read the guide at SLUG."""
    with plain.told():
        number = version or desk_guide(db.session(), slug).newest.number
        on = delhi_day(plain.now()) if reviewed_on is None else reviewed_on.date()
        operations.review_version(
            actor=COMMAND,
            slug=slug,
            version=number,
            review=Review(reviewer, on, next_review_on.date()),
            now=plain.now(),
        )
    click.echo(f"{slug}: version {number} read on {on}, again by {next_review_on.date()}.")


@guides.command("publish")
@click.argument("slug")
@with_appcontext
def publish(slug: str) -> None:
    """Show the newest version of the guide at SLUG to readers."""
    with plain.told():
        number = desk_guide(db.session(), slug).newest.number
        operations.publish_guide(actor=COMMAND, slug=slug, version=number, now=plain.now())
    click.echo(f"{slug}: version {number} is shown at /guides/{slug}.")


@guides.command("withdraw")
@click.argument("slug")
@with_appcontext
def withdraw(slug: str) -> None:
    """Take the guide at SLUG back from readers."""
    with plain.told():
        operations.withdraw_guide(actor=COMMAND, slug=slug, now=plain.now())
    click.echo(f"{slug}: taken back.")


@guides.command("readability")
@with_appcontext
def readability() -> None:
    """Say how hard each guide is to read; exit code 1 when one is outside the rule."""
    with plain.told():
        found = [(slug, where, reading_of(draft)) for slug, where, draft in _drafts()]
    width = max((len(slug) for slug, _where, _reading in found), default=0)
    click.echo(f"{'guide':{width}}  where  words  sentences  words/sentence  grade   age")
    for slug, where, read in found:
        if read is None:
            click.echo(f"{slug:{width}}  {where:5}  nothing in English to count")
            continue
        click.echo(
            f"{slug:{width}}  {where:5}  {read.words:5}  {read.sentences:9}  "
            f"{read.words_in_a_sentence:14.1f}  {read.grade:5.1f}  {read.age:4.1f}"
        )
    click.echo(RULE)
    outside = [slug for slug, _where, read in found if read is not None and not read.is_plain]
    if outside:
        raise click.ClickException(f"Outside the rule: {', '.join(outside)}")


def _drafts() -> Iterator[tuple[str, str, GuideDraft]]:
    """Yield the guides that ship, then those readers see in other words, with where they stand."""
    ships = {file.slug: file.draft for file in shipped_guides()}
    for slug, draft in ships.items():
        yield slug, "file", draft
    try:
        lines = published_guides(db.session())
    except DBAPIError:
        return
    for line in lines:
        found = public_guide(db.session(), line.slug)
        shipped = ships.get(line.slug)
        if found and (shipped is None or found.version.draft.body != shipped.body):
            yield line.slug, "shown", found.version.draft


def _text(file: Path) -> str:
    try:
        if str(file) == STANDARD_STREAM:
            return sys.stdin.buffer.read().decode("utf-8")
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise click.ClickException(f"{file} cannot be read: {problem}") from None


def _newest(slug: str) -> int | None:
    try:
        return desk_guide(db.session(), slug).newest.number
    except NotFoundError:
        return None


def _line(line: DeskLine) -> str:
    shown = "-" if line.shown_version is None else str(line.shown_version)
    due = "-" if line.next_review_on is None else line.next_review_on.isoformat()
    return f"{line.slug}  {line.state.value}  {shown}/{line.newest_version}  {due}  {line.title}"
