"""The sheet of paper about one listing, and the one that does not say what it is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import (
    FeePurpose,
    ListingState,
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

    answer = client.get("/centres/old-name/hand-out?plain=1")
    assert (answer.status_code, answer.location) == (301, f"{moved.path}/hand-out?plain=1")
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
