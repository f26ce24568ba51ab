"""What readers report without an account: kept, brought before the desk, and counted in waves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from directory.accounts.policy import normal_email
from directory.audit.models import AuditEvent
from directory.audit.policy import COMMAND
from directory.core.clock import DELHI
from directory.core.db import db, writing
from directory.core.errors import InvalidError, NotFoundError
from directory.listings.models import (
    Accepting,
    CallOutcome,
    Correction,
    CorrectionKind,
    CorrectionState,
    Doubt,
    FeePurpose,
    ListingKind,
    ListingState,
    VerificationMethod,
)
from directory.listings.operations import RefusedListingError, move_listing
from directory.listings.operations.checks import clear_doubt
from directory.moderation.clocks import run_due
from directory.moderation.intake import (
    DetailReport,
    Suggestion,
    report_detail,
    report_outcome,
    suggest_listing,
)
from directory.moderation.models import CaseKind, ModerationCase, SubjectNoun
from directory.moderation.policy import REPORT_ADDRESS
from directory.moderation.queries.reports import report_receipt
from directory.moderation.screening.lanes import Lane
from directory.outbox.models import Change
from tests.factories.listings import Facts, make_practitioner
from tests.moderation.desk import KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made

FEES = ((FeePurpose.FIRST_SESSION, 1800), (FeePurpose.FOLLOW_UP, 1200))
FEE = {"for": "first-session", "amount": 2500, "minutes": None, "note": None}
ADDRESS = "reader@example.org"
NOBODY = CallOutcome.NO_ANSWER
WRONG = CallOutcome.WRONG_NUMBER
REACHED = CallOutcome.ANSWERED
REFUSED = CallOutcome.NOT_TAKING


@pytest.fixture
def asha(session: Session, vocabulary: Vocabulary) -> Made:
    """Give a practitioner with two fees who takes patients."""
    assert session is not None
    return make_practitioner(vocabulary, Facts(fees=FEES, accepting=Accepting.YES))


class Reader:
    """Somebody who reports; time moves only by `wait`."""

    def __init__(self, made: Made, vocabulary: Vocabulary, now: datetime) -> None:
        self.made, self.vocabulary, self.now = made, vocabulary, now

    def detail(self, fact: str = "fee", *, network: str | None = None, **told: Any) -> Correction:
        """Report a wrong detail and give its row."""
        values: dict[str, Any] = {
            "listing_id": self.made.id,
            "fact": fact,
            "changes": {},
            "words": None,
            "evidence": None,
            "called_on": None,
            "address": None,
            "language": "en",
        }
        receipt = report_detail(
            report=DetailReport(**(values | told)),
            network_hash=network,
            keys=KEYS,
            vocabulary=self.vocabulary,
            now=self.now,
        )
        return self.row(receipt)

    def called(self, outcome: CallOutcome, network: str | None = None) -> Correction:
        """Tell what a call came to and give the row."""
        receipt = report_outcome(
            listing_id=self.made.id,
            outcome=outcome,
            language="en",
            network_hash=network,
            vocabulary=self.vocabulary,
            now=self.now,
        )
        return self.row(receipt)

    def row(self, receipt: str) -> Correction:
        """Give the row of a receipt as it is now."""
        db.session().rollback()
        return db.session().scalars(select(Correction).where(Correction.receipt == receipt)).one()

    def wait(self, **span: int) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@pytest.fixture
def reader(asha: Made, vocabulary: Vocabulary, now: datetime) -> Reader:
    """Give a reader of her page."""
    return Reader(asha, vocabulary, now)


def cases() -> list[ModerationCase]:
    """Give the cases about reports, oldest first."""
    db.session().rollback()
    about = ModerationCase.subject_noun == SubjectNoun.CORRECTION
    return list(db.session().scalars(select(ModerationCase).where(about).order_by("id")))


def doubts() -> list[tuple[str, str, int]]:
    """Give the open doubts: fact, outcome, how many reports."""
    db.session().rollback()
    rows = db.session().scalars(select(Doubt).where(Doubt.cleared_at.is_(None)))
    return [(row.fact, row.outcome.value, row.reports) for row in rows]


@pytest.mark.db
def test_a_wrong_fee_becomes_a_case_with_what_was_stated_and_what_is_proposed(
    reader: Reader,
) -> None:
    unchanged = {"for": "follow-up", "amount": 1200, "minutes": None, "note": None}
    kept = reader.detail(
        changes={"fees": [FEE, unchanged]},
        words="  They said so.  ",
        evidence="I called",
        called_on=reader.now.date(),
        address=" Reader@Example.org ",
    )

    assert kept.kind is CorrectionKind.WRONG_DETAIL
    assert (kept.stated or {})["fees"][0]["amount"] == 1800
    assert kept.proposed_value == {"fees": [FEE, unchanged]}
    assert kept.proposed == "They said so."
    assert KEYS.open(REPORT_ADDRESS, kept.address_sealed or b"") == normal_email(ADDRESS)
    [case] = cases()
    assert (case.kind, case.subject_id, case.lane) == (
        CaseKind.CORRECTION,
        kept.id,
        Lane.ROUTINE,
    )
    acts = list(db.session().scalars(select(AuditEvent.act).order_by(AuditEvent.seq)))
    assert acts[-2:] == ["correction.made", "case.opened"]


@pytest.mark.db
def test_reports_of_the_same_follow_one_leader_and_others_do_not(reader: Reader) -> None:
    first = reader.detail(words="It is more.").id
    second = reader.detail(words="It is less.")
    other = reader.detail("hours", words="Closed on Mondays.")
    called = reader.called(NOBODY)
    again = reader.called(NOBODY)

    assert second.leader_id == first
    assert (other.leader_id, called.leader_id) == (None, None)
    assert reader.row(again.receipt).leader_id == called.id
    assert [case.subject_id for case in cases()] == [first, other.id, called.id]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "words"),
        ({"changes": {"fees": []}, "fact": "fee", "words": "x" * 1001}, "words"),
        ({"fact": "beds", "words": "There are ten."}, "fact"),
        ({"fact": "nonsense", "words": "Hm."}, "fact"),
        ({"words": "It is more.", "called_on": date(2026, 11, 24)}, "called_on"),
        ({"words": "It is more.", "called_on": date(2025, 11, 1)}, "called_on"),
        ({"words": "It is more.", "address": "nobody"}, "email"),
        ({"words": "It is more.", "evidence": "x" * 1001}, "evidence"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value) or "nothing",
)
def test_what_a_report_must_keep_to(reader: Reader, told: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        reader.detail(**told)

    assert refused.value.field == field
    assert cases() == []


def test_a_value_no_listing_could_hold_is_refused_by_its_path(reader: Reader) -> None:
    with pytest.raises(RefusedListingError) as refused:
        reader.detail(changes={"fees": [{**FEE, "amount": -5}]})

    assert refused.value.faults[0].field == "fees[0].amount"


def test_the_same_value_again_is_no_report(reader: Reader) -> None:
    stated = reader.detail(words="Something.").stated

    with pytest.raises(InvalidError):
        reader.detail(changes=stated)


def test_words_of_danger_put_the_case_first_also_behind_a_leader(reader: Reader) -> None:
    reader.detail(words="It is more.")
    reader.detail(words="Nobody answers and I want to kill myself tonight.")

    [case] = cases()
    assert case.lane is Lane.CRISIS


@pytest.mark.parametrize("state", [ListingState.SUSPENDED, ListingState.CLOSED])
def test_only_what_readers_see_can_be_reported(reader: Reader, state: ListingState) -> None:
    move_listing(
        actor=COMMAND,
        listing_id=reader.made.id,
        to=state,
        vocabulary=reader.vocabulary,
        now=reader.now,
    )

    with pytest.raises(NotFoundError):
        reader.detail(words="It is more.")
    with pytest.raises(NotFoundError):
        reader.called(NOBODY)


@pytest.mark.parametrize(
    ("outcome", "state", "fact", "proposed"),
    [
        (REACHED, CorrectionState.NOTED, "phone", None),
        (NOBODY, CorrectionState.OPEN, "phone", None),
        (WRONG, CorrectionState.OPEN, "phone", None),
        (REFUSED, CorrectionState.OPEN, "accepting", {"accepting": "no"}),
    ],
)
def test_what_becomes_of_a_call(
    reader: Reader,
    outcome: CallOutcome,
    state: CorrectionState,
    fact: str,
    proposed: dict[str, str] | None,
) -> None:
    kept = reader.called(outcome)

    assert (kept.state, kept.fact, kept.proposed_value) == (state, fact, proposed)
    assert kept.called_on == reader.now.date()
    assert [case.kind for case in cases()] == [CaseKind.OUTCOME] * (state is CorrectionState.OPEN)


def test_who_says_what_the_page_says_asks_nobody_for_anything(
    vocabulary: Vocabulary, asha: Made, now: datetime
) -> None:
    full = make_practitioner(vocabulary, Facts(name="Full", accepting=Accepting.NO))

    assert Reader(full, vocabulary, now).called(REFUSED).state is CorrectionState.NOTED
    assert asha.id != full.id
    assert cases() == []


def test_another_fee_needs_the_form(reader: Reader) -> None:
    with pytest.raises(InvalidError):
        reader.called(CallOutcome.FEE_DIFFERENT)


WAVES: dict[str, tuple[Sequence[tuple[CallOutcome, str | None]], list[tuple[str, str, int]]]] = {
    "two are none": ([(NOBODY, "a"), (NOBODY, "b")], []),
    "three are one": (
        [(NOBODY, "a"), (NOBODY, "b"), (NOBODY, "c")],
        [("phone", "no-answer", 3)],
    ),
    "no answer and wrong number count together": (
        [(NOBODY, "a"), (WRONG, "b"), (WRONG, "c")],
        [("phone", "wrong-number", 3)],
    ),
    "one network counts once": ([(NOBODY, "a")] * 4 + [(WRONG, "a")], []),
    "who is not known does not count": ([(NOBODY, None)] * 4, []),
    "later ones are counted on": (
        [(NOBODY, name) for name in "abcd"],
        [("phone", "no-answer", 4)],
    ),
    "as many who got through": (
        [(REACHED, name) for name in "xyz"] + [(NOBODY, name) for name in "abc"],
        [],
    ),
    "more than got through": (
        [(REACHED, name) for name in "xyz"] + [(NOBODY, name) for name in "abcd"],
        [("phone", "no-answer", 4)],
    ),
    "others are counted apart": (
        [(NOBODY, "a"), (NOBODY, "b"), (REFUSED, "c"), (REFUSED, "d")],
        [],
    ),
    "three who were not taken": (
        [(REFUSED, name) for name in "abc"],
        [("accepting", "not-taking", 3)],
    ),
}


@pytest.mark.parametrize("name", WAVES)
def test_when_a_fact_becomes_doubtful(reader: Reader, name: str) -> None:
    calls, expected = WAVES[name]
    for outcome, network in calls:
        reader.called(outcome, network)

    assert doubts() == expected


@pytest.mark.db
def test_a_doubt_is_recorded_and_told_to_the_index_once(reader: Reader) -> None:
    for name in "abc":
        reader.called(NOBODY, name)
    seen = len(db.session().scalars(select(Change)).all())
    reader.called(NOBODY, "d")

    acts = list(db.session().scalars(select(AuditEvent.act)))
    assert acts.count("doubt.raised") == 1
    assert len(db.session().scalars(select(Change)).all()) == seen


@pytest.mark.parametrize("between", ["thirty days", "a check", "a cleared doubt"])
def test_what_ends_the_counting(
    reader: Reader, vocabulary: Vocabulary, now: datetime, between: str
) -> None:
    on = now.date() + timedelta(days=1)
    if between == "a check":
        checks = (("phone", VerificationMethod.CALL, on),)
        reader.made = make_practitioner(vocabulary, Facts(name="Checked", checks=checks))
    for name in "ab":
        reader.called(NOBODY, name)
    if between == "a cleared doubt":
        reader.called(NOBODY, "c")
        with writing() as session:
            clear_doubt(session, reader.made.id, "phone", COMMAND, now=reader.now)
    after = datetime.combine(on, time(23, 59), DELHI) - now
    reader.now += timedelta(days=30, minutes=1) if between == "thirty days" else after
    reader.called(NOBODY, "d")
    assert doubts() == []

    reader.wait(minutes=2)
    for name in "efg":
        reader.called(NOBODY, name)
    assert [fact for fact, _outcome, _number in doubts()] == ["phone"]


def test_a_network_is_forgotten_after_thirty_days(reader: Reader) -> None:
    receipt = reader.called(NOBODY, "a").receipt
    reader.wait(days=30, minutes=1)
    run_due(keys=KEYS, now=reader.now)

    assert reader.row(receipt).network_hash is None


@pytest.mark.db
def test_a_suggestion_is_kept_in_the_words_of_a_listing(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    told = Suggestion(
        kind=ListingKind.PRACTITIONER,
        name="  Leela   Menon ",
        role="counsellor",
        locality="saket",
        where="Near the court",
        phone="011 5550 1299",
        website="example.org",
        evidence="My own counsellor",
        address=None,
        language="en",
    )
    receipt = suggest_listing(
        suggestion=told, network_hash=None, keys=KEYS, vocabulary=vocabulary, now=now
    )

    kept = session.scalars(select(Correction)).one()
    assert kept.suggested == {
        "kind": "practitioner",
        "name": "Leela Menon",
        "role": "counsellor",
        "locality": "saket",
        "where": "Near the court",
        "phone": "+911155501299",
        "website": "https://example.org",
    }
    assert [case.kind for case in cases()] == [CaseKind.SUGGESTION]
    assert report_receipt(db.session(), receipt, vocabulary=vocabulary).listing is None
