"""Made-up fields for the page of all components: a few of a listing's form, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.listings.models import ListingKind
from directory.web.changed_values import ChangedValue, changed_values
from directory.web.forms.listing import DrawnSection, ListingForm, sections_of

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from directory.web.forms.listing.spots import Drawn

BEFORE: dict[str, Any] = {
    "headline": "Sessions begin with tea",
    "fees": [{"for": "first-session", "amount": 1800}, {"for": "follow-up", "amount": 1200}],
    "payment": ["upi", "cash"],
    "locations": [
        {
            "locality": "hauz-khas",
            "lat": 28.5475,
            "lon": 77.2015,
            "hours": [{"days": ["mon", "wed"], "opens": "10:00", "closes": "14:00"}],
        }
    ],
}
AFTER = {
    "headline": "Sessions begin with silence",
    "fees": [{"for": "first-session", "amount": 2000}, {"for": "follow-up", "amount": 1200}],
}


@dataclass(frozen=True, slots=True)
class EditorSample:
    """A section to draw, the week and the point of a place, and two keys that changed."""

    section: DrawnSection
    week: Drawn
    point: Drawn
    changes: list[ChangedValue]


def editor(vocabulary: Vocabulary) -> EditorSample:
    """Give parts of the form of a made-up practitioner."""
    form = ListingForm(sections_of(ListingKind.PRACTITIONER), BEFORE, vocabulary)
    sections = {section.name: section for section in form.drawn("")}
    place = {piece.kind: piece for piece in sections["where"].pieces[0].inner[0].inner}
    was = {key: BEFORE[key] for key in AFTER}
    return EditorSample(
        section=sections["money"],
        week=place["week"],
        point=place["point"],
        changes=changed_values(was, AFTER, vocabulary),
    )
