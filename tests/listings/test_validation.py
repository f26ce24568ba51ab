"""What is wrong with a document is said with its place and with what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from directory.app import create_app
from directory.core.db import db
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.validation import Rules, read_draft
from directory.vocabulary.queries import load_vocabulary
from tests.listings.documents import centre, place, practitioner
from tests.listings.faults import FAULTS, check, staff
from tests.support.sqlite import copy_template, settings_for, sqlite_url

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def rules(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """Give the rules, once: reading the vocabulary costs more than any test here."""
    folder = tmp_path_factory.mktemp("rules")
    copy_template(run_folder, folder / "directory.db")
    app = create_app(settings_for(folder, sqlite_url(folder / "directory.db")))
    with app.app_context():
        vocabulary = load_vocabulary(db.session())
        db.session.remove()
        db.engine.dispose()
    return Rules(vocabulary, TODAY)


def faults(document: object, rules: Rules) -> list[tuple[str, str]]:
    draft, found = read_draft(document, rules)
    assert (draft is None) == bool(found)
    return [(fault.field, fault.reason) for fault in found]


@pytest.mark.parametrize(
    ("document", "field", "reason"),
    FAULTS,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_named_with_its_place_and_what_to_do(
    document: dict[str, Any], field: str, reason: str, rules: Rules
) -> None:
    assert faults(document, rules) == [(field, reason)]


@pytest.mark.parametrize("document", [None, [], "text", 7, True])
def test_what_is_no_object_is_no_listing(document: object, rules: Rules) -> None:
    [(field, reason)] = faults(document, rules)

    assert (field, reason[:37]) == ("", "a listing is one JSON object, not " + reason[34:37])


def test_all_faults_of_a_row_are_told_at_once(rules: Rules) -> None:
    document = practitioner(
        name="", gender="x", conditions=["x", "depression", 3], locations=[place(lat=1, lon="x")]
    )

    assert [field for field, _reason in faults(document, rules)] == [
        "name",
        "gender",
        "conditions[0]",
        "conditions[2]",
        "locations[0].lat",
        "locations[0].lon",
    ]


def test_what_belongs_to_centres_is_left_out_of_a_practitioner(rules: Rules) -> None:
    draft, _faults = read_draft(
        practitioner(beds=4, admission_types=["independent"], staffing=[staff()]), rules
    )

    assert draft is not None
    document = document_of_draft(draft)
    assert [document[key] for key in ("beds", "admission_types", "staffing")] == [None, [], []]


def test_what_belongs_to_practitioners_is_left_out_of_a_centre(rules: Rules) -> None:
    draft, _faults = read_draft(
        centre(gender="woman", practising_since=2000, works_at=["c:9"]), rules
    )

    assert draft is not None
    document = document_of_draft(draft)
    assert [document[key] for key in ("gender", "practising_since", "works_at")] == [None, None, []]


def test_only_a_date_makes_a_fact_checked(rules: Rules) -> None:
    draft, _faults = read_draft(
        practitioner(
            accepting="yes", registrations=[{"register": "rci", "number": "A1", "state": "found"}]
        ),
        rules,
    )

    assert draft is not None
    assert draft.checks == ()


def test_a_date_in_the_row_is_a_check_by_its_source_with_the_rules_expiry(rules: Rules) -> None:
    draft, _faults = read_draft(practitioner(accepting_checked_on="2026-11-01"), rules)

    assert draft is not None
    assert document_of_draft(draft)["checks"] == [
        {
            "fact": "accepting",
            "method": "source",
            "by": "the source",
            "checked_on": "2026-11-01",
            "expires_on": "2026-12-01",
            "note": None,
        }
    ]


def test_a_check_of_the_same_fact_and_day_is_not_told_twice(rules: Rules) -> None:
    draft, _faults = read_draft(
        practitioner(accepting_checked_on="2026-11-01", checks=[check(fact="accepting")]), rules
    )

    assert draft is not None
    assert [item.method.value for item in draft.checks] == ["call"]


def test_texts_lose_stray_spaces_and_telephones_get_their_one_form(rules: Rules) -> None:
    draft, _faults = read_draft(
        practitioner(
            name="  Asha \n Rao ",
            website="example.org",
            locations=[place(pincode=110017, phones=[{"use": "ward", "number": "011 5550 1234"}])],
        ),
        rules,
    )

    assert draft is not None
    assert (draft.name, draft.website) == ("Asha Rao", "https://example.org")
    assert draft.locations[0].pincode == "110017"
    assert draft.locations[0].phones[0].number == "+911155501234"
