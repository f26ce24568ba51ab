"""The style sheets: numbers in the tokens only, layers in order, and contrast by arithmetic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.project import PROJECT, files, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEETS = ("tokens", "base", "layout", "components", "forms", "print")
LAYERS = ("tokens", "base", "layout", "components", "forms", "pages", "print")
CSS = PROJECT / "static" / "css"
# What one kind of page needs alone (decision 0026).
PAGES = tuple(f"pages/{path.stem}" for path in files("static/css/pages", "*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
PIXELS = re.compile(r"(?<![\w.-])\d*\.?\d+px\b")
COLOUR_NAMES = re.compile(r":[^;{]*\b(?:rgb|rgba|hsl|hsla|oklch|color-mix)\(")
TOKEN = re.compile(r"(--[a-z0-9-]+):\s*([^;]+);")
USED = re.compile(r"var\((--[a-z0-9-]+)")

TEXT = 4.5  # WCAG 2.2, 1.4.3
EDGE = 3.0  # WCAG 2.2, 1.4.11
PAIRS = [
    *(("ink", ground, TEXT) for ground in ("paper", "well", "sheet", "bad-wash", "good-wash")),
    ("ink", "mark", TEXT),
    *(("ink-soft", ground, TEXT) for ground in ("paper", "well", "sheet")),
    *(("link", ground, TEXT) for ground in ("paper", "well", "sheet")),
    ("on-action", "action", TEXT),
    ("on-action", "action-deep", TEXT),
    ("action-edge", "paper", EDGE),
    ("on-night", "night", TEXT),
    ("on-night-soft", "night", TEXT),
    *(("good", ground, TEXT) for ground in ("paper", "well", "good-wash")),
    *(("bad", ground, TEXT) for ground in ("paper", "well", "bad-wash")),
    *(("edge", ground, EDGE) for ground in ("paper", "sheet", "well")),
    *(("focus", ground, EDGE) for ground in ("paper", "well", "sheet")),
    ("focus-night", "night", EDGE),
    ("line-casing", "paper", EDGE),
    ("line-casing", "well", EDGE),
]


def read(sheet: str) -> str:
    """Give a style sheet without its comments."""
    return COMMENT.sub("", (CSS / f"{sheet}.css").read_text("utf-8"))


def themes() -> dict[str, dict[str, str]]:
    """Give the tokens of each theme; the dark one changes some of the light one's."""
    light_part, _, dark_part = read("tokens").partition("prefers-color-scheme: dark")
    light = dict(TOKEN.findall(light_part))
    return {"light": light, "dark": light | dict(TOKEN.findall(dark_part.split("@media")[0]))}


def luminance(colour: str) -> float:
    """Give the relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Give selector and body of every rule, without the blocks round them."""
    for prelude, body in re.findall(r"([^{};]+)\{([^{}]*)\}", read(sheet)):
        selector = " ".join(prelude.split())
        if not selector.startswith(("@", "from", "to")) and "%" not in selector:
            yield selector, body


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_of_colours_can_be_read(theme: str, front: str, ground: str, least: float) -> None:
    tokens = themes()[theme]

    assert contrast(tokens[f"--{front}"], tokens[f"--{ground}"]) >= least


def test_the_dark_theme_changes_colours_only() -> None:
    light, dark = themes().values()

    changed = {name for name in light if light[name] != dark[name]}
    assert changed
    assert {name for name in changed if not HEX.fullmatch(dark[name])} == set()


def test_six_sheets_for_every_page_and_some_for_a_kind_of_page_each_in_its_layer() -> None:
    everywhere = {path.stem for path in CSS.glob("*.css")}
    assert everywhere == set(SHEETS)
    assert {name_of(path) for path in files("static/css", "*.css")} == {
        f"static/css/{sheet}.css" for sheet in (*SHEETS, *PAGES)
    }
    assert read("tokens").strip().startswith(f"@layer {', '.join(LAYERS)};")
    outside = {}
    for sheet in (*SHEETS, *PAGES):
        body = read(sheet).replace(f"@layer {', '.join(LAYERS)};", "").strip()
        layer = sheet.partition("/")[0]
        if not re.fullmatch(rf"@layer {layer} \{{.*\}}", body, re.DOTALL):
            outside[sheet] = body[:60]
    assert outside == {}


@pytest.mark.parametrize("sheet", PAGES)
def test_a_sheet_of_some_pages_is_asked_for_by_them(sheet: str) -> None:
    asking = [
        name_of(path)
        for path in files("templates", "*.html")
        if f"css/{sheet}.css" in path.read_text("utf-8")
    ]

    assert asking


@pytest.mark.parametrize("sheet", [*SHEETS[1:], *PAGES])
def test_numbers_of_colour_and_size_are_in_the_tokens_only(sheet: str) -> None:
    source = read(sheet)
    bodies = " ".join(body for _, body in rules(sheet))

    found = HEX.findall(bodies) + PIXELS.findall(source) + COLOUR_NAMES.findall(source)
    assert found == []


def test_every_token_used_exists_and_every_token_is_used() -> None:
    known = set(themes()["light"])
    sheets = (*SHEETS, *PAGES)
    used = {name for sheet in sheets for name in USED.findall(read(sheet))}
    own = {name for sheet in sheets[1:] for name, _ in TOKEN.findall(read(sheet))}
    in_pages = {
        name
        for path in [*files("templates", "*.html"), *files("directory", "*.py")]
        for name in re.findall(r"--[a-z][a-z0-9-]+", path.read_text("utf-8"))
    }

    assert used - known - own == set()
    assert known - used - in_pages == set()


@pytest.mark.parametrize("sheet", [*SHEETS, *PAGES])
def test_selectors_are_shallow_and_without_ids_or_force(sheet: str) -> None:
    assert "!important" not in read(sheet)
    deep = [
        selector
        for prelude, _ in rules(sheet)
        for selector in map(str.strip, re.sub(r"\([^)]*\)", "", prelude).split(","))
        if selector.count(".") > 2 or re.search(r"#[a-z]", selector)
    ]

    assert deep == []


def test_nothing_is_loaded_by_a_sheet() -> None:
    loaded = {
        name_of(path): re.findall(r"@import|url\(", COMMENT.sub("", path.read_text("utf-8")))
        for path in files("static/css", "*.css")
    }

    assert {name: found for name, found in loaded.items() if found} == {}
