"""Listings to search for through the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from directory.listings.models import (
    Accepting,
    FeePurpose,
    ListingState,
    RegistrationState,
    VerificationMethod,
)
from tests.factories.listings import Facts, Made, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary

LATELY = date(2026, 11, 10)
MONDAY = 0


def make_three(vocabulary: Vocabulary) -> tuple[Made, Made, Made]:
    """Make a psychiatrist in Saket, a counsellor in Rohini and a centre in Dwarka."""
    asha = make_practitioner(
        vocabulary,
        Facts(
            name="Asha Rawat",
            headline="Help with depression <and> sleep",
            about="She sees people for low mood.",
            conditions=["depression"],
            treatments=["cbt"],
            languages=["hi", "en"],
            modes=["in-person"],
            accepting=Accepting.YES,
            accepting_checked_on=LATELY,
            checks=[("accepting", VerificationMethod.CALL, LATELY)],
            fees=[(FeePurpose.FIRST_SESSION, 1800), (FeePurpose.FIRST_SESSION, 1500)],
            registrations=[
                ("dmc", "DMC/R/1", RegistrationState.FOUND, date(2026, 9, 1)),
                ("nmc", "NMC/1", RegistrationState.NOT_FOUND, LATELY),
            ],
            places=(Place("saket", hours=((MONDAY, 600, 960),)),),
        ),
        profession="psychiatrist",
    )
    bela = make_practitioner(
        vocabulary,
        Facts(
            name="Bela Sethi",
            headline="Quetzal counselling in Tamil",
            conditions=["ocd"],
            languages=["ta"],
            fees=[(FeePurpose.FIRST_SESSION, 800)],
            places=(Place("rohini-sector-9"),),
        ),
        profession="counsellor",
    )
    house = make_centre(
        vocabulary,
        Facts(name="Neem House", places=(Place("dwarka", open_24x7=True),)),
        centre_type="private-nursing-home",
    )
    make_practitioner(vocabulary, Facts(name="Draft", state=ListingState.DRAFT))
    return asha, bela, house
