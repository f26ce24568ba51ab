"""`flask guides`: a file written, read by a clinician, shown and taken back from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.guides.files import guide_file
from directory.guides.shipped import shipped_guides
from tests.factories.guides import SLUG, draft, publish

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from click.testing import Result
    from flask import Flask

    from directory.vocabulary.queries import Vocabulary


def guides(app: Flask, *arguments: str, given: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["guides", *arguments], input=given)


def test_a_file_goes_all_the_way(app: Flask, vocabulary: Vocabulary, tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text(guide_file(SLUG, draft(), vocabulary), "utf-8")
    steps = (
        ("write", str(file)),
        ("write", str(file)),
        ("publish", SLUG),
        ("review", SLUG, "--by", "Vikram Sen, MD", "--next", "2027-11-01"),
        ("publish", SLUG),
        ("list",),
        ("withdraw", SLUG),
    )

    answers = [guides(app, *step) for step in steps]

    assert [answer.exit_code for answer in answers] == [0, 0, 1, 0, 0, 0, 0]
    assert [answer.output.splitlines()[0] for answer in answers] == [
        "about-ketamine: version 1 written.",
        "about-ketamine: version 1 unchanged.",
        "Error: publish: A clinician has to read this version first.",
        "about-ketamine: version 1 read on 2026-11-23, again by 2027-11-01.",
        "about-ketamine: version 1 is shown at /guides/about-ketamine.",
        "about-ketamine  published  1/1  2027-11-01  Ketamine, before you begin",
        "about-ketamine: taken back.",
    ]


def test_what_is_printed_can_be_written_again(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    publish(vocabulary, now)

    printed = guides(app, "show", SLUG).output

    assert guides(app, "write", "-", given=printed).output == f"{SLUG}: version 1 unchanged.\n"
    assert guides(app, "show", SLUG, "--version", "7").exit_code == 1


def test_every_fault_of_a_file_is_said(app: Flask, tmp_path: Path) -> None:
    answer = guides(app, "write", "-", given="---\nslug: a\ntitle: A\n---\nSo [1].")

    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "Error: summary: Say in a sentence or two what it answers.",
        "author: Say who wrote it.",
        "body: [1]: there is no source of that number.",
    ]
    assert guides(app, "write", str(tmp_path / "none.md")).exit_code == 1
    assert guides(app, "publish", "none").output == "Error: There is no such guide.\n"


def test_a_number_without_a_source_is_said_and_kept(app: Flask, vocabulary: Vocabulary) -> None:
    text = guide_file(SLUG, draft(body="It fades [1, 2].\n\nA drip for 40 minutes."), vocabulary)

    answer = guides(app, "write", "-", given=text)

    assert answer.stdout == f"{SLUG}: version 1 written.\n"
    assert answer.stderr == "A number without a source: A drip for 40 minutes.\n"
    assert answer.exit_code == 0


def test_the_reading_age_of_every_guide_is_printed_and_held(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    ships = guides(app, "readability")
    assert (ships.exit_code, ships.stderr) == (0, "")
    assert ships.stdout.count("  file ") == len(shipped_guides())
    assert "our rule is 11 to\n13" in ships.stdout

    publish(vocabulary, now)
    with_ours = guides(app, "readability")

    assert (with_ours.exit_code, with_ours.stderr) == (1, f"Error: Outside the rule: {SLUG}\n")
    assert f"{SLUG} shown" in " ".join(with_ours.stdout.split())
