"""A page as a tree: parents, names as a screen reader computes them, and readable text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib
from html5lib.constants import E as SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
NOT_READ = {"script", "style", "template", f"{SVG}title"}
NAMED_BY_CHILD = {"table": "caption", "fieldset": "legend", f"{SVG}svg": f"{SVG}title"}
UNLABELLED_INPUTS = {"hidden", "submit", "reset", "button", "image"}


class Markup:
    """A parsed document. Elements of SVG carry their namespace, those of HTML none."""

    def __init__(self, html: str) -> None:
        parser = html5lib.HTMLParser(
            tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
        )
        self.root: Element = parser.parse(html)
        self.errors = [
            f"line {place[0]}: {_words(code, details)}" for place, code, details in parser.errors
        ]
        self._parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str, within: Element | None = None) -> list[Element]:
        """Give the elements with one of these tags (or any tag), in document order."""
        start = self.root if within is None else within
        elements = (el for el in start.iter() if is_element(el) and el is not within)
        return [el for el in elements if not tags or el.tag in tags]

    def one(self, tag: str) -> Element:
        """Give the only element with this tag."""
        found = self.all(tag)
        assert len(found) == 1, f"{len(found)} elements <{tag}>"
        return found[0]

    def by_id(self, name: str) -> Element | None:
        """Give the element with this id, or None."""
        return next((el for el in self.all() if el.get("id") == name), None)

    def parents(self, element: Element) -> Iterator[Element]:
        """Give the elements around this one, from the inside out."""
        while (parent := self._parents.get(element)) is not None:
            yield parent
            element = parent

    def controls(self) -> list[Element]:
        """Give every control that needs a label."""
        found = self.all("input", "select", "textarea")
        return [el for el in found if (el.get("type") or "text") not in UNLABELLED_INPUTS]

    def name_of(self, element: Element) -> str:
        """Give the accessible name: aria, label, caption, title of a drawing, alt, or text."""
        labels = (element.get("aria-labelledby") or "").split()
        if labels:
            named = (self.by_id(name) for name in labels)
            return " ".join(text_of(el) for el in named if el is not None)
        if element.get("aria-label"):
            return attribute(element, "aria-label")
        if element.tag in {"input", "select", "textarea"}:
            return self._label_of(element)
        if element.tag == "img":
            return attribute(element, "alt")
        namer = NAMED_BY_CHILD.get(element.tag)
        if namer is None:
            return text_of(element)
        return next((_joined(child.itertext()) for child in element.iter(namer)), "")

    def _label_of(self, control: Element) -> str:
        name = control.get("id")
        labels = [el for el in self.all("label") if name and el.get("for") == name]
        labels += [el for el in self.parents(control) if el.tag == "label"]
        return text_of(labels[0]) if labels else ""


def attribute(element: Element, name: str) -> str:
    """Give an attribute's value, empty when it is missing."""
    return element.get(name) or ""


def is_element(node: Element) -> bool:
    """Tell an element from a comment, whose tag is a function."""
    tag: object = node.tag
    return isinstance(tag, str)


def text_of(element: Element) -> str:
    """Give the readable text inside an element, with single spaces."""
    return _joined(_texts(element))


def _joined(parts: Iterable[str]) -> str:
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _texts(element: Element) -> Iterator[str]:
    if not is_element(element) or element.tag in NOT_READ:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail


def _words(code: str, details: dict[str, object]) -> str:
    message: str = SENTENCES.get(code, code)
    return message % details
