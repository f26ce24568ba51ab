"""The table of schedules, held to by the search engine, the database and the pages alike."""

from __future__ import annotations

import random
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import delhi_day
from directory.listings.opening import OpenKind, Schedule, open_state, schedule_of
from directory.listings.queries.cards import cards
from directory.listings.queries.search import ListingSearch, OpenFilter, find_listings
from directory.search.engine import Engine
from directory.search.gathering import listing_documents
from directory.search.query import SearchQuery
from tests.factories.listings import Facts, Place, make_centre
from tests.listings.schedule_table import (
    ALL_WEEK_LONG,
    ALWAYS,
    CASES,
    DAILY,
    FRIDAYS,
    FROM_EIGHT_TO_EIGHT,
    HALVES,
    NIGHTS,
    ONLY_EXCEPTIONS,
    ROUND,
    ROUND_BUT_CHRISTMAS,
    SPLIT,
    SUNDAY_NIGHT,
    UNSTATED,
    at,
)
from tests.search.indexes import snapshot_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

OPEN_NOW = ListingSearch(open_when=frozenset({OpenFilter.NOW}))
ALWAYS_OPEN = ListingSearch(open_when=frozenset({OpenFilter.ROUND_THE_CLOCK}))


def place_of(schedule: Schedule, **facts: str) -> Place:
    """Give a place with the hours of a schedule of the table."""
    return Place(
        open_24x7=schedule.round_the_clock,
        hours=tuple(
            (weekday, span.opens, span.closes)
            for weekday, spans in enumerate(schedule.week)
            for span in spans
        ),
        exceptions=tuple(
            (found.on, span.opens if span else None, span.closes if span else None, found.note)
            for found in schedule.exceptions
            for span in found.spans or (None,)
        ),
        **facts,  # type: ignore[arg-type]  # words of a place
    )


@pytest.fixture
def listed(vocabulary: Vocabulary) -> dict[int, Schedule]:
    """Give a centre for each schedule of the table, by its id."""
    schedules = {id(schedule): schedule for _, schedule, _, _ in CASES}
    return {
        make_centre(vocabulary, Facts(name=f"House {n}", places=(place_of(schedule),))).id: schedule
        for n, schedule in enumerate(schedules.values())
    }


@pytest.fixture
def engine(
    session: Session, vocabulary: Vocabulary, listed: dict[int, Schedule], tmp_path: Path
) -> Engine:
    """Give an engine over an index of these centres, written once for all moments."""
    documents = listing_documents(session, sorted(listed), vocabulary)
    return Engine(snapshot_of(tmp_path / "index", documents))


def by_engine(
    engine: Engine, asked: ListingSearch, vocabulary: Vocabulary, moment: datetime
) -> set[int]:
    query = SearchQuery(asked, limit=100)
    return {hit.id for hit in engine.search(query, vocabulary, moment).hits}


def by_database(session: Session, asked: ListingSearch, moment: datetime) -> set[int]:
    return set(find_listings(session, asked, moment, offset=0, limit=100).ids)


@pytest.mark.db
def test_engine_and_database_find_open_what_the_table_says(
    session: Session, vocabulary: Vocabulary, listed: dict[int, Schedule], engine: Engine
) -> None:
    wrong = []
    for name, schedule, words, state in CASES:
        moment = at(words)
        listing_id = next(number for number, known in listed.items() if known is schedule)
        found = (
            listing_id in by_engine(engine, OPEN_NOW, vocabulary, moment),
            listing_id in by_database(session, OPEN_NOW, moment.astimezone(UTC)),
        )
        if found != (state.is_open, state.is_open):
            wrong.append((name, state.kind, found))

    assert wrong == []


@pytest.mark.db
def test_round_the_clock_is_a_week_without_a_gap_however_written(
    session: Session, vocabulary: Vocabulary, listed: dict[int, Schedule], engine: Engine
) -> None:
    moment = at("2026-11-23T12:00")
    on_cards = {
        card.id for card in cards(session, sorted(listed), vocabulary, moment) if card.open_24x7
    }

    assert {id(listed[number]) for number in on_cards} >= set(
        map(id, (ROUND, ROUND_BUT_CHRISTMAS, ALL_WEEK_LONG, FROM_EIGHT_TO_EIGHT, HALVES))
    )
    assert by_engine(engine, ALWAYS_OPEN, vocabulary, moment) == on_cards
    assert by_database(session, ALWAYS_OPEN, moment) == on_cards


def whole_hours(seed: int) -> Schedule:
    """Give a week of shifts at random that are long enough to leave no gap, or nearly."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    shifts: dict[tuple[int, int], int] = {}
    hour = dice.randrange(24)
    end = hour + 7 * 24 - dice.choice([0, 0, 0, 1])
    while hour < end:
        length = dice.randint(1, 24)
        begins = hour - dice.choice([0, 0, 2]) if shifts else hour
        shifts[begins // 24 % 7, begins % 24] = min(length, end - begins)
        hour = begins + length
    return schedule_of(
        (day, start * 60, (start + length) * 60) for (day, start), length in shifts.items()
    )


@pytest.mark.db
def test_weeks_at_random_are_without_a_gap_for_all_alike(
    session: Session, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    moment = at("2026-11-23T12:00")
    made = {
        make_centre(vocabulary, Facts(name=f"House {n}", places=(place_of(week),))).id: week
        for n in range(60)
        for week in (whole_hours(n),)
    }
    engine = Engine(
        snapshot_of(tmp_path / "index", listing_documents(session, [*made], vocabulary))
    )
    always = {number for number, week in made.items() if open_state(week, moment) == ALWAYS}

    assert 10 < len(always) < 50
    assert {number for number, week in made.items() if week.is_always} == always
    assert by_engine(engine, ALWAYS_OPEN, vocabulary, moment) == always
    assert by_database(session, ALWAYS_OPEN, moment) == always


@pytest.mark.db
@pytest.mark.parametrize("asked", [OpenFilter.EVENINGS, OpenFilter.SUNDAY])
def test_evenings_and_sundays_are_the_same_on_card_in_index_and_in_database(
    session: Session,
    vocabulary: Vocabulary,
    listed: dict[int, Schedule],
    engine: Engine,
    asked: OpenFilter,
) -> None:
    moment, search = at("2026-11-23T12:00"), ListingSearch(open_when=frozenset({asked}))
    on_cards = {
        number
        for number, schedule in listed.items()
        if (schedule.has_evenings if asked is OpenFilter.EVENINGS else schedule.has_sundays)
    }

    assert 0 < len(on_cards) < len(listed)
    assert by_engine(engine, search, vocabulary, moment) == on_cards
    assert by_database(session, search, moment) == on_cards


def test_of_several_places_one_that_is_open_is_enough(
    session: Session, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    places = (place_of(SPLIT), place_of(NIGHTS, label="At night"))
    made = make_centre(vocabulary, Facts(name="Two doors", places=places))
    documents = listing_documents(session, [made.id], vocabulary)
    engine = Engine(snapshot_of(tmp_path / "index", documents))

    for words, is_open in (
        ("2026-11-23T12:00", True),
        ("2026-11-23T03:00", True),
        ("2026-11-24T12:00", False),
    ):
        moment = at(words)
        expected = {made.id} if is_open else set()
        assert by_engine(engine, OPEN_NOW, vocabulary, moment) == expected
        assert by_database(session, OPEN_NOW, moment) == expected


LETTERS = (
    "Alder",
    "Birch",
    "Cedar",
    "Damson",
    "Ebony",
    "Fir",
    "Gingko",
    "Hazel",
    "Ivy",
    "Juniper",
    "Kail",
    "Larch",
    "Mulberry",
    "Neem",
    "Oak",
)
SAID = [
    (SPLIT, "2026-11-23T12:30", "Open now until 14:00"),
    (SPLIT, "2026-11-23T15:00", "Closed now, opens 16:00"),
    (SPLIT, "2026-11-23T19:00", "Closed now, opens Wed 11:00"),
    (SPLIT, "2026-11-29T23:59", "Closed now, opens Mon 11:00"),
    (NIGHTS, "2026-11-24T03:00", "Open now until 8:00"),
    (SUNDAY_NIGHT, "2026-11-23T01:59", "Open now until 2:00"),
    (SUNDAY_NIGHT, "2026-11-23T02:00", "Closed now, opens Sun 22:00"),
    (ROUND, "2026-11-23T04:00", "Says it is open day and night"),
    (ALL_WEEK_LONG, "2026-11-23T04:00", "Says it is open day and night"),
    (ROUND_BUT_CHRISTMAS, "2026-12-25T12:00", "Closed now, opens Sat 0:00"),
    (FRIDAYS, "2026-12-25T12:00", "Closed now, opens Sat 10:00"),
    (FRIDAYS, "2026-12-18T12:00", "Open now until 17:00"),
    (ONLY_EXCEPTIONS, "2026-12-25T12:00", "Closed now, opens Sat 9:00"),
    (UNSTATED, "2026-11-23T12:00", "Hours not stated"),
    (DAILY, "2027-01-26T12:00", "Open now until 17:00 (Republic Day: ring first)"),
]


def test_page_and_card_say_it_in_delhi_time(
    app: Flask, client: PageClient, vocabulary: Vocabulary
) -> None:
    wrong = []
    for number, (schedule, words, said) in enumerate(SAID):
        name = f"House {LETTERS[number]}"
        made = make_centre(vocabulary, Facts(name=name, places=(place_of(schedule),)))
        moment = at(words).astimezone(UTC)
        app.extensions["clock"] = lambda moment=moment: moment
        for path in (made.path, f"/search?q={LETTERS[number]}"):
            wrong += [(said, path)] if said not in client.page(path).main_text else []

    assert wrong == []


def test_the_table_holds_every_kind_of_state() -> None:
    assert {state.kind for _, _, _, state in CASES} == set(OpenKind)
    assert len({(id(schedule), words) for _, schedule, words, _ in CASES}) >= 60
    assert {delhi_day(at(words)).weekday() for _, _, words, _ in CASES} == set(range(7))
