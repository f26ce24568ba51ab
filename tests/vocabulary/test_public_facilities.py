"""public_facilities.csv: kinds, localities, points, and honest unknowns."""

from __future__ import annotations

import re

import pytest

from directory.core.geo import distance_m
from directory.vocabulary.reading import read_public_facilities
from tests.vocabulary.data_files import SLUG, is_hindi, parts, raw_rows, raw_yaml
from tests.vocabulary.ground import in_delhi

FACILITIES = {row["slug"]: row for row in read_public_facilities()}
LOCALITIES = {
    name: row
    for row in raw_rows("localities.csv")
    for name in [row["name_en"], *parts(row["aliases"])]
}
NEAR_M = 2500
# The national drug treatment centre that serves Delhi stands in Uttar Pradesh.
OUTSIDE_DELHI = {"nddtc-ghaziabad"}
# Points marked low, for hospitals in villages or sectors beyond the locality they name.
FAR_FROM_ITS_LOCALITY = {"rao-tula-ram", "indira-gandhi-dwarka", "maharishi-valmiki"}


def test_every_facility_has_a_slug_and_names_in_english_and_hindi() -> None:
    assert len(FACILITIES) == 53
    assert [slug for slug in FACILITIES if not SLUG.fullmatch(slug)] == []
    assert [slug for slug, row in FACILITIES.items() if not is_hindi(row["name_hi"])] == []


def test_every_kind_is_a_centre_type() -> None:
    kinds = {entry["id"] for entry in raw_yaml("taxonomy.yaml")["centre_types"]}

    assert {row["kind"] for row in FACILITIES.values()} <= kinds


def test_every_facility_in_delhi_names_a_known_locality_and_its_district() -> None:
    unknown = {slug for slug, row in FACILITIES.items() if row["locality"] not in LOCALITIES}
    elsewhere = {
        slug
        for slug, row in FACILITIES.items()
        if slug not in unknown and LOCALITIES[row["locality"]]["district"] != row["district"]
    }

    assert unknown == OUTSIDE_DELHI
    assert elsewhere == set()


def test_every_facility_lies_inside_delhi_but_one() -> None:
    outside = {
        slug
        for slug, row in FACILITIES.items()
        if not in_delhi(float(row["lat"]), float(row["lon"]))
    }

    assert outside == OUTSIDE_DELHI


def test_a_facility_lies_near_its_locality_unless_its_point_is_a_guess() -> None:
    far = {
        slug
        for slug, row in FACILITIES.items()
        for place in [LOCALITIES.get(row["locality"])]
        if place
        and distance_m(
            float(row["lat"]), float(row["lon"]), float(place["lat"]), float(place["lon"])
        )
        > NEAR_M
    }

    assert far == FAR_FROM_ITS_LOCALITY
    assert {FACILITIES[slug]["coord_confidence"] for slug in far} == {"low"}


@pytest.mark.parametrize(
    "column",
    ["psychiatric_emergency_24x7", "general_emergency_24x7", "inpatient_psychiatry"],
)
def test_what_is_not_known_is_written_as_unknown(column: str) -> None:
    assert {row[column] for row in FACILITIES.values()} <= {"yes", "no", "unknown"}


def test_telephone_numbers_and_addresses_on_the_web_have_a_form() -> None:
    phones = [row["phone"] for row in FACILITIES.values() if row["phone"]]
    sites = [row["website"] for row in FACILITIES.values() if row["website"]]

    assert [phone for phone in phones if not re.fullmatch(r"011-\d{8}", phone)] == []
    assert [site for site in sites if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", site)] == []


def test_every_row_names_its_source_and_how_sure_it_is() -> None:
    assert [slug for slug, row in FACILITIES.items() if not row["source"]] == []
    assert {row["confidence"] for row in FACILITIES.values()} == {"high", "medium", "low"}
