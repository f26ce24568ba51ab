"""What two listings are compared by, and what a comparison gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from directory.listings.exchange.drafts import ListingDraft
    from directory.listings.models import ListingKind


class Spot(NamedTuple):
    """Where a listing is found: a point, if it has one, and the slug of its locality."""

    lat: float | None
    lon: float | None
    locality: str | None


@dataclass(frozen=True, slots=True)
class Sketch:
    """A listing, or a row of a file, as it is compared.

    `key` is what the caller knows it by: an id, or a line of a file. `role` is the slug of its
    profession or type. `registrations` are (slug of the register, number) pairs.
    """

    key: int
    ref: str
    kind: ListingKind
    role: str
    names: tuple[str, ...]
    phones: frozenset[str]
    registrations: frozenset[tuple[str, str]]
    spots: tuple[Spot, ...]


class Ground(StrEnum):
    """Why two listings may be one, or, the last two, why they may be two after all."""

    REGISTER_NUMBER = "register-number"
    PHONE = "phone"
    SAME_NAME = "same-name"
    LIKE_NAME = "like-name"
    RARE_NAME = "rare-name"
    SAME_PLACE = "same-place"
    NEARBY = "nearby"
    SAME_LOCALITY = "same-locality"
    SAME_ROLE = "same-role"
    OTHER_REGISTER_NUMBER = "other-register-number"
    FAR_APART = "far-apart"


AGAINST = frozenset({Ground.OTHER_REGISTER_NUMBER, Ground.FAR_APART})


class Reason(NamedTuple):
    """A ground and what belongs to it: a register's slug, a number, metres, a locality's slug."""

    ground: Ground
    detail: str | int | None = None


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A listing that may be the same; `score` is at most 100, reasons come strongest first."""

    listing_id: int
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two that may be one, by their keys, the smaller first."""

    first: int
    second: int
    score: int
    reasons: tuple[Reason, ...]


def sketch_of(draft: ListingDraft, key: int) -> Sketch:
    """Give a draft as it is compared, under the key the caller knows it by."""
    practitioner, centre = draft.practitioner, draft.centre
    role = practitioner.profession if practitioner else centre.centre_type if centre else ""
    return Sketch(
        key=key,
        ref=draft.ref,
        kind=draft.kind,
        role=role,
        names=tuple(filter(None, (draft.name, draft.name_hi))),
        phones=frozenset(phone.number for place in draft.locations for phone in place.phones),
        registrations=frozenset(
            (found.register, found.number) for found in draft.registrations if found.number
        ),
        spots=tuple(Spot(place.lat, place.lon, place.locality) for place in draft.locations),
    )
