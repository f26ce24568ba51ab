"""Markdown of guides as safe HTML: no markup of the writer's own, our headings, numbered sources.

CommonMark with tables, read by markdown-it-py (decision 0025). Pictures, raw HTML and code blocks
are left out; a link leads to this site, to the web or to a phone, anything else stays as written;
`[2]` becomes a small link to the second source. Called by the pages of guides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from markdown_it.common.utils import escapeHtml
from markupsafe import Markup

from directory.guides.blocks import guide_reader
from directory.guides.policy import CITATION
from directory.web.listing_words import by_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

# A path of this site, an address of the web, or a number one can call.
LINK = re.compile(r"/(?![/\\])\S*|https?://[^\s/]\S*|tel:\+?\d{2,15}", re.IGNORECASE)
OUTWARD = re.compile(r"https?://", re.IGNORECASE)
WRITTEN_LINK = re.compile(r"\]\(\s*<?([^\s)>]+)")
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
LATIN = re.compile(r"[A-Za-z]")
NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")
# The page has the first level for its title, a part the second, and two more may be below it.
FIRST_LEVEL, LAST_LEVEL = 2, 4
SOURCES, CITED, LABEL = "sources", "cited", "label"
# Headings of a first part that answers in a few lines and stands before the list of parts.
IN_SHORT = frozenset({"in short", "संक्षेप में"})


@dataclass(frozen=True, slots=True)
class Part:
    """A heading one can jump to."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class GuideText:
    """A text as HTML, and its parts of the highest level in order.

    `lead` is what stands before the list of parts, if the text begins so; `html` is the rest.
    `cited` says how often a source is named; each place has an id, `cited-2-1`.
    """

    html: Markup
    parts: tuple[Part, ...] = ()
    lead: Markup = field(default_factory=Markup)
    cited: Mapping[int, int] = field(default_factory=dict)


@dataclass
class _Headings:
    """Levels that never skip one, and ids that are given once."""

    level: int = FIRST_LEVEL - 1
    ids: set[str] = field(default_factory=set)

    def next_level(self, written: int) -> int:
        """Give the level of the next heading, written with so many signs."""
        self.level = min(max(written, FIRST_LEVEL), self.level + 1, LAST_LEVEL)
        return self.level

    def next_id(self, words: str) -> str:
        """Give an id made of these words that nothing else on the page has."""
        base = "part-" + (NOT_IN_AN_ID.sub("-", words.lower()).strip("-") or "of-text")
        number, found = 1, base
        while found in self.ids:
            number += 1
            found = f"{base}-{number}"
        self.ids.add(found)
        return found


def guide_text(body: str, *, sources: int) -> GuideText:
    """Give a text as HTML; a number is a link while so many sources are there."""
    environment: dict[str, Any] = {SOURCES: sources, CITED: {}}
    tokens = READER.parse(body, environment)
    parts = tuple(_number_headings(tokens))
    _name_cells(tokens)
    for opening, inline in pairwise(tokens):
        _mark_hindi(opening, inline)
    for token in (*tokens, *(child for block in tokens for child in block.children or ())):
        _set_attributes(token)
    end = _end_of_lead(tokens)
    lead, html = (
        Markup(READER.renderer.render(part, READER.options, environment))  # noqa: S704 - markdown-it escapes all that was written
        for part in (tokens[:end], tokens[end:])
    )
    return GuideText(html, parts[_has_short_part(tokens) :], lead, environment[CITED])


def refused_links(body: str) -> list[str]:
    """Give the addresses of written links that become none, each once."""
    addresses = dict.fromkeys(WRITTEN_LINK.findall(body))
    return [address for address in addresses if not is_allowed(address)]


def own_links(body: str) -> list[str]:
    """Give the paths of this site a text links to, each once."""
    addresses = dict.fromkeys(WRITTEN_LINK.findall(body))
    return [address for address in addresses if address.startswith("/") and is_allowed(address)]


def is_allowed(address: str) -> bool:
    """Tell whether a link may lead to an address."""
    return LINK.fullmatch(address) is not None


def _number_headings(tokens: Sequence[Token]) -> Iterator[Part]:
    """Give headings their level and id; yield those of the first level."""
    headings = _Headings()
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = headings.next_level(int(token.tag[1:]))
            words = _plain(tokens[index + 1])
            token.tag = tokens[index + 2].tag = f"h{level}"
            token.attrSet("id", headings.next_id(words))
            if level == FIRST_LEVEL:
                yield Part(str(token.attrGet("id")), words)


def _end_of_lead(tokens: Sequence[Token]) -> int:
    """Give where the answer in short ends: at the first heading, or the second after "In short"."""
    headings = [at for at, token in enumerate(tokens) if token.tag == "h2" and token.nesting > 0]
    after = headings[_has_short_part(tokens) :]
    return after[0] if after else 0


def _has_short_part(tokens: Sequence[Token]) -> bool:
    return (
        bool(tokens)
        and tokens[0].type == "heading_open"
        and _plain(tokens[1]).strip().casefold() in IN_SHORT
    )


def _plain(inline: Token) -> str:
    children = inline.children or ()
    return "".join(child.content for child in children if child.type in {"text", "code_inline"})


def _mark_hindi(opening: Token, inline: Token) -> None:
    """Mark a block that is all Hindi as a whole, so that its lines get their room."""
    if inline.type != "inline" or not DEVANAGARI.search(inline.content):
        return
    if LATIN.search(inline.content):
        return
    opening.attrSet("lang", "hi")
    for child in inline.children or ():
        child.meta["whole"] = True


def _name_cells(tokens: Sequence[Token]) -> None:
    """Give every cell the words of its column, for screens that show a row as a list."""
    names: list[str] = []
    column = 0
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            names = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            name = _plain(tokens[at + 1])
            names.append(name if name.endswith("?") else f"{name}:")
        elif token.type == "td_open":
            token.meta[LABEL] = names[column]
            column += 1


def _set_attributes(token: Token) -> None:
    """Give what a house rule asks of links and tables; a cell's own style is never inline."""
    if token.type == "link_open" and OUTWARD.match(str(token.attrGet("href"))):
        token.attrSet("rel", "noopener noreferrer external")
    elif token.type == "table_open":
        token.attrs = {"class": "table"}
    elif token.type in {"th_open", "td_open"}:
        label = token.meta.get(LABEL)
        token.attrs = {"scope": "col"} if token.tag == "th" else {"data-label": label or ""}


def _cite(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")  # a number never begins a line
        token = state.push("citation", "", 0)
        token.content = found.group()
        token.meta["numbers"] = [int(one) for one in found.group(1).split(",")]
    state.pos = found.end()
    return True


def _citation(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    environment: dict[str, Any],
) -> str:
    token = tokens[index]
    numbers = token.meta["numbers"]
    if not all(1 <= number <= environment[SOURCES] for number in numbers):
        return escapeHtml(token.content)
    links = ", ".join(_source_link(number, environment[CITED]) for number in numbers)
    return f'<sup class="prose__source">{links}</sup>'


def _source_link(number: int, cited: dict[int, int]) -> str:
    """Give the link to a source, with the id of this place for the way back."""
    cited[number] = cited.get(number, 0) + 1
    return (
        f'<a id="cited-{number}-{cited[number]}" href="#source-{number}" '
        f'aria-label="{_source_words(number)}">{number}</a>'
    )


def _source_words(number: int) -> str:
    return escapeHtml(gettext("Source %(number)s", number=number))


def _text(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _environment: dict[str, Any],
) -> str:
    """Give words with every Hindi run marked as Hindi, unless the whole block is."""
    token = tokens[index]
    if token.meta.get("whole"):
        return escapeHtml(token.content)
    return "".join(
        f'<span lang="{run.lang}">{escapeHtml(run.text)}</span>'
        if run.lang
        else escapeHtml(run.text)
        for run in by_script(token.content)
    )


def _table_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    environment: dict[str, Any],
) -> str:
    """Open a table inside what one can scroll, by keys too."""
    name = escapeHtml(gettext("Table"))
    opening = renderer.renderToken(tokens, index, options, environment)
    return f'<div class="scroller" role="group" aria-label="{name}" tabindex="0">{opening}'


def _table_close(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    environment: dict[str, Any],
) -> str:
    return renderer.renderToken(tokens, index, options, environment) + "</div>"


def _reader() -> MarkdownIt:
    reader = guide_reader()
    reader.inline.ruler.before("link", "citation", _cite)
    reader.validateLink = is_allowed  # type: ignore[assignment]  # named without self
    for name, rule in {
        "citation": _citation,
        "text": _text,
        "table_open": _table_open,
        "table_close": _table_close,
    }.items():
        reader.add_render_rule(name, rule)
    return reader


READER = _reader()
