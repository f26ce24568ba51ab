"""Pieces of a place: its locality by name, and its point by a press on a drawn map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.vocabulary.drawing import Ground, ground_map, point_pressed
from directory.web.forms.lazily import lazy_gettext
from directory.web.forms.listing.fields import degrees_of, line_of
from directory.web.forms.listing.spots import Drawn, Raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from directory.vocabulary.queries import LocalityView, Vocabulary
    from directory.web.forms.listing.spots import Spot

LOCALITY_LIST = "listing-localities"
DECIMALS = 5
# The middle of the map while nothing is known: Rajiv Chowk.
MIDDLE = (28.6328, 77.2197)
FARTHEST, NEAREST = 0, 3
OF_A_LOCALITY, OF_A_POINT = 1, 2


@dataclass(frozen=True)
class LocalityName:
    """A locality, typed as people call it: any of its names, in English or Hindi, or its slug."""

    key: str
    words: str
    hint: str | None = None

    def opened(self, values: Mapping[str, Any], spot: Spot) -> Raw:
        """Give its name."""
        slug = str(values.get(self.key) or "")
        found = spot.vocabulary.localities.get(slug)
        if found is None or locality_named(found.name_en, spot.vocabulary) != slug:
            return slug
        return found.name_en

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the name as typed."""
        return sent.get(spot.name, "")

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether nothing was typed."""
        return not raw

    def told(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give the slug; a name that is none of ours stays, to be refused with a suggestion."""
        spot.note()
        return {self.key: locality_named(raw, spot.vocabulary) or line_of(raw)}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template; the form's list of names stands beside the first one."""
        notes = {"list": LOCALITY_LIST}
        return Drawn("locality", spot.name, self.words, raw, self.hint, spot.error, notes=notes)


@dataclass(frozen=True)
class MapPoint:
    """A point, typed in degrees or pressed on the map; `lat` and `lon` of the document.

    `raw` also holds how near the map is and where its middle lay when it was drawn.
    """

    key: str
    words: str
    hint: str | None = None

    def opened(self, values: Mapping[str, Any], spot: Spot) -> Raw:
        """Give the degrees, and a map near enough to see the place."""
        lat, lon = values.get("lat"), values.get("lon")
        locality = spot.vocabulary.localities.get(str(values.get("locality") or ""))
        nearness = OF_A_POINT if lat is not None else OF_A_LOCALITY if locality else FARTHEST
        texts = {"lat": "" if lat is None else str(lat), "lon": "" if lon is None else str(lon)}
        return texts | {"nearness": nearness, "middle": _middle(texts, locality)}

    def typed(self, sent: MultiDict[str, str], spot: Spot) -> Raw:
        """Give the degrees as typed; a press on the map moves them, and brings the map nearer."""
        texts = {key: sent.get(f"{spot.name}-{key}", "").strip() for key in ("lat", "lon")}
        ground = _seen(sent.get(f"{spot.name}-seen", ""))
        beside = f"{spot.name.removesuffix(self.key)}locality"
        named = locality_named(sent.get(beside, ""), spot.vocabulary)
        locality = spot.vocabulary.localities.get(named or "")
        across, down = (sent.get(f"{spot.name}-map.{axis}", "") for axis in "xy")
        if not (across.isdigit() and down.isdigit()):
            nearness = ground.nearness if ground else FARTHEST
            if locality and not texts["lat"]:
                nearness = max(nearness, OF_A_LOCALITY)
            return texts | {"nearness": nearness, "middle": _middle(texts, locality)}
        at = point_pressed(ground or Ground(*MIDDLE, FARTHEST), int(across), int(down))
        texts = {"lat": f"{at[0]:.{DECIMALS}f}", "lon": f"{at[1]:.{DECIMALS}f}"}
        nearness = min((ground.nearness if ground else FARTHEST) + 1, NEAREST)
        return texts | {"nearness": nearness, "middle": at}

    def is_blank(self, raw: Raw) -> bool:
        """Tell whether neither degree was typed."""
        return not (raw["lat"] or raw["lon"])

    def told(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        """Give both degrees."""
        for key in ("lat", "lon"):
            spot.note(spot.beside(key), f"{spot.name}-{key}")
        return {"lat": degrees_of(raw["lat"]), "lon": degrees_of(raw["lon"])}

    def drawn(self, raw: Raw, _before: Mapping[str, Any], spot: Spot) -> Drawn:
        """Give it for the template, with the drawing."""
        lat, lon = raw["middle"]
        ground = Ground(lat, lon, raw["nearness"])
        pin = None if self.is_blank(raw) else _degrees(raw)
        inner = [
            Drawn("degrees", f"{spot.name}-{key}", words, raw[key], error=_error(spot, key))
            for key, words in (("lat", LATITUDE), ("lon", LONGITUDE))
        ]
        notes = {
            "map": ground_map(spot.vocabulary, ground, pin),
            "seen": f"{ground.lat:.6f} {ground.lon:.6f} {ground.nearness}",
            "nearer": ground.nearness < NEAREST,
            "wider": ground.nearness > FARTHEST,
        }
        error = inner[0].error or inner[1].error
        return Drawn(
            "point", spot.name, self.words, raw, self.hint, error, inner=inner, notes=notes
        )

    def pressed(self, raw: Raw, action: str, _rest: Sequence[str], _spot: Spot) -> Raw:
        """Bring the map nearer or show more of it, or take the point away."""
        if action == "clear":
            return {**raw, "lat": "", "lon": ""}
        step = {"nearer": 1, "wider": -1}.get(action, 0)
        return {**raw, "nearness": min(max(raw["nearness"] + step, FARTHEST), NEAREST)}


LATITUDE = lazy_gettext("Latitude")
LONGITUDE = lazy_gettext("Longitude")


def locality_named(words: str, vocabulary: Vocabulary) -> str | None:
    """Give the slug of the one locality people call that; None for none or several."""
    wish = " ".join(words.split()).casefold()
    if not wish:
        return None
    if wish in vocabulary.localities:
        return wish
    found = {
        locality.slug
        for locality in vocabulary.localities.values()
        if wish in {locality.name_en.casefold(), locality.name_hi.casefold()}
    }
    found = found or {
        locality.slug
        for locality in vocabulary.localities.values()
        if wish in {alias.casefold() for alias in locality.aliases}
    }
    return found.pop() if len(found) == 1 else None


def _middle(texts: Mapping[str, str], locality: LocalityView | None) -> tuple[float, float]:
    at = _degrees(texts)
    if at is not None:
        return at
    return (locality.lat, locality.lon) if locality else MIDDLE


def _degrees(texts: Mapping[str, Any]) -> tuple[float, float] | None:
    lat, lon = degrees_of(texts["lat"]), degrees_of(texts["lon"])
    if not (isinstance(lat, float) and isinstance(lon, float)):
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None  # noqa: PLR2004 - of the globe


def _seen(text: str) -> Ground | None:
    """Give the ground a map showed when it was pressed, or None for what is not ours."""
    try:
        lat, lon, nearness = text.split()
        found = Ground(float(lat), float(lon), int(nearness))
    except ValueError:
        return None
    is_ground = abs(found.lat) <= 90 and abs(found.lon) <= 180  # noqa: PLR2004 - of the globe
    return found if is_ground and FARTHEST <= found.nearness <= NEAREST else None


def _error(spot: Spot, key: str) -> str | None:
    return next(iter(spot.faults.get(f"{spot.name}-{key}", ())), None)
