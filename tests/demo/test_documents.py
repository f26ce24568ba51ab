"""Demo listings as a whole: the same each time, labelled, unreachable, spread over the city."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from directory.demo.banks import read_banks
from directory.demo.documents import demo_documents
from directory.demo.names import PeopleNames
from directory.listings.exchange.validation import Rules, read_draft
from directory.vocabulary.models import TermKind
from tests.demo.conftest import SEED, TODAY
from tests.support.project import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from directory.vocabulary.queries import Vocabulary

IN_ANOTHER_PROCESS = """
import json, sys
from datetime import date
from pathlib import Path
from directory.app import create_app
from directory.core.db import db
from directory.demo.banks import read_banks
from directory.demo.documents import demo_documents
from directory.vocabulary.queries import load_vocabulary
from tests.support.sqlite import settings_for, sqlite_url
file = Path(sys.argv[1])
app = create_app(settings_for(file.parent, sqlite_url(file)))
with app.app_context():
    lists = load_vocabulary(db.session())
for document in demo_documents(listings=120, seed=7, today=date(2026, 11, 23), vocabulary=lists):
    print(json.dumps(document))
"""
TERM_KEYS = {
    "conditions": TermKind.CONDITION,
    "treatments": TermKind.TREATMENT,
    "languages": TermKind.LANGUAGE,
    "modes": TermKind.MODE,
    "age_groups": TermKind.AGE_GROUP,
    "identities": TermKind.IDENTITY,
    "payment": TermKind.PAYMENT,
    "facilities": TermKind.FACILITY,
    "accessibility": TermKind.ACCESSIBILITY,
    "admission_types": TermKind.ADMISSION_TYPE,
}


def made(lists: Vocabulary, *, listings: int = 66, seed: int = SEED, today: date = TODAY) -> str:
    """Give listings as the lines of a file."""
    documents = demo_documents(listings=listings, seed=seed, today=today, vocabulary=lists)
    return "\n".join(json.dumps(document) for document in documents)


def test_the_same_seed_gives_the_same_bytes(lists: Vocabulary) -> None:
    assert made(lists) == made(lists)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("hash_seed", ["1", "4242"])
def test_nothing_rests_on_the_hashes_of_a_process(
    lists: Vocabulary, reference_file: Path, hash_seed: str
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, str(reference_file)],
        cwd=PROJECT,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        check=True,
        text=True,
    )

    assert answer.stdout.strip() == made(lists, listings=120)


def test_another_seed_gives_other_people(lists: Vocabulary) -> None:
    names = [
        {json.loads(line)["name"] for line in made(lists, seed=seed).splitlines()}
        for seed in (1, 2)
    ]

    assert len(names[0] & names[1]) < 7


def test_more_listings_keep_the_kind_and_name_of_every_ref(lists: Vocabulary) -> None:
    few, many = (
        {
            document["ref"]: (document["kind"], document["name"], document["about"])
            for document in map(json.loads, made(lists, listings=count).splitlines())
            if document["kind"] == "centre"
        }
        for count in (44, 88)
    )

    assert len(few) == 4
    assert few.items() <= many.items()


def test_dates_move_with_the_day_and_nothing_else_does(lists: Vocabulary) -> None:
    later = made(lists, today=TODAY + timedelta(days=1)).splitlines()
    pairs = zip(map(json.loads, made(lists).splitlines()), map(json.loads, later), strict=True)

    assert all(
        (one["name"], one["about"], one["fees"], one["state"])
        == (other["name"], other["about"], other["fees"], other["state"])
        for one, other in pairs
    )


def test_the_default_is_600_people_and_60_centres(documents: list[dict[str, Any]]) -> None:
    assert Counter(document["kind"] for document in documents) == {
        "practitioner": 600,
        "centre": 60,
    }
    assert {document["ref"] for document in documents} == {f"demo:7:{n}" for n in range(1, 661)}


@pytest.mark.timeout(30)
def test_every_document_passes_the_import(
    documents: list[dict[str, Any]], lists: Vocabulary
) -> None:
    rules = Rules(lists, TODAY)

    faults = [
        (document["ref"], str(fault))
        for document in documents
        for fault in read_draft(document, rules)[1]
    ]

    assert faults == []


def test_every_listing_is_labelled_as_made_up(documents: list[dict[str, Any]]) -> None:
    assert {document["demo"] for document in documents} == {True}
    assert {document["source"]["name"] for document in documents} == {"Demo data, made up"}
    assert {check["by"] for document in documents for check in document["checks"]} == {"demo data"}


def test_no_name_is_given_twice_and_none_says_demo(documents: list[dict[str, Any]]) -> None:
    names = [document["name"] for document in documents]

    assert len(set(names)) == len(names)
    assert [name for name in names if "demo" in name.lower()] == []


def test_no_number_can_reach_anyone_and_none_is_shared(documents: list[dict[str, Any]]) -> None:
    numbers = [
        phone["number"]
        for document in documents
        for location in document["locations"]
        for phone in location["phones"]
    ]

    assert {number[:9] for number in numbers} == {"+91115550"}
    assert {len(number) for number in numbers} == {13}
    assert len(set(numbers)) == len(numbers)


def test_no_web_address_can_belong_to_anyone(documents: list[dict[str, Any]]) -> None:
    addresses = [document["website"] for document in documents if document["website"]]

    assert addresses
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_no_registration_number_is_one_a_council_gives(documents: list[dict[str, Any]]) -> None:
    numbers = [
        row["number"]
        for document in documents
        for row in document["registrations"]
        if row["number"] is not None
    ]

    assert len(set(numbers)) == len(numbers)
    # Councils do not pad: two zeros in front, or the word itself, mark a number as made up.
    assert [number for number in numbers if "DEMO" not in number and "00" not in number] == []


@pytest.mark.parametrize("key", TERM_KEYS)
def test_every_slug_used_exists(
    documents: list[dict[str, Any]], lists: Vocabulary, key: str
) -> None:
    used = {slug for document in documents for slug in document[key]}

    assert used
    assert used <= lists.terms[TERM_KEYS[key]].keys()


def test_every_condition_and_treatment_has_a_listing(
    documents: list[dict[str, Any]], lists: Vocabulary
) -> None:
    shown = [document for document in documents if document["state"] == "published"]
    conditions = {slug for document in shown for slug in document["conditions"]}
    treatments = {slug for document in shown for slug in document["treatments"]}

    assert lists.terms[TermKind.CONDITION].keys() - conditions == set()
    assert lists.terms[TermKind.TREATMENT].keys() - treatments == set()


def test_the_whole_city_is_covered_and_the_south_is_denser(
    documents: list[dict[str, Any]], lists: Vocabulary
) -> None:
    places = Counter(
        location["locality"] for document in documents for location in document["locations"]
    )
    districts: Counter[str] = Counter()
    for slug, count in places.items():
        districts[lists.localities[slug].district.slug] += count

    assert len(places) >= 250
    assert districts.keys() == lists.districts.keys()
    assert min(places["saket"], places["hauz-khas"], places["dwarka"]) >= 4
    assert districts["south"] > 2 * districts["north-east"]


def test_common_concerns_are_common_and_rare_treatments_rare(
    documents: list[dict[str, Any]],
) -> None:
    conditions = Counter(slug for document in documents for slug in document["conditions"])
    treatments = Counter(slug for document in documents for slug in document["treatments"])

    assert [slug for slug, _count in conditions.most_common(4)] == [
        "depression",
        "generalised-anxiety",
        "stress",
        "relationship",
    ]
    assert all(1 <= treatments[slug] <= 8 for slug in ("esketamine", "vns", "iv-ketamine"))


def test_some_facts_are_fresh_some_stale_and_some_missing(
    documents: list[dict[str, Any]],
) -> None:
    checks = [check for document in documents for check in document["checks"]]
    stale = sum(check["expires_on"] < TODAY.isoformat() for check in checks)
    states = Counter(document["state"] for document in documents)
    unstated = sum(not document["fees"] for document in documents)

    assert 0.15 < stale / len(checks) < 0.45
    assert 60 < unstated < 160
    assert states["closed"] >= 6
    assert states["suspended"] >= 2
    assert states["draft"] >= 2
    assert states["published"] > 600


def test_what_is_closed_says_since_when(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        assert (document["state"] == "closed") == (document["closed_on"] is not None)
        if document["closed_on"]:
            assert date.fromisoformat(document["closed_on"]) < TODAY


def test_many_people_still_have_names_of_their_own() -> None:
    names = PeopleNames(read_banks(), SEED)
    dealt = [names.deal(woman=number % 3 > 0)[0].latin for number in range(30_000)]

    assert len(set(dealt)) == 30_000
