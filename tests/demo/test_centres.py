"""Centres are of one piece: type, beds, rota, facilities, register, names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from directory.demo.centre_facts import covers_day_and_night
from directory.vocabulary.models import TermKind
from directory.vocabulary.reading import read_public_facilities

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary

SUBSTANCES = {"alcohol", "opioids", "cannabis", "sedatives", "inhalants", "stimulants-cocaine"}
GENERAL_WORDS = {
    *("hospital", "institute", "psychiatry", "clinic", "centre", "health", "mental", "medical"),
    *("general", "memorial", "community", "department", "delhi", "unit", "care", "home", "house"),
    *("de-addiction", "half-way", "homes", "services", "service", "trust", "national", "college"),
    *("the", "and", "of", "for", "at", "dr", "new", "government", "child", "children", "centres"),
    *("brain", "lal"),
}
Centres = list[dict[str, Any]]


def test_every_type_of_centre_is_there(centres: Centres, lists: Vocabulary) -> None:
    assert {centre["centre_type"] for centre in centres} == set(lists.terms[TermKind.CENTRE_TYPE])


def test_beds_admissions_and_the_state_register_go_together(
    centres: Centres, lists: Vocabulary
) -> None:
    types = lists.terms[TermKind.CENTRE_TYPE]
    for centre in centres:
        overnight = types[centre["centre_type"]].details["overnight_beds"]
        registers = {row["register"]: row["state"] for row in centre["registrations"]}
        assert (centre["beds"] is not None) == overnight
        assert bool(centre["admission_types"]) == overnight
        if overnight:
            assert "smha-delhi" in registers
        if overnight and centre["state"] == "published":
            assert registers["smha-delhi"] in {"found", "provisional"}


def test_centres_for_substance_use_treat_substance_use(centres: Centres) -> None:
    found = [centre for centre in centres if "addiction" in centre["centre_type"]]

    assert len(found) == 8
    assert all(len(SUBSTANCES.intersection(centre["conditions"])) >= 3 for centre in found)
    assert all(
        "relapse-prevention" in c["treatments"] or "motivational" in c["treatments"] for c in found
    )


def test_what_is_said_of_the_night_follows_from_the_rota(centres: Centres) -> None:
    claimed = 0
    for centre in centres:
        for slug, role in (
            ("psychiatrist-24x7-on-site", "psychiatrist"),
            ("doctor-24x7-on-site", "doctor"),
            ("nurse-24x7", "nurse"),
        ):
            covered = covers_day_and_night(centre["staffing"], role, "on-site")
            assert (slug in centre["facilities"]) == covered
            claimed += covered
    assert claimed > 20


def test_some_are_open_day_and_night_and_only_some_of_them_were_rung_at_night(
    centres: Centres,
) -> None:
    open_always = [c for c in centres if c["locations"][0]["open_24x7"]]
    rung = [c for c in open_always if any(check["fact"] == "night" for check in c["checks"])]

    assert len(open_always) > 20
    assert 4 <= len(rung) < len(open_always)
    assert all(not centre["locations"][0]["hours"] for centre in open_always)


def test_a_day_counts_as_covered_only_without_a_gap() -> None:
    day = {"role": "nurse", "presence": "on-site", "from": "08:00", "to": "20:00"}
    night = {**day, "from": "20:00", "to": "08:00"}

    assert covers_day_and_night([day, night], "nurse", "on-site")
    assert covers_day_and_night([{**day, "from": "00:00", "to": "00:00"}], "nurse", "on-site")
    assert not covers_day_and_night([day], "nurse", "on-site")
    assert not covers_day_and_night([day, night], "doctor", "on-site")


def test_admission_emergency_and_ambulance_have_numbers_of_their_own(centres: Centres) -> None:
    uses = Counter(phone["use"] for centre in centres for phone in centre["locations"][0]["phones"])

    assert uses.keys() == {
        *("appointments", "admissions", "emergency", "ambulance", "ward", "complaints"),
    }


def test_payment_that_needs_proof_comes_with_a_dated_check(centres: Centres) -> None:
    insured = [
        centre
        for centre in centres
        if {"cashless", "cghs", "ab-pmjay"}.intersection(centre["payment"])
        and centre["state"] not in {"draft", "closed"}
    ]

    assert insured
    assert all(any(c["fact"] == "payment" for c in centre["checks"]) for centre in insured)


def test_no_centre_has_a_word_of_the_name_of_a_real_one(centres: Centres) -> None:
    real = {
        word
        for row in read_public_facilities()
        for word in row["name"]
        .lower()
        .replace(",", " ")
        .replace("(", " ")
        .replace(")", " ")
        .split()
    }
    own = {word.lower() for centre in centres for word in centre["name"].split()}

    assert sorted((own & real) - GENERAL_WORDS) == []


def test_ketamine_is_never_offered_online(centres: Centres) -> None:
    for centre in centres:
        if {"iv-ketamine", "esketamine"}.intersection(centre["treatments"]):
            assert "in-person" in centre["modes"]
            assert centre["centre_type"] == "ketamine-infusion-clinic"
