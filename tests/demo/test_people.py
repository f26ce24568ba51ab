"""Practitioners are of one piece: profession, treatments, ages, titles, hours and money."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from directory.demo.banks import read_banks
from directory.demo.schedule import minutes
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary

ONLY_MEDICAL = {
    *("medication", "ect", "rtms", "iv-ketamine", "esketamine", "vns", "detox", "ost", "inpatient"),
    *("lithium-monitoring", "naltrexone-disulfiram", "disability-certification"),
}
SEES_CHILDREN = {"child-psychologist", "child-psychiatrist", "special-educator", "speech-therapist"}
YOUNG = {"toddler", "child", "teen"}
People = list[dict[str, Any]]


def first_fees(people: People, profession: str) -> list[int]:
    """Give the first fees of a profession."""
    return [
        person["fees"][0]["amount"]
        for person in people
        if person["profession"] == profession and person["fees"]
    ]


def test_treatments_are_those_the_taxonomy_lets_the_profession_give(
    people: People, lists: Vocabulary
) -> None:
    professions = read_banks().professions
    terms = lists.terms[TermKind.TREATMENT]
    strange = [
        (person["profession"], slug)
        for person in people
        for slug in person["treatments"]
        if not {
            person["profession"],
            *professions[person["profession"]].get("counts_as", []),
        }.intersection(terms[slug].details["delivered_by"])
    ]

    assert strange == []


def test_only_doctors_offer_medicine_and_what_belongs_to_it(people: People) -> None:
    offering = [person for person in people if ONLY_MEDICAL.intersection(person["treatments"])]

    assert len(offering) > 100
    assert [person["name"] for person in offering if "MBBS" not in person["qualifications"]] == []
    assert [person["name"] for person in offering if not person["name"].startswith("Dr ")] == []


def test_supervised_treatments_are_offered_only_where_a_centre_has_them(
    people: People, centres: People, lists: Vocabulary
) -> None:
    offered = {centre["ref"]: set(centre["treatments"]) for centre in centres}
    terms = lists.terms[TermKind.TREATMENT]
    for person in people:
        needed = {
            slug
            for slug in person["treatments"]
            if terms[slug].details["supervised_setting"] == "required"
        }
        at_hand = set().union(*(offered[ref] for ref in person["works_at"]))
        assert needed <= at_hand


def test_who_is_called_doctor_has_a_degree_for_it(people: People) -> None:
    titled = [person for person in people if person["name"].startswith("Dr ")]

    assert [
        person["name"]
        for person in titled
        if not {"MBBS", "BAMS", "Ph.D. Psychology"}.intersection(person["qualifications"])
    ] == []


def test_those_who_see_children_list_children_and_no_grown_up_concerns(people: People) -> None:
    found = [person for person in people if person["profession"] in SEES_CHILDREN]

    assert len(found) == 60
    for person in found:
        assert YOUNG.intersection(person["age_groups"])
        assert not {"erectile-dysfunction", "dementia", "relationship"}.intersection(
            person["conditions"] if not set(person["age_groups"]) - YOUNG else []
        )


def test_concerns_of_children_and_of_the_old_fit_the_ages_seen(people: People) -> None:
    for person in people:
        ages, conditions = set(person["age_groups"]), set(person["conditions"])
        assert not ({"bedwetting", "selective-mutism"} & conditions) or ages & YOUNG
        assert not ({"dementia", "mild-cognitive"} & conditions) or ages - YOUNG


def test_everyone_has_a_concern_and_a_language(people: People) -> None:
    assert all(person["conditions"] and person["languages"] for person in people)


def test_people_work_only_at_published_centres(people: People, centres: People) -> None:
    published = {centre["ref"] for centre in centres if centre["state"] == "published"}
    links = [ref for person in people for ref in person["works_at"]]

    assert len(links) > 100
    assert set(links) <= published


def test_nobody_sees_people_at_a_centre_that_works_online_only(
    people: People, centres: People
) -> None:
    online = {centre["name"] for centre in centres if "in-person" not in centre["modes"]}
    rooms = {location["label"] for person in people for location in person["locations"]}

    assert online
    assert online & rooms == set()


def test_professions_stand_in_a_believable_mix(people: People, lists: Vocabulary) -> None:
    counts = Counter(person["profession"] for person in people)

    assert counts.keys() == lists.terms[TermKind.PROFESSION].keys()
    assert counts.most_common(1) == [("psychiatrist", 126)]
    assert counts["anaesthetist"] == 1


def test_fees_follow_the_profession(people: People) -> None:
    assert 1000 <= median(first_fees(people, "psychiatrist")) <= 2500
    assert 600 <= median(first_fees(people, "counselling-psychologist")) <= 1800
    assert median(first_fees(people, "counsellor")) < median(first_fees(people, "psychiatrist"))


def test_gender_tags_are_those_stated(people: People) -> None:
    for person in people:
        assert ("women-therapist" in person["identities"]) == (person["gender"] == "woman")
        assert ("man-therapist" in person["identities"]) == (person["gender"] == "man")


def test_half_have_a_hindi_name_in_devanagari(people: People) -> None:
    names = [person["name_hi"] for person in people if person["name_hi"]]

    assert 240 <= len(names) <= 360
    assert [
        name for name in names if any(letter.isascii() and letter.isalpha() for letter in name)
    ] == []


def test_spans_of_a_day_do_not_overlap(people: People, centres: People) -> None:
    for listing in [*people, *centres]:
        for location in listing["locations"]:
            spans: dict[str, list[tuple[int, int]]] = {}
            for row in location["hours"]:
                opens, closes = minutes(row["opens"]), minutes(row["closes"])
                for day in row["days"]:
                    spans.setdefault(day, []).append(
                        (opens, closes if closes > opens else closes + 1440)
                    )
            for found in spans.values():
                ordered = sorted(found)
                assert all(a[1] <= b[0] for a, b in pairwise(ordered))


def test_weeks_differ_and_some_are_split_late_or_on_sunday(people: People) -> None:
    weeks = [person["locations"][0]["hours"] for person in people]
    closes = [row["closes"] for week in weeks for row in week]

    assert len({str(week) for week in weeks}) > 100
    assert sum(len(week) > 1 for week in weeks) > 100
    assert sum(any("sun" in row["days"] for row in week) for week in weeks) > 20
    assert sum(clock >= "20:00" for clock in closes) > 40
    assert any(row["closes"] < row["opens"] for week in weeks for row in week)
    assert any(not week for week in weeks)


def test_holidays_are_the_fixed_ones_of_the_coming_year(people: People) -> None:
    named = {
        (row["note"], row["on"])
        for person in people
        for location in person["locations"]
        for row in location["exceptions"]
        if row["note"] != "Away"
    }

    assert named == {
        ("Christmas", "2026-12-25"),
        ("Republic Day", "2027-01-26"),
        ("Independence Day", "2027-08-15"),
        ("Gandhi Jayanti", "2027-10-02"),
    }
