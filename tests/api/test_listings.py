"""One listing as JSON: the import format's document with its address, rating and checks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI
from directory.listings.models import ListingState, VerificationMethod
from tests.factories.listings import Facts, Place, make_practitioner
from tests.factories.rich_listings import PERSON, import_rich_listings

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)
ADDRESS = "/api/v1/listings/dr-meenakshi-rawat"
MOST_QUERIES = 15


def test_a_listing_says_what_was_imported(api: FlaskClient, vocabulary: Vocabulary) -> None:
    import_rich_listings(vocabulary, NOW)

    document = api.get(ADDRESS).get_json()

    same = {
        key: value for key, value in PERSON.items() if key not in {"checks", "locations", "fees"}
    }
    assert {key: document[key] for key in same} == same | {
        "registrations": [PERSON["registrations"][0] | {"valid_until": None}]
    }


def test_a_listing_adds_its_address_its_rating_and_its_checks(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    import_rich_listings(vocabulary, NOW)

    document = api.get(ADDRESS).get_json()

    assert document["url"] == "/therapists/dr-meenakshi-rawat"
    assert document["rating"] == {"score": None, "count": 0}
    assert document["checked"]["accepting"] == {
        "state": "valid",
        "method": "call",
        "by": "directory team",
        "checked_on": "2026-11-12",
        "expires_on": "2026-12-12",
    }
    assert document["checked"]["fee"]["state"] == "expired"


def test_the_names_of_the_fields_stay_what_they_are(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    import_rich_listings(vocabulary, NOW)

    assert list(api.get(ADDRESS).get_json()) == [
        "ref",
        "kind",
        "slug",
        "state",
        "closed_on",
        "name",
        "name_hi",
        "profession",
        "centre_type",
        "gender",
        "practising_since",
        "headline",
        "about",
        "qualifications",
        "registrations",
        "conditions",
        "treatments",
        "languages",
        "modes",
        "age_groups",
        "identities",
        "payment",
        "facilities",
        "accessibility",
        "fees",
        "accepting",
        "accepting_checked_on",
        "locations",
        "beds",
        "admission_types",
        "staffing",
        "works_at",
        "website",
        "source",
        "checks",
        "demo",
        "url",
        "rating",
        "checked",
        "doubts",
        "registered",
    ]


def test_an_answer_that_has_not_changed_is_not_sent_again(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    import_rich_listings(vocabulary, NOW)
    first = api.get(ADDRESS)

    again = api.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")


def test_a_head_request_gives_the_same_headers_and_no_body(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    import_rich_listings(vocabulary, NOW)

    head, get = api.head(ADDRESS), api.get(ADDRESS)

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]


def test_an_old_slug_redirects_for_ever(api: FlaskClient, vocabulary: Vocabulary) -> None:
    made = make_practitioner(vocabulary, Facts(earlier_slugs=["old-name"]))

    answer = api.get("/api/v1/listings/old-name")

    assert (answer.status_code, answer.location) == (301, f"/api/v1/listings/{made.slug}")


def test_a_closed_listing_is_gone_and_says_since_when(
    api: FlaskClient, vocabulary: Vocabulary
) -> None:
    facts = Facts(
        state=ListingState.CLOSED, closed_on=date(2026, 10, 1), earlier_slugs=["old-name"]
    )
    made = make_practitioner(vocabulary, facts)

    answer = api.get(f"/api/v1/listings/{made.slug}")

    assert (answer.status_code, answer.get_json()["closed_on"]) == (410, "2026-10-01")
    assert api.get("/api/v1/listings/old-name").status_code == 301


@pytest.mark.parametrize("state", [ListingState.DRAFT, ListingState.SUSPENDED])
def test_what_is_not_public_is_not_found(
    api: FlaskClient, vocabulary: Vocabulary, state: ListingState
) -> None:
    made = make_practitioner(vocabulary, Facts(state=state))

    answer = api.get(f"/api/v1/listings/{made.slug}")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_a_listing_costs_the_same_with_few_rows_and_with_many(
    api: FlaskClient, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    few = make_practitioner(vocabulary)
    checks = [
        ("phone", VerificationMethod.CALL, date(2026, 11, 1) - timedelta(days=day))
        for day in range(50)
    ]
    many = make_practitioner(vocabulary, Facts(places=(Place(),) * 6, checks=checks))

    counts = []
    for made in (few, many):
        with count_sql() as sent:
            api.get(f"/api/v1/listings/{made.slug}")
        counts.append(len(sent))

    assert counts[0] == counts[1] <= MOST_QUERIES
