"""`flask vocabulary`: terms shown, added, renamed, spelt and merged from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.clock import delhi_day
from directory.search.unmet import count_unmet
from tests.factories.listings import Facts, make_practitioner

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary


def run(app: Flask, *arguments: str) -> tuple[int, list[str]]:
    done = app.test_cli_runner().invoke(args=["vocabulary", *arguments])
    return done.exit_code, done.output.splitlines()


def test_a_term_is_added_renamed_and_spelt(app: Flask, vocabulary: Vocabulary) -> None:
    del vocabulary
    name = ("condition", "climate-worry")

    added = run(app, "add", "condition", "Climate worry", "जलवायु की चिंता", "--group", "anxiety")
    assert added == (0, ["condition climate-worry: added."])
    assert run(app, "rename", *name, "--en", "Worry about the climate") == (
        0,
        ["condition climate-worry: changed names."],
    )
    assert run(app, "synonyms", *name, "--add", "eco anxiety", "--add", "eco-anxiety")[0] == 0
    assert run(app, "synonyms", *name, "--remove", "eco-anxiety") == (
        0,
        ["condition climate-worry: changed spellings."],
    )
    shown = run(app, "show", *name)[1]
    assert shown == [
        "climate-worry: Worry about the climate / जलवायु की चिंता",
        "group: anxiety",
        "synonym: eco anxiety",
        "carried by 0 public listings and 0 others",
    ]
    assert run(app, "list", "condition")[1][-1].startswith("climate-worry\tWorry about")


def test_a_dry_run_says_what_changes_and_changes_nothing(
    app: Flask, vocabulary: Vocabulary
) -> None:
    make_practitioner(vocabulary, Facts(conditions=["grief"]))
    before = run(app, "show", "condition", "grief")

    code, told = run(app, "synonyms", "condition", "grief", "--add", "depression", "--dry-run")
    assert code == 0
    assert told[0] == "depression: stands for condition=depression already"
    assert told[-1].endswith("read otherwise.")
    told = run(app, "merge", "condition", "grief", "loneliness", "--dry-run")[1]
    assert told[-1] == "1 listings would carry loneliness."
    assert run(app, "show", "condition", "grief") == before


def test_refusals_are_told_in_lines(app: Flask, vocabulary: Vocabulary) -> None:
    del vocabulary
    assert run(app, "add", "condition", "Worry", "Worry", "--group", "no-shelf") == (
        1,
        [
            "Error: name_hi: Give the name in Hindi, in Devanagari letters",
            "group: Choose the shelf it stands on",
        ],
    )
    assert run(app, "show", "condition", "nothing") == (
        1,
        ["Error: There is no condition nothing."],
    )
    code, told = run(app, "merge", "register", "rci", "dmc")
    assert (code, "come with the reference files" in told[0]) == (1, True)


def test_a_merge_and_the_words_that_found_nothing(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    make_practitioner(vocabulary, Facts(conditions=["grief"]))
    count_unmet({"sogwar": 4, "tarot": 3}, delhi_day(now))

    assert run(app, "merge", "condition", "grief", "loneliness") == (
        0,
        ["grief: merged into loneliness; 1 listings, 0 guides."],
    )
    assert [line.split("\t")[::2] for line in run(app, "unmet")[1]] == [
        ["4", "sogwar"],
        ["3", "tarot"],
    ]
    assert [line.split("\t")[2] for line in run(app, "unmet", "--forget", "tarot")[1]] == ["sogwar"]
