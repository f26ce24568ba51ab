"""The glossary: one word for each idea, in code, in addresses and on pages."""

from __future__ import annotations

import ast
import re

import pytest

from tests.support.project import files, name_of, python_files, tree_of

# Section "Words" of docs/architecture.md: the avoided word and what to write instead.
AVOIDED_IN_CODE = {
    "profile": "listing, or the page of a listing",
    "vendor": "practitioner or centre",
    "doctor": "psychiatrist, or practitioner",
    "clinic": "centre",
    "testimonial": "review",
    "service": "a verb of the room",
    "manager": "what it does",
    "helper": "what it does",
    "utils": "what it does",
    "util": "what it does",
    "common": "what it does",
    "process": "the verb that is meant",
    "handle": "the verb that is meant",
    "patient": "user, or reader",
    "center": "centre",
    "color": "colour",
}
# Names others gave: a role on a rota (the import format), and SQLAlchemy's hooks.
ALLOWED = {"DOCTOR", "process_bind_param", "process_result_value"}
AVOIDED_ON_PAGES = re.compile(
    r"\b(best|top|leading|cures?|cured|addicts?|insane|crazy|lunatic|mental patient|"
    r"committed suicide|suffers? from|suffering from|victims?|junkie|retarded|"
    r"hurry|testimonials?|vendors?)\b",
    re.IGNORECASE,
)
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
STRING = re.compile(r"_\(\s*(\"[^\"]*\"|'[^']*')")


def parts(name: str) -> set[str]:
    """Give the words of an identifier."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {part for part in spaced.lower().split("_") if part}


def identifiers(tree: ast.Module) -> set[str]:
    """Give the names a module gives to things itself."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def test_no_identifier_uses_an_avoided_word() -> None:
    found = [
        f"{name_of(path)}: {name} (write {AVOIDED_IN_CODE[word]})"
        for path in python_files("directory")
        for name in sorted(identifiers(tree_of(path)) - ALLOWED)
        for word in sorted(parts(name) & set(AVOIDED_IN_CODE))
    ]

    assert found == []


def test_no_file_is_named_by_an_avoided_word() -> None:
    paths = [*python_files("directory"), *files("templates", "*.html")]
    found = [name_of(path) for path in paths if parts(path.stem) & set(AVOIDED_IN_CODE)]

    assert found == []


@pytest.mark.parametrize("folder", ["templates", "directory/web", "directory/api"])
def test_no_text_for_readers_uses_a_word_that_ranks_or_hurts(folder: str) -> None:
    found = []
    for path in [*files(folder, "*.html"), *files(folder, "*.py")]:
        source = path.read_text("utf-8")
        texts = STRING.findall(source)
        if path.suffix == ".html":
            texts.append(re.sub(r"<[^>]*>", " ", JINJA.sub(" ", source)))
        found += [
            f"{name_of(path)}: {match.group()}"
            for text in texts
            for match in AVOIDED_ON_PAGES.finditer(text)
        ]

    assert found == []


def test_identifiers_are_read_word_by_word() -> None:
    assert parts("ListingProfilePage") == {"listing", "profile", "page"}
    assert parts("handle_request") == {"handle", "request"}
    assert parts("commonly_used") == {"commonly", "used"}
