"""The documents keep up with the code: settings, commands, dependencies, decisions."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from typing import TYPE_CHECKING

import click
import pytest
from flask.cli import ScriptInfo

from config import Settings
from directory.web.access import Level
from tests.support.project import PROJECT, files, name_of

if TYPE_CHECKING:
    from flask import Flask

# Commands that Flask and Flask-Migrate bring along.
NOT_OURS = {"db", "routes", "run", "shell"}
VARIABLE = re.compile(r'values(?:\.get)?[(\[]\s*"([A-Z_]+)"')
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
DOCUMENTS = [
    PROJECT / "README.md",
    PROJECT / "CHANGELOG.md",
    *files("docs", "*.md"),
]


def readme() -> str:
    return (PROJECT / "README.md").read_text("utf-8")


def commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Give every command below a group by its full name."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found[f"{before}{name}"] = command
    return found


def own_commands(app: Flask) -> dict[str, click.Command]:
    return {
        name: command
        for name, command in commands(app.cli).items()
        if name.split()[0] not in NOT_OURS
    }


def requirements() -> list[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return [re.split(r"[\[<>=~! ]", line)[0] for line in stated]


def test_every_setting_is_explained_in_the_readme() -> None:
    variables = set(VARIABLE.findall((PROJECT / "config.py").read_text("utf-8")))

    assert len(variables) >= len(dataclasses.fields(Settings)) - 1
    assert {name for name in variables if f"`{name}`" not in readme()} == set()


def test_every_command_is_explained_in_the_readme(app: Flask) -> None:
    names = own_commands(app)

    assert names
    assert [name for name in names if f"flask {name}" not in readme()] == []


def test_every_command_and_option_says_what_it_does(app: Flask) -> None:
    silent = [
        f"{name} {parameter.name}"
        for name, command in own_commands(app).items()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]

    assert [name for name, command in own_commands(app).items() if not command.help] == []
    assert silent == []
    assert ScriptInfo(create_app=lambda: app).load_app() is app


def test_every_make_target_is_named_in_the_readme_or_help() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")

    assert "make run" in readme()
    assert "make test" in readme()
    targets = [line for line in makefile.splitlines() if re.match(r"[a-z]+:", line)]
    assert [line for line in targets if " ## " not in line] == []


@pytest.mark.parametrize("name", requirements())
def test_a_dependency_has_a_decision_note(name: str) -> None:
    notes = "".join(path.read_text("utf-8") for path in files("docs/decisions", "*.md"))

    assert re.search(rf"`{re.escape(name)}`", notes, re.IGNORECASE)


def test_decision_notes_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in files("docs/decisions", "[0-9]*.md")]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_a_document_leads_only_to_files_that_exist(path: object) -> None:
    assert hasattr(path, "read_text")
    text = path.read_text("utf-8")
    gone = [
        target
        for target in LINK.findall(text)
        if not target.startswith(("http:", "https:", "mailto:"))
        and not (path.parent / target).exists()  # type: ignore[attr-defined]
    ]

    assert gone == []


def test_levels_of_access_are_words_of_the_house() -> None:
    assert [level.value for level in Level] == [
        "anyone",
        "between-steps",
        "user",
        "moderator",
        "administrator",
    ]
