"""Demo reviews as a whole: the same each time, in all states, under every rule."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.core.clock import DELHI, delhi_day
from directory.demo.reviews.decks import DECKS, Rules
from directory.demo.reviews.drafts import DemoListing, Person, What
from directory.demo.reviews.fates import FATES
from directory.demo.reviews.generation import demo_reviews
from directory.reviews.models import Aspect, CareKind, Relation, ReviewState, RuleCode
from directory.reviews.policy import LOW_RATING, ONE_PERSON_RULES, counts, quarters_open
from tests.demo.conftest import SEED, TODAY
from tests.demo.reviews.conftest import REVIEWS
from tests.support.project import PROJECT

if TYPE_CHECKING:
    from directory.demo.reviews.drafts import DemoReview

BEGAN = datetime.combine(TODAY, time(), DELHI)
LEAST_IN_STATE = {
    ReviewState.PUBLISHED: 2300,
    ReviewState.PENDING: 55,
    ReviewState.RETURNED: 10,
    ReviewState.UNCONFIRMED: 10,
    ReviewState.REJECTED: 200,
    ReviewState.WITHDRAWN: 60,
    ReviewState.REMOVED: 30,
    ReviewState.RESTRICTED: 1,
    ReviewState.EXPIRED: 60,
    ReviewState.ERASED: 3,
    ReviewState.HIDDEN: 1,
}
IN_ANOTHER = """
from datetime import date
from directory.demo.reviews.drafts import DemoListing
from directory.demo.reviews.generation import demo_reviews
listings = [DemoListing(f"demo:7:{number}", number % 5 == 0,
    "psychiatric-hospital" if number % 5 == 0 else "psychiatrist") for number in range(40)]
for made in demo_reviews(reviews=200, seed=7, today=date(2026, 11, 23), listings=listings):
    print(ascii((made, made.text)))
"""


def test_other_programs_make_the_same_reviews() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", IN_ANOTHER],
            cwd=PROJECT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(answers) == 1
    assert next(iter(answers)).count(b"\n") == 200


def test_another_seed_makes_others(reviewed: list[DemoListing], reviews: list[DemoReview]) -> None:
    known = {review.text for review in reviews}
    others = list(demo_reviews(reviews=60, seed=SEED + 1, today=TODAY, listings=reviewed))

    assert sum(review.text in known for review in others) <= 3


@pytest.mark.parametrize("number", [1, 7, 120])
def test_few_reviews_are_as_many_as_asked(number: int, reviewed: list[DemoListing]) -> None:
    made = list(demo_reviews(reviews=number, seed=SEED, today=TODAY, listings=reviewed))

    assert [review.number for review in made] == list(range(1, number + 1))


def test_without_listings_there_is_nothing_to_speak_of() -> None:
    assert list(demo_reviews(reviews=10, seed=SEED, today=TODAY, listings=[])) == []


def test_every_state_occurs_and_most_are_published(reviews: list[DemoReview]) -> None:
    states = Counter(review.state for review in reviews)

    assert len(reviews) == REVIEWS
    assert {state for state, least in LEAST_IN_STATE.items() if states[state] < least} == set()
    assert set(states) == set(ReviewState)
    assert states[ReviewState.HIDDEN] == 1
    assert states[ReviewState.RESTRICTED] <= 2


def test_three_languages_are_written(reviews: list[DemoReview]) -> None:
    languages = Counter(review.author.language for review in reviews)

    assert 1400 < languages["en"] < 1800
    assert 450 < languages["hi"] < 750
    assert 650 < languages["hinglish"] < 950


def test_every_rule_is_deserved_by_somebody(reviews: list[DemoReview]) -> None:
    deserved = Counter(review.breaks for review in reviews)
    waiting = {review.breaks for review in reviews if review.state is ReviewState.PENDING}

    assert [rule for rule in RuleCode if not deserved[rule]] == []
    assert set(RuleCode) - waiting <= {RuleCode.UNCONFIRMED, RuleCode.LEGAL_ORDER}


def test_stars_are_not_only_praise_and_complaint(reviews: list[DemoReview]) -> None:
    stars = Counter(review.overall for review in reviews)

    assert min(stars[2], stars[3], stars[4]) > REVIEWS * 0.08
    assert stars[5] < REVIEWS * 0.4


def test_some_listings_are_much_spoken_of_and_many_too_little_for_a_score(
    reviews: list[DemoReview], reviewed: list[DemoListing]
) -> None:
    published = Counter(r.listing_ref for r in reviews if r.state is ReviewState.PUBLISHED)
    under_five = sum(published[listing.ref] < 5 for listing in reviewed)

    assert sum(count > 30 for count in published.values()) >= 2
    assert under_five > len(reviewed) / 3
    assert len(published) > len(reviewed) / 2
    assert len(published) < len(reviewed)


def test_nobody_writes_twice_of_a_listing_and_some_of_several(reviews: list[DemoReview]) -> None:
    written = Counter((review.author.number, review.listing_ref) for review in reviews)
    by_author = Counter(review.author.number for review in reviews)

    assert max(written.values()) == 1
    assert sum(count > 1 for count in by_author.values()) > 200


def test_an_author_keeps_language_and_address(reviews: list[DemoReview]) -> None:
    authors = defaultdict(set)
    for review in reviews:
        authors[review.author.number].add(review.author)

    assert all(len(found) == 1 for found in authors.values())
    assert all(r.author.address(SEED).endswith("@example.invalid") for r in reviews)


def test_everything_happened_in_order_and_before_the_day_began(reviews: list[DemoReview]) -> None:
    for review in reviews:
        times = [event.at for event in review.life]
        assert times == sorted(times)
        assert times[-1] <= BEGAN


def test_the_desk_names_who_acted_and_two_people_are_two(reviews: list[DemoReview]) -> None:
    for review in reviews:
        people = [event.by for event in review.life if event.by is not None]
        assert len(people) == len(set(people))
        for event in review.life:
            if event.what in {What.AGREE_REJECT, What.AGREE_REMOVE, What.KEEP_DECISION}:
                assert event.by is not None


def test_a_low_rating_is_never_rejected_by_one_person(reviews: list[DemoReview]) -> None:
    for review in reviews:
        for event in review.life:
            if event.what is What.REJECT and event.rule not in ONE_PERSON_RULES:
                assert review.overall > LOW_RATING
            if event.what is What.PROPOSE_REJECT:
                assert review.overall <= LOW_RATING


def test_a_legal_order_needs_the_administrator(reviews: list[DemoReview]) -> None:
    found = [review for review in reviews if review.state is ReviewState.RESTRICTED]

    assert found
    for review in found:
        assert next(event.by for event in review.life if "restrict" in event.what) is Person.A


def test_the_hidden_one_is_still_within_its_day(reviews: list[DemoReview]) -> None:
    (hidden,) = [review for review in reviews if review.state is ReviewState.HIDDEN]

    assert BEGAN - hidden.life[-1].at < timedelta(hours=1)


def test_the_queue_is_alive(reviews: list[DemoReview]) -> None:
    last = Counter(
        (review.state, review.life[-1].what)
        for review in reviews
        if BEGAN - review.life[-1].at <= timedelta(days=10)
    )

    assert last[ReviewState.PENDING, What.CONFIRM] > 40
    assert last[ReviewState.PENDING, What.RESUBMIT] >= 1
    assert last[ReviewState.PENDING, What.PROPOSE_REJECT] >= 1
    assert last[ReviewState.PUBLISHED, What.FLAG] >= 5
    assert last[ReviewState.PUBLISHED, What.PROPOSE_REMOVE] == 1
    assert last[ReviewState.REJECTED, What.APPEAL] >= 3
    assert sum(review.is_crisis for review in reviews) >= 1


def test_one_listing_was_praised_by_many_within_two_days(reviews: list[DemoReview]) -> None:
    burst = [review for review in reviews if review.network is not None]

    assert len(burst) >= 8
    assert len({review.listing_ref for review in burst}) == 1
    times = sorted(review.life[0].at for review in burst)
    assert times[-1] - times[0] < timedelta(days=6)


def test_visits_were_open_to_write_about_and_some_no_longer_count(
    reviews: list[DemoReview],
) -> None:
    for review in reviews:
        assert review.quarter in set(quarters_open(delhi_day(review.life[0].at)))
    published = [review for review in reviews if review.state is ReviewState.PUBLISHED]
    old = [review for review in published if not counts(review.quarter, TODAY)]
    assert 100 < len(old) < 900


def test_only_what_was_there_is_rated(
    reviews: list[DemoReview], reviewed: list[DemoListing]
) -> None:
    centres = {listing.ref for listing in reviewed if listing.is_centre}
    of_centres = {Aspect.NIGHT, Aspect.CLEANLINESS}
    for review in reviews:
        rated = set(review.versions[-1].aspects)
        if review.listing_ref not in centres:
            assert not rated & of_centres
            assert review.care_kind is not CareKind.ADMISSION
        if review.care_kind is not CareKind.ADMISSION:
            assert Aspect.NIGHT not in rated
    assert any(Aspect.NIGHT in review.versions[-1].aspects for review in reviews)


def test_a_child_does_not_write(reviews: list[DemoReview], reviewed: list[DemoListing]) -> None:
    of_children = {listing.ref for listing in reviewed if "child" in listing.slug}
    written = [review for review in reviews if review.listing_ref in of_children]

    assert written
    assert all(review.relation is not Relation.TREATED for review in written)


def test_a_returned_text_was_changed(reviews: list[DemoReview]) -> None:
    for review in reviews:
        again = any(event.what is What.RESUBMIT for event in review.life)
        assert len({version.text for version in review.versions}) == (2 if again else 1)


def test_every_deck_named_by_a_fate_is_there() -> None:
    dealt = Rules(SEED)

    assert {fate.rules for fate in FATES.values() if fate.rules} == set(DECKS)
    assert {dealt.deal("burst"), dealt.deal("order"), dealt.deal(None)} == {
        RuleCode.MANUFACTURED,
        RuleCode.LEGAL_ORDER,
        None,
    }
