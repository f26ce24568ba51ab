"""`flask helplines list | called`: which lines readers see, and when somebody last rang them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.clock import delhi_day
from directory.vocabulary.operations import record_helpline_call

if TYPE_CHECKING:
    from datetime import datetime

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def helplines() -> None:
    """Telephone lines for people in distress: what is said of them, and when one was rung."""


@helplines.command("list")
@with_appcontext
def list_command() -> None:
    """List every line: its name here, number, hours, whether readers see it, the last call."""
    with plain.told():
        for line in plain.vocabulary().helplines.values():
            called = line.checked_on.isoformat() if line.checked_on else "never rung"
            click.echo(f"{line.slug}  {line.number}  {line.hours}  {line.shown.value}  {called}")


@helplines.command("called")
@click.argument("slug")
@click.option("--on", "day", type=DAY, help="The day it answered, 2026-11-01; today if left out.")
@with_appcontext
def called(slug: str, day: datetime | None) -> None:
    """Record that somebody rang the line at SLUG, and that it answered."""
    with plain.told():
        now = plain.now()
        on = delhi_day(now) if day is None else day.date()
        record_helpline_call(actor=COMMAND, slug=slug, called_on=on, now=now)
    click.echo(f"{slug} answered on {on.isoformat()}.")
