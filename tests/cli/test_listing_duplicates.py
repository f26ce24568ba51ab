"""`flask listings duplicates`, `merge` and `told-apart`, as a person runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.db import db
from directory.listings.models import Listing
from tests.factories.listings import Facts, make_practitioner

if TYPE_CHECKING:
    from flask import Flask


def test_two_are_found_looked_at_and_merged(app: Flask) -> None:
    with app.app_context():
        vocabulary = app.extensions["vocabulary"].current(db.session())
        keep = make_practitioner(vocabulary, Facts(name="Dr Meenakshi Rawat", languages=["hi"]))
        other = make_practitioner(vocabulary, Facts(name="Minakshi Rawat", languages=["en"]))
        third = make_practitioner(vocabulary, Facts(name="Rawat Meenakshi"))

    def run(*arguments: str) -> tuple[int, str]:
        done = app.test_cli_runner().invoke(args=["listings", *arguments])
        return done.exit_code, done.output

    assert run("told-apart", other.slug, third.slug) == (0, "Told apart.\n")
    code, found = run("duplicates")
    assert (code, found.splitlines()[-1]) == (0, "2 pairs.")
    assert f"{keep.slug}  {other.slug}\n" in found

    code, told = run("merge", keep.slug, other.slug, "--own", "name", "--dry-run")
    assert "languages: both" in told
    assert told.endswith("Dry run, nothing was changed.\n")
    code, told = run("merge", keep.slug, other.slug, "--both", "fees")
    assert (code, told.splitlines()[-1]) == (1, "Error: This cannot be chosen.")
    code, told = run("merge", keep.slug, other.slug, "--take", "name")
    assert (code, told.splitlines()[-1]) == (0, f"Merged into {keep.slug}; 0 reviews came to it.")
    with app.app_context():
        assert db.session().get_one(Listing, keep.id).name == "Minakshi Rawat"
