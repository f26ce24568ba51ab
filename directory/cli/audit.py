"""`flask audit verify | list`: the record of acts, read by an operator; nothing here changes it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from directory.audit.actions import ACTS
from directory.audit.queries import AuditFilter, events, head_of, verify_chain
from directory.cli.search import plainly
from directory.core.clock import DELHI
from directory.core.db import db

if TYPE_CHECKING:
    from directory.audit.queries import EventView


@click.group()
def audit() -> None:
    """The record of acts: what was done, by whom, and whether anybody changed it since."""


@audit.command("verify")
@with_appcontext
def verify() -> None:
    """Read the whole record; ends with 1 and what is wrong when a row was changed or is missing.

    Keep the last line elsewhere: who rewrites the whole record cannot rewrite your note.
    """
    with plainly():
        faults = verify_chain(db.session())
        db.session().rollback()
        head = head_of(db.session())
    for fault in faults:
        click.echo(fault)
    if faults or head is None:
        click.echo(f"The record of acts is not whole. Faults found: {len(faults)}.")
        sys.exit(1)
    click.echo(f"The record of acts is whole: {head.seq} acts.")
    click.echo(f"It ends with {head.hash}")


@audit.command("list")
@click.option("--act", type=click.Choice(sorted(ACTS)), metavar="ACT", help="Only this act.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only from this day in Delhi on (YYYY-MM-DD).",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=50,
    show_default=True,
    help="How many at most.",
)
@with_appcontext
def show(act: str | None, since: datetime | None, limit: int) -> None:
    """List acts, newest first: number, time, act, subject, who, facts."""
    start = None if since is None else datetime.combine(since.date(), time(), DELHI)
    with plainly():
        page = events(db.session(), AuditFilter(act=act, since=start), limit=limit)
    for event in page.items:
        click.echo(_line(event))
    if page.next_before is not None:
        click.echo("… and more; give --limit or --since")


def _line(event: EventView) -> str:
    who = (
        event.actor_kind.value if event.actor_id is None else f"{event.actor_kind} {event.actor_id}"
    )
    subject = (
        event.subject_noun
        if event.subject_id is None
        else f"{event.subject_noun} {event.subject_id}"
    )
    facts = " ".join(f"{name}={_shown(value)}" for name, value in event.facts.items())
    moment = event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{event.seq}  {moment}  {event.act}  {subject}  by {who}  {facts}".rstrip()


def _shown(value: str | int | None) -> str:
    return "-" if value is None else str(value)
