"""The heading of a page of results: who, for what, where, in which language.

Called by `search_page.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.models import ListingKind
from directory.web import text
from directory.web.search_who import group_words
from directory.web.search_words import in_force, plural, value_named

if TYPE_CHECKING:
    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import Vocabulary

MOST_NAMED = 2


def heading_of(asked: SearchRequest, vocabulary: Vocabulary) -> str:
    """Give what a search looks for as a short line of words."""
    line, where = _subject(asked, vocabulary), _where(asked, vocabulary)
    languages = _listed(asked, "language", vocabulary)
    if languages and not line and not where:
        return gettext("Help in %(languages)s", languages=languages)
    if where:
        line = gettext("%(line)s %(where)s", line=line or gettext("Everyone"), where=where)
    if not line:
        return gettext("Listings in Delhi") if _narrows(asked) else _about_words(asked)
    if languages:
        return gettext("%(line)s, in %(languages)s", line=line, languages=languages)
    return line


def _subject(asked: SearchRequest, vocabulary: Vocabulary) -> str:
    """Give who, with what, for what; empty when a search says none of it."""
    who = _who(asked, vocabulary)
    condition = _several(asked, "condition", vocabulary)
    treatment = _several(asked, "treatment", vocabulary)
    subject = who or text.upper_first(treatment)
    if condition:
        subject = (
            gettext("%(subject)s for %(condition)s", subject=subject, condition=condition)
            if subject
            else gettext("Help with %(condition)s", condition=condition)
        )
    if who and treatment:
        return gettext("%(subject)s, with %(treatment)s", subject=subject, treatment=treatment)
    return subject


def _about_words(asked: SearchRequest) -> str:
    if asked.reading.words or asked.reading.phrases:
        return gettext("Listings for your words")
    return gettext("Everyone we list in Delhi")


def _who(asked: SearchRequest, vocabulary: Vocabulary) -> str:
    group = group_words(in_force(asked, "profession"), vocabulary)
    if group:
        return group
    named = [
        plural(value_named(parameter, value, vocabulary).words)
        for parameter in ("profession", "centre_type")
        for value in in_force(asked, parameter)
    ]
    if len(named) > MOST_NAMED:
        return gettext("%(name)s and others", name=named[0])
    if named:
        return text.listed([*named[:1], *map(text.lower_first, named[1:])])
    kinds = in_force(asked, "kind")
    if not kinds:
        return ""
    return (
        gettext("Centres")
        if kinds[0] == ListingKind.CENTRE
        else gettext("Therapists and psychiatrists")
    )


def _several(asked: SearchRequest, parameter: str, vocabulary: Vocabulary) -> str:
    named = [
        text.lower_first(value_named(parameter, value, vocabulary).words)
        for value in in_force(asked, parameter)
    ]
    if len(named) > MOST_NAMED:
        return gettext("%(name)s and more", name=named[0])
    return text.listed(named)


def _where(asked: SearchRequest, vocabulary: Vocabulary) -> str:
    if asked.place is not None:
        return gettext("near %(place)s", place=asked.place.name_en)
    if asked.query.filters.near is not None:
        return gettext("near you")
    for parameter in ("locality", "district"):
        places = _listed(asked, parameter, vocabulary)
        if places:
            return gettext("in %(place)s", place=places)
    return ""


def _listed(asked: SearchRequest, parameter: str, vocabulary: Vocabulary) -> str:
    values = in_force(asked, parameter)
    return text.listed([value_named(parameter, value, vocabulary).words for value in values])


def _narrows(asked: SearchRequest) -> bool:
    said = {item.parameter for item in asked.reading.understood if not item.hint}
    return bool((said | set(asked.given)) - {"q", "near", "sort", "view", "per_page", "parse"})
