"""Open day and night is one fact, whichever way a centre states it, wherever it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from directory.accounts.models import Role
from directory.core.db import db
from directory.listings.exchange.comparing import facts_changed
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import VerificationMethod
from directory.listings.queries.fact_ages import fact_ages
from tests.factories.listings import Facts, Place, make_centre
from tests.support.signing import make_person, sign_in_as

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made
    from tests.support.page import PageClient

ALL_DAYS = tuple((day, 0, 24 * 60) for day in range(7))
WAYS = {
    "a tick": Place(locality="saket", open_24x7=True),
    "hours of all days": Place(locality="saket", hours=ALL_DAYS),
}
TESTED = ("night", VerificationMethod.NIGHT_CALL, date(2026, 11, 10))


@pytest.fixture(params=WAYS)
def centre(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> Made:
    """Make a centre that is open day and night, was tested so, and states it in one of two ways."""
    return make_centre(vocabulary, Facts(places=(WAYS[request.param],), checks=[TESTED]))


def test_a_night_test_counts_on_every_page(client: PageClient, centre: Made) -> None:
    for path in (centre.path, f"{centre.path}/hand-out", "/urgent", "/search?open=24x7"):
        words = client.page(path).main_text

        assert "Night-tested 10 Nov" in words, path
        assert "not tested:" not in words, path


def test_the_api_says_so_too(client: PageClient, centre: Made) -> None:
    told = client.get(f"/api/v1/listings/{centre.slug}").get_json()

    assert told["checked"]["night"]["state"] == "valid"


def test_the_desk_can_record_it(
    app: Flask, client: PageClient, centre: Made, now: datetime
) -> None:
    keys = app.extensions["keys"]
    sign_in_as(client, make_person("desk", role=Role.ADMINISTRATOR, keys=keys, now=now), now=now)

    assert "Open at night" in client.page(f"/admin/listings/{centre.id}/checks").main_text


def test_its_age_is_counted(centre: Made, now: datetime) -> None:
    counted = {row.fact: row for row in fact_ages(db.session(), now.date())}

    assert centre.id
    assert counted["night"].stated == 1


def test_a_test_stays_until_a_centre_no_longer_says_so(
    centre: Made, vocabulary: Vocabulary
) -> None:
    stored = read_drafts(db.session(), [centre.id], vocabulary)[centre.id]
    place = stored.locations[0]
    ticked = replace(stored, locations=(replace(place, open_24x7=True, hours=()),))
    by_day = replace(stored, locations=(replace(place, open_24x7=False, hours=()),))

    assert "night" not in facts_changed(stored, ticked)
    assert "night" in facts_changed(stored, by_day)
