"""The shape of a listing's published reviews: what was said, never by whom."""

from __future__ import annotations

from typing import Annotated, TypedDict

from directory.api.schemas.about import About, day, one_of
from directory.reviews.models import MOST_LETTERS, CareKind, Relation

LANGUAGES = ("en", "hi", "hinglish")


class Review(TypedDict):
    """One published review."""

    id: Annotated[str, About("Its name in addresses: /reviews/<id>/flag objects to it.")]
    overall: Annotated[int, About("The overall rating.", least=1, most=5)]
    aspects: Annotated[
        dict[str, int], About("Ratings of single aspects from 1 to 5; those not rated are absent.")
    ]
    text: Annotated[str, About(f"Its words, at most {MOST_LETTERS} characters.")]
    language: Annotated[str, one_of("The language it is written in.", LANGUAGES)]
    quarter: Annotated[str, About("When the visit was; never a date.", pattern="^[0-9]{4}-Q[1-4]$")]
    relation: Annotated[
        str | None, one_of("Who writes; null where the author shows no role.", Relation)
    ]
    care_kind: Annotated[str, one_of("What kind of care it is about.", CareKind)]
    published_on: Annotated[str, day("The day it was published.")]
    older: Annotated[bool, About("Whether the visit is too long ago to count.")]
    demo: Annotated[bool, About("Whether it is made up, to show how the site works.")]


class Reviews(TypedDict):
    """One page of the published reviews of a listing, newest first."""

    total: Annotated[int, About("How many reviews are published.", least=0)]
    page: Annotated[int, About("Which page this is.", least=1)]
    per_page: Annotated[int, About("How many a page has.", least=1, most=100)]
    removed: Annotated[
        int, About("How many were public once and were removed or restricted.", least=0)
    ]
    items: Annotated[list[Review], About("The reviews of this page, newest first.")]
