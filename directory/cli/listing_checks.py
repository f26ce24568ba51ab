"""`flask listings check` and `stale`: who vouches for which fact, and what nobody vouches for.

The same rules as the desk of checks; the record of acts says that it was the terminal.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.clock import delhi_day
from directory.core.db import db
from directory.listings.harm import Due, Harm
from directory.listings.models import ListingKind, RegistrationState
from directory.listings.operations import CheckRecord, record_checks
from directory.listings.operations.checks import BY_HAND
from directory.listings.policy import REGISTRATION, expires_on
from directory.listings.queries.editing import listing_id_of
from directory.listings.queries.stale import QueueFilter, stale_counts, stale_queue

if TYPE_CHECKING:
    from directory.listings.queries.stale import DueFact

MOST_SHOWN = 20
A_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("check")
@click.argument("slug")
@click.argument("facts", nargs=-1, required=True, metavar="FACT[=STATE[@UNTIL]]...")
@click.option(
    "--how",
    required=True,
    type=click.Choice(sorted(method.value for method in BY_HAND)),
    help="How it was checked.",
)
@click.option("--on", "day", type=A_DAY, help="The day it was checked; today when left out.")
@click.option("--note", help="The evidence in words; readers see it.")
@with_appcontext
def check(
    slug: str, facts: tuple[str, ...], *, how: str, day: date | None, note: str | None
) -> None:
    """Record that FACTs of the listing at SLUG were checked and are so.

    A look in a register says what it showed: registration:rci=found, or
    registration:smha-delhi=found@2028-03-31 with the last day of the certificate.
    """
    now = plain.now()
    on = delhi_day(now) if day is None else date(day.year, day.month, day.day)
    looked = dict(_looked_up(fact) for fact in facts)
    with plain.told():
        checks = CheckRecord(
            facts=tuple(looked),
            method=next(method for method in BY_HAND if method.value == how),
            checked_on=on,
            note=note,
            found={fact: state for fact, (state, _end) in looked.items() if state is not None},
            valid_until={fact: end for fact, (_state, end) in looked.items() if end is not None},
        )
        record_checks(
            actor=COMMAND,
            listing_id=listing_id_of(db.session(), slug),
            checks=checks,
            vocabulary=plain.vocabulary(),
            now=now,
        )
    for fact in looked:
        click.echo(f"{slug}: {fact} checked on {on}, counts until {expires_on(fact, on)}.")


@click.command("stale")
@click.option("--harm", type=click.Choice([harm.value for harm in Harm]), help="One part only.")
@click.option("--due", type=click.Choice([due.value for due in Due]), help="One reason only.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in ListingKind]), help="One kind only."
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=MOST_SHOWN,
    show_default=True,
    help="At most so many.",
)
@with_appcontext
def stale(*, harm: str | None, due: str | None, kind: str | None, limit: int) -> None:
    """List the listings with facts nobody vouches for, what harms most first."""
    session, today = db.session(), delhi_day(plain.now())
    asked = QueueFilter(
        Harm(harm) if harm else None, Due(due) if due else None, ListingKind(kind) if kind else None
    )
    with plain.told():
        found = stale_queue(session, asked, today=today, offset=0, limit=limit)
        counts = stale_counts(session, today)
    for listing in found.listings:
        click.echo(f"{listing.slug}\t{', '.join(map(_words, listing.facts))}")
    click.echo(f"{found.total} listings, {len(found.listings)} of them shown.")
    click.echo("Facts due: " + ", ".join(f"{part} {n}" for part, n in counts.items()) + ".")


def _looked_up(text: str) -> tuple[str, tuple[RegistrationState | None, date | None]]:
    """Read `registration:rci=found@2028-03-31`; only registers have a state and an end."""
    fact, _equals, showed = text.partition("=")
    state, _at, until = showed.partition("@")
    if not showed:
        return fact, (None, None)
    if not fact.startswith(f"{REGISTRATION}:"):
        raise click.BadParameter(f"only a registration has a state: {text}")
    try:
        return fact, (RegistrationState(state), date.fromisoformat(until) if until else None)
    except ValueError:
        raise click.BadParameter(f"write it as {fact}=found@2028-03-31, not {text}") from None


def _words(fact: DueFact) -> str:
    """Say one due fact: `phone doubted by 4`, `fee since 2026-05-04`, `night never`."""
    if fact.outcome is not None:
        return f"{fact.fact} doubted by {fact.reports} ({fact.outcome})"
    if fact.lapsed_on is not None:
        return f"{fact.fact} ran out {fact.lapsed_on}"
    return f"{fact.fact} since {fact.checked_on}" if fact.checked_on else f"{fact.fact} never"


COMMANDS = (check, stale)
