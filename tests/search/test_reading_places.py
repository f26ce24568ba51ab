"""Names of places in a search: spellings, PIN codes, old names, and names of several places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from directory.search.request import Reading
    from directory.search.understanding import Reader
    from directory.vocabulary.queries import Vocabulary


def near(reading: Reading) -> list[str]:
    return [item.value for item in reading.understood if item.parameter == "near"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("karolbagh", "karol-bagh"),
        ("karol-bagh", "karol-bagh"),
        ("करोल बाग", "karol-bagh"),
        ("CP", "connaught-place"),
        ("r.k. puram", "rk-puram"),
        ("dwarka sec 10", "dwarka-sector-10"),
        ("sector 8 rohini", "rohini-sector-8"),
        ("rohini sector 5", "rohini"),
        ("dwarka sector 14", "dwarka-sector-14"),
        ("malviya ngr", "malviya-nagar"),
        ("mayur vihar phase II", "mayur-vihar-phase-2"),
        ("GK-2 m block", "greater-kailash-2"),
        ("udyog bhawan", "seva-teerth"),
        ("race course metro", "lok-kalyan-marg"),
        ("110017", "110017"),
        ("pin code 110092", "110092"),
        ("hauj kaas", "hauz-khas"),
        ("lajpat", "lajpat-nagar"),
        ("noida sector 18", "noida-sector-18"),
        ("welcome colony", "welcome"),
        ("dilli 6", "chandni-chowk"),
        ("द्वारका सेक्टर बारह", "dwarka-sector-12"),
        ("sector twelve dwarka", "dwarka-sector-12"),
    ],
)
def test_a_place_is_found_under_every_name(reader: Reader, text: str, slug: str) -> None:
    assert near(reader.read(text)) == [slug]


@pytest.mark.parametrize(
    "text", ["trans welcome therapist", "north east student", "punjabi", "999999"]
)
def test_a_word_that_means_something_else_is_no_place(reader: Reader, text: str) -> None:
    assert near(reader.read(text)) == []


@pytest.mark.parametrize(
    ("text", "taken", "others"),
    [
        ("sant nagar", "sant-nagar", ("sant-nagar-burari",)),
        ("patel nagar", "west-patel-nagar", ("east-patel-nagar", "south-patel-nagar")),
        ("GK", "greater-kailash-1", ("greater-kailash-2",)),
        ("greater kailash", "greater-kailash-1", ("greater-kailash-2",)),
        ("rajinder nagar", "old-rajinder-nagar", ("new-rajinder-nagar",)),
        ("mayur vihar", "mayur-vihar-phase-1", ("mayur-vihar-phase-2", "mayur-vihar-phase-3")),
        ("kingsway camp", "hudson-lane", ("gtb-nagar",)),
        ("nizamuddin", "nizamuddin-west", ("nizamuddin-east",)),
        ("south ex", "south-extension-2", ("south-extension-1",)),
    ],
)
def test_a_name_of_several_places_takes_one_and_offers_the_others(
    reader: Reader, text: str, taken: str, others: tuple[str, ...]
) -> None:
    reading = reader.read(f"counsellor {text}")

    assert near(reading) == [taken]
    assert [(item.text, item.taken, item.others) for item in reading.choices] == [
        (text, taken, others)
    ]


@pytest.mark.parametrize(
    "text", ["saket", "model town", "hauz khas", "dwarka sector 10", "dwarka", "rohini"]
)
def test_a_place_named_in_full_offers_neither_its_sectors_nor_anything_else(
    reader: Reader, text: str
) -> None:
    assert reader.read(text).choices == ()


def test_at_most_four_other_places_are_offered(reader: Reader, lists: Vocabulary) -> None:
    names = [name for item in lists.localities.values() for name in (item.name_en, *item.aliases)]
    beginnings = {name.split()[0] for name in names}
    offered = [
        choice.others for text in [*names, *beginnings] for choice in reader.read(text).choices
    ]

    assert offered
    assert max(map(len, offered)) <= 4


def test_of_two_places_the_first_is_taken_and_the_other_offered(reader: Reader) -> None:
    reading = reader.read("psychiatrist hauz khas or malviya nagar")

    assert near(reading) == ["hauz-khas"]
    assert [(item.taken, item.others) for item in reading.choices] == [
        ("hauz-khas", ("malviya-nagar",))
    ]


def test_a_beginning_of_a_place_that_is_somebodys_name_stays_a_word(reader: Reader) -> None:
    assert near(reader.read("chittaranjan")) == ["chittaranjan-park"]
    assert reader.read("kavita").words == ("kavita",)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("couple therapy gurgaon side", "Gurgaon"),
        ("noida psychiatrist", "Noida"),
        ("122001", "Gurgaon"),
        ("गाज़ियाबाद डॉक्टर", "Ghaziabad"),
        ("therapist in saket", None),
    ],
)
def test_a_town_beyond_delhi_is_said_to_be_outside(
    reader: Reader, text: str, town: str | None
) -> None:
    assert reader.read(text).outside == town


@pytest.mark.parametrize("text", ["hauz-khas", "Hauz Khas", "हौज़ ख़ास", "hauz khas metro station"])
def test_a_place_is_given_by_slug_name_or_other_spelling(reader: Reader, text: str) -> None:
    place = reader.place_named(text)

    assert place is not None
    assert (place.slug, place.name_en, place.name_hi) == ("hauz-khas", "Hauz Khas", "हौज़ ख़ास")


def test_a_pin_code_is_the_middle_of_its_localities(reader: Reader, lists: Vocabulary) -> None:
    place = reader.place_named("110017")
    sharing = [item for item in lists.localities.values() if "110017" in item.pincodes]

    assert place is not None
    assert place.slug == "110017"
    assert min(item.lat for item in sharing) <= place.point.lat <= max(item.lat for item in sharing)


@pytest.mark.parametrize("text", ["", "  ", "atlantis", "110999", "999", "²", "१"])
def test_what_names_no_place_gives_none(reader: Reader, text: str) -> None:
    assert reader.place_named(text) is None


def test_every_slug_of_a_place_names_it(reader: Reader, lists: Vocabulary) -> None:
    for slug in [*lists.localities, *lists.stations]:
        place = reader.place_named(slug)
        assert place is not None
        assert place.slug == slug


def test_every_name_of_a_locality_is_read_as_a_place(reader: Reader, lists: Vocabulary) -> None:
    silent = [
        name
        for locality in lists.localities.values()
        for name in (locality.name_en, locality.name_hi, *locality.aliases)
        if not reader.read(name).understood
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("text", "slug"), [("hauz kas", "hauz-khas"), ("saqet", "saket"), ("pitmpura", "pitampura")]
)
def test_places_of_nearly_the_same_name_are_offered(reader: Reader, text: str, slug: str) -> None:
    places = reader.places_like(text)

    assert places[0].slug == slug
    assert len(places) <= 4
    assert reader.places_like("") == []
