"""`flask listings duplicates`, `merge`, `told-apart`: listings that may be one.

The same as the administrator's pages of duplicates, by command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.db import db
from directory.core.errors import InvalidError
from directory.listings.exchange.merging import Side
from directory.listings.queries.editing import listing_id_of, rows_of
from directory.listings.queries.lookalikes import pairs_alike, told_apart
from directory.moderation.merging import merge_listings, tell_apart
from directory.moderation.queries.merging import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.listings.likeness.sketches import AlikePair
    from directory.moderation.queries.merging import Comparison


@click.command("duplicates")
@click.option("--least", default=50, show_default=True, help="Only pairs with this score or more.")
@click.option("--most", default=100, show_default=True, help="At most so many pairs.")
@with_appcontext
def duplicates(least: int, most: int) -> None:
    """List pairs of listings that may be one, the likeliest first: score, slugs, reasons."""
    with plain.told():
        session = db.session()
        apart = told_apart(session)
        pairs = [
            pair
            for pair in pairs_alike(session, vocabulary=plain.vocabulary())
            if pair.score >= least and (pair.first, pair.second) not in apart
        ]
        rows = rows_of(session, [key for pair in pairs[:most] for key in (pair.first, pair.second)])
    for pair in pairs[:most]:
        click.echo(f"{pair.score:>3}  {rows[pair.first].slug}  {rows[pair.second].slug}")
        click.echo(f"     {_reasons(pair)}")
    click.echo(f"{len(pairs)} pairs.")


@click.command("merge")
@click.argument("keep")
@click.argument("other")
@click.option("--take", multiple=True, metavar="KEY", help="Take this key's value from OTHER.")
@click.option("--own", multiple=True, metavar="KEY", help="Keep this key's value of KEEP.")
@click.option("--both", multiple=True, metavar="KEY", help="Put both lists of this key together.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@with_appcontext
def merge(
    keep: str,
    other: str,
    *,
    take: Sequence[str],
    own: Sequence[str],
    both: Sequence[str],
    dry_run: bool,
) -> None:
    """Merge OTHER into KEEP (each a slug or a ref): OTHER leads to KEEP from then on.

    A key that differs and is not named is taken from KEEP, from OTHER where KEEP says nothing;
    lists of words are put together.
    """
    with plain.told():
        keep_id, other_id = (listing_id_of(db.session(), name) for name in (keep, other))
        found = compare(db.session(), keep_id, other_id, vocabulary=plain.vocabulary())
        if found is None:
            raise InvalidError("other", "This is one listing, not two.")
        named = {Side.OTHER: take, Side.KEEP: own, Side.BOTH: both}
        choices = {**found.suggested, **{key: side for side in named for key in named[side]}}
        _tell(found, choices)
        if dry_run:
            click.echo(found.refusal or "Dry run, nothing was changed.")
            return
        merged = merge_listings(
            actor=COMMAND,
            keep_id=keep_id,
            other_id=other_id,
            choices=choices,
            vocabulary=plain.vocabulary(),
            now=plain.now(),
        )
    click.echo(f"Merged into {found.keep.row.slug}; {merged.reviews} reviews came to it.")


@click.command("told-apart")
@click.argument("one")
@click.argument("other")
@with_appcontext
def apart(one: str, other: str) -> None:
    """Note that ONE and OTHER (each a slug or a ref) are two, so that no list offers them again."""
    with plain.told():
        one_id, other_id = (listing_id_of(db.session(), name) for name in (one, other))
        tell_apart(actor=COMMAND, one_id=one_id, other_id=other_id, now=plain.now())
    click.echo("Told apart.")


def _tell(found: Comparison, choices: dict[str, Side]) -> None:
    for key in found.differing:
        click.echo(f"{key}: {choices[key].value}")
    moving = found.moving
    click.echo(
        f"Moves: {moving.reviews} reviews, {moving.reports} reports, {moving.ties} ties, "
        f"{moving.practitioners} practitioners; leads on: {', '.join(moving.addresses)}"
    )


def _reasons(pair: AlikePair) -> str:
    told = (
        reason.ground.value if reason.detail is None else f"{reason.ground.value} {reason.detail}"
        for reason in pair.reasons
    )
    return ", ".join(told)


COMMANDS = (duplicates, merge, apart)
