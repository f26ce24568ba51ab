"""`flask listings show | create | edit | publish | suspend | close | history | undo`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from directory.core.db import db
from directory.listings.models import Listing
from tests.factories.listings import Facts, make_practitioner

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made

FEES = '[{"for": "first-session", "amount": 900}]'
DRAFT = {
    "kind": "practitioner",
    "name": "Dr One",
    "profession": "psychiatrist",
    "locations": [{"locality": "saket"}],
}


@pytest.fixture
def made(vocabulary: Vocabulary) -> Made:
    """Give a practitioner with a headline."""
    return make_practitioner(vocabulary, Facts(name="Asha Rao", headline="Quiet rooms"))


def run(app: Flask, *arguments: str, given: str | None = None) -> tuple[int, list[str]]:
    done = app.test_cli_runner().invoke(args=["listings", *arguments], input=given)
    return done.exit_code, done.output.splitlines()


def shown(app: Flask, name: str, key: str) -> object:
    code, lines = run(app, "show", name, key)
    assert code == 0
    return json.loads("\n".join(lines))[key]


def test_an_edit_is_kept_told_and_taken_back(app: Flask, made: Made) -> None:
    code, said = run(app, "edit", made.slug, f"fees={FEES}", "headline=Loud rooms")
    assert code == 0
    change = said[0].split()[-1].rstrip(".")
    assert shown(app, made.slug, "headline") == "Loud rooms"

    told = run(app, "history", made.slug, "--key", "headline")[1]
    assert told[0].startswith(f"{change}  ")
    assert told[1:] == ['  headline: "Quiet rooms" -> "Loud rooms"']
    assert run(app, "edit", made.slug, "headline=Loud rooms")[1] == [
        f"{made.slug}: says so already."
    ]

    code, said = run(app, "undo", change)
    assert (code, said[0].startswith(f"Change {change} taken back by change ")) == (0, True)
    assert (shown(app, made.slug, "headline"), shown(app, made.slug, "fees")) == ("Quiet rooms", [])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("edit", "{slug}", "no_key=1"), "A listing has no no_key."),
        (("edit", "{slug}", "state=closed"), "an edit cannot change state."),
        (("edit", "{slug}", "headline"), "write KEY=VALUE, not headline"),
        (("edit", "{slug}", 'fees=[{"for": "first-session", "amount": -1}]'), "fees[0].amount"),
        (("edit", "nobody", "headline=x"), "no listing with the ref or slug"),
        (("show", "{slug}", "no_key"), "A listing has no no_key."),
        (("undo", "999999"), "There is no such change."),
        (("close", "{slug}", "--on", "2999-01-01"), "closed_on: 2999-01-01 is still to come"),
        (("history", "{slug}", "--key", "no_key"), "A listing has no no_key."),
    ],
)
def test_what_cannot_be_is_refused(
    app: Flask, made: Made, arguments: tuple[str, ...], words: str
) -> None:
    code, said = run(
        app, *(part.format(slug=made.slug) if part == "{slug}" else part for part in arguments)
    )
    assert code in {1, 2}
    assert words in "\n".join(said)


def test_a_listing_comes_is_shown_hidden_and_closed(
    app: Flask, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    del vocabulary
    file = tmp_path / "one.json"
    file.write_text(json.dumps(DRAFT), "utf-8")

    code, said = run(app, "create", str(file))
    slug = said[0].partition(":")[0]
    assert (code, said) == (0, [f"{slug}: kept as a draft."])
    assert run(app, "create", "-", given="[]") == (1, ["Error: - has to hold one JSON object."])
    states = []
    for step in (
        ("publish",),
        ("publish",),
        ("suspend",),
        ("publish",),
        ("close", "--on", "2026-11-01"),
    ):
        code, said = run(app, step[0], slug, *step[1:])
        states.append((code, said[0].split(": ")[1].split(" by ")[0]))

    assert states == [
        (0, "published"),
        (0, "is published already."),
        (0, "suspended"),
        (0, "published"),
        (0, "closed"),
    ]
    with app.app_context():
        closed_on = db.session().query(Listing).filter_by(slug=slug).one().closed_on
    assert str(closed_on) == "2026-11-01"
