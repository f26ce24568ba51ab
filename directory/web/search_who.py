"""Who is looked for: talking therapists, psychiatrists or centres, told apart by the law's word.

A search that leaves it open gets a switch between them. Called by `search_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.models import ListingKind
from directory.search.ways import without
from directory.vocabulary.models import TermKind
from directory.web.links import search_path
from directory.web.search_words import in_force

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from directory.listings.queries.facets import Facets
    from directory.search.request import SearchRequest
    from directory.vocabulary.queries import TermView, Vocabulary

WHO = ("kind", "profession", "centre_type")
CENTRE = ListingKind.CENTRE.value
EVERYONE, TALKING, PRESCRIBING, CENTRES = "everyone", "talking", "prescribing", "centres"
PSYCHOLOGISTS = frozenset(
    ("clinical-psychologist", "counselling-psychologist", "psychologist", "child-psychologist")
)
COUNSELLORS = frozenset(("counsellor", "counselling-psychologist", "marriage-family-counsellor"))
# Whoever asks for a "therapist" means all who talk; this profession is always among them.
THERAPIST = "psychotherapist"


@dataclass(frozen=True, slots=True)
class WhoLink:
    """One answer to "who are you looking for?"; `count` is None where it is not known."""

    words: str
    note: str
    url: str
    count: int | None
    current: bool


def group_of(slugs: Collection[str], vocabulary: Vocabulary) -> str | None:
    """Name the half of the professions that several of them stand for; None for any other set."""
    if len(slugs) > 1 and THERAPIST in slugs and set(slugs) <= set(talking(vocabulary)):
        return TALKING
    return PRESCRIBING if set(slugs) == set(prescribing(vocabulary)) else None


def group_words(slugs: Collection[str], vocabulary: Vocabulary) -> str | None:
    """Give the common name of several professions; None when they have none."""
    group = group_of(slugs, vocabulary)
    if group is not None:
        return _words(group)[0]
    if len(slugs) > 1 and set(slugs) <= PSYCHOLOGISTS:
        return gettext("Psychologists")
    if len(slugs) > 1 and set(slugs) <= COUNSELLORS:
        return gettext("Counsellors")
    return None


def talking(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the professions that may counsel and not prescribe."""
    return _professions(vocabulary, may_prescribe="no")


def prescribing(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the professions that may both counsel and prescribe."""
    return _professions(vocabulary, may_prescribe="yes")


def who_links(asked: SearchRequest, facets: Facets, vocabulary: Vocabulary) -> tuple[WhoLink, ...]:
    """Give the switch, or nothing where the search already says who, or leaves one kind only."""
    chosen = _chosen(asked, vocabulary)
    if chosen is None:
        return ()
    counts = _counts(asked, facets, chosen, vocabulary)
    base = without(asked, "profession")
    base = {name: values for name, values in base.items() if name not in WHO}
    professions = {TALKING: talking(vocabulary), PRESCRIBING: prescribing(vocabulary)}
    links = [
        WhoLink(
            *_words(wanted),
            url=search_path({**base, **_narrowing(wanted, professions)}),
            count=counts[wanted],
            current=wanted == chosen,
        )
        for wanted in (EVERYONE, TALKING, PRESCRIBING, CENTRES)
    ]
    others = [link for link in links[1:] if link.count != 0 or link.current]
    return (links[0], *others) if len(others) > 1 else ()


def _narrowing(
    wanted: str, professions: Mapping[str, Sequence[str]]
) -> dict[str, str | Sequence[str]]:
    if wanted == CENTRES:
        return {"kind": CENTRE}
    return {"profession": professions[wanted]} if wanted in professions else {}


def _chosen(asked: SearchRequest, vocabulary: Vocabulary) -> str | None:
    """Give who is chosen; None where words or filters say it in a way the switch has not."""
    kinds, professions, types = (in_force(asked, parameter) for parameter in WHO)
    if types or any(item.parameter == "kind" for item in asked.reading.understood):
        return None
    if not professions:
        return {(): EVERYONE, (CENTRE,): CENTRES}.get(kinds)
    return None if kinds else group_of(professions, vocabulary)


def _counts(
    asked: SearchRequest, facets: Facets, chosen: str, vocabulary: Vocabulary
) -> dict[str, int | None]:
    """Give how many there are of each; None where the chosen filter hides it.

    A facet leaves out its own parameter's filter and no other.
    """
    centres = facets.count("kind", CENTRE)
    everyone = sum(facets.count("kind", kind.value) for kind in ListingKind)
    by_kind = chosen in {EVERYONE, CENTRES}
    groups = {TALKING: talking(vocabulary), PRESCRIBING: prescribing(vocabulary)}
    if chosen in groups:
        groups[chosen] = in_force(asked, "profession")
    found: dict[str, int | None] = {
        group: sum(facets.count("profession", slug) for slug in slugs)
        for group, slugs in groups.items()
    }
    if chosen == CENTRES:
        found = dict.fromkeys(found)
    return {
        **found,
        EVERYONE: everyone if by_kind else None,
        CENTRES: centres if by_kind else None,
    }


def _words(wanted: str) -> tuple[str, str]:
    return {
        EVERYONE: (gettext("Everyone"), ""),
        TALKING: (gettext("Talking therapists"), gettext("no medicines")),
        PRESCRIBING: (gettext("Psychiatrists"), gettext("may prescribe")),
        CENTRES: (gettext("Centres"), ""),
    }[wanted]


def _professions(vocabulary: Vocabulary, *, may_prescribe: str) -> tuple[str, ...]:
    def belongs(term: TermView) -> bool:
        said = term.details
        return said.get("may_counsel") == "yes" and said.get("may_prescribe") == may_prescribe

    terms = vocabulary.terms[TermKind.PROFESSION]
    return tuple(slug for slug, term in terms.items() if belongs(term))
