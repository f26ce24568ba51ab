"""Made-up figures and words for the page of all components: what the administration shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.listings.models import CallOutcome
from directory.listings.queries.doubts import DoubtView
from directory.listings.queries.fact_ages import FactAge
from directory.listings.queries.terms import Carried
from directory.search.unmet import Unmet
from directory.vocabulary.models import TermKind
from directory.web.dashboard import AgeBar, age_bar
from directory.web.forms.checks import METHODS, CheckForm
from directory.web.vocabulary_page import (
    ClashLine,
    Meant,
    Preview,
    SearchLine,
    SideLine,
    TermLine,
    UnmetLine,
    desk_url,
)

if TYPE_CHECKING:
    from datetime import datetime

    from directory.listings.models import VerificationMethod
    from directory.vocabulary.queries import Vocabulary


@dataclass(frozen=True, slots=True)
class AdministrationSamples:
    """One of everything the administration's own components show."""

    ages: tuple[AgeBar, ...]
    doubt: DoubtView
    form: CheckForm
    methods: tuple[VerificationMethod, ...]
    terms: list[TermLine]
    unmet: list[UnmetLine]
    effects: Preview


def administration(vocabulary: Vocabulary, now: datetime) -> AdministrationSamples:
    """Give what the components of the administration are shown with."""
    grief = vocabulary.terms[TermKind.CONDITION]["grief"]
    unmet = Unmet("sogwar", 7, now.date())
    return AdministrationSamples(
        ages=_ages(),
        doubt=DoubtView("phone", CallOutcome.NO_ANSWER, 3, now),
        form=CheckForm(checked_on=now.date().isoformat()),
        methods=METHODS,
        terms=[TermLine(grief, desk_url(grief), 26)],
        unmet=[UnmetLine(unmet, [(grief.name_en, desk_url(grief, unmet.words))])],
        effects=_effects(),
    )


def _ages() -> tuple[AgeBar, ...]:
    """Give the ages of two facts, one of them well looked after."""
    phone = FactAge("phone", valid=812, expired=96, never=31)
    fee = FactAge("fee", valid=210, expired=402, never=188)
    return age_bar(phone), age_bar(fee)


def _effects() -> Preview:
    before = SideLine((Meant("Words", "shock", is_hint=False),), 3)
    after = SideLine(
        (Meant("For", "Grief", is_hint=False), Meant("Treatment", "CBT", is_hint=True)), 28
    )
    return Preview(
        parts=("spellings",),
        listings=Carried(26, 2),
        guides=1,
        gained=("sogwar", "सोगवार"),
        lost=("shock",),
        clashes=[ClashLine("loss", [Meant("For", "Depression", is_hint=False)], is_lost=True)],
        tried=42,
        otherwise=2,
        searches=[SearchLine(("shock", "shocked"), before, after)],
        more=0,
    )
