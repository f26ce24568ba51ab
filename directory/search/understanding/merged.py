"""The room's own data in the vocabulary of today: what names a merged term names its successor.

The files in `data/` keep the slugs they were written with. Called by `lexicon.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from directory.search.understanding import data
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.search.understanding.data import Expression, Implied, Meaning
    from directory.vocabulary.queries import Vocabulary

    Pair = tuple[str, str]

PARAMETERS = {kind.value: kind for kind in TermKind}


def meaning_today(meaning: Meaning, vocabulary: Vocabulary) -> Meaning:
    """Give a meaning with every merged slug replaced; the same object when there is none."""
    if not vocabulary.merged:
        return meaning
    firm, hints = _today(meaning.firm, vocabulary), _today(meaning.hints, vocabulary)
    if (firm, hints) == (meaning.firm, meaning.hints):
        return meaning
    return replace(meaning, firm=firm, hints=hints)


def expressions_today(vocabulary: Vocabulary) -> tuple[Expression, ...]:
    """Give the sentences people say, meaning what their terms are called today."""
    return tuple(
        replace(one, meaning=meaning_today(one.meaning, vocabulary)) for one in data.expressions()
    )


def implied_today(vocabulary: Vocabulary) -> tuple[Implied, ...]:
    """Give what meanings imply, in the terms of today."""
    return tuple(
        replace(
            rule,
            when=_conditions_today(rule.when, vocabulary),
            hints=_today(rule.hints, vocabulary),
            also=_today(rule.also, vocabulary),
        )
        for rule in data.implied()
    )


def _conditions_today(
    when: Mapping[str, frozenset[str]], vocabulary: Vocabulary
) -> dict[str, frozenset[str]]:
    return {
        parameter: frozenset(_value(parameter, value, vocabulary) for value in values)
        for parameter, values in when.items()
    }


def _today(pairs: Iterable[Pair], vocabulary: Vocabulary) -> tuple[Pair, ...]:
    found = ((name, _value(name, value, vocabulary)) for name, value in pairs)
    return tuple(dict.fromkeys(found))


def _value(parameter: str, value: str, vocabulary: Vocabulary) -> str:
    kind = PARAMETERS.get(parameter)
    return value if kind is None else vocabulary.slug_today(kind, value)
