"""The guides that come with the directory, held to what every guide has to be."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.guides.blocks import BlockKind, blocks_of
from directory.guides.files import term_named
from directory.guides.numbers import numbers_without_source
from directory.guides.policy import (
    RefusedGuideError,
    cited_numbers,
    faults_of,
    slug_fault,
    uncited_numbers,
)
from directory.guides.readability import reading_of
from directory.guides.shelves import Shelf, is_told_of, place_of, shelf_of, shelved
from directory.guides.shipped import shipped_guides
from directory.vocabulary.models import TermKind
from directory.web.markdown import refused_links
from tests.architecture.test_words import AVOIDED_ON_PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from directory.guides.files import GuideFile
    from directory.vocabulary.queries import Vocabulary

# The guides every directory of ours has to have.
WANTED = {
    "ketamine-for-depression",
    "depression-first-steps",
    "who-does-what",
    "rtms",
    "ect-today",
    "talking-therapies",
    "costs-and-insurance",
    "choosing-a-24x7-centre",
    "de-addiction",
    "when-someone-does-not-want-help",
    "admission-and-your-rights",
    "after-a-suicide-attempt-or-loss",
}
GUIDES = shipped_guides()
LAST_PART = "What we could not confirm"
HURTING = re.compile(r"shock (?:treatment|therapy)|\bcommit(?:ted|s)? suicide", re.IGNORECASE)
SUICIDE = re.compile(r"suicid", re.IGNORECASE)
EMERGENCY, TELE_MANAS = "(tel:112)", "(tel:14416)"
LEAST_WORDS, MOST_WORDS = 650, 1400
MOST_TITLE = 60

each_guide = pytest.mark.parametrize("guide", GUIDES, ids=[guide.slug for guide in GUIDES])


def test_the_guides_everybody_needs_are_there() -> None:
    assert {guide.slug for guide in GUIDES} >= WANTED
    assert shelved().keys() == {guide.slug for guide in GUIDES}


@each_guide
def test_a_guide_can_be_kept_as_it_is(guide: GuideFile) -> None:
    assert slug_fault(guide.slug) is None
    assert faults_of(guide.draft, today=date.max) == ()
    assert refused_links(guide.draft.body) == []
    assert guide.draft.title_hi
    assert len(guide.draft.title) <= MOST_TITLE


@each_guide
def test_every_number_has_a_source_and_every_source_is_named(guide: GuideFile) -> None:
    body, sources = guide.draft.body, guide.draft.sources

    assert numbers_without_source(guide.draft) == []
    assert uncited_numbers(body, len(sources)) == []
    assert set(cited_numbers(body)) == set(range(1, len(sources) + 1))
    assert all(source.seen_on is not None for source in sources if source.url)


@each_guide
def test_a_guide_begins_with_the_answer_and_ends_with_what_nobody_could_confirm(
    guide: GuideFile,
) -> None:
    headings = re.findall(r"^## (.*)$", guide.draft.body, re.MULTILINE)

    assert headings[0] == "In short"
    assert headings[-1] == LAST_PART
    last = guide.draft.body.rpartition(f"## {LAST_PART}")[2]
    assert any(block.kind is BlockKind.ITEM for block in blocks_of(last))


@each_guide
def test_a_guide_is_plain(guide: GuideFile) -> None:
    read = reading_of(guide.draft)

    assert read is not None
    assert read.is_plain, f"reading age {read.age}"
    assert LEAST_WORDS <= read.words <= MOST_WORDS


@each_guide
def test_a_guide_uses_kind_words_and_gives_numbers_where_it_speaks_of_suicide(
    guide: GuideFile,
) -> None:
    text = " ".join(
        (
            guide.draft.title,
            guide.draft.summary,
            *(block.text for block in blocks_of(guide.draft.body)),
        )
    )

    assert AVOIDED_ON_PAGES.findall(text) == []
    assert HURTING.findall(text) == []
    if SUICIDE.search(text):
        assert EMERGENCY in guide.draft.body
        assert TELE_MANAS in guide.draft.body


def test_every_word_guides_go_with_has_a_page(vocabulary: Vocabulary) -> None:
    named = {name for guide in GUIDES for name in guide.about}
    of_searches = {
        (kind, slug)
        for told in shelved().values()
        for kind, slugs in told.listings.items()
        if kind in set(TermKind)
        for slug in slugs
    }

    assert [name for name in sorted(named) if term_named(name, vocabulary) is None] == []
    assert [
        pair for pair in of_searches if pair[1] not in vocabulary.terms[TermKind(pair[0])]
    ] == []


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "first.md"
    file.write_text("words alone", "utf-8")
    with pytest.raises(RefusedGuideError, match="Begin the file") as refused:
        shipped_guides(tmp_path)
    assert refused.value.field.startswith("first.md")

    file.write_text("---\nslug: second\n---\nwords", "utf-8")
    with pytest.raises(RefusedGuideError, match="Name the file"):
        shipped_guides(tmp_path)


def test_guides_stand_on_shelves_in_an_order() -> None:
    assert shelf_of("rtms", ()) is Shelf.TREATMENTS
    assert shelf_of("of-people", {TermKind.TREATMENT}) is Shelf.TREATMENTS
    assert shelf_of("of-people", {TermKind.CONDITION}) is Shelf.FINDING_HELP
    assert place_of("rtms") < place_of("who-does-what") < place_of("of-people")


def test_a_guide_goes_with_a_search_that_has_all_of_its_parameters() -> None:
    night = "choosing-a-24x7-centre"

    assert is_told_of(night, {"kind": {"centre"}, "open": {"24x7", "now"}})
    assert not is_told_of(night, {"kind": {"centre"}})
    assert not is_told_of("of-people", {"kind": {"centre"}})
