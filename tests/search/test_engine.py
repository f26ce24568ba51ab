"""What the engine answers: points, hints, few results, nothing at all, open now, names."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from whoosh import index

from directory.core.clock import DELHI
from directory.listings.models import Accepting
from directory.listings.queries.cards import Point
from directory.listings.queries.search import ListingSearch, OpenFilter, Sort
from directory.search import fields, ranking
from directory.search.documents import DocumentKind, DocumentPlace
from directory.search.engine import Engine
from directory.search.query import Found, Hint, Relaxed, SearchQuery, Word
from directory.search.snapshot.snapshot import EmptyIndexError, Snapshot
from directory.vocabulary.models import TermKind
from tests.search.indexes import add, new_index, person, remove, snapshot_of

if TYPE_CHECKING:
    from pathlib import Path

    from directory.search.documents import SearchDocument
    from directory.vocabulary.queries import Vocabulary

TODAY = date(2026, 11, 23)
SAKET, DWARKA = (28.5245, 77.2066), (28.5921, 77.0460)
MONDAY, TUESDAY = 0, 1


def place(point: tuple[float, float] | None = SAKET, **facts: object) -> DocumentPlace:
    """Give a place, open never unless said."""
    facts = {
        "locality_id": None,
        "open_24x7": False,
        "hours": (),
        "exceptions": (),
        **facts,
    }
    lat, lon = point or (None, None)
    return DocumentPlace(lat=lat, lon=lon, **facts)  # type: ignore[arg-type]


def ids(found: Found) -> list[int]:
    """Give the ids of the hits, in order."""
    return [hit.id for hit in found.hits]


class Ask:
    """Asks an engine over some documents."""

    def __init__(self, folder: Path, vocabulary: Vocabulary, now: datetime) -> None:
        self.folder, self.vocabulary, self.now = folder, vocabulary, now
        self.engine: Engine | None = None

    def of(self, *documents: SearchDocument) -> Ask:
        """Ask about these documents."""
        self.engine = Engine(snapshot_of(self.folder, documents))
        return self

    def __call__(self, search: ListingSearch | None = None, *words: str, **rest: object) -> Found:
        """Give the answer to filters and words."""
        assert self.engine is not None
        query = SearchQuery(
            search or ListingSearch(),
            tuple(Word(tuple(word.split())) for word in words),
            **rest,  # type: ignore[arg-type]
        )
        return self.engine.search(query, self.vocabulary, self.now)


@pytest.fixture
def ask(tmp_path: Path, vocabulary: Vocabulary, now: datetime) -> Ask:
    """Give a way to ask an engine."""
    return Ask(tmp_path / "index", vocabulary, now)


def test_a_word_in_the_head_counts_more_than_one_in_the_body(ask: Ask) -> None:
    ask.of(
        person(1, "A", body=("panic and more",)),
        person(2, "B", "panic"),
        person(3, "C", reviews=("panic and more",)),
    )

    assert ids(ask(None, "panic")) == [2, 1, 3]


def test_the_reasons_of_the_table_raise_a_listing(ask: Ask) -> None:
    plain = person(1, "A")
    ask.of(
        plain,
        person(2, "B", accepting=Accepting.YES, accepting_until=TODAY),
        person(3, "C", registered_until=TODAY),
        person(4, "D", checked_on=TODAY),
        person(5, "E", rating=4.8, review_count=9),
        person(6, "F", accepting=Accepting.NO),
        person(7, "G", rating=1.5, review_count=9),
    )

    order = ids(ask())

    assert order.index(1) > max(order.index(number) for number in (2, 3, 4, 5))
    assert order[-2:] == [6, 7] or order[-2:] == [7, 6]


def test_no_points_come_from_anything_but_the_table(ask: Ask) -> None:
    ask.of(
        person(
            1,
            "A panic",
            accepting=Accepting.YES,
            accepting_until=TODAY,
            registered_until=TODAY,
            claims=2,
            confirmed_until=(TODAY, TODAY),
            checked_on=TODAY,
            rating=5.0,
            review_count=50,
            terms=(("treatment", "esketamine"),),
            places=(place(),),
        )
    )

    found = ask(
        ListingSearch(near=Point(*SAKET)), "panic", hints=(Hint("treatment", "esketamine"),)
    )

    everything = sum(weight.points for weight in ranking.WEIGHTS.values())
    assert everything - ranking.WEIGHTS["turn"].points <= found.hits[0].score <= everything


def test_equal_listings_take_turns_from_day_to_day(ask: Ask) -> None:
    ask.of(*(person(number, "Same Name") for number in range(1, 30)))
    orders = set()
    for days in range(5):
        ask.now += timedelta(days=days)
        orders.add(tuple(ids(ask(limit=50))))
        assert tuple(ids(ask(limit=50))) in orders

    assert len(orders) == 5


def test_a_hint_puts_first_and_leaves_nobody_out(ask: Ask) -> None:
    ask.of(
        *(person(number, "P", terms=(("condition", "depression"),)) for number in range(1, 6)),
        person(9, "Q", terms=(("treatment", "esketamine"),)),
    )

    found = ask(hints=(Hint("treatment", "esketamine"),))

    assert ids(found)[0] == 9
    assert found.total == 6


def test_all_words_are_wanted_until_that_leaves_too_few(ask: Ask) -> None:
    ask.of(
        person(1, "panic grief"),
        person(2, "panic"),
        person(3, "grief"),
    )

    found = ask(None, "panic", "grief")

    assert ids(found)[0] == 1
    assert set(ids(found)) == {1, 2, 3}
    assert found.any_word


def test_a_stray_word_beside_a_meaning_hides_nobody(ask: Ask) -> None:
    ask.of(person(1, "A", terms=(("treatment", "cbt"),)), person(2, "B"))
    cbt = ask.vocabulary.terms[TermKind.TREATMENT]["cbt"].id
    search = ListingSearch(terms={TermKind.TREATMENT: (cbt,)})

    found = ask(search, "zebra", meaning_is_enough=True)

    assert ids(found) == [1]
    assert found.without_words
    assert found.facets.count("treatment", "cbt") == 1
    assert ask(search, "zebra").total == 0


def test_five_results_with_all_words_are_enough(ask: Ask) -> None:
    ask.of(*(person(number, "panic grief") for number in range(1, 6)), person(9, "panic"))

    found = ask(None, "panic", "grief")

    assert found.total == 5
    assert not found.any_word


def test_nothing_found_says_what_each_filter_holds_back(ask: Ask, vocabulary: Vocabulary) -> None:
    tamil = vocabulary.terms[TermKind.LANGUAGE]["ta"].id
    cbt = vocabulary.terms[TermKind.TREATMENT]["cbt"].id
    ask.of(
        person(1, "A panic", terms=(("language", "ta"),)),
        person(2, "B panic", terms=(("treatment", "cbt"),)),
        person(3, "C panic", terms=(("treatment", "cbt"),)),
    )
    search = ListingSearch(terms={TermKind.LANGUAGE: (tamil,), TermKind.TREATMENT: (cbt,)})

    found = ask(search, "panic")

    assert found.total == 0
    assert found.relaxed == (Relaxed("language", 2), Relaxed("treatment", 1))
    assert ask(ListingSearch(terms={TermKind.LANGUAGE: (tamil,)}), "zebra").relaxed == (
        Relaxed("q", 1),
    )


def test_distance_is_to_the_nearest_place_and_those_without_one_come_last(ask: Ask) -> None:
    ask.of(
        person(1, "Far", places=(place(DWARKA),)),
        person(2, "Two places", places=(place(DWARKA), place(SAKET))),
        person(3, "Nowhere", places=(place(None),)),
    )
    near = Point(*SAKET)

    found = ask(ListingSearch(near=near, sort=Sort.DISTANCE))

    assert ids(found) == [2, 1, 3]
    assert [hit.distance_m for hit in found.hits] == [0, pytest.approx(17_400, abs=150), None]
    inside = ask(ListingSearch(near=near, within_m=5000))
    assert ids(inside) == [2]
    assert inside.facets.counts["within"] == {"2": 1, "5": 1, "10": 1, "25": 2, "": 3}


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (23, (10, 0), {1, 4}),
        (23, (13, 0), {4}),
        (24, (1, 0), {2, 4}),
        (24, (10, 0), {4}),
        (30, (10, 0), {3, 4}),
        (30, (15, 0), {1, 3, 4}),
    ],
    ids=["Monday", "after closing", "past midnight", "Tuesday", "closed that day", "other hours"],
)
def test_open_now_is_right_at_the_minute(
    ask: Ask, day: int, clock: tuple[int, int], expected: set[int]
) -> None:
    week = ((MONDAY, 540, 780),)
    that_monday = date(2026, 11, 30)
    ask.of(
        person(1, "Morning", places=(place(hours=week, exceptions=((that_monday, 840, 960),)),)),
        person(2, "Night", places=(place(hours=((MONDAY, 1320, 1560),)),)),
        person(
            3,
            "Two places",
            places=(
                place(hours=week, exceptions=((that_monday, None, None),)),
                place(exceptions=((that_monday, 0, 1440),)),
            ),
        )
        if day == 30
        else person(3, "Never", places=(place(),)),
        person(4, "Always", places=(place(open_24x7=True),)),
    )
    ask.now = datetime(2026, 11, day, *clock, tzinfo=DELHI)

    found = ask(ListingSearch(open_when=frozenset({OpenFilter.NOW})))

    assert set(ids(found)) == expected
    assert found.facets.count("open", "now") == len(expected)


def test_ratings_are_sorted_filtered_and_counted(ask: Ask) -> None:
    ask.of(
        person(1, "A", rating=4.6, review_count=8),
        person(2, "B", rating=4.6, review_count=20),
        person(3, "C", rating=3.2, review_count=40),
        person(4, "D", review_count=3),
    )

    assert ids(ask(ListingSearch(sort=Sort.RATING))) == [2, 1, 3, 4]
    assert ids(ask(ListingSearch(sort=Sort.REVIEWS))) == [3, 2, 1, 4]
    found = ask(ListingSearch(rating_min=4.0))
    assert set(ids(found)) == {1, 2}
    assert found.facets.counts["rating_band"] == {"4.5": 2, "4": 2, "3.5": 2, "3": 3}


def test_pages_to_read_are_a_group_of_their_own(ask: Ask) -> None:
    guide = person(7, "Depression", "अवसाद", kind=DocumentKind.GUIDE)
    ask.of(guide, person(1, "depression"))
    assert ask.engine is not None

    assert ids(ask(None, "depression")) == [1]
    assert ask.engine.pages((Word(("depression",)),), 3) == (7,)
    assert ask.engine.pages((Word(("zebra",)),), 3) == ()
    assert ask.engine.pages((), 3) == ()


def test_listings_are_named_by_the_beginnings_of_words(ask: Ask) -> None:
    ask.of(
        person(1, "Asha Verma"),
        person(2, "Ashok Varma", names=("Ashok Varma", "अशोक वर्मा")),
        person(3, "Meera Ashraf"),
    )
    assert ask.engine is not None

    assert ask.engine.ids_named(("ash",), 5) == (1, 2, 3)
    assert ask.engine.ids_named(("ash", "ver"), 5) == (1,)
    assert ask.engine.ids_named(("अशो",), 5) == (2,)
    assert ask.engine.snapshot.names["asha"] == 1
    assert ask.engine.snapshot.knows("verma")
    assert not ask.engine.snapshot.knows("zebra")


def test_a_deleted_listing_is_gone_and_a_changed_one_stands_once(
    tmp_path: Path, vocabulary: Vocabulary, now: datetime
) -> None:
    made = new_index(tmp_path)
    add(made, [person(1, "panic"), person(2, "panic"), person(3, "panic")])
    remove(made, "listing:2")
    add(made, [person(3, "grief")], merge=False)

    engine = Engine(Snapshot.open(made, generation="2"))

    panic = engine.search(SearchQuery(ListingSearch(), (Word(("panic",)),)), vocabulary, now)
    assert ids(panic) == [1]
    assert engine.search(SearchQuery(ListingSearch()), vocabulary, now).total == 2
    assert engine.snapshot.document_count == 2


def test_an_index_nothing_was_committed_to_is_refused(tmp_path: Path) -> None:
    assert Snapshot.open(new_index(tmp_path / "state"), generation="1").document_count == 0

    folder = tmp_path / "empty"
    folder.mkdir()
    with pytest.raises(EmptyIndexError):
        Snapshot.open(index.create_in(str(folder), fields.SCHEMA), generation="1")


def test_the_same_question_is_answered_from_memory_until_the_minute_turns(ask: Ask) -> None:
    ask.of(person(1, "panic"))

    first = ask(None, "panic")

    assert ask(None, "panic") is first
    ask.now += timedelta(minutes=1)
    assert ask(None, "panic") is not first


def test_two_open_places_in_one_locality_count_once(ask: Ask, vocabulary: Vocabulary) -> None:
    saket = vocabulary.localities["saket"]
    two = (place(locality_id=saket.id, open_24x7=True), place(locality_id=saket.id, open_24x7=True))
    ask.of(person(1, "Two", places=two, localities=("saket",), districts=(saket.district.slug,)))

    found = ask(ListingSearch(open_when=frozenset({OpenFilter.ROUND_THE_CLOCK})))

    assert found.facets.counts["locality"] == {"saket": 1}
    assert found.facets.counts["district"] == {saket.district.slug: 1}
