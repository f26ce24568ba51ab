"""The text of a guide as the blocks it is made of: headings, paragraphs, items, rows of tables.

Here stands the one reader of a guide's Markdown (decision 0025); `web/markdown.py` makes HTML with
it. Not for HTML. Called by `numbers.py` and `readability.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

LEFT_OUT = ("code", "fence", "html_block", "html_inline", "image", "lheading", "reference")
WORDS = frozenset({"text", "code_inline"})
BREAKS = frozenset({"softbreak", "hardbreak"})


class BlockKind(StrEnum):
    """What a block is; a cell of a table is no block, its row is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is read, with the numbers of its sources: `[2]`.

    A link stands there as its words; `without_calls` leaves out numbers one can call.
    """

    kind: BlockKind
    text: str
    without_calls: str


def guide_reader() -> MarkdownIt:
    """Give a new reader of guides: CommonMark with tables, without markup of the writer's own."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(LEFT_OUT))


READER = guide_reader()


def blocks_of(body: str) -> list[Block]:
    """Give the blocks of a text in their order."""
    return list(_blocks(READER.parse(body)))


def _blocks(tokens: Iterable[Token]) -> Iterator[Block]:
    opened: list[str] = []
    row: list[Sequence[Token]] = []
    for token in tokens:
        if token.nesting > 0:
            opened.append(token.type)
        elif token.nesting < 0:
            opened.pop()
        if token.type == "inline" and "tr_open" in opened:
            row.append(token.children or ())
        elif token.type == "inline":
            yield _block(_kind(opened), [token.children or ()])
        elif token.type == "tr_close":
            yield _block(BlockKind.ROW, row)
            row = []


def _kind(opened: Sequence[str]) -> BlockKind:
    if "heading_open" in opened:
        return BlockKind.HEADING
    return BlockKind.ITEM if "list_item_open" in opened else BlockKind.PARAGRAPH


def _block(kind: BlockKind, cells: Sequence[Iterable[Token]]) -> Block:
    return Block(
        kind,
        " | ".join("".join(_words(cell)) for cell in cells),
        " | ".join("".join(_words(cell, leave_out="tel:")) for cell in cells),
    )


def _words(children: Iterable[Token], leave_out: str | None = None) -> Iterator[str]:
    """Yield the words of a block, but those of links whose address begins like this."""
    inside = False
    for child in children:
        if child.type == "link_open" and leave_out is not None:
            inside = str(child.attrGet("href")).startswith(leave_out)
        elif child.type == "link_close":
            inside = False
        elif child.type in BREAKS:
            yield " "
        elif child.type in WORDS and not inside:
            yield child.content
