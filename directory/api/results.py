"""A search's answer as the document of `/api/v1/listings`.

Called by `listings.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from directory.api.facets import facets_document
from directory.listings.models import ListingKind
from directory.reviews.queries.ratings import NO_REVIEWS
from directory.search.highlight import snippet
from directory.search.ways import without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.api.schemas import (
        Guide as GuideDocument,
    )
    from directory.api.schemas import (
        Rating,
        RelaxedSearch,
        Result,
        Search,
        UnderstoodWords,
    )
    from directory.listings.queries.cards import ListingCard
    from directory.listings.queries.results import ResultFacts
    from directory.reviews.queries.ratings import RatingFacts
    from directory.search.guides import Guide
    from directory.search.query import Found
    from directory.search.request import Reading, SearchRequest, Understood
    from directory.vocabulary.queries import Vocabulary

ADDRESS = "/api/v1/listings"
FOLDERS = {ListingKind.PRACTITIONER: "therapists", ListingKind.CENTRE: "centres"}
METRES_IN_A_KILOMETRE = 1000
UNREAD = "No clinician has read this guide yet."


def search_document(
    asked: SearchRequest,
    found: Found,
    items: list[Result],
    guides: Sequence[Guide],
    vocabulary: Vocabulary,
) -> Search:
    """Give the whole answer but for the time it took."""
    reading = asked.reading
    return {
        "total": found.total,
        "page": asked.page,
        "per_page": asked.per_page,
        "took_ms": 0.0,
        "understood": [_understood(item) for item in reading.understood],
        "did_you_mean": reading.did_you_mean,
        "corrected": [{"typed": item.typed, "meant": item.meant} for item in reading.corrections],
        "choices": [
            {
                "text": item.text,
                "parameter": item.parameter,
                "taken": item.taken,
                "others": list(item.others),
            }
            for item in reading.choices
        ],
        "relaxed": _relaxed(asked, found),
        "any_word": found.any_word,
        "without_words": found.without_words,
        "crisis": reading.crisis,
        "guides": [_guide(guide) for guide in guides],
        "items": items,
        "facets": facets_document(asked.query.filters, found.facets, vocabulary),
        "index": {
            "generation": found.generation or None,
            "complete": bool(found.generation),
        },
    }


def result_documents(
    asked: SearchRequest,
    found: Found,
    cards: Sequence[ListingCard],
    facts: Mapping[int, ResultFacts],
    ratings: Mapping[int, RatingFacts],
) -> list[Result]:
    """Give the results of a page; a listing that is no longer public is left out."""
    words = searched_words(asked.reading)
    scores = {hit.id: hit.score for hit in found.hits} if found.generation else {}
    return [
        _result(
            card,
            facts[card.id],
            ratings.get(card.id, NO_REVIEWS),
            score=scores.get(card.id),
            words=words,
        )
        for card in cards
        if card.id in facts
    ]


def searched_words(reading: Reading) -> list[str]:
    """Give the words to mark: those searched for, and those that were understood."""
    meant = {item.typed: item.meant for item in reading.corrections}
    words = [*reading.words, *reading.phrases, *(item.text for item in reading.understood)]
    return [*words, *(meant[word] for word in reading.words if word in meant)]


def rating_document(rating: RatingFacts) -> Rating:
    """Give the score as the site shows it, and how many reviews count."""
    return {"score": rating.score, "count": rating.counted}


def listing_path(kind: ListingKind, slug: str) -> str:
    """Give the path of a listing's page on this site."""
    return f"/{FOLDERS[kind]}/{slug}"


def _result(
    card: ListingCard,
    facts: ResultFacts,
    rating: RatingFacts,
    *,
    score: float | None,
    words: Sequence[str],
) -> Result:
    place = card.place
    metres = place.distance_m if place else None
    return {
        "slug": card.slug,
        "kind": card.kind.value,
        "name": card.name,
        "profession": None if card.is_centre else card.role.slug,
        "centre_type": card.role.slug if card.is_centre else None,
        "url": listing_path(card.kind, card.slug),
        "locality": place.locality.slug if place and place.locality else None,
        "distance_km": None if metres is None else round(metres / METRES_IN_A_KILOMETRE, 2),
        "rating": rating_document(rating),
        "fee_from": facts.fee_from,
        "open_24x7": card.open_24x7,
        "accepting": card.accepting.value,
        "registered": card.registered.value if card.registered else None,
        "snippet": snippet(facts.texts, words),
        "score": score,
        "unconfirmed": _unconfirmed(card),
        "doubts": [doubt.fact for doubt in card.doubts],
    }


def _unconfirmed(card: ListingCard) -> dict[str, str]:
    """Give the facts whose newest check no longer counts, with the day it was made."""
    checks = {
        "accepting": card.accepting_check,
        "phone": card.phone_check,
        "night": card.night_check,
        "fee": card.fee_check,
    }
    found = {
        fact: check.checked_on.isoformat()
        for fact, check in checks.items()
        if check is not None and check.expired
    }
    looked_up = card.registration
    if looked_up is not None and looked_up.expired and looked_up.checked_on is not None:
        found["registration"] = looked_up.checked_on.isoformat()
    return found


def _understood(item: Understood) -> UnderstoodWords:
    document: UnderstoodWords = {
        "text": item.text,
        "parameter": item.parameter,
        "value": item.value,
    }
    if item.hint:
        document["hint"] = True
    return document


def _relaxed(asked: SearchRequest, found: Found) -> RelaxedSearch | None:
    if not found.relaxed:
        return None
    way = found.relaxed[0]
    parameters = without(asked, way.parameter)
    query = f"?{urlencode(parameters, doseq=True)}" if parameters else ""
    return {"parameter": way.parameter, "total": way.total, "url": f"{ADDRESS}{query}"}


def _guide(guide: Guide) -> GuideDocument:
    notice = UNREAD if guide.is_unread else None
    return {"title": guide.title_en, "url": guide.path, "notice": notice}
