"""`flask screening run FILE`: what the screening notices in texts of a file; writes nothing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from directory.moderation.screening import screen

if TYPE_CHECKING:
    from typing import TextIO


class LineError(Exception):
    """A line that cannot be screened; the message says why, without its text."""


@click.group()
def screening() -> None:
    """The advice moderators get about the text of a review."""


@screening.command("run")
@click.argument("file", type=click.File(encoding="utf-8"))
def run(file: TextIO) -> None:
    """Print the signals of each JSON line {"id", "text", "listed"} of FILE; "-" reads the input."""
    is_whole = True
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            click.echo(json.dumps(_answer(line), ensure_ascii=False))
        except LineError as error:
            is_whole = False
            click.echo(f"Line {number}: {error}.", err=True)
    if not is_whole:
        sys.exit(1)


def _answer(line: str) -> dict[str, Any]:
    asked = _asked(line)
    signals = [
        {"name": one.name.value, "span": [one.start, one.end], "why": one.why}
        for one in screen(asked["text"], listed=asked.get("listed"))
    ]
    return {"id": asked["id"], "signals": signals}


def _asked(line: str) -> dict[str, Any]:
    """Give what a line asks; raises `LineError`."""
    try:
        asked = json.loads(line.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise LineError(f"this is no JSON ({error.msg} at letter {error.pos + 1})") from error
    if not isinstance(asked, dict):
        raise LineError('this is no object with "id" and "text"')
    if not isinstance(asked.get("id"), str | int) or isinstance(asked["id"], bool):
        raise LineError('"id" must be a text or a number')
    if not isinstance(asked.get("text"), str):
        raise LineError('"text" must be a text')
    if not isinstance(asked.get("listed"), str | None):
        raise LineError('"listed" must be a text when it is given')
    return asked
