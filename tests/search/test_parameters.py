"""The parameters of a search: what is read, what is refused, and how words join what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import Gender, ListingKind
from directory.listings.queries.cards import Point
from directory.listings.queries.search import OpenFilter, Sort
from directory.search.parameters import PARAMETERS, ParametersError, read_request, unknown
from directory.search.query import Hint, Word
from directory.search.understanding import Reader
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import Vocabulary

    Read = Callable[..., SearchRequest]

CONTRACT = {
    *("q", "near", "lat", "lon", "within", "kind", "profession", "centre_type", "condition"),
    *("treatment", "language", "mode", "age_group", "identity", "payment", "facility"),
    *("accessibility", "gender", "district", "locality", "fee_max", "fee_unstated", "open"),
    *("accepting", "registered", "rating_min", "sort", "page", "per_page", "view", "parse"),
}
REFUSED = {
    "a text that is too long": ({"q": ["x" * 201]}, "q", "is longer than 200 characters"),
    "a slug nobody knows": ({"condition": ["sadness"]}, "condition", "is not in the vocabulary"),
    "a term of another list": ({"condition": ["cbt"]}, "condition", "is not in the vocabulary"),
    "a kind of a third sort": ({"kind": ["hotel"]}, "kind", "must be one of practitioner, centre"),
    "a time nobody offers": (
        {"open": ["tomorrow"]},
        "open",
        "must be one of now, 24x7, evenings, sunday",
    ),
    "a page before the first": ({"page": ["0"]}, "page", "must be a whole number from 1 to 10000"),
    "a page in words": ({"page": ["two"]}, "page", "must be a whole number from 1 to 10000"),
    "a page in Devanagari digits": (
        {"page": ["२"]},
        "page",
        "must be a whole number from 1 to 10000",
    ),
    "a page too full": ({"per_page": ["101"]}, "per_page", "must be a whole number from 1 to 100"),
    "a fee with a comma": (
        {"fee_max": ["1,500"]},
        "fee_max",
        "must be a whole number from 0 to 10000000",
    ),
    "no kilometres": ({"within": ["0"]}, "within", "must be a number from 0.1 to 100"),
    "endless kilometres": ({"within": ["inf"]}, "within", "must be a number from 0.1 to 100"),
    "a rating of six": ({"rating_min": ["6"]}, "rating_min", "must be a number from 1 to 5"),
    "a switch that says yes": ({"accepting": ["yes"]}, "accepting", "must be one of 0, 1"),
    "a view with a space": ({"view": [" list"]}, "view", "must be one of list, map"),
    "a view of nothing": ({"view": ["\x83"]}, "view", "must be one of list, map"),
    "two kinds at once": (
        {"kind": ["practitioner", "centre"]},
        "kind",
        "was given more than once",
    ),
    "half a point": ({"lat": ["28.6"]}, "lat", "needs lon beside it"),
    "the other half": ({"lon": ["77.2"]}, "lon", "needs lat beside it"),
    "a point in Mumbai": (
        {"lat": ["19.07"], "lon": ["77.2"]},
        "lat",
        "must be a number from 28 to 29.2",
    ),
    "a distance from nowhere": ({"sort": ["distance"]}, "sort", "needs near, or lat and lon"),
}


@pytest.fixture
def read(vocabulary: Vocabulary, now: datetime) -> Read:
    """Give a reader of parameters with the real reader of words."""
    reader = Reader(vocabulary, None)

    def reading(given: Mapping[str, Sequence[str]] | None = None, **one: str) -> SearchRequest:
        both = {**(given or {}), **{name: [value] for name, value in one.items()}}
        return read_request(both, vocabulary, reader, now=now)

    return reading


def test_the_table_has_every_parameter_of_the_contract() -> None:
    assert set(PARAMETERS) == CONTRACT


def test_every_parameter_says_what_it_means() -> None:
    assert [name for name, parameter in PARAMETERS.items() if parameter.meaning[-1] != "."] == []


def test_nothing_given_is_everything_in_the_usual_order(read: Read) -> None:
    asked = read()

    assert asked.query.filters.sort is Sort.BEST
    assert (asked.page, asked.per_page, asked.query.offset, asked.query.limit) == (1, 20, 0, 20)
    assert asked.given == {}


def test_values_of_a_repeatable_parameter_stand_together(
    read: Read, vocabulary: Vocabulary
) -> None:
    filters = read(
        {
            "condition": ["depression", "ocd", "depression"],
            "gender": ["woman", "man"],
            "open": ["now", "sunday"],
            "locality": ["saket"],
            "district": ["south"],
        }
    ).query.filters

    conditions = vocabulary.terms[TermKind.CONDITION]
    assert filters.terms == {
        TermKind.CONDITION: (conditions["depression"].id, conditions["ocd"].id)
    }
    assert filters.genders == (Gender.WOMAN, Gender.MAN)
    assert filters.open_when == {OpenFilter.NOW, OpenFilter.SUNDAY}
    assert filters.locality_ids == (vocabulary.localities["saket"].id,)
    assert filters.district_ids == (vocabulary.districts["south"].id,)


def test_single_parameters_are_read_as_what_they_are(read: Read) -> None:
    filters = read(
        kind="centre",
        fee_max="1500",
        fee_unstated="1",
        accepting="1",
        registered="0",
        rating_min="4.5",
        sort="fee",
    ).query.filters

    assert filters.kind is ListingKind.CENTRE
    assert (filters.fee_max, filters.fee_unstated) == (1500, True)
    assert (filters.accepting, filters.registered) == (True, False)
    assert (filters.rating_min, filters.sort) == (4.5, Sort.FEE)


def test_a_page_further_on_begins_further_on(read: Read) -> None:
    asked = read(page="3", per_page="50")

    assert (asked.query.offset, asked.query.limit) == (100, 50)
    assert asked.given == {"per_page": ("50",)}


def test_what_is_empty_counts_as_absent_and_controls_as_spaces(read: Read) -> None:
    asked = read(near=" \t", sort="", lat="", lon="", q="low\x00mood\u0085", parse="0")

    assert asked.given == {"q": ("low mood",), "parse": ("0",)}


def test_the_same_value_twice_is_one(read: Read) -> None:
    assert read({"kind": ["centre", "centre"]}).query.filters.kind is ListingKind.CENTRE


def test_names_that_are_no_parameter_are_passed_over_and_can_be_told(read: Read) -> None:
    assert read(colour="red").given == {}
    assert unknown(["colour", "q", "size", "colour"]) == ["colour", "size"]


@pytest.mark.parametrize(("given", "name", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_value_that_cannot_be_used_is_refused(
    read: Read, given: Mapping[str, Sequence[str]], name: str, reason: str
) -> None:
    with pytest.raises(ParametersError) as refused:
        read(given)

    assert [(fault.parameter, fault.reason) for fault in refused.value.faults] == [(name, reason)]


def test_every_faulty_parameter_is_named_at_once(read: Read) -> None:
    with pytest.raises(ParametersError) as refused:
        read({"page": ["0"], "condition": ["x", "y"], "lat": ["1"], "sort": ["rank"]})

    assert [(fault.parameter, fault.value) for fault in refused.value.faults] == [
        ("lat", "1"),
        ("lat", "1"),
        ("condition", "x"),
        ("condition", "y"),
        ("sort", "rank"),
        ("page", "0"),
    ]


@pytest.mark.parametrize("near", ["saket", "Saket", "साकेत", "110017"])
def test_a_place_is_known_by_slug_name_and_pin_code(read: Read, near: str) -> None:
    asked = read(near=near)

    assert asked.place is not None
    assert asked.query.filters.near == asked.place.point
    assert (asked.query.filters.sort, asked.query.filters.within_m) == (Sort.BEST, None)


def test_a_place_nobody_knows_is_no_fault_and_has_no_distance(read: Read) -> None:
    asked = read(near="Atlantis", sort="distance")

    assert (asked.unknown_place, asked.place) == ("Atlantis", None)
    assert asked.query.filters.sort is Sort.BEST


def test_a_point_counts_before_a_place(read: Read) -> None:
    asked = read(near="saket", lat="28.7", lon="77.1")

    assert asked.query.filters.near == Point(28.7, 77.1)
    assert asked.place is None


@pytest.mark.parametrize(
    ("given", "metres"),
    [
        ({"near": "saket"}, None),
        ({"near": "saket", "sort": "distance"}, 10_000),
        ({"near": "saket", "sort": "distance", "within": "2.5"}, 2500),
        ({"near": "saket", "within": "0.1"}, 100),
        ({"within": "5"}, None),
    ],
)
def test_how_far_is_ten_kilometres_only_by_distance(
    read: Read, given: Mapping[str, str], metres: int | None
) -> None:
    assert read(**given).query.filters.within_m == metres


def test_words_that_are_understood_join_what_was_chosen(read: Read, vocabulary: Vocabulary) -> None:
    asked = read(q="psychiatrist near hauz khas hindi", profession="counsellor")

    professions = vocabulary.terms[TermKind.PROFESSION]
    filters = asked.query.filters
    assert set(filters.terms[TermKind.PROFESSION]) == {
        professions["counsellor"].id,
        professions["psychiatrist"].id,
    }
    assert filters.terms[TermKind.LANGUAGE] == (vocabulary.terms[TermKind.LANGUAGE]["hi"].id,)
    assert asked.place is not None
    assert asked.place.slug == "hauz-khas"
    assert asked.query.words == ()


def test_a_sentence_gives_the_same_search_as_its_filters(read: Read) -> None:
    sentence = read(q="psychiatrist near hauz khas hindi")
    filters = read(profession="psychiatrist", near="hauz-khas", language="hi")

    assert sentence.query == filters.query


def test_a_place_in_words_lets_results_be_ordered_by_distance(read: Read) -> None:
    filters = read(q="psychiatrist hauz khas", sort="distance").query.filters

    assert (filters.sort, filters.within_m) == (Sort.DISTANCE, 10_000)


def test_a_chosen_place_is_not_overridden_by_words(read: Read) -> None:
    asked = read(q="psychiatrist hauz khas", near="saket")

    assert asked.place is not None
    assert asked.place.slug == "saket"
    assert [item.parameter for item in asked.reading.understood] == ["profession"]


def test_without_reading_words_stay_words_and_keep_their_other_names(read: Read) -> None:
    asked = read(q="Psychiatrist depression", parse="0")

    assert asked.reading.understood == ()
    assert asked.query.filters.terms == {}
    assert asked.query.filters.words == ("psychiatrist", "depression")
    first, second = asked.query.words
    assert (first.texts, second.texts) == (("psychiatrist",), ("depression",))
    assert ("अवसाद",) in second.others
    assert second.texts not in second.others


def test_other_names_are_for_words_that_were_not_understood(read: Read) -> None:
    assert all(word.others == () for word in read(q="quetzal mindful").query.words)


def test_a_phrase_stays_together_and_a_star_is_a_beginning(read: Read) -> None:
    for parse in "01":
        asked = read(q='"Quetzal House*" zib* psychiatr*', parse=parse)

        assert set(asked.query.words) == {
            Word(("quetzal", "house")),
            Word(("zib",), is_prefix=True),
            Word(("psychiatr",), is_prefix=True),
        }
        assert asked.reading.understood == ()
        assert asked.query.filters.words == ("zib", "psychiatr", "quetzal house")


def test_words_the_index_leaves_out_are_left_out(read: Read) -> None:
    assert read(q="the quetzal *", parse="0").query.words == (Word(("quetzal",)),)


def test_no_more_than_eight_words_of_a_hundred_letters_are_searched_for(read: Read) -> None:
    many = " ".join(f"word{letter}" for letter in "abcdefghijklmn")
    long = " ".join("x" * 30 + letter for letter in "abcde")

    assert len(read(q=many, parse="0").query.words) == 8
    assert len(read(q=long, parse="0").query.words) == 3


def test_what_words_suggest_puts_first_and_leaves_nobody_out(read: Read) -> None:
    asked = read(q="esketamine nasal spray")

    hints = [item for item in asked.reading.understood if item.hint]
    assert asked.query.hints == tuple(Hint(item.parameter, item.value) for item in hints)
    firm = {item.parameter for item in asked.reading.understood if not item.hint}
    assert {kind.value for kind in asked.query.filters.terms} <= firm


def test_a_cry_for_help_is_heard_with_and_without_reading(read: Read) -> None:
    assert read(q="i want to die").reading.crisis
    assert read(q="i want to die", parse="0").reading.crisis
    assert read(q="i want to die*").reading.crisis
    assert not read(q="psychiatrist saket").reading.crisis
