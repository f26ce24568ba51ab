"""Loads demo reviews into the directory: one transaction, in the order a live desk had worked.

Called by `flask demo load`. Not for making the reviews (`generation.py`) nor for the rows of
each step (`rounds.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from directory.accounts.models import Consent, ConsentPurpose
from directory.core.clock import delhi_day
from directory.core.db import db, writing
from directory.core.errors import InvalidError
from directory.demo.documents import DEFAULT_LISTINGS
from directory.demo.reviews.banks import read_review_banks
from directory.demo.reviews.courses import Course, Place
from directory.demo.reviews.desk import dress_queue
from directory.demo.reviews.drafts import DemoListing, What
from directory.demo.reviews.generation import demo_reviews
from directory.demo.reviews.people import make_authors, make_staff
from directory.demo.reviews.recording import Recording
from directory.demo.reviews.rounds import Rounds
from directory.demo.reviews.screened import advice_on
from directory.listings.models import (
    Centre,
    Listing,
    ListingState,
    Location,
    Practitioner,
)
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes
from directory.reviews.models import (
    Pseudonym,
    RatingSummary,
    Review,
    ReviewState,
    ReviewVersion,
)
from directory.reviews.policy import TERMS_VERSION
from directory.reviews.summaries import summary_of
from directory.vocabulary.models import District, Locality, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from directory.accounts.keys import Keys
    from directory.demo.reviews.drafts import DemoReview
    from directory.demo.reviews.screened import Advice

MOST_REVIEWS = 100_000
# So many for the listings of the default load, and as many for each listing of any other.
DEFAULT_REVIEWS = 3000


@dataclass(frozen=True, slots=True)
class ReviewsLoaded:
    """How many demo reviews went in, and how many were there already."""

    new: int
    unchanged: int


def reviews_for(listings: int) -> int:
    """Give how many reviews go with so many listings: 3,000 with 660."""
    return min(MOST_REVIEWS, round(listings * DEFAULT_REVIEWS / DEFAULT_LISTINGS))


def load_demo_reviews(
    *, reviews: int, seed: int, now: datetime, keys: Keys, today: date | None = None
) -> ReviewsLoaded:
    """Bring the demo reviews of a seed into the directory, about its published demo listings.

    Once some are there nothing is added: a review is an act of its day and never made twice.
    No letter is queued. Raises `InvalidError` for a number out of range. Some 2 ms a review, of
    which one half holds up other writers.
    """
    if not 0 <= reviews <= MOST_REVIEWS:
        raise InvalidError("reviews", f"Reviews must be from 0 to {MOST_REVIEWS}.")
    there = _loaded_before(db.session(), seed)
    if there or not reviews:
        return ReviewsLoaded(new=0, unchanged=there)
    places = _places(db.session(), seed)
    listings = [listing for listing, _place in places]
    by_ref = {listing.ref: place for listing, place in places}
    day = today or delhi_day(now)
    made = list(demo_reviews(reviews=reviews, seed=seed, today=day, listings=listings))
    if not made:
        return ReviewsLoaded(new=0, unchanged=0)
    advice = advice_on(made, by_ref)
    with writing() as session:
        there = _loaded_before(session, seed)
        if there:
            return ReviewsLoaded(new=0, unchanged=there)
        _Storing(session, seed, keys, now).store(made, by_ref, advice)
    return ReviewsLoaded(new=len(made), unchanged=0)


@dataclass(frozen=True, slots=True)
class _Storing:
    """One load inside its transaction."""

    session: Session
    seed: int
    keys: Keys
    now: datetime

    def store(self, made: list[DemoReview], places: Mapping[str, Place], advice: Advice) -> None:
        """Store these reviews with all that belongs to them; the record comes last."""
        session, recording, desk = self.session, Recording(), read_review_banks().desk
        began = min(review.life[0].at for review in made)
        staff = make_staff(session, self.keys, recording, since=began)
        authors = make_authors(session, made, seed=self.seed, keys=self.keys)
        courses = [
            Course(review, places[review.listing_ref], authors[review.author.number])
            for review in made
        ]
        Rounds(
            session,
            seed=self.seed,
            staff=staff,
            desk=desk,
            advice=advice,
            recording=recording,
            keys=self.keys,
            now=self.now,
        ).store(courses)
        _note_consents(session, courses)
        dress_queue(session, courses, staff=staff, desk=desk, recording=recording, now=self.now)
        listing_ids = {course.place.id for course in courses}
        _summarise(session, listing_ids, now=self.now)
        recording.write(session)
        record_changes(session, ChangeNoun.LISTING, sorted(listing_ids), self.now)


def _loaded_before(session: Session, seed: int) -> int:
    """Count the demo reviews of a seed's listings."""
    found = (
        select(func.count())
        .select_from(Review)
        .join(Listing, Listing.id == Review.listing_id)
        .where(Review.is_demo.is_(True), Listing.ref.like(f"demo:{seed}:%"))
    )
    return session.scalar(found) or 0


def _places(session: Session, seed: int) -> list[tuple[DemoListing, Place]]:
    """Give the published demo listings of a seed, in the order of their numbers."""
    kind = func.coalesce(Practitioner.profession_id, Centre.centre_type_id)
    rows = session.execute(
        select(Listing.id, Listing.ref, Listing.name, Term.slug, Centre.listing_id, District.slug)
        .outerjoin(Practitioner, Practitioner.listing_id == Listing.id)
        .outerjoin(Centre, Centre.listing_id == Listing.id)
        .join(Term, Term.id == kind)
        .outerjoin(Location, (Location.listing_id == Listing.id) & (Location.position == 0))
        .outerjoin(Locality, Locality.id == Location.locality_id)
        .outerjoin(District, District.id == Locality.district_id)
        .where(
            Listing.is_demo.is_(True),
            Listing.state == ListingState.PUBLISHED,
            Listing.ref.like(f"demo:{seed}:%"),
        )
        .order_by(func.length(Listing.ref), Listing.ref)
    )
    return [
        (DemoListing(ref, is_centre=centre is not None, slug=slug), Place(id_, name, district))
        for id_, ref, name, slug, centre, district in rows
    ]


def _note_consents(session: Session, courses: Iterable[Course]) -> None:
    """Add to the ledger what each author agreed to when they confirmed a review."""
    lines: list[dict[str, Any]] = []
    for course in courses:
        review = course.review
        confirmed = [event.at for event in review.life if event.what is What.CONFIRM]
        purposes = [ConsentPurpose.PUBLICATION]
        if review.pseudonym is not Pseudonym.NEUTRAL:
            purposes.append(ConsentPurpose.DISPLAY_NAME)
        lines += [
            {
                "user_id": course.author_id,
                "purpose": purpose,
                "given": True,
                "text_version": TERMS_VERSION,
                "at": at,
            }
            for at in confirmed
            for purpose in purposes
        ]
    if lines:
        session.execute(insert(Consent), sorted(lines, key=lambda line: line["at"]))


def _summarise(session: Session, listing_ids: set[int], *, now: datetime) -> None:
    """Write the summaries of these listings anew, each from all its published reviews."""
    published: dict[int, list[tuple[int, str]]] = {listing_id: [] for listing_id in listing_ids}
    rows = session.execute(
        select(Review.listing_id, ReviewVersion.overall, ReviewVersion.visit_quarter)
        .join(ReviewVersion, ReviewVersion.review_id == Review.id)
        .where(
            Review.state == ReviewState.PUBLISHED,
            ReviewVersion.number == Review.current_version,
        )
    )
    for listing_id, overall, quarter in rows:
        if listing_id in published:
            published[listing_id].append((overall, quarter))
    there = {row.listing_id for row in session.scalars(select(RatingSummary)).all()}
    for listing_id, pairs in sorted(published.items()):
        summary = summary_of(listing_id, pairs, today=delhi_day(now), now=now)
        if listing_id in there:
            session.merge(summary)
        else:
            session.add(summary)
    session.flush()
