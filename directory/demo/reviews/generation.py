"""Yields demo reviews, the same each time for a seed, a day, a number and a list of listings.

Pure: nothing here knows a database. Called by `loading.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.core.clock import delhi_day
from directory.demo.dice import Dice
from directory.demo.reviews import breaches as rules
from directory.demo.reviews.authors import Authors
from directory.demo.reviews.banks import read_review_banks
from directory.demo.reviews.decks import Rules
from directory.demo.reviews.drafts import DemoReview, DemoVersion, What
from directory.demo.reviews.fates import BURST, CRISIS, FATES, Stars, fates_for, life_of
from directory.demo.reviews.kinds import aspects_for, care_for, relation_for
from directory.demo.reviews.ratings import (
    aspect_for,
    overall_for,
    talk_about,
    temper_for,
    unsafe_for,
)
from directory.demo.reviews.texts import ReviewTexts, Scene, habit_for, typed
from directory.reviews.models import LEAST_LETTERS, Pseudonym, RuleCode
from directory.reviews.policy import quarters_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from directory.demo.reviews.drafts import DemoAuthor, DemoListing, LifeEvent
    from directory.demo.reviews.fates import Fate

PSEUDONYMS = {Pseudonym.WITH_DISTRICT: 55, Pseudonym.ROLE_ONLY: 30, Pseudonym.NEUTRAL: 15}
# How many quarters ago the visit was when it was written about.
QUARTERS_AGO = {0: 40, 1: 30, 2: 12, 3: 7, 4: 5, 5: 3, 6: 2, 7: 1}
WRITES_ONCE = frozenset({RuleCode.ADVERTISING, RuleCode.MANUFACTURED, RuleCode.DUPLICATE})
ANGRY = frozenset(
    {RuleCode.THREAT, RuleCode.SELF_HARM, RuleCode.CRIME_AS_FACT, RuleCode.BEFORE_COURT}
)
ONCE_ONLY = frozenset({"never confirmed", "unconfirmed", "erased", CRISIS, *BURST})
TRIES = 12
BURST_NETWORK = 1


def demo_reviews(
    *, reviews: int, seed: int, today: date, listings: Sequence[DemoListing]
) -> Iterator[DemoReview]:
    """Yield the reviews listing by listing; some 0.2 ms a review.

    Everything that happened lies before `today` began in Delhi. Without listings there is
    nothing to speak of, so nothing is yielded.
    """
    if not listings:
        return
    maker = ReviewMaker(seed, today)
    dice = Dice(seed, "demo reviews", reviews)
    counts = talk_about(len(listings), reviews, dice)
    plain, burst = _parted(fates_for(reviews, dice))
    busiest = _busy_listing(counts, len(burst))
    number = 0
    for index, (listing, count) in enumerate(zip(listings, counts, strict=True)):
        temper = temper_for(dice)
        for place in range(count):
            is_burst = index == busiest and place < len(burst)
            name = burst[place] if is_burst else plain.pop()
            number += 1
            yield maker.make(number, listing, temper, name)


class ReviewMaker:
    """Makes reviews one after the other; authors, rules and sentences are shared out."""

    def __init__(self, seed: int, today: date) -> None:
        """Read the banks and begin with nobody."""
        banks = read_review_banks()
        self._seed = seed
        self._today = today
        self._authors = Authors()
        self._rules = Rules(seed)
        self._texts = ReviewTexts(banks, seed)
        self._breaches = rules.Breaches(banks)
        self._seen: set[str] = set()

    def make(self, number: int, listing: DemoListing, temper: str, fate_name: str) -> DemoReview:
        """Give one review of a listing that is liked in this way, with this fate."""
        dice = Dice(self._seed, "review", number)
        fate = FATES[fate_name]
        rule = self._rules.deal(fate.rules)
        breaks = rule if fate.deserved else None
        author = self._author(fate_name, breaks, listing, dice)
        life = life_of(fate, rule, self._today, dice)
        scene = self._scene(listing, author, temper, _stars(fate, breaks), dice)
        versions = self._versions(scene, life, breaks, fate_name, dice)
        return DemoReview(
            number=number,
            listing_ref=listing.ref,
            author=author,
            versions=versions,
            unsafe=unsafe_for(scene.overall, dice),
            quarter=_quarter(life, dice),
            relation=scene.relation,
            care_kind=scene.care,
            pseudonym=dice.weighted(PSEUDONYMS),
            life=life,
            state=fate.state,
            breaks=breaks,
            is_copy=breaks in rules.COPIES,
            is_crisis=fate_name == CRISIS,
            network=BURST_NETWORK if fate_name in BURST else None,
        )

    def _author(
        self, fate_name: str, breaks: RuleCode | None, listing: DemoListing, dice: Dice
    ) -> DemoAuthor:
        if fate_name in BURST:
            return self._authors.newcomer(dice, "en")
        if fate_name in ONCE_ONLY or breaks in WRITES_ONCE:
            return self._authors.newcomer(dice)
        return self._authors.for_listing(listing.ref, dice)

    def _scene(
        self, listing: DemoListing, author: DemoAuthor, temper: str, stars: Stars, dice: Dice
    ) -> Scene:
        care = care_for(listing, dice)
        overall = overall_for(temper, stars, dice)
        return Scene(
            listing=listing,
            author=author,
            relation=relation_for(listing, dice),
            care=care,
            overall=overall,
            aspects={
                aspect: aspect_for(overall, dice) for aspect in aspects_for(listing, care, dice)
            },
        )

    def _versions(
        self,
        scene: Scene,
        life: tuple[LifeEvent, ...],
        breaks: RuleCode | None,
        fate_name: str,
        dice: Dice,
    ) -> tuple[DemoVersion, ...]:
        slots = self._texts.slots(scene, dice)
        if fate_name == CRISIS:
            return (_version(scene, self._breaches.crisis(scene.author, slots, dice)),)
        if breaks in rules.COPIES:
            ref = scene.listing.ref
            text = self._breaches.copy(breaks, ref, scene.author, slots, dice)
            return (_version(scene, text),)
        if breaks in rules.WHOLE:
            return (_version(scene, self._whole(breaks, scene, dice)),)
        sentences, text = self._new_text(scene, slots, dice)
        if breaks is None or breaks in rules.UNSEEN:
            self._breaches.note(scene.listing.ref, scene.author.language, text)
            return (_version(scene, text),)
        place = dice.whole(1, len(sentences))
        broken = self._breaches.sentence(breaks, scene.author, slots, dice)
        first = _version(
            scene, self._typed(scene, [*sentences[:place], broken, *sentences[place:]])
        )
        if any(event.what is What.RESUBMIT for event in life):
            return (first, _version(scene, text))
        return (first,)

    def _new_text(self, scene: Scene, slots: dict[str, str], dice: Dice) -> tuple[list[str], str]:
        """Give sentences and the text they make, which nobody has sent before."""
        for _try in range(TRIES):
            sentences = self._texts.sentences(scene, slots, dice)
            text = self._typed(scene, sentences)
            if text not in self._seen and len(text) >= LEAST_LETTERS:
                break
        self._seen.add(text)
        return sentences, text

    def _whole(self, rule: RuleCode, scene: Scene, dice: Dice) -> str:
        """Give a text that breaks a rule from end to end, and that nobody has sent before."""
        for _try in range(TRIES):
            slots = self._texts.slots(scene, dice)
            text = self._breaches.whole(rule, scene.author, slots, dice)
            if text not in self._seen:
                break
        self._seen.add(text)
        return text

    def _typed(self, scene: Scene, sentences: list[str]) -> str:
        habit = habit_for(scene.author, self._seed, Dice)
        return typed(sentences, scene.author.language, habit)


def _parted(names: list[str]) -> tuple[list[str], list[str]]:
    """Give the fates of most reviews, and those of the one burst."""
    return (
        [name for name in names if name not in BURST],
        [name for name in names if name in BURST],
    )


def _busy_listing(counts: list[int], least: int) -> int:
    """Give the listing that the burst comes to: the most spoken of."""
    return max(range(len(counts)), key=lambda index: (counts[index] >= least, counts[index]))


def _stars(fate: Fate, breaks: RuleCode | None) -> Stars:
    """Say which stars go with a fate; who threatens is not pleased, what is made up praises."""
    if breaks is RuleCode.MANUFACTURED:
        return Stars.NOT_LOW
    return Stars.LOW if breaks in ANGRY and fate.stars is Stars.ANY else fate.stars


def _version(scene: Scene, text: str) -> DemoVersion:
    return DemoVersion(text=text, overall=scene.overall, aspects=scene.aspects)


def _quarter(life: tuple[LifeEvent, ...], dice: Dice) -> str:
    """Give a quarter that was open to write about on the day of submission."""
    quarters = list(quarters_open(delhi_day(life[0].at)))
    return quarters[min(dice.weighted(QUARTERS_AGO), len(quarters) - 1)]
