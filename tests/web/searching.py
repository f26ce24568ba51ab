"""Three listings that searches tell apart, and how a page of results is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

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
    from tests.support.page import Page

CALL = VerificationMethod.CALL
LATELY = date(2026, 11, 10)
MONDAY, SUNDAY = 0, 6
ASHA, BELA, NEEM = "Asha Rawat", "Bela Sethi", "Neem House"


def make_three(vocabulary: Vocabulary) -> list[Made]:
    """Make a psychiatrist in Saket, a counsellor in Rohini, a centre in Dwarka, and a draft."""
    asha = make_practitioner(
        vocabulary,
        Facts(
            name=ASHA,
            name_hi="आशा रावत",
            headline="Unhurried first visits",
            about="Works with low mood and sleepless nights. सुकून से बात।",
            conditions=["depression"],
            treatments=["cbt"],
            languages=["hi", "en"],
            modes=["in-person"],
            age_groups=["adult"],
            payment=["upi"],
            accessibility=["lift"],
            accepting=Accepting.YES,
            accepting_checked_on=LATELY,
            checks=[("accepting", CALL, LATELY)],
            fees=[(FeePurpose.FIRST_SESSION, 1800)],
            registrations=[("dmc", "DMC/R/1", RegistrationState.FOUND, LATELY)],
            places=(Place("saket", hours=((MONDAY, 600, 960),)),),
        ),
        profession="psychiatrist",
    )
    bela = make_practitioner(
        vocabulary,
        Facts(
            name=BELA,
            headline="Evenings in Rohini",
            conditions=["ocd"],
            languages=["ta"],
            modes=["video"],
            fees=[(FeePurpose.FIRST_SESSION, 800)],
            places=(Place("rohini-sector-9", hours=((SUNDAY, 1080, 1260),)),),
        ),
        profession="counsellor",
    )
    house = make_centre(
        vocabulary,
        Facts(
            name=NEEM,
            facilities=["ambulance"],
            places=(Place("dwarka", open_24x7=True),),
        ),
        centre_type="private-nursing-home",
    )
    make_practitioner(vocabulary, Facts(name="Draft", state=ListingState.DRAFT))
    return [asha, bela, house]


def names(page: Page) -> list[str]:
    """Give the names on the cards, in order."""
    return [page.links(card)[0][0] for card in page.by_role("article")]


def chips(page: Page) -> dict[str, str]:
    """Give the words of every chip with the search that lacks it."""
    return {
        words.removesuffix(" remove"): address
        for words, address in page.links()
        if words.endswith(" remove")
    }


def choices(page: Page) -> dict[tuple[str | None, str | None], bool]:
    """Give every box and round of the filters by name and value: whether it is chosen."""
    return {
        (control.get("name"), control.get("value")): control.get("checked") is not None
        for control in page.markup.all("input")
        if control.get("type") in {"checkbox", "radio"}
    }


def hidden(page: Page, form: str) -> set[tuple[str | None, str | None]]:
    """Give what the form of this name carries along unseen."""
    (element,) = page.by_role("form", form)
    return {
        (control.get("name"), control.get("value"))
        for control in page.markup.all("input", within=element)
        if control.get("type") == "hidden"
    }


def parameters(address: str) -> dict[str, list[str]]:
    """Give the parameters of an address."""
    return parse_qs(urlsplit(address).query)
