"""How alike two listings are: which names are one, and what speaks for and against."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from directory.listings.likeness.names import name_likeness, read_name
from directory.listings.likeness.pairing import Crowd
from directory.listings.likeness.scoring import LEAST_LIKE, NEARLY_SURE, PROBABLE, bare_number
from directory.listings.likeness.sketches import Ground, Sketch, Spot
from directory.listings.models import ListingKind

SAKET, NEXT_DOOR, ROHINI = (
    Spot(28.5244, 77.2066, "saket"),
    Spot(28.5250, 77.2070, "saket"),
    Spot(28.7383, 77.0822, "rohini"),
)
PHONE, OTHER_PHONE = "+911155501234", "+919810012345"


def sketch(key: int = 1, name: str = "Dr Meenakshi Rawat", **changes: object) -> Sketch:
    """Give a practitioner in Saket with nothing else to go by."""
    plain = Sketch(
        key=key,
        ref=f"t:{key}",
        kind=ListingKind.PRACTITIONER,
        role="psychiatrist",
        names=(name,),
        phones=frozenset(),
        registrations=frozenset(),
        spots=(SAKET,),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def place(key: int = 1, name: str = "Amaltas Nursing Home", **changes: object) -> Sketch:
    """Give a centre in Saket with nothing else to go by."""
    told = {"kind": ListingKind.CENTRE, "role": "private-nursing-home"} | changes
    return sketch(key, name, **told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Meenakshi Rawat", "Minakshi Rawat"),
        ("Meenakshi Rawat", "RAWAT, Meenakshi"),
        ("डॉ. मीनाक्षी रावत", "Dr Meenakshi Rawat"),
        ("Lakshmi Saxena", "Laxmi Saksena"),
        ("Anil Aggarwal", "Anil Agrawal"),
        ("Mohd. Irfan Khan", "Mohammad Irfan Khan"),
        ("Vijay Chaudhary", "Vijai Choudhury"),
        ("Anil Kumar Sharma", "Anil Sharma"),
        ("A. K. Sharma", "Anil Kumar Sharma"),
        ("Rampal Yadav", "Ram Pal Yadav"),
        ("Asha Rao, M.Phil. (Clinical Psychology)", "Ms Asha Rao"),
        ("Anli Sharma", "Anil Sharma"),
        ("C. Adhikari", "Chandrima Adhikari"),
        ("Y. Jakhar", "Yashpal Jakhar"),
        ("R. Khare", "Ritesh Khare"),
    ],
)
def test_names_of_one_person_are_alike(one: str, other: str) -> None:
    names = [read_name(text, is_person=True) for text in (one, other)]

    assert name_likeness(*names) >= LEAST_LIKE
    assert name_likeness(*names) == name_likeness(*reversed(names))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anil Sharma", "Amit Sharma"),
        ("Kiran Verma", "Karan Verma"),
        ("Asha Rao", "Usha Rao"),
        ("Sharma", "Anil Sharma"),
        ("K. Adhikari", "Chandrima Adhikari"),
        ("Dr", "Dr"),
    ],
)
def test_names_of_two_people_are_not(one: str, other: str) -> None:
    assert name_likeness(*(read_name(text, is_person=True) for text in (one, other))) < LEAST_LIKE


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Amaltas Nursing Home", "Amaltas Nursing Home Pvt. Ltd.", True),
        ("Amaltas Hospital", "अमलतास अस्पताल", True),
        ("Nasha Mukti Kendra Rohini", "Nasha Mukti Kendra Saket", False),
        ("Saanjh Home 1", "Saanjh Home 2", False),
        ("Kachnar House", "Kadamb House", False),
    ],
)
def test_words_that_only_say_the_kind_of_place_count_little(
    one: str, other: str, *, alike: bool
) -> None:
    names = [read_name(text, is_person=False) for text in (one, other)]

    assert (name_likeness(*names) >= LEAST_LIKE) is alike


NUMBER, OTHER_NUMBER = frozenset({("rci", "A 0012")}), frozenset({("rci", "A99")})
STORIES = {
    "one number in a register, another name": (
        sketch(registrations=NUMBER),
        sketch(2, "Mina R", registrations=frozenset({("rci", "a0012")}), spots=(ROHINI,)),
        50,
    ),
    "one name and telephone, two parts of the city": (
        sketch(phones=frozenset({PHONE})),
        sketch(2, "Minakshi Rawat", phones=frozenset({PHONE}), spots=(ROHINI,)),
        PROBABLE,
    ),
    "one name, telephone and place": (
        sketch(phones=frozenset({PHONE})),
        sketch(2, phones=frozenset({PHONE}), spots=(NEXT_DOOR,)),
        NEARLY_SURE,
    ),
    "one name next door": (sketch(), sketch(2, "Rawat Minakshi", spots=(NEXT_DOOR,)), PROBABLE),
    "one name in one locality, without a point": (
        sketch(),
        sketch(2, spots=(Spot(None, None, "saket"),)),
        50,
    ),
    "a centre under another name at one door": (
        place(phones=frozenset({PHONE})),
        place(2, "Kadamb Psychiatric Hospital", phones=frozenset({PHONE}), spots=(NEXT_DOOR,)),
        50,
    ),
    "colleagues who share a practice": (
        sketch(phones=frozenset({PHONE})),
        sketch(2, "Dr Arun Rawat", phones=frozenset({PHONE})),
        None,
    ),
    "namesakes in two parts of the city": (sketch(), sketch(2, spots=(ROHINI,)), None),
    "namesakes with two numbers of one register": (
        sketch(registrations=NUMBER),
        sketch(2, registrations=OTHER_NUMBER, spots=(NEXT_DOOR,)),
        None,
    ),
    "a practitioner and a centre of one name": (sketch(), place(2, "Meenakshi Rawat"), None),
}


@pytest.mark.parametrize("story", STORIES)
def test_what_may_be_one_listing_is_offered(story: str) -> None:
    one, other, least = STORIES[story]

    pairs = Crowd.of([one, other]).pairs()

    assert [(pair.first, pair.second) for pair in pairs] == ([] if least is None else [(1, 2)])
    assert least is None or pairs[0].score >= least


def test_reasons_come_strongest_first_and_those_against_last() -> None:
    one = place(phones=frozenset({PHONE}))
    branch = place(2, phones=frozenset({PHONE}), spots=(ROHINI,))

    (pair,) = Crowd.of([one, branch]).pairs()

    grounds = [reason.ground for reason in pair.reasons]
    assert grounds == [Ground.SAME_NAME, Ground.PHONE, Ground.SAME_ROLE, Ground.FAR_APART]


def test_the_likeliest_comes_first_and_a_row_is_never_its_own_lookalike() -> None:
    crowd = Crowd.of([sketch(), sketch(2, "Minakshi Rawat"), sketch(3, "Amit Rao")])

    found = crowd.alike(sketch(900, ref="t:2"))

    assert [alike.listing_id for alike in found] == [1]


def test_a_number_is_read_without_what_people_vary() -> None:
    assert bare_number("a-00 12/7") == bare_number("A00127") == "A00127"
    assert bare_number("00127") == "127"
    assert bare_number("000") == "000"


def test_a_crowd_is_compared_with_few_of_its_pairs() -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable names, not secrets
    letters = "bdgklmnprstv"
    names = [
        " ".join("".join(chance.choices(letters, k=4)) + "a" for _ in range(2)) for _ in range(1500)
    ]
    crowd = Crowd.of(
        sketch(key, name, spots=(Spot(28.4 + key * 3e-4, 77.0 + key % 40 * 0.01, None),))
        for key, name in enumerate(names, 1)
    )

    sizes = [len(under) for under in crowd.under.values()]

    assert sum(size * (size - 1) // 2 for size in sizes) < 10 * len(names)
