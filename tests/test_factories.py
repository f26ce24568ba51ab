"""Listings made for tests are what the databases accept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.listings.models import (
    FeePurpose,
    Listing,
    Presence,
    RegistrationState,
    Staffing,
    StaffRole,
    VerificationMethod,
)
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary


@pytest.mark.db
def test_a_made_practitioner_and_centre_are_stored_with_their_facts(
    session: Session, vocabulary: Vocabulary
) -> None:
    night = Staffing(
        position=0,
        role=StaffRole.PSYCHIATRIST,
        presence=Presence.ON_SITE,
        from_minute=1200,
        to_minute=480,
        count=1,
    )
    centre = make_centre(vocabulary, beds=20, staffing=[night])
    facts = Facts(
        name="Dr Meera Rao",
        conditions=["depression"],
        fees=[(FeePurpose.FIRST_SESSION, 1800)],
        registrations=[("rci", "A1", RegistrationState.FOUND, date(2026, 10, 1))],
        checks=[("phone", VerificationMethod.CALL, date(2026, 11, 1))],
        places=[Place(hours=((0, 600, 840),)), Place(locality=None, point=(28.52, 77.2))],
    )

    made = make_practitioner(vocabulary, facts, works_at=[centre])

    listing = session.scalars(select(Listing).where(Listing.slug == made.slug)).one()
    assert made.path == "/therapists/dr-meera-rao-2"
    assert [fee.amount_inr for fee in listing.fees] == [1800]
    assert listing.practitioner is not None
    assert [role.centre_id for role in listing.practitioner.roles] == [centre.id]
    assert [len(place.hours) for place in listing.locations] == [1, 0]
    assert [check.fact for check in listing.verifications] == ["phone"]
