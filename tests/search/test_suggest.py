"""Suggestions while typing: in every script, forgiving, and never a misspelling as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.search.suggest import Suggestion, suggestions

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary


@pytest.mark.parametrize(
    ("typed", "kind", "slug"),
    [
        ("dep", "condition", "depression"),
        ("DEPR", "condition", "depression"),
        ("attack", "condition", "panic-disorder"),
        ("neend na", "condition", "insomnia"),
        ("नींद", "condition", "insomnia"),
        ("अवसा", "condition", "depression"),
        ("psychia", "profession", "psychiatrist"),
        ("मनोचि", "profession", "psychiatrist"),
        ("cbt", "treatment", "cbt"),
        ("hauz", "locality", "hauz-khas"),
        ("हौज", "locality", "hauz-khas"),
        ("gk", "locality", "greater-kailash-1"),
        ("udyog bh", "station", "seva-teerth"),
        ("depresi", "condition", "depression"),
        ("dipreshan", "condition", "depression"),
        ("psycia", "profession", "psychiatrist"),
        ("kaunslar", "profession", "counsellor"),
        ("skizofr", "condition", "schizophrenia"),
    ],
)
def test_a_begun_word_suggests_what_it_may_become(
    lists: Vocabulary, typed: str, kind: str, slug: str
) -> None:
    found = suggestions(typed, lists)

    assert (kind, slug) in [(item.kind, item.slug) for item in found[:3]]
    assert len(found) <= 8


def test_a_suggestion_leads_to_its_page(lists: Vocabulary) -> None:
    urls = {
        typed: suggestions(typed, lists)[0].url
        for typed in ("depression", "emdr", "psychiatrist", "saket", "seva teerth")
    }

    assert urls == {
        "depression": "/conditions/depression",
        "emdr": "/treatments/emdr",
        "psychiatrist": "/professions/psychiatrist",
        "saket": "/localities/saket",
        "seva teerth": "/search?near=seva-teerth",
    }


def test_what_is_shown_is_a_name_whatever_was_typed(lists: Vocabulary) -> None:
    names = {term.name_en for term in lists.term_by_id.values()}
    names |= {place.name_en for place in lists.localities.values()}
    names |= {place.name_en for place in lists.stations.values()}
    typed = {item.text[:6] for term in lists.term_by_id.values() for item in term.spellings}
    shown = {item.text for begun in typed for item in suggestions(begun, lists)}

    assert len(shown) > 100
    assert shown <= names


@pytest.mark.parametrize("typed", ["pagal", "shock tr", "sharabi"])
def test_words_that_label_people_suggest_nothing_by_themselves(
    lists: Vocabulary, typed: str
) -> None:
    letters = [item.text.lower() for item in suggestions(typed, lists)]

    assert not any(typed in text for text in letters)


def test_listings_come_after_the_vocabulary_and_keep_some_places(lists: Vocabulary) -> None:
    listings = [Suggestion(f"Dr Dev {n}", None, "listing", f"dev-{n}", "/") for n in range(5)]
    found = suggestions("dep", lists, listings=listings)

    assert [item.kind for item in found].index("listing") == 5
    assert len(found) == 8
    assert suggestions("xyzzyx", lists, listings=listings[:2]) == listings[:2]


@pytest.mark.parametrize("typed", ["", "  ", "?", "xyzzyxq"])
def test_nothing_is_suggested_for_nothing(lists: Vocabulary, typed: str) -> None:
    assert suggestions(typed, lists) == []


def test_a_station_does_not_repeat_a_locality_of_its_name(lists: Vocabulary) -> None:
    found = [item.text for item in suggestions("saket", lists)]

    assert found.count("Saket") == 1
