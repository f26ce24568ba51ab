"""Lines of browse lists: a word, its Hindi, an address and a count. Called by browsing views."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.vocabulary.models import TermKind
from directory.web.links import search_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.listings.queries.counts import DirectoryCounts
    from directory.vocabulary.queries import LineView, LocalityView, TermView, Vocabulary

# Kinds with pages of their own, and where those stand.
PAGES: Mapping[TermKind, str] = {
    TermKind.CONDITION: "conditions",
    TermKind.TREATMENT: "treatments",
    TermKind.PROFESSION: "professions",
}


BRACKET = re.compile(r"\s*\(([^)]*)\)")
MOST_LETTERS = 6
LONG_NAME = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an index; without a `count` none is shown."""

    name: str
    hindi: str | None
    url: str
    count: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A metro line of the list of lines, with the two ends of its longest run."""

    slug: str
    name: str
    hindi: str
    ends: str
    url: str
    count: int


def term_url(term: TermView) -> str:
    """Give the address of a term's page, or of the search for it when it has none."""
    folder = PAGES.get(term.kind)
    return f"/{folder}/{term.slug}" if folder else search_path({term.kind.value: term.slug})


def term_entries(terms: Iterable[TermView], counted: Mapping[int, int]) -> list[Entry]:
    """Give the lines of some terms, in the order given."""
    return [
        Entry(term.name_en, term.name_hi, term_url(term), counted.get(term.id, 0)) for term in terms
    ]


def short_entries(terms: Iterable[TermView], counted: Mapping[int, int]) -> list[Entry]:
    """Give the lines of some terms under the shortest name each goes by."""
    return [
        Entry(
            short_name(term.name_en),
            BRACKET.sub("", term.name_hi).strip(),
            term_url(term),
            counted.get(term.id, 0),
        )
        for term in terms
    ]


def short_name(name: str) -> str:
    """Give a name without its bracket, or the bracket when it holds the better known letters."""
    bracket = BRACKET.search(name)
    if bracket is None:
        return name
    plain, letters = BRACKET.sub("", name).strip(), bracket.group(1)
    return letters if len(letters) <= MOST_LETTERS and len(plain) > LONG_NAME else plain


def chosen_terms(vocabulary: Vocabulary, kind: TermKind, slugs: Iterable[str]) -> list[TermView]:
    """Give the terms of some slugs, each once; what was merged is what took its place.

    What the vocabulary does not have is left out.
    """
    known = vocabulary.terms_once(kind)
    found = {known[slug].id: known[slug] for slug in slugs if slug in known}
    return list(found.values())


def locality_entries(places: Iterable[LocalityView], counted: Mapping[int, int]) -> list[Entry]:
    """Give the lines of some localities, in the order given."""
    return [
        Entry(place.name_en, place.name_hi, f"/localities/{place.slug}", counted.get(place.id, 0))
        for place in places
    ]


def district_entries(vocabulary: Vocabulary, counts: DirectoryCounts) -> list[Entry]:
    """Give the districts by name, each leading to its listings."""
    districts = sorted(vocabulary.districts.values(), key=lambda district: district.name_en)
    return [
        Entry(
            district.name_en,
            district.name_hi,
            search_path({"district": district.slug}),
            counts.by_district.get(district.slug, 0),
        )
        for district in districts
    ]


def line_entries(vocabulary: Vocabulary, counts: DirectoryCounts) -> list[LineEntry]:
    """Give the metro lines with anything near them, the busiest first."""
    entries = [
        LineEntry(
            slug=line.slug,
            name=line.name_en,
            hindi=line.name_hi,
            ends=line_ends(line, vocabulary),
            url=f"/metro/{line.slug}",
            count=counts.by_line.get(line.slug, 0),
        )
        for line in vocabulary.lines.values()
    ]
    return sorted(entries, key=lambda entry: -entry.count)


def line_ends(line: LineView, vocabulary: Vocabulary) -> str:
    """Give the names of the first and last station of a line's longest run."""
    run = max(line.segments, key=len)
    first, last = vocabulary.stations[run[0]].name_en, vocabulary.stations[run[-1]].name_en
    if first == last:
        return gettext("A ring from %(station)s", station=first)
    return gettext("%(first)s to %(last)s", first=first, last=last)
