"""The vocabulary as pages see it: names that may be shown, places, and a cache that keeps up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.core.geo import distance_m
from directory.vocabulary.models import HelplineShown, SpellingUse, TermKind
from directory.vocabulary.operations import load_reference
from directory.vocabulary.queries import VocabularyCache, load_vocabulary
from directory.vocabulary.reading import read_terms
from tests.vocabulary.data_files import copy_of_files, folded

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

ROWS = read_terms()


def test_a_term_is_found_by_kind_and_slug(vocabulary: Vocabulary) -> None:
    saket = vocabulary.localities["saket"]
    depression = vocabulary.term(TermKind.CONDITION, "depression")

    assert depression is not None
    assert (depression.name_en, depression.group) == ("Depression", "mood")
    assert depression.details["who"][0] == "psychiatrist"
    assert (saket.district.slug, saket.station.slug) == ("south", "saket")


def test_an_unknown_term_is_none(vocabulary: Vocabulary) -> None:
    assert vocabulary.term(TermKind.CONDITION, "melancholia") is None
    assert vocabulary.term(TermKind.TREATMENT, "depression") is None


def test_terms_come_in_the_order_of_the_files(vocabulary: Vocabulary) -> None:
    in_the_files = [(row.kind, row.slug) for row in ROWS]

    for kind in TermKind:
        expected = [slug for of, slug in in_the_files if of is kind]
        assert list(vocabulary.terms[kind]) == expected


def test_spellings_for_matching_only_are_never_given(vocabulary: Vocabulary) -> None:
    hidden = {
        (row.kind, text)
        for row in ROWS
        for use, text in row.spellings
        if use is SpellingUse.MATCH_ONLY
    }
    given = {
        (term.kind, text)
        for term in vocabulary.term_by_id.values()
        for text in [term.name_en, term.name_hi, *term.synonyms]
    }

    assert len(hidden) > 100
    assert hidden & given == set()


def test_only_synonyms_are_given_of_all_spellings_in_the_order_of_the_file(
    vocabulary: Vocabulary,
) -> None:
    for row in ROWS:
        term = vocabulary.terms[row.kind][row.slug]
        synonyms = tuple(text for use, text in row.spellings if use is SpellingUse.SYNONYM)
        assert term.synonyms == synonyms
        assert {"hinglish", "misspellings", "match_only_never_display"} & set(term.details) == set()


def test_a_synonym_is_not_the_name_again(vocabulary: Vocabulary) -> None:
    repeated = [
        (term.slug, synonym)
        for term in vocabulary.term_by_id.values()
        for synonym in term.synonyms
        if folded(synonym) == folded(term.name_en)
    ]

    assert repeated == []


def test_helplines_keep_whether_they_are_shown(vocabulary: Vocabulary) -> None:
    assert list(vocabulary.helplines)[:2] == ["112", "tele-manas"]
    assert vocabulary.helplines["kiran"].shown is HelplineShown.NO
    assert vocabulary.helplines["sumaitri"].shown is HelplineShown.AFTER_CHECK


def test_a_station_names_its_lines_in_map_order(vocabulary: Vocabulary) -> None:
    kashmere_gate = vocabulary.stations["kashmere-gate"]

    assert [line.slug for line in kashmere_gate.lines] == ["red", "yellow", "violet"]


@pytest.mark.parametrize(
    ("lat", "lon", "slug"),
    [(28.6329, 77.2195, "rajiv-chowk"), (28.5430, 77.2060, "hauz-khas"), (28.2, 76.6, "dwarka")],
)
def test_the_nearest_station_to_a_point_is_given_with_its_distance(
    vocabulary: Vocabulary, lat: float, lon: float, slug: str
) -> None:
    station, metres = vocabulary.nearest_station(lat, lon)

    nearest = min(
        distance_m(lat, lon, other.lat, other.lon) for other in vocabulary.stations.values()
    )
    assert metres == nearest
    assert distance_m(lat, lon, station.lat, station.lon) == metres
    if slug != "dwarka":
        assert station.slug == slug


def test_localities_agree_with_the_nearest_station(vocabulary: Vocabulary) -> None:
    for locality in vocabulary.localities.values():
        station, metres = vocabulary.nearest_station(locality.lat, locality.lon)
        assert station.slug == locality.station.slug
        assert abs(metres - locality.station_m) <= 10


def test_the_whole_is_read_in_nine_statements(session: Session, count_sql: CountSql) -> None:
    with count_sql() as statements:
        load_vocabulary(session)

    assert len([text for text in statements if text.startswith("SELECT")]) <= 9


def test_an_unchanged_vocabulary_costs_one_statement_and_is_the_same_object(
    session: Session, count_sql: CountSql
) -> None:
    cache = VocabularyCache()
    first = cache.current(session)
    with count_sql() as statements:
        second = cache.current(session)

    assert second is first
    assert len([text for text in statements if text.startswith("SELECT")]) == 1


def test_a_changed_vocabulary_is_read_again(
    session: Session, now: datetime, tmp_path: Path
) -> None:
    cache = VocabularyCache()
    before = cache.current(session)
    folder = copy_of_files(tmp_path)
    file = folder / "localities.csv"
    file.write_text(
        file.read_text("utf-8").replace("\nsaket,Saket,", "\nsaket,Saket Enclave,"), "utf-8"
    )
    load_reference(now=now, folder=folder)

    after = cache.current(session)

    assert before.localities["saket"].name_en == "Saket"
    assert after.localities["saket"].name_en == "Saket Enclave"
    assert after.digest != before.digest
