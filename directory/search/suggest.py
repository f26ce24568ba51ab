"""Suggestions while typing: conditions, treatments, professions, localities, stations.

Any word of any spelling may be begun, in any script; what is shown is always the name itself,
never a misspelling. Called by the API and the search box of both doors, which add listings.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.core.sounds import sound
from directory.search.understanding.forms import composed, tokens_of
from directory.vocabulary.models import SpellingUse, TermKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from directory.vocabulary.queries import LocalityView, StationView, TermView, Vocabulary

MOST = 8
# Places kept for names of listings when there are any.
FOR_LISTINGS = 3
# How alike the begun word and the beginning of a name must be when nothing begins so.
LEAST_ALIKE = 0.7
SHORTEST_GUESSED = 4
NEARLY = 0.15
MOST_ALIKE = 60
FOLDERS = {
    TermKind.CONDITION: "conditions",
    TermKind.TREATMENT: "treatments",
    TermKind.PROFESSION: "professions",
}
# What is begun most often comes first among names that fit equally well.
KINDS = ("condition", "profession", "treatment", "locality", "station")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a begun word may become: names to show, and where choosing it leads."""

    text: str
    hindi: str | None
    kind: str
    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class _Key:
    """A spelling from one of its words on, and how well it stands for the suggestion."""

    text: str
    rank: tuple[int, int, int]
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class _Table:
    """Keys in the order of their letters, and in the order of their sounds."""

    by_letters: tuple[list[str], list[_Key]]
    by_sound: tuple[list[str], list[_Key]]


@dataclass(frozen=True, slots=True)
class _ByDigest:
    digest: str
    vocabulary: Vocabulary = field(compare=False)


def suggestions(
    text: str,
    vocabulary: Vocabulary,
    limit: int = MOST,
    *,
    kinds: Collection[str] = KINDS,
    listings: Sequence[Suggestion] = (),
) -> list[Suggestion]:
    """Give up to `limit` suggestions for text being typed, `listings` after the vocabulary's.

    `kinds` are the only ones wanted of the vocabulary.
    """
    letters = _joined(composed(text), heard=False)
    if not letters:
        return []
    table = _table(_ByDigest(vocabulary.digest, vocabulary))
    found = _of_kinds(kinds, _beginning(letters, table.by_letters))
    if not found:
        heard = _joined(composed(text), heard=True)
        found = _of_kinds(kinds, _beginning(heard, table.by_sound))
        found = found or _of_kinds(kinds, _alike(heard, table.by_sound))
    ranked = sorted(found, key=lambda key: (key.rank, len(key.text), key.text))
    unique = _without_twins(dict.fromkeys(key.suggestion for key in ranked))
    kept = limit - min(len(listings), FOR_LISTINGS)
    chosen = unique[:kept]
    return [*chosen, *listings][:limit]


def _of_kinds(kinds: Collection[str], keys: Iterable[_Key]) -> list[_Key]:
    return [key for key in keys if key.suggestion.kind in kinds]


def _beginning(begun: str, keys: tuple[list[str], list[_Key]]) -> list[_Key]:
    """Give the keys that begin with a text."""
    texts, found = keys
    first = bisect_left(texts, begun)
    return list(takewhile(lambda key: key.text.startswith(begun), found[first:]))


def _alike(begun: str, keys: tuple[list[str], list[_Key]]) -> list[_Key]:
    """Give the keys whose beginning is nearly a text, of the same first letter."""
    if len(begun) < SHORTEST_GUESSED:
        return []
    texts, found = keys
    first, last = bisect_left(texts, begun[0]), bisect_left(texts, begun[0] + "\uffff")
    alike: dict[int, float] = {}
    for length in (len(begun), len(begun) + 1):  # a letter may have been left out
        for _, likeness, at in extract(
            begun,
            [text[:length] for text in texts[first:last]],
            scorer=OSA.normalized_similarity,
            score_cutoff=LEAST_ALIKE,
            limit=MOST_ALIKE,
        ):
            alike[at] = max(likeness, alike.get(at, 0.0))
    likest = max(alike.values(), default=0.0)
    return [found[first + at] for at, likeness in alike.items() if likest - likeness <= NEARLY]


def _without_twins(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Leave out a station that has the name of a locality already given."""
    names: set[str] = set()
    kept: list[Suggestion] = []
    for item in found:
        is_place = item.kind in {"locality", "station"}
        if is_place and item.text in names:
            continue
        if is_place:
            names.add(item.text)
        kept.append(item)
    return kept


@lru_cache(maxsize=2)
def _table(key: _ByDigest) -> _Table:
    keys = list(_keys(key.vocabulary))
    heard = [_Key(_sound_of(item.text), item.rank, item.suggestion) for item in keys]
    return _Table(_sorted(keys), _sorted(heard))


def _sorted(keys: Iterable[_Key]) -> tuple[list[str], list[_Key]]:
    ordered = sorted(keys, key=lambda key: key.text)
    return [key.text for key in ordered], ordered


def _keys(vocabulary: Vocabulary) -> Iterator[_Key]:
    for kind, folder in FOLDERS.items():
        for term in vocabulary.terms[kind].values():
            made = Suggestion(
                term.name_en, term.name_hi, kind.value, term.slug, f"/{folder}/{term.slug}"
            )
            yield from _keys_of(made, _term_names(term))
    for locality in vocabulary.localities.values():
        made = _place(locality, "locality", f"/localities/{locality.slug}")
        yield from _keys_of(made, _place_names(locality))
    for station in vocabulary.stations.values():
        made = _place(station, "station", f"/search?near={station.slug}")
        yield from _keys_of(made, _place_names(station))


def _place(place: LocalityView | StationView, kind: str, url: str) -> Suggestion:
    return Suggestion(place.name_en, place.name_hi, kind, place.slug, url)


def _term_names(term: TermView) -> list[str]:
    spoken = [item.text for item in term.spellings if item.use is not SpellingUse.MATCH_ONLY]
    return list(dict.fromkeys([term.name_en, term.name_hi, *spoken]))


def _place_names(place: LocalityView | StationView) -> list[str]:
    return [place.name_en, place.name_hi, *place.aliases]


def _keys_of(suggestion: Suggestion, names: Sequence[str]) -> Iterator[_Key]:
    """Yield a key for each word of each name; the first two names are the shown ones."""
    kind = KINDS.index(suggestion.kind)
    for number, name in enumerate(names):
        words = [token.letters for token in tokens_of(composed(name))]
        for at in range(len(words)):
            rank = (0 if at == 0 else 1, 0 if number < 2 else 1, kind)  # noqa: PLR2004 - two scripts
            yield _Key(" ".join(words[at:]), rank, suggestion)


def _joined(text: str, *, heard: bool) -> str:
    words = [token.sound if heard else token.letters for token in tokens_of(text)]
    return " ".join(words)


def _sound_of(letters: str) -> str:
    return " ".join(sound(word) for word in letters.split())
