"""How far a place of a listing is from a point. Called by the reads of listings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from directory.core.geo import distance_m

if TYPE_CHECKING:
    from directory.vocabulary.queries import LocalityView, Vocabulary


class Origin(Protocol):
    """A point distances are measured from (WGS 84 degrees)."""

    @property
    def lat(self) -> float:
        """Degrees north."""
        ...

    @property
    def lon(self) -> float:
        """Degrees east."""
        ...


def metres_to(
    origin: Origin,
    vocabulary: Vocabulary,
    *,
    lat: float | None,
    lon: float | None,
    locality_id: int | None,
) -> int | None:
    """Give the metres to a place; one without a point stands at the middle of its locality.

    None when neither is known.
    """
    return metres_from(origin, lat, lon, vocabulary.locality_by_id.get(locality_id or 0))


def metres_from(
    origin: Origin, lat: float | None, lon: float | None, locality: LocalityView | None
) -> int | None:
    """Give the same to a place whose locality is at hand."""
    if lat is not None and lon is not None:
        return distance_m(origin.lat, origin.lon, lat, lon)
    if locality is None:
        return None
    return distance_m(origin.lat, origin.lon, locality.lat, locality.lon)
