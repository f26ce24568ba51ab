"""Documents say what the database says: one listing's facts, everything at a constant cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from directory.listings.models import (
    Accepting,
    FeePurpose,
    Listing,
    ListingState,
    RegistrationState,
    VerificationMethod,
)
from directory.listings.operations import import_documents
from directory.search.documents import DocumentKind, digest_of
from directory.search.gathering import guide_documents, listing_documents
from directory.vocabulary.models import TermKind
from tests.factories.listings import Facts, Place, make_centre, make_practitioner
from tests.listings.documents import RICH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.search.documents import SearchDocument
    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

FOUND, PROVISIONAL, NOT_FOUND, UNCHECKED = RegistrationState
POINT = (28.61, 77.21)
DAY = date(2026, 10, 5)


def document_of(session: Session, vocabulary: Vocabulary, made_id: int) -> SearchDocument:
    session.rollback()
    [document] = listing_documents(session, [made_id], vocabulary)
    return document


@pytest.mark.db
def test_a_practitioner_is_found_by_name_profession_training_terms_and_places(
    session: Session, vocabulary: Vocabulary
) -> None:
    language = next(iter(vocabulary.terms[TermKind.LANGUAGE]))
    facts = Facts(
        name="Dr Asha Verma",
        name_hi="डॉ. आशा वर्मा",
        headline="Quiet sessions",
        about="Twenty years of practice.",
        qualifications=["MD (Psychiatry)"],
        conditions=["depression"],
        treatments=["cbt"],
        languages=[language],
        places=(Place(locality="hauz-khas"),),
    )
    made = make_practitioner(vocabulary, facts, profession="psychiatrist")

    document = document_of(session, vocabulary, made.id)

    place = vocabulary.localities["hauz-khas"]
    role = vocabulary.terms[TermKind.PROFESSION]["psychiatrist"]
    depression = vocabulary.terms[TermKind.CONDITION]["depression"]
    cbt = vocabulary.terms[TermKind.TREATMENT]["cbt"]
    assert document.key == f"listing:{made.id}"
    assert (document.kind, document.number) == (DocumentKind.PRACTITIONER, made.id)
    assert document.names == ("Dr Asha Verma", "डॉ. आशा वर्मा")
    assert document.head == tuple(
        dict.fromkeys(
            [
                *document.names,
                *(role.name_en, role.name_hi),
                "MD (Psychiatry)",
                *(depression.name_en, depression.name_hi),
                *(cbt.name_en, cbt.name_hi),
                *(place.name_en, place.name_hi),
                *(place.station.name_en, place.station.name_hi),
            ]
        )
    )
    assert document.body == ("Quiet sessions", "Twenty years of practice.")
    assert document.terms == (
        ("profession", "psychiatrist"),
        ("condition", "depression"),
        ("treatment", "cbt"),
        ("language", language),
    )
    assert document.localities == ("hauz-khas",)
    assert document.districts == (place.district.slug,)


@pytest.mark.db
def test_a_centre_is_found_by_its_facilities_too(session: Session, vocabulary: Vocabulary) -> None:
    facility = next(iter(vocabulary.terms[TermKind.FACILITY].values()))
    made = make_centre(vocabulary, Facts(name="Jasmine House", facilities=[facility.slug]))

    document = document_of(session, vocabulary, made.id)

    assert document.kind is DocumentKind.CENTRE
    assert {facility.name_en, facility.name_hi} <= set(document.head)
    assert ("facility", facility.slug) in document.terms
    assert document.terms[0][0] == "centre_type"


@pytest.mark.parametrize(
    "state", [ListingState.DRAFT, ListingState.SUSPENDED, ListingState.CLOSED], ids=str
)
def test_what_is_not_public_has_no_document(
    session: Session, vocabulary: Vocabulary, state: ListingState
) -> None:
    closed_on = DAY if state is ListingState.CLOSED else None
    made = make_practitioner(vocabulary, Facts(state=state, closed_on=closed_on))
    session.rollback()

    assert listing_documents(session, [made.id], vocabulary) == []


@pytest.mark.parametrize(
    ("fees", "lowest"),
    [
        ([(FeePurpose.FIRST_SESSION, 1500), (FeePurpose.FIRST_SESSION, 900)], 900),
        ([(FeePurpose.FOLLOW_UP, 500), (FeePurpose.FIRST_SESSION, 1200)], 1200),
        ([(FeePurpose.BED_DAY, 4000)], None),
        ([], None),
    ],
    ids=["the lowest", "of first visits", "not of a bed", "none stated"],
)
def test_the_fee_is_the_lowest_of_a_first_visit(
    session: Session,
    vocabulary: Vocabulary,
    fees: Sequence[tuple[FeePurpose, int]],
    lowest: int | None,
) -> None:
    made = make_practitioner(vocabulary, Facts(fees=fees))

    assert document_of(session, vocabulary, made.id).fee_inr == lowest


@pytest.mark.parametrize(
    ("states", "until"),
    [
        ([NOT_FOUND, FOUND], (date.max, None)),
        ([UNCHECKED, PROVISIONAL, NOT_FOUND], (None, date.max)),
        ([UNCHECKED, NOT_FOUND], (None, None)),
        ([], (None, None)),
    ],
)
def test_of_several_registers_the_most_telling_answer_counts(
    session: Session,
    vocabulary: Vocabulary,
    states: Sequence[RegistrationState],
    until: tuple[date | None, date | None],
) -> None:
    registers = list(vocabulary.terms[TermKind.REGISTER])
    made = make_practitioner(
        vocabulary,
        Facts(
            registrations=[
                (register, "12345", state, None if state is UNCHECKED else DAY)
                for register, state in zip(registers, states, strict=False)
            ]
        ),
    )

    document = document_of(session, vocabulary, made.id)

    assert (document.registered_until, document.provisional_until) == until


def test_the_newest_check_of_anything_counts(session: Session, vocabulary: Vocabulary) -> None:
    register = next(iter(vocabulary.terms[TermKind.REGISTER]))
    older, newest = date(2026, 9, 1), date(2026, 10, 9)
    by_fact = make_practitioner(
        vocabulary, Facts(checks=[("phone", VerificationMethod.CALL, newest)])
    )
    by_register = make_practitioner(
        vocabulary,
        Facts(
            checks=[("phone", VerificationMethod.CALL, older)],
            registrations=[(register, "12345", FOUND, newest)],
        ),
    )
    by_room = make_practitioner(
        vocabulary, Facts(accepting=Accepting.YES, accepting_checked_on=newest)
    )
    never = make_practitioner(vocabulary)

    days = [
        document_of(session, vocabulary, made.id).checked_on
        for made in (by_fact, by_register, by_room, never)
    ]

    assert days == [newest, newest, newest, None]


@pytest.mark.db
def test_a_place_without_a_point_stands_at_the_middle_of_its_locality(
    session: Session, vocabulary: Vocabulary
) -> None:
    saket = vocabulary.localities["saket"]
    hours = ((0, 600, 1080), (6, 540, 720))
    exceptions = ((date(2026, 12, 25), None, None, "Closed"), (DAY, 600, 700, None))
    made = make_practitioner(
        vocabulary,
        Facts(
            places=(
                Place(locality="saket", hours=hours),
                Place(locality=None, point=POINT, exceptions=exceptions),
                Place(locality="saket", point=POINT, open_24x7=True),
            )
        ),
    )

    document = document_of(session, vocabulary, made.id)

    points = [(place.lat, place.lon) for place in document.places]
    assert points == [(saket.lat, saket.lon), POINT, POINT]
    assert [place.open_24x7 for place in document.places] == [False, False, True]
    assert [place.hours for place in document.places] == [hours, (), ()]
    assert document.places[1].exceptions == ((DAY, 600, 700), (date(2026, 12, 25), None, None))
    assert document.localities == ("saket",)


def test_a_document_stays_the_same_until_a_fact_changes(
    session: Session, vocabulary: Vocabulary, now: datetime
) -> None:
    import_documents(RICH, now=now, vocabulary=vocabulary)
    ids = list(session.scalars(select(Listing.id).order_by(Listing.id)))

    def digests() -> list[int]:
        session.rollback()
        return [digest_of(found) for found in listing_documents(session, ids, vocabulary)]

    before = digests()
    import_documents(RICH, now=now, vocabulary=vocabulary)
    unchanged = digests()
    import_documents([{**RICH[0], "headline": "Another"}], now=now, vocabulary=vocabulary)
    changed = digests()

    assert unchanged == before
    assert [one != other for one, other in zip(changed, before, strict=True)].count(True) == 1


@pytest.mark.db
def test_many_documents_cost_as_many_queries_as_one(
    session: Session, vocabulary: Vocabulary, now: datetime, count_sql: CountSql
) -> None:
    import_documents(RICH, now=now, vocabulary=vocabulary)
    ids = list(session.scalars(select(Listing.id)))
    costs = []
    for some in (ids[:1], ids):
        with count_sql() as statements:
            listing_documents(session, some, vocabulary)
        costs.append(len(statements))

    assert costs == [13, 13]


def test_every_condition_treatment_and_profession_is_a_page_to_read(
    vocabulary: Vocabulary,
) -> None:
    documents = guide_documents(vocabulary)
    by_key = {document.key: document for document in documents}

    kinds = (TermKind.CONDITION, TermKind.TREATMENT, TermKind.PROFESSION)
    assert len(by_key) == len(documents) == sum(len(vocabulary.terms[kind]) for kind in kinds)
    page = by_key["page:condition/depression"]
    term = vocabulary.terms[TermKind.CONDITION]["depression"]
    assert (page.kind, page.number, page.names) == (DocumentKind.GUIDE, term.id, ())
    assert page.head == (term.name_en, term.name_hi, *term.synonyms)
    assert term.details["plain_en"] in page.body
    assert term.details["plain_hi"] in page.body
