"""The sheet of paper about one listing, and the one that does not say what it is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import (
    FeePurpose,
    ListingState,
    PhoneUse,
    RegistrationState,
    VerificationMethod,
)
from tests.factories.listings import Facts, Place, make_centre, make_practitioner
from tests.factories.reviews import make_reviews

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql
    from tests.factories.listings import Made
    from tests.support.page import PageClient

pytestmark = pytest.mark.usefixtures("session")

WEEKDAYS = tuple((day, 600, 780) for day in range(5))
# What says what the care is for; the listing's own name is what it is.
TELLING = (
    "psycholog",
    "depression",
    "cbt",
    "cognitive",
    "rehabilitation council",
    "therap",
    "manas",
)
# As the listing's own page.
MOST_QUERIES = 19


@pytest.fixture
def asha(vocabulary: Vocabulary) -> Made:
    """Give a psychologist with reviews."""
    facts = Facts(
        name="Asha Verma",
        conditions=["depression"],
        treatments=["cbt"],
        checks=[("phone", VerificationMethod.CALL, date(2026, 11, 12))],
        fees=[(FeePurpose.FIRST_SESSION, 1500)],
        registrations=[("rci", "A1", RegistrationState.FOUND, date(2026, 8, 18))],
        places=(Place("saket", hours=(*WEEKDAYS, (6, 600, 780))),),
    )
    made = make_practitioner(vocabulary, facts)
    make_reviews(made, 4, 4, 3, 5, 4)
    return made


def test_the_sheet_says_what_one_needs_and_nothing_that_sells(
    client: PageClient, asha: Made
) -> None:
    page = client.page(f"{asha.path}/hand-out")

    facts = dict(page.pairs())
    assert facts["Telephone"] == "011-5550 1234 Checked 12 Nov"
    assert facts["Hours"].startswith("Mon to Fri 10:00–13:00 Sat closed Sun 10:00–13:00")
    assert facts["Fees"].startswith("First visit: ₹1,500 Follow-up visit: not stated")
    assert facts["Registration"].endswith("A1")
    assert (facts["Concerns"], page.h1) == ("Depression", "Asha Verma")
    sheet = " ".join("".join(page.by_role("article")[0].itertext()).split())
    for said in ("112", "14416 (Tele-MANAS)", "Printed from", f"{asha.path}"):
        assert said in sheet
    assert "review" not in sheet
    assert "of 5" not in sheet


def test_the_plain_sheet_does_not_say_what_it_is_about(client: PageClient, asha: Made) -> None:
    page = client.page(f"{asha.path}/hand-out?plain=1")
    assert page.title == asha.name

    sheet = "".join(page.by_role("article")[0].itertext()).casefold()
    assert [word for word in TELLING if word in sheet] == []
    for said in ("asha verma", "011-5550 1234", "₹1,500", "112", "14416"):
        assert said in sheet
    assert page.link("Put it all on the sheet") == f"{asha.path}/hand-out"


@pytest.fixture
def two_places(vocabulary: Vocabulary) -> Made:
    """Give a centre with a day clinic and a ward, whose test at night has run out."""
    clinic = Place(
        "rohini",
        label="De-addiction clinic",
        address="1 Road",
        hours=((0, 600, 960),),
        exceptions=((date(2026, 12, 25), None, None, None), (date(2026, 12, 28), 600, 720, None)),
        phones=((PhoneUse.APPOINTMENTS, "+911155500001"),),
    )
    ward = Place(
        "saket",
        label="Psychiatric ward",
        address="2 Road",
        open_24x7=True,
        phones=((PhoneUse.ADMISSIONS, "+911155500002"),),
    )
    rung = [("night", VerificationMethod.NIGHT_CALL, date(2025, 1, 3))]
    return make_centre(vocabulary, Facts(name="Two", checks=rung, places=(clinic, ward)))


def test_what_holds_for_each_address_is_said_of_each(client: PageClient, two_places: Made) -> None:
    facts = dict(client.page(f"{two_places.path}/hand-out").pairs())

    assert facts["Hours"] == (
        "De-addiction clinic: Mon 10:00–16:00; Tue to Sun closed; Closed on Friday 25 December; "
        "On Monday 28 December open 10:00–12:00 "
        "Psychiatric ward: Says it is open day and night. Not night-tested since 3 Jan 2025 "
        "Stated, not checked"
    )
    assert facts["Address"].startswith(
        "De-addiction clinic: 1 Road, Rohini, Delhi 110017 Psychiatric ward: 2 Road, Saket"
    )
    assert "Appointments, De-addiction clinic: 011-5550 0001" in facts["Telephone"]
    assert facts["Metro station"].endswith("Psychiatric ward: Saket (Yellow Line), 0.6 km")


def test_the_plain_sheet_names_addresses_by_where_they_are(
    client: PageClient, two_places: Made
) -> None:
    page = client.page(f"{two_places.path}/hand-out?plain=1")

    facts = dict(page.pairs())
    assert facts["Hours"].startswith("Rohini: Mon 10:00–16:00; Tue to Sun closed; ")
    assert "Saket: Says it is open day and night. Not night-tested since" in facts["Hours"]
    assert "Admissions, Saket: 011-5550 0002" in facts["Telephone"]
    sheet = "".join(page.by_role("article")[0].itertext()).casefold()
    assert [word for word in (*TELLING, "addict", "ward") if word in sheet] == []


@pytest.mark.parametrize(
    ("facilities", "whole", "plain"),
    [
        ([], "", ""),
        (
            ["general-emergency-24x7"],
            "General emergency, day and night",
            "Emergency department, day and night",
        ),
        (
            ["emergency-24x7"],
            "Psychiatric emergency, day and night",
            "When it is urgent: day and night. Ring first.",
        ),
        (
            ["general-emergency-24x7", "emergency-24x7"],
            "Psychiatric emergency, day and night General emergency, day and night",
            "Emergency department, day and night",
        ),
    ],
)
def test_an_emergency_department_is_named_beside_office_hours(
    client: PageClient, vocabulary: Vocabulary, facilities: list[str], whole: str, plain: str
) -> None:
    office = (Place(hours=((0, 600, 960),)),)
    made = make_centre(vocabulary, Facts(name="H", facilities=facilities, places=office))

    said = {
        query: dict(client.page(f"{made.path}/hand-out{query}").pairs())["Hours"]
        for query in ("", "?plain=1")
    }

    hours = "Mon 10:00–16:00 Tue to Sun closed Stated, not checked"
    assert said == {"": f"{hours} {whole}".strip(), "?plain=1": f"{hours} {plain}".strip()}


def test_each_claim_to_be_open_at_night_says_whether_it_was_tested(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    said = {}
    for day in (date(2026, 11, 12), date(2026, 1, 3), None):
        rung = [("night", VerificationMethod.NIGHT_CALL, day)] if day else []
        made = make_centre(vocabulary, Facts(checks=rung, places=(Place(open_24x7=True),)))
        said[day] = dict(client.page(f"{made.path}/hand-out").pairs())["Hours"]

    assert list(said.values()) == [
        "Open day and night. Night-tested 12 Nov",
        "Says it is open day and night. Not night-tested since 3 Jan 2026",
        "Claims 24x7, not tested",
    ]


def test_the_sheet_is_led_to_and_not_for_search_engines(client: PageClient, asha: Made) -> None:
    assert client.page(asha.path).link("Print hand-out") == f"{asha.path}/hand-out"
    page = client.page(f"{asha.path}/hand-out")

    assert page.link("Leave out what it is for") == f"{asha.path}/hand-out?plain=1"
    links = {el.get("rel"): el.get("href") or "" for el in page.markup.all("link")}
    assert links["canonical"].endswith(asha.path)
    assert [el.get("content") for el in page.markup.all("meta") if el.get("name") == "robots"] == [
        "noindex"
    ]


def test_moved_closed_and_unknown_listings_answer_as_their_pages_do(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    moved = make_practitioner(vocabulary, Facts(earlier_slugs=["old-name"]))
    gone = Facts(name="Gone", state=ListingState.CLOSED, closed_on=date(2026, 10, 1))
    closed = make_practitioner(vocabulary, gone)
    centre = make_centre(vocabulary, Facts(name="Jasmine House"))

    for asked, path in (
        ("/centres/old-name/hand-out?plain=1", f"{moved.path}/hand-out?plain=1"),
        (f"/centres/{moved.slug}/hand-out", f"{moved.path}/hand-out"),
        (f"/therapists/{centre.slug}/hand-out?plain=1", f"{centre.path}/hand-out?plain=1"),
        (f"/centres/{closed.slug}/hand-out", f"{closed.path}/hand-out"),
    ):
        answer = client.get(asked)
        assert (answer.status_code, answer.location) == (301, path)
    assert client.page(f"{closed.path}/hand-out", status=410).h1 == "Gone has closed"
    client.page("/therapists/nobody/hand-out", status=404)


def test_a_centre_that_says_little_has_a_sheet_too_at_the_price_of_its_page(
    client: PageClient, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    little = Facts(name="Jasmine House", places=(Place(None, address=None, point=(28.6, 77.2)),))
    made = make_centre(vocabulary, little)
    path = f"{made.path}/hand-out"
    client.page(path)

    with count_sql() as sent:
        page = client.page(path)

    assert len(sent) <= MOST_QUERIES
    assert dict(page.pairs())["Hours"] == "Not stated. Ring before you go."
