"""The groups of filters beside the results, each value with how many it would leave.

Called by `search_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.models import Gender
from directory.listings.queries.search import OpenFilter
from directory.vocabulary.models import TermKind
from directory.web import text
from directory.web.search_words import gender_words, open_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directory.listings.queries.facets import Facets
    from directory.vocabulary.queries import Vocabulary
    from directory.web.forms.search import SearchRequest

MOST_IN_A_GROUP = 10


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One value of a filter; a value that would leave nothing cannot be chosen."""

    type: str
    name: str
    value: str
    words: str
    count: int
    checked: bool

    @property
    def disabled(self) -> bool:
        """Whether choosing it would leave nothing."""
        return self.count == 0 and not self.checked


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Some values under a heading; `open` groups stand unfolded."""

    title: str
    open: bool
    choices: tuple[FilterChoice, ...]


def filter_groups(
    asked: SearchRequest, facets: Facets, vocabulary: Vocabulary, fee_steps: Sequence[int]
) -> tuple[FilterGroup, ...]:
    """Give the groups that have something to choose, the everyday ones first and unfolded."""
    groups = [
        _terms(
            gettext("In person or online"), TermKind.MODE, asked, facets, vocabulary, unfolded=True
        ),
        FilterGroup(gettext("First-visit fee"), open=True, choices=_fees(asked, facets, fee_steps)),
        _terms(gettext("Language"), TermKind.LANGUAGE, asked, facets, vocabulary, unfolded=True),
        FilterGroup(gettext("Now and checked"), open=True, choices=_states(asked, facets)),
        _terms(gettext("Who"), TermKind.PROFESSION, asked, facets, vocabulary),
        _terms(gettext("Kind of centre"), TermKind.CENTRE_TYPE, asked, facets, vocabulary),
        _terms(gettext("Age of the person"), TermKind.AGE_GROUP, asked, facets, vocabulary),
        FilterGroup(
            gettext("Woman or man"), open=_any(asked, "gender"), choices=_genders(asked, facets)
        ),
        _terms(gettext("Payment"), TermKind.PAYMENT, asked, facets, vocabulary),
        _terms(gettext("Reaching the place"), TermKind.ACCESSIBILITY, asked, facets, vocabulary),
        _terms(gettext("Understands"), TermKind.IDENTITY, asked, facets, vocabulary),
        _terms(gettext("At the centre"), TermKind.FACILITY, asked, facets, vocabulary),
    ]
    return tuple(group for group in groups if group.choices)


def _terms(
    title: str,
    kind: TermKind,
    asked: SearchRequest,
    facets: Facets,
    vocabulary: Vocabulary,
    *,
    unfolded: bool = False,
) -> FilterGroup:
    """Give the values that would leave something: the commonest, in the vocabulary's order."""
    chosen, counted = asked.given.get(kind.value, ()), facets.terms
    known = list(vocabulary.terms[kind].values())
    ranked = sorted(known, key=lambda term: (term.slug not in chosen, -counted.get(term.id, 0)))
    shown = {term.id for term in ranked[:MOST_IN_A_GROUP]}
    choices = [
        FilterChoice(
            "checkbox",
            kind.value,
            term.slug,
            term.name_en,
            counted.get(term.id, 0),
            term.slug in chosen,
        )
        for term in known
        if term.id in shown
    ]
    worth = tuple(choice for choice in choices if not choice.disabled)
    return FilterGroup(title, open=unfolded or bool(chosen), choices=worth)


def _fees(
    asked: SearchRequest, facets: Facets, fee_steps: Sequence[int]
) -> tuple[FilterChoice, ...]:
    chosen = asked.search.fee_max
    other = [chosen] if chosen is not None and chosen not in fee_steps else []
    choices = [
        FilterChoice("radio", "fee_max", "", gettext("Any fee"), facets.any_fee, chosen is None)
    ]
    choices += [
        FilterChoice(
            "radio",
            "fee_max",
            str(step),
            _fee_words(step),
            facets.fees.get(step, 0),
            step == chosen,
        )
        for step in sorted({*fee_steps, *other})
    ]
    choices.append(
        FilterChoice(
            "checkbox",
            "fee_unstated",
            "1",
            gettext("Keep those with no fee stated"),
            facets.fee_unstated,
            asked.search.fee_unstated,
        )
    )
    return tuple(choices)


def _fee_words(step: int) -> str:
    return gettext("Up to %(sum)s", sum=text.inr(step)) if step else gettext("Free")


def _states(asked: SearchRequest, facets: Facets) -> tuple[FilterChoice, ...]:
    search = asked.search
    taking = FilterChoice(
        "checkbox",
        "accepting",
        "1",
        gettext("Taking new patients"),
        facets.accepting,
        search.accepting,
    )
    registered = FilterChoice(
        "checkbox",
        "registered",
        "1",
        gettext("Found in the register"),
        facets.registered,
        search.registered,
    )
    opens = [
        FilterChoice(
            "checkbox",
            "open",
            when.value,
            open_words(when),
            facets.open_when[when],
            when in search.open_when,
        )
        for when in OpenFilter
    ]
    return (taking, *opens, registered)


def _genders(asked: SearchRequest, facets: Facets) -> tuple[FilterChoice, ...]:
    return tuple(
        FilterChoice(
            "checkbox",
            "gender",
            gender.value,
            gender_words(gender.value),
            facets.genders.get(gender, 0),
            gender in asked.search.genders,
        )
        for gender in Gender
        if facets.genders.get(gender, 0) or gender in asked.search.genders
    )


def _any(asked: SearchRequest, parameter: str) -> bool:
    return bool(asked.given.get(parameter))
