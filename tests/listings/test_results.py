"""What a result says beside its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import FeePurpose, ListingState
from directory.listings.queries.results import named_listings, result_facts
from tests.factories.listings import Facts, make_centre, make_practitioner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

pytestmark = pytest.mark.db


def test_a_result_says_the_lowest_fee_of_a_first_visit_only(
    session: Session, vocabulary: Vocabulary
) -> None:
    fees = [
        (FeePurpose.FIRST_SESSION, 1800),
        (FeePurpose.FIRST_SESSION, 1500),
        (FeePurpose.FOLLOW_UP, 900),
    ]
    made = make_practitioner(vocabulary, Facts(fees=fees))
    free = make_practitioner(vocabulary, Facts(fees=[(FeePurpose.FIRST_SESSION, 0)]))
    unstated = make_centre(vocabulary, Facts(fees=[(FeePurpose.BED_DAY, 4000)]))

    facts = result_facts(session, [made.id, free.id, unstated.id])

    assert [facts[one.id].fee_from for one in (made, free, unstated)] == [1500, 0, None]


def test_texts_are_what_a_listing_says_of_itself(session: Session, vocabulary: Vocabulary) -> None:
    made = make_practitioner(
        vocabulary, Facts(headline="In a line", about="At length", qualifications=["MD", "DPM"])
    )
    silent = make_practitioner(vocabulary)

    facts = result_facts(session, [made.id, silent.id])

    assert facts[made.id].texts == ("In a line", "At length", "MD", "DPM")
    assert facts[silent.id].texts == ()


def test_what_is_not_public_has_no_result(session: Session, vocabulary: Vocabulary) -> None:
    shown = make_practitioner(vocabulary, Facts(name="Asha Verma", name_hi="आशा वर्मा"))
    draft = make_practitioner(vocabulary, Facts(state=ListingState.DRAFT))

    assert set(result_facts(session, [draft.id, shown.id])) == {shown.id}
    (named,) = named_listings(session, [draft.id, shown.id])
    assert (named.slug, named.name, named.name_hi) == (shown.slug, "Asha Verma", "आशा वर्मा")


def test_nothing_asked_costs_nothing(session: Session, count_sql: CountSql) -> None:
    with count_sql() as sent:
        assert result_facts(session, []) == {}
        assert named_listings(session, []) == []

    assert sent == []
