"""`flask users create | list | role | suspend | restore | link`: accounts, for an operator.

There is no password to begin with: a new account signs in by a link that is printed once and
works once, within a day. Addresses are never listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from directory.accounts import operations
from directory.accounts.models import Role
from directory.accounts.queries import people, person_by_email
from directory.audit.policy import COMMAND
from directory.cli import plain
from directory.core.db import db

if TYPE_CHECKING:
    from directory.accounts.operations import PrintedLink
    from directory.accounts.queries import PersonView

# How roles are said on the command line; an account never says that anybody is ill.
ROLES = {"patient": Role.USER, "moderator": Role.MODERATOR, "administrator": Role.ADMINISTRATOR}
SAID = {role: word for word, role in ROLES.items()}
MOST_LISTED = 500

role_option = click.option(
    "--role", type=click.Choice(list(ROLES)), required=True, help="What the account may do."
)
name_option = click.option(
    "--name", help="The name of staff inside the desk; by default what stands before the @."
)


@click.group()
def users() -> None:
    """Accounts: make them, change what they may do, suspend them."""


@users.command("create")
@click.argument("email")
@role_option
@name_option
@click.option(
    "--language",
    type=click.Choice(["en", "hi"]),
    default="en",
    show_default=True,
    help="The language of letters.",
)
@with_appcontext
def create(email: str, role: str, name: str | None, language: str) -> None:
    """Make an account for EMAIL and print the link its owner signs in with first."""
    with plain.told():
        made = operations.create_user(
            email=email,
            role=ROLES[role],
            name=name or _first_part(email),
            language=language,
            actor=COMMAND,
            keys=plain.keys(),
            now=plain.now(),
        )
    click.echo(f"Account {made.user_id} made: {role}.")
    _print(made.link)


@users.command("list")
@click.option("--role", type=click.Choice(list(ROLES)), help="Only accounts of this role.")
@with_appcontext
def show(role: str | None) -> None:
    """List accounts, the newest first: number, role, state, enrolled or not, name of staff."""
    with plain.told():
        roles = None if role is None else [ROLES[role]]
        page = people(db.session(), roles=roles, per_page=MOST_LISTED)
    for person in page.items:
        click.echo(_line(person))
    click.echo(f"{page.total} accounts.")


@users.command("role")
@click.argument("email")
@role_option
@name_option
@with_appcontext
def role_command(email: str, role: str, name: str | None) -> None:
    """Give the account of EMAIL another role; new staff then need `flask users link`."""
    with plain.told():
        operations.change_role(
            user_id=_user_id(email),
            role=ROLES[role],
            name=name or _first_part(email),
            actor=COMMAND,
            now=plain.now(),
        )
    click.echo(f"Role changed to {role}; signed out everywhere.")


@users.command("suspend")
@click.argument("email")
@with_appcontext
def suspend(email: str) -> None:
    """Keep the account of EMAIL from signing in, and sign it out everywhere."""
    with plain.told():
        operations.suspend(user_id=_user_id(email), actor=COMMAND, now=plain.now())
    click.echo("Suspended; signed out everywhere.")


@users.command("restore")
@click.argument("email")
@with_appcontext
def restore(email: str) -> None:
    """Let the suspended account of EMAIL sign in again."""
    with plain.told():
        operations.restore(user_id=_user_id(email), actor=COMMAND, now=plain.now())
    click.echo("Restored.")


@users.command("link")
@click.argument("email")
@click.option(
    "--anew",
    is_flag=True,
    help="Take password, second step and recovery codes away first, for who has lost them.",
)
@with_appcontext
def link(email: str, *, anew: bool) -> None:
    """Print a new link for the account of EMAIL; one printed before works no more.

    Staff enrol with it once; afterwards they sign in with password and second step.
    """
    with plain.told():
        user_id = _user_id(email)
        if anew:
            operations.reset_enrolment(user_id=user_id, actor=COMMAND, now=plain.now())
        made = operations.make_link(
            user_id=user_id, actor=COMMAND, keys=plain.keys(), now=plain.now()
        )
    _print(made)


def _user_id(email: str) -> int:
    return person_by_email(db.session(), email, keys=plain.keys()).user_id


def _first_part(email: str) -> str:
    return email.partition("@")[0]


def _print(made: PrintedLink) -> None:
    site_url = current_app.config["SETTINGS"].site_url
    click.echo("Open this once, within 24 hours; whoever has it can use it:")
    click.echo(f"{site_url}{made.path}")


def _line(person: PersonView) -> str:
    words = [f"{person.user_id:>6}", SAID[person.role], person.state.value]
    if person.role is not Role.USER:
        words += ["enrolled" if person.is_enrolled else "not enrolled", person.display_name or ""]
    if person.is_demo:
        words.append("(demo)")
    return "  ".join(words)
