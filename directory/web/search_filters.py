"""The groups of filters beside the results, each value with how many it would leave.

In the order in which somebody who looks for care asks. Called by `search_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.models import Gender, ListingKind
from directory.listings.queries.search import OpenFilter, Sort
from directory.search.facets import ANY_DISTANCE, CIRCLES, FEE_STEPS, RATING_BANDS
from directory.search.parameters import REPEATABLE
from directory.search.parameters.table import DEFAULT_KILOMETRES
from directory.vocabulary.models import TermKind
from directory.web.search_words import in_force, value_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.listings.queries.facets import Facets
    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import Vocabulary

# The widest distance a parameter may say, for an order that otherwise has a limit of its own.
ANYWHERE = "100"
MOST_IN_A_GROUP = 10
# Long lists show their commonest values only; everything else has a page to choose from.
MOST_OF_MANY = 6
# What the filters' own form sets; all else rides along unseen.
FORM_PARAMETERS = frozenset(
    (
        *REPEATABLE,
        *("kind", "fee_max", "fee_unstated", "accepting", "registered", "rating_min", "within"),
    )
)


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One value of a filter. One that words of the search set is changed with those words."""

    type: str
    name: str
    value: str
    words: str
    count: int | None
    checked: bool
    from_words: bool = False

    @property
    def disabled(self) -> bool:
        """Whether it cannot be changed here."""
        return self.from_words

    @property
    def is_worth_showing(self) -> bool:
        """Whether it would leave something, or is in force."""
        return self.count != 0 or self.checked


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Some values under a heading; `open` groups stand unfolded. `name` tells groups apart."""

    name: str
    title: str
    open: bool
    choices: tuple[FilterChoice, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the groups are made from."""

    asked: SearchRequest
    facets: Facets
    vocabulary: Vocabulary

    def box(self, parameter: str, value: str) -> FilterChoice:
        """Give a value that may be chosen beside others."""
        given = self.asked.given.get(parameter, ())
        checked = value in in_force(self.asked, parameter)
        return FilterChoice(
            type="checkbox",
            name=parameter,
            value=value,
            words=value_named(parameter, value, self.vocabulary).words,
            count=self.facets.count(parameter, value),
            checked=checked,
            from_words=checked and value not in given,
        )

    def boxes(self, parameter: str, values: Iterable[str]) -> tuple[FilterChoice, ...]:
        """Give the values that would leave something or are in force, in the order given."""
        counted = self.facets.counts.get(parameter, {})
        chosen = in_force(self.asked, parameter)
        worth = (value for value in values if counted.get(value) or value in chosen)
        return tuple(self.box(parameter, value) for value in worth)

    def commonest(
        self, parameter: str, values: Iterable[str], most: int
    ) -> tuple[FilterChoice, ...]:
        """Give those in force and the commonest others, `most` in all, in the order given."""
        every = self.boxes(parameter, values)
        ranked = sorted(every, key=lambda choice: (not choice.checked, -(choice.count or 0)))
        shown = set(ranked[:most]) | {choice for choice in ranked if choice.checked}
        return tuple(choice for choice in every if choice in shown)

    def round(self, parameter: str, value: str, words: str, count: int | None) -> FilterChoice:
        """Give a value that excludes the others of its group; the empty one is "any"."""
        chosen = in_force(self.asked, parameter)
        return FilterChoice(
            type="radio",
            name=parameter,
            value=value,
            words=words,
            count=count,
            checked=value in chosen if value else not chosen,
        )

    def is_chosen(self, *parameters: str) -> bool:
        """Say whether any of some parameters is in force."""
        return any(in_force(self.asked, parameter) for parameter in parameters)


def filter_groups(
    asked: SearchRequest, facets: Facets, vocabulary: Vocabulary
) -> tuple[FilterGroup, ...]:
    """Give the groups that have something to choose, the everyday ones unfolded."""
    offer = Offer(asked, facets, vocabulary)
    groups = [
        FilterGroup("within", gettext("How far"), open=True, choices=_distances(offer)),
        FilterGroup("kind", gettext("People or centres"), open=True, choices=_kinds(offer)),
        _terms(offer, TermKind.PROFESSION, gettext("Profession")),
        _terms(offer, TermKind.MODE, gettext("In person or online"), unfolded=True),
        FilterGroup("fee", gettext("First-visit fee"), open=True, choices=_fees(offer)),
        _terms(offer, TermKind.LANGUAGE, gettext("Language"), unfolded=True),
        FilterGroup("now", gettext("Now and checked"), open=True, choices=_states(offer)),
        _terms(offer, TermKind.AGE_GROUP, gettext("Age of the person")),
        _listed(offer, "gender", gettext("Woman or man"), map(str, Gender)),
        _terms(offer, TermKind.PAYMENT, gettext("Payment")),
        _terms(offer, TermKind.ACCESSIBILITY, gettext("Reaching the place")),
        _terms(offer, TermKind.IDENTITY, gettext("Understands")),
        FilterGroup(
            "rating_min",
            gettext("Rating"),
            open=offer.is_chosen("rating_min"),
            choices=_ratings(offer),
        ),
        _terms(offer, TermKind.CENTRE_TYPE, gettext("Kind of centre")),
        _terms(offer, TermKind.FACILITY, gettext("At the centre")),
        _terms(offer, TermKind.CONDITION, gettext("Concern"), most=MOST_OF_MANY),
        _terms(offer, TermKind.TREATMENT, gettext("Treatment"), most=MOST_OF_MANY),
        _listed(offer, "district", gettext("District"), vocabulary.districts),
        _listed(offer, "locality", gettext("Neighbourhood"), vocabulary.localities),
    ]
    return tuple(group for group in groups if group.choices)


def _terms(
    offer: Offer,
    kind: TermKind,
    title: str,
    *,
    most: int = MOST_IN_A_GROUP,
    unfolded: bool = False,
) -> FilterGroup:
    choices = offer.commonest(kind.value, offer.vocabulary.terms[kind], most)
    is_open = unfolded or offer.is_chosen(kind.value)
    return FilterGroup(kind.value, title, open=is_open, choices=choices)


def _listed(offer: Offer, parameter: str, title: str, values: Iterable[str]) -> FilterGroup:
    choices = offer.commonest(parameter, values, MOST_IN_A_GROUP)
    return FilterGroup(parameter, title, open=offer.is_chosen(parameter), choices=choices)


def _distances(offer: Offer) -> tuple[FilterChoice, ...]:
    """Give the distances once there is a point to measure from; those that hold nothing go."""
    search = offer.asked.query.filters
    if search.near is None:
        return ()
    given = offer.asked.given.get("within", ())
    by_distance = search.sort is Sort.DISTANCE
    unsaid = str(DEFAULT_KILOMETRES) if by_distance else ""
    chosen = given[0] if given else unsaid
    anywhere = ANYWHERE if by_distance else ""
    steps = {*CIRCLES, *({chosen} - {ANY_DISTANCE, ANYWHERE})}
    rounds = [
        (step, value_named("within", step, offer.vocabulary).words, _within(offer, step))
        for step in sorted(steps, key=float)
    ]
    everywhere = (anywhere, gettext("Anywhere"), _within(offer, ANY_DISTANCE))
    choices = (
        FilterChoice("radio", "within", value, words, count, value == (chosen or anywhere))
        for value, words, count in (*rounds, everywhere)
    )
    return tuple(choice for choice in choices if choice.is_worth_showing)


def _within(offer: Offer, kilometres: str) -> int | None:
    """Give how many lie so near; None where nobody counted, as in the database's own answer."""
    return offer.facets.counts.get("within", {}).get(kilometres)


def _kinds(offer: Offer) -> tuple[FilterChoice, ...]:
    counts: Mapping[str, int] = {
        kind.value: offer.facets.count("kind", kind.value) for kind in ListingKind
    }
    rounds = [
        offer.round("kind", value, value_named("kind", value, offer.vocabulary).words, number)
        for value, number in counts.items()
    ]
    worth = [choice for choice in rounds if choice.is_worth_showing]
    if len(worth) < len(rounds) and not offer.is_chosen("kind"):
        return ()
    return (offer.round("kind", "", gettext("All"), sum(counts.values())), *worth)


def _fees(offer: Offer) -> tuple[FilterChoice, ...]:
    chosen = offer.asked.query.filters.fee_max
    counted = offer.facets
    steps = sorted({*FEE_STEPS, *([] if chosen is None else [chosen])})
    rounds = [
        offer.round("fee_max", value, words, counted.count("fee_max", value))
        for value, words in (
            (str(step), value_named("fee_max", str(step), offer.vocabulary).words) for step in steps
        )
    ]
    worth = tuple(choice for choice in rounds if choice.is_worth_showing)
    unstated = offer.boxes("fee_unstated", ["1"])
    if not worth:
        return ()
    return (offer.round("fee_max", "", gettext("Any fee"), counted.any_fee), *worth, *unstated)


def _states(offer: Offer) -> tuple[FilterChoice, ...]:
    return (
        *offer.boxes("open", map(str, OpenFilter)),
        *offer.boxes("accepting", ["1"]),
        *offer.boxes("registered", ["1"]),
    )


def _ratings(offer: Offer) -> tuple[FilterChoice, ...]:
    chosen = offer.asked.query.filters.rating_min
    floors = {*RATING_BANDS, *([] if chosen is None else [f"{chosen:g}"])}
    rounds = [
        offer.round(
            "rating_min",
            floor,
            value_named("rating_min", floor, offer.vocabulary).words,
            offer.facets.count("rating_band", floor),
        )
        for floor in sorted(floors, key=float, reverse=True)
    ]
    worth = tuple(choice for choice in rounds if choice.is_worth_showing)
    return (offer.round("rating_min", "", gettext("Any rating"), None), *worth) if worth else ()
