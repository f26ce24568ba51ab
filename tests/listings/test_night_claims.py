"""A claim to be open at night, at moments in Delhi: a test of it counts for its days, no longer."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING

import pytest

from directory.listings.models import VerificationMethod
from directory.listings.queries.cards import cards
from tests.factories.listings import Facts, Place, make_centre
from tests.listings.schedule_table import at

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

CALL, VISIT = VerificationMethod.NIGHT_CALL, VerificationMethod.VISIT
# Checks of the night (how, which day), a moment, and whether the claim counts as tested then.
CASES = [
    ("never tested", [], "2026-11-24T03:00", False),
    ("on the day itself", [(CALL, "2026-11-24")], "2026-11-24T03:00", True),
    ("in its last minute", [(CALL, "2026-08-26")], "2026-11-24T23:59", True),
    ("a minute after", [(CALL, "2026-08-26")], "2026-11-25T00:00", False),
    ("at three in the morning after", [(CALL, "2026-08-26")], "2026-11-25T03:00", False),
    ("a visit counts as long", [(VISIT, "2026-08-26")], "2026-11-24T23:59", True),
    ("and no longer", [(VISIT, "2026-08-26")], "2026-11-25T00:00", False),
    ("the newest counts", [(CALL, "2026-01-01"), (CALL, "2026-11-01")], "2026-11-24T03:00", True),
    (
        "an old one beside it",
        [(CALL, "2026-11-01"), (CALL, "2026-01-01")],
        "2026-11-24T03:00",
        True,
    ),
    ("two old ones", [(CALL, "2026-01-01"), (VISIT, "2026-02-01")], "2026-11-24T03:00", False),
]


@pytest.mark.parametrize(
    ("checks", "moment", "tested"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_claim_is_tested_while_a_dated_check_counts(
    session: Session,
    vocabulary: Vocabulary,
    checks: list[tuple[VerificationMethod, str]],
    moment: str,
    tested: bool,  # noqa: FBT001 - a column of the table
) -> None:
    dated = [("night", method, date.fromisoformat(day)) for method, day in checks]
    facts = Facts(name="House", checks=dated, places=(Place(open_24x7=True),))
    made = make_centre(vocabulary, facts)

    [card] = cards(session, [made.id], vocabulary, at(moment).astimezone(UTC))

    assert card.night_tested == tested
    assert (card.night_check is not None) == bool(checks)
