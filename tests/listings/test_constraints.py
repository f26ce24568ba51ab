"""The tables refuse what must never be true, whoever writes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from directory.core.db import Base, writing
from directory.listings.operations import import_documents
from tests.listings.documents import RICH

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

pytestmark = pytest.mark.db

# What is written over every row of a table, and the constraint that refuses it.
IMPOSSIBLE: list[tuple[str, dict[str, Any], str]] = [
    ("listing", {"state": "open"}, "ck_listing_listingstate"),
    ("listing", {"closed_on": "2026-01-01"}, "ck_listing_closed_has_date"),
    ("listing", {"name": ""}, "ck_listing_name_given"),
    ("listing", {"ref": ""}, "ck_listing_ref_given"),
    ("listing", {"source_name": None, "source_url": "x"}, "ck_listing_source_has_name"),
    ("practitioner", {"practising_since": 1066}, "ck_practitioner_practising_since_range"),
    ("centre", {"beds": -1}, "ck_centre_beds_range"),
    ("location", {"lat": None}, "ck_location_point_is_whole"),
    ("location", {"lat": None, "lon": None, "locality_id": None}, "ck_location_locality_or_point"),
    ("location", {"lat": 19.0}, "ck_location_lat_range"),
    ("location", {"station_m": -1}, "ck_location_station_distance"),
    ("location", {"pincode": "1"}, "ck_location_pincode_six_digits"),
    ("phone", {"number": "1"}, "ck_phone_number_length"),
    ("opening_hours", {"weekday": 7}, "ck_opening_hours_weekday_range"),
    ("opening_hours", {"closes_minute": 0}, "ck_opening_hours_closes_range"),
    ("schedule_exception", {"closes_minute": 5000}, "ck_schedule_exception"),
    ("fee", {"amount_inr": -1}, "ck_fee_amount_range"),
    ("fee", {"minutes": 0}, "ck_fee_minutes_range"),
    ("registration", {"state": "found", "number": None}, "ck_registration_found_has_number"),
    ("registration", {"valid_until": "2020-01-01"}, "ck_registration_valid_after_check"),
    ("staffing", {"count": 0}, "ck_staffing_count_range"),
    ("staffing", {"presence": "on-site"}, "ck_staffing_within_is_on_call"),
    ("verification", {"expires_on": "2020-01-01"}, "ck_verification_expires_after_check"),
    ("verification", {"fact": ""}, "ck_verification_fact_given"),
    ("change", {"noun": "moon"}, "ck_change_changenoun"),
    ("change_counter", {"newest_seq": -1}, "ck_change_counter_newest_seq_from_zero"),
]


@pytest.fixture
def rich(session: Session, vocabulary: Vocabulary, now: datetime) -> Session:
    """Fill the directory with listings that use every table."""
    assert import_documents(RICH, now=now, vocabulary=vocabulary).errors == ()
    return session


def test_the_tables_refuse_the_impossible(rich: Session) -> None:
    refused = {}
    for name, values, constraint in IMPOSSIBLE:
        sets = ", ".join(f"{column} = {_literal(value)}" for column, value in values.items())
        with pytest.raises(IntegrityError) as problem, writing() as session:
            session.execute(text(f"UPDATE {name} SET {sets}"))  # noqa: S608 - the table above
        refused[constraint] = constraint in str(problem.value.orig)

    assert refused == dict.fromkeys(refused, True)
    assert len(refused) == len(IMPOSSIBLE)


def test_a_practitioner_has_no_row_as_a_centre(rich: Session) -> None:
    centre = Base.metadata.tables["centre"]
    practitioner = Base.metadata.tables["practitioner"]
    [one] = rich.execute(practitioner.select().limit(1))
    [other] = rich.execute(centre.select().limit(1))

    with pytest.raises(IntegrityError), writing() as session:
        session.execute(
            update(centre)
            .where(centre.c.listing_id == other.listing_id)
            .values(listing_id=one.listing_id)
        )


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(value)
