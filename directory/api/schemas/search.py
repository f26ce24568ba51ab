"""The shapes of a search's answer and of suggestions."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from directory.api.schemas.about import About, one_of
from directory.api.schemas.listing import Rating  # noqa: TC001 - read at run time for its schema
from directory.listings.models import Accepting, ListingKind
from directory.listings.standing import Standing
from directory.search.parameters import SUGGESTION_KINDS


class Result(TypedDict):
    """One listing among the results."""

    slug: Annotated[str, About("Its name in addresses.")]
    kind: Annotated[str, one_of("A person or a place of care.", ListingKind)]
    name: Annotated[str, About("Its name.")]
    profession: Annotated[str | None, About("A practitioner's profession, as a slug.")]
    centre_type: Annotated[str | None, About("What kind of centre it is, as a slug.")]
    url: Annotated[str, About("The path of its page on this site.")]
    locality: Annotated[str | None, About("The locality of the place it is found for, as a slug.")]
    distance_km: Annotated[
        float | None,
        About("Kilometres from the point to that place; null without a point.", least=0),
    ]
    rating: Annotated[Rating, About("What reviews give it.")]
    fee_from: Annotated[
        int | None, About("The lowest fee of a first visit, in rupees; null is not stated.")
    ]
    open_24x7: Annotated[bool, About("Whether that place says it is open day and night.")]
    accepting: Annotated[str, one_of("Whether new patients are taken.", Accepting)]
    registered: Annotated[
        str | None,
        one_of(
            "What says most of the registrations that count, today; null when it states none.",
            Standing,
        ),
    ]
    snippet: Annotated[
        str, About("Its own words as safe HTML, the searched ones in <mark>; may be empty.")
    ]
    score: Annotated[
        float | None,
        About("Its points (see /policies/ranking); null when the database answered."),
    ]
    unconfirmed: Annotated[
        dict[str, str],
        About(
            "The facts whose newest check no longer counts (accepting, phone, night, fee, "
            "registration), each with the day it was last confirmed."
        ),
    ]
    doubts: Annotated[list[str], About("The facts that readers found to be otherwise lately.")]


class FacetValue(TypedDict):
    """One value of a filter."""

    slug: Annotated[str, About("The value, as the parameter takes it.")]
    name: Annotated[str, About("Its English name.")]
    count: Annotated[
        int, About("How many results it has under all filters but its parameter's own.", least=0)
    ]
    selected: Annotated[bool, About("Whether it is in force.")]


class UnderstoodWords(TypedDict):
    """Words that were read as a parameter and one value of it."""

    text: Annotated[str, About("The words, as typed.")]
    parameter: Annotated[str, About("The parameter they stand for.")]
    value: Annotated[str, About("Its value.")]
    hint: NotRequired[
        Annotated[bool, About("True when they only put results first and leave none out.")]
    ]


class CorrectedWord(TypedDict):
    """A word that was taken for a misspelling."""

    typed: Annotated[str, About("The word, as typed.")]
    meant: Annotated[str, About("The word it was taken for.")]


class ChoiceOfMeaning(TypedDict):
    """Words that may mean several things."""

    text: Annotated[str, About("The words, as typed.")]
    parameter: Annotated[str, About("The parameter they stand for.")]
    taken: Annotated[str, About("The value that was chosen.")]
    others: Annotated[list[str], About("The other values they may stand for.")]


class RelaxedSearch(TypedDict):
    """The one filter whose loss would give most."""

    parameter: Annotated[str, About("The parameter to drop; q is the free words.")]
    total: Annotated[int, About("How many results that gives.", least=1)]
    url: Annotated[str, About("The path of that search in this API.")]


class Guide(TypedDict):
    """A page to read about what was searched for."""

    title: Annotated[str, About("Its title.")]
    url: Annotated[str, About("Its path on this site.")]
    notice: Annotated[
        str | None, About("To be shown with it: that no clinician has read it; null without need.")
    ]


class IndexState(TypedDict):
    """What answered."""

    generation: Annotated[
        str | None, About("The state of the search index; null when the database answered.")
    ]
    complete: Annotated[
        bool,
        About(
            "False when there was no index and the database answered: words are then looked for "
            "in names and headlines only."
        ),
    ]


class Search(TypedDict):
    """One page of results, how the words were read, and counts for further filters."""

    total: Annotated[int, About("How many listings were found.", least=0)]
    page: Annotated[int, About("Which page this is.", least=1)]
    per_page: Annotated[int, About("How many results a page has.", least=1, most=100)]
    took_ms: Annotated[float, About("Milliseconds spent; the ETag leaves it out.", least=0)]
    understood: Annotated[list[UnderstoodWords], About("How the words of q were read.")]
    did_you_mean: Annotated[
        str | None, About("The words of q as they may have been meant, when nothing was applied.")
    ]
    corrected: Annotated[list[CorrectedWord], About("Misspellings that were read as meant.")]
    choices: Annotated[list[ChoiceOfMeaning], About("Words that may mean something else.")]
    relaxed: Annotated[
        RelaxedSearch | None, About("What to drop when nothing was found, if that helps.")
    ]
    any_word: Annotated[
        bool, About("True when few results hold all words, so that one of them was enough.")
    ]
    without_words: Annotated[
        bool, About("True when nobody holds the free words, so that what was understood decided.")
    ]
    crisis: Annotated[bool, About("Whether the words ask for help now: show helplines first.")]
    guides: Annotated[list[Guide], About("Pages to read about what was searched for.")]
    items: Annotated[list[Result], About("The results of this page, in order.", most_items=100)]
    facets: Annotated[
        dict[str, list[FacetValue]],
        About("Counts by parameter, most first; zeros are left out unless they are in force."),
    ]
    index: Annotated[IndexState, About("What answered.")]


class Suggestion(TypedDict):
    """Something the beginning of a text may stand for."""

    text: Annotated[str, About("Its name, in the script of what was typed where it has one.")]
    kind: Annotated[str, one_of("What it is.", SUGGESTION_KINDS)]
    slug: Annotated[str, About("Its name in addresses and parameters.")]
    url: Annotated[str, About("Its path on this site.")]
