"""Templates: all compile, every word can be translated, every component is styled and shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from jinja2 import StrictUndefined, nodes

from tests.support.project import PROJECT, files, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

TEMPLATES = files("templates", "*.html")
PAGES = [
    path
    for path in TEMPLATES
    if path.parent.name not in {"components", "layouts", "errors"} and path.parent.name
]
COMPONENTS = files("templates/components", "*.html")
CSS = "".join(path.read_text("utf-8") for path in files("static/css", "*.css"))
JINJA = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.DOTALL)
NOT_WORDS = re.compile(r"<script.*?</script>|<!--.*?-->|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
SPOKEN = re.compile(r"\b(?:alt|title|aria-label|placeholder|label|summary)=\"([^\"]*)\"")
LETTERS = re.compile(r"[A-Za-z\u0900-\u097f]{2,}")
# A run marked as Hindi stands beside its English, whatever the page's language.
HINDI = re.compile(r"<(\w+)[^>]*\blang=\"hi\"[^>]*>[^<]*</\1>")
# Names that are the same in every language.
NAMES = {"Tele", "MANAS"}


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_there_are_templates_to_check() -> None:
    assert len(COMPONENTS) > 20
    assert PAGES


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_compiles(app: Flask, path: Path) -> None:
    app.jinja_env.get_template(path.relative_to(PROJECT / "templates").as_posix())


def test_an_unknown_name_is_an_error(app: Flask) -> None:
    assert issubclass(app.jinja_env.undefined, StrictUndefined)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    """But for a page that is written in Hindi (decision 0031)."""
    if path.name == "hindi.html":
        return
    text = HINDI.sub(" ", NOT_WORDS.sub(" ", JINJA.sub(" ", source(path))))
    words = LETTERS.findall(re.sub(r"<[^>]*>", " ", text))
    words += [word for spoken in SPOKEN.findall(text) for word in LETTERS.findall(spoken)]

    assert [word for word in words if word not in NAMES] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_marks_nothing_as_safe_by_itself(path: Path) -> None:
    if path.name == "rich_text.html":
        return
    assert not re.search(r"\|\s*safe\b|Markup\(|autoescape false", source(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_what_a_template_imports_it_uses(app: Flask, path: Path) -> None:
    tree = app.jinja_env.parse(source(path))
    imported = {
        name if isinstance(name, str) else name[1]
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    }
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}

    assert imported - used == set()


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
def test_a_component_is_one_macro_named_like_its_file(app: Flask, path: Path) -> None:
    macros = [node.name for node in app.jinja_env.parse(source(path)).find_all(nodes.Macro)]

    assert macros[:1] == [path.stem]
    assert all(name.startswith("_") for name in macros[1:]), macros


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
def test_a_component_uses_only_classes_that_have_a_look(path: Path) -> None:
    written = re.findall(r'class="([^"]*)"', JINJA.sub(" ", source(path)))
    names = {name for attribute in written for name in attribute.split()}

    assert {name for name in names if f".{name}" not in CSS} == set()


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
def test_a_component_is_shown_among_the_samples(path: Path) -> None:
    shown = samples()

    assert re.search(rf'from "components/{path.stem}\.html" import', shown), path.stem


def samples() -> str:
    """Give the templates behind /_components."""
    return "".join(source(path) for path in TEMPLATES if "_components" in name_of(path))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_template_is_rendered_by_a_view_or_part_of_one_that_is(path: Path) -> None:
    name = path.relative_to(PROJECT / "templates").as_posix()
    code = "".join(source(view) for view in files("directory/web", "*.py"))
    others = "".join(source(other) for other in TEMPLATES if other != path)

    assert f'"{name}"' in code or f'"{name}"' in others


def test_every_component_is_used_by_a_page() -> None:
    pages = "".join(source(path) for path in TEMPLATES if "_components" not in name_of(path))
    unused = [path.stem for path in COMPONENTS if f'"components/{path.name}"' not in pages]

    assert unused == []
