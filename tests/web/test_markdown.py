"""Markdown of guides: nothing a writer types is markup, and every heading has its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.web.markdown import guide_text, own_links, refused_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

REL = 'rel="noopener noreferrer external"'
SOURCE = '<a id="cited-1-1" href="#source-1" aria-label="Source 1">1</a>'
RENDERED = {
    "markup is words": ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"),
    "a script is words": (
        "<script>\nalert(1)\n</script>",
        "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n",
    ),
    "a link to a script is words": ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
    "a link to data is words": ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
    "a link to another host in disguise": ("[a](//evil.org)", "<p>[a](//evil.org)</p>\n"),
    "a backslash is no way out": ("[a](/\\evil.org)", '<p><a href="/%5Cevil.org">a</a></p>\n'),
    "a link of this site": ("[a](/urgent)", '<p><a href="/urgent">a</a></p>\n'),
    "a link of the web": ("[a](https://a.org)", f'<p><a href="https://a.org" {REL}>a</a></p>\n'),
    "a number to call": ("[a](tel:14416)", '<p><a href="tel:14416">a</a></p>\n'),
    "a quoted address stays one": (
        '[a](https://a.org/"onx=y)',
        f'<p><a href="https://a.org/%22onx=y" {REL}>a</a></p>\n',
    ),
    "a picture is none": (
        "![a](/static/img/mark.svg)",
        '<p>!<a href="/static/img/mark.svg">a</a></p>\n',
    ),
    "Hindi inside English": ("so मन so", '<p>so <span lang="hi">मन</span> so</p>\n'),
    "Hindi alone": (
        "मन [1]",
        f'<p lang="hi">मन<sup class="prose__source">{SOURCE}</sup></p>\n',
    ),
    "a source that is not there": ("a [3]", "<p>a[3]</p>\n"),
    "a room before a line is no code": ("    a", "<p>a</p>\n"),
    "a line below words is no heading": ("a\n---", "<p>a</p>\n<hr />\n"),
}


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    """Give the languages of a request."""
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(("body", "html"), RENDERED.values(), ids=RENDERED.keys())
def test_what_is_written_becomes_safe(body: str, html: str) -> None:
    assert guide_text(body, sources=2).html == html


def test_headings_skip_no_level_and_have_ids_of_their_own() -> None:
    text = guide_text("# A\n#### B\n###### C\n# A\n## <i>\n# मन", sources=0)

    assert [part.words for part in text.parts] == ["A", "A", "<i>", "मन"]
    assert [part.id for part in text.parts] == [
        "part-a",
        "part-a-2",
        "part-i",
        "part-of-text",
    ]
    assert '<h3 id="part-b">B</h3>\n<h4 id="part-c">C</h4>\n<h2 id="part-a-2">A</h2>' in text.html


def test_an_answer_in_short_stands_before_the_list_of_parts() -> None:
    short = guide_text("## In short\n\nA.\n\n## Why\n\nB.\n\n## How\n\nC.", sources=0)
    before = guide_text("A.\n\n## Why\n\nB.", sources=0)
    plain = guide_text("## Why\n\nB.\n\n## How\n\nC.", sources=0)

    assert short.lead == '<h2 id="part-in-short">In short</h2>\n<p>A.</p>\n'
    assert [part.words for part in short.parts] == ["Why", "How"]
    assert (before.lead, [part.words for part in before.parts]) == ("<p>A.</p>\n", ["Why"])
    assert (plain.lead, len(plain.parts)) == ("", 2)


def test_every_place_that_names_a_source_can_be_gone_back_to() -> None:
    text = guide_text("A [1].\n\nB [2, 1].", sources=2)

    assert text.cited == {1: 2, 2: 1}
    assert 'id="cited-1-1"' in text.html
    assert 'id="cited-1-2"' in text.html


def test_a_table_can_be_scrolled_and_has_no_style_of_its_own() -> None:
    text = guide_text("|A|B|\n|:-:|--:|\n|1|2|", sources=0)

    assert 'role="group" aria-label="Table" tabindex="0"><table class="table">' in text.html
    assert '<th scope="col">A</th>' in text.html
    assert '<td data-label="B:">2</td>' in text.html
    assert "style" not in text.html


def test_links_are_told_apart_for_their_writer() -> None:
    body = "[a](/urgent) [b](mailto:x@y.org) [c](https://a.org) [d](/nowhere)"

    assert refused_links(body) == ["mailto:x@y.org"]
    assert own_links(body) == ["/urgent", "/nowhere"]
