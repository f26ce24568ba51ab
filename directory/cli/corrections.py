"""`flask corrections list | show | accept | decline`: what readers reported, by command.

Decisions are somebody's: `--by` names the moderator or administrator. The desk's rules hold, the
record names the terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from flask.cli import with_appcontext

from directory.accounts.policy import Viewer
from directory.accounts.queries.people import person_by_email
from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.clock import DELHI
from directory.core.db import db
from directory.listings.models import CorrectionKind
from directory.moderation import decisions
from directory.moderation.queries.desk import queue
from directory.moderation.queries.lists import QueueList
from directory.moderation.queries.report_case import report_page
from directory.moderation.queries.suggested import document_of_suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.moderation.decisions import Corrected
    from directory.moderation.queries.desk import QueueItem
    from directory.moderation.queries.report_views import ReportPage

BY = click.option(
    "--by", "email", required=True, help="The address of the moderator or administrator."
)
NO_SESSION = 0


@click.group()
def corrections() -> None:
    """Reports of readers: wrong details, calls, missing listings."""


@corrections.command("list")
@BY
@click.option("--page", default=1, show_default=True, help="Which page of the list.")
@with_appcontext
def list_(*, email: str, page: int) -> None:
    """List open reports, the most pressing first: case, kind, fact, due, how many say so."""
    with plain.told():
        viewer = _viewer(email)
        found = queue(db.session(), viewer, which=QueueList.REPORTS, page=page, now=plain.now())
    for item in found.items:
        click.echo(_line(item))
    if not found.items:
        click.echo("No reports are open.")


@corrections.command("show")
@click.argument("case", type=int)
@BY
@with_appcontext
def show(case: int, *, email: str) -> None:
    """Show the report of CASE: what the page says, what readers say, and how they know."""
    with plain.told():
        found = _read(_viewer(email), case)
    about = found.listing.slug if found.listing else "a missing listing"
    click.echo(f"{about}: {found.report_kind.value}, {found.fact}, {found.state.value}")
    for key, value in (found.listing.says if found.listing else found.suggested or {}).items():
        click.echo(f"says {key}: {plain.as_json(value)}")
    for key, value in found.asked.items():
        click.echo(f"asked {key}: {plain.as_json(value)}")
    for report in found.reports:
        said = " / ".join(filter(None, (report.proposed, report.evidence))) or "no words"
        click.echo(f"{report.made_at.astimezone(DELHI):%Y-%m-%d}  {report.receipt}  {said}")


@corrections.command("accept")
@click.argument("case", type=int)
@click.argument("changes", nargs=-1, metavar="[KEY=JSON]...")
@BY
@click.option("--stays", is_flag=True, help="Change nothing: the fact stays in doubt.")
@click.option("--words", help="What who reported it is told.")
@with_appcontext
def accept(
    case: int, changes: Sequence[str], *, email: str, stays: bool, words: str | None
) -> None:
    """Let the page say what the report of CASE asks for, or what KEY=JSON says instead."""
    with plain.told():
        viewer = _viewer(email)
        found = _read(viewer, case)
        made = decisions.accept(
            viewer=viewer,
            case_id=case,
            version=found.version,
            changes={} if stays else _asked(found, changes),
            words=words,
            keys=plain.keys(),
            vocabulary=plain.vocabulary(),
            now=plain.now(),
            seen=found.listing.seen if found.listing else None,
            actor=COMMAND,
        )
    _tell(case, made)


@corrections.command("decline")
@click.argument("case", type=int)
@BY
@click.option("--words", required=True, help="Why the page stays; who reported it is told.")
@with_appcontext
def decline(case: int, *, email: str, words: str) -> None:
    """Leave the page as it is, with an answer to who reported it."""
    with plain.told():
        viewer = _viewer(email)
        made = decisions.decline(
            viewer=viewer,
            case_id=case,
            version=_read(viewer, case).version,
            words=words,
            keys=plain.keys(),
            now=plain.now(),
            actor=COMMAND,
        )
    _tell(case, made)


def _viewer(email: str) -> Viewer:
    """Give who decides; the terminal stands for both steps of signing in."""
    person = person_by_email(db.session(), email, keys=plain.keys())
    return Viewer(
        user_id=person.user_id,
        role=person.role,
        state=person.state,
        session_id=NO_SESSION,
        is_strong=True,
        display_name=person.display_name,
    )


def _read(viewer: Viewer, case: int) -> ReportPage:
    return report_page(db.session(), viewer, case, vocabulary=plain.vocabulary(), now=plain.now())


def _asked(found: ReportPage, changes: Sequence[str]) -> dict[str, Any]:
    if found.report_kind is CorrectionKind.MISSING_LISTING:
        return {**document_of_suggestion(found.suggested or {}), **plain.assigned(changes)}
    return plain.assigned(changes) or dict(found.asked)


def _line(item: QueueItem) -> str:
    fact = item.fact or "-"
    call = f" {item.call.value}" if item.call else ""
    number = "1 report" if item.reports == 1 else f"{item.reports} reports"
    return (
        f"{item.case_id}  {item.kind.value}  {fact}{call}  "
        f"by {item.target_at.astimezone(DELHI):%Y-%m-%d %H:%M}  {number}"
    )


def _tell(case: int, made: Corrected) -> None:
    change = f", change {made.change_id}" if made.change_id else ""
    listing = f", listing {made.listing_id}" if made.listing_id else ""
    click.echo(f"Case {case}: {made.state.value}{listing}{change}.")
