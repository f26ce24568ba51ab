"""What can be chosen in a listing's form, in the words its page uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.models import (
    Accepting,
    FeePurpose,
    PhoneUse,
    Presence,
    StaffRole,
)
from directory.web import document_words, listing_words, schedule_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from directory.vocabulary.models import TermKind
    from directory.vocabulary.queries import Vocabulary


def of_terms(kind: TermKind) -> Callable[[Vocabulary], Sequence[tuple[str, str]]]:
    """Give what offers the words of one kind."""
    return lambda vocabulary: [
        (term.slug, term.name_en) for term in vocabulary.terms[kind].values()
    ]


def accepting(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer whether new patients are taken."""
    return [(each.value, listing_words.accepting_words(each)) for each in Accepting]


def admitting(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer whether a centre has room."""
    return [(each.value, listing_words.accepting_words(each, of_centre=True)) for each in Accepting]


def genders(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer the genders somebody may state."""
    return list(document_words.genders().items())


def purposes(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer what a fee is for."""
    return [(each.value, listing_words.fee_words(each)) for each in FeePurpose]


def uses(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer what a number is for."""
    return [(each.value, listing_words.phone_words(each)) for each in PhoneUse]


def roles(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer who may be on a rota."""
    return [(each.value, schedule_words.staff_words(each)) for each in StaffRole]


def presences(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer how somebody is there."""
    return [
        (Presence.ON_SITE.value, gettext("on site")),
        (Presence.ON_CALL.value, gettext("on call")),
    ]


def confidences(_vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    """Offer how sure one is of a source."""
    return list(document_words.confidences().items())
