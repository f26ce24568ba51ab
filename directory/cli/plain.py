"""What commands of several nouns share: the time, the vocabulary, refusals told plainly, values.

Not a command itself.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from flask import current_app

from directory.cli.search import plainly
from directory.core.clock import utc_now
from directory.core.db import db
from directory.core.errors import DirectoryError
from directory.guides.policy import RefusedGuideError
from directory.listings.operations import RefusedListingError
from directory.vocabulary.policy import RefusedTermError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.vocabulary.queries import Vocabulary


@contextmanager
def told() -> Iterator[None]:
    """Turn a refusal, or a missing database, into its lines and exit code 1."""
    with plainly():
        try:
            yield
        except RefusedListingError as refused:
            raise _all((fault.field, fault.reason) for fault in refused.faults) from None
        except (RefusedGuideError, RefusedTermError) as refused:
            raise _all(refused.faults) from None
        except DirectoryError as refused:
            raise click.ClickException(refused.message) from None


def now() -> datetime:
    """Give the present of the application."""
    present: datetime = current_app.extensions.get("clock", utc_now)()
    return present


def keys() -> Keys:
    """Give the keys contact data is sealed with."""
    found: Keys = current_app.extensions["keys"]
    return found


def vocabulary() -> Vocabulary:
    """Give the vocabulary as it is."""
    current: Vocabulary = current_app.extensions["vocabulary"].current(db.session())
    return current


def assigned(pairs: Sequence[str]) -> dict[str, Any]:
    """Read `KEY=JSON` arguments; a value that is no JSON is taken as text."""
    found = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"write KEY=VALUE, not {pair}")
        found[key] = _value(value)
    return found


def as_json(value: object) -> str:
    """Give a value of a document on one line."""
    return json.dumps(value, ensure_ascii=False)


def _all(faults: Iterable[tuple[str, str]]) -> click.ClickException:
    """Give every fault on a line of its own."""
    return click.ClickException(
        "\n".join(f"{field or 'the whole'}: {words}" for field, words in faults)
    )


def _value(text: str) -> Any:  # noqa: ANN401 - a value of a document
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
