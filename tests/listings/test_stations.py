"""The fast search for the nearest station gives what the slow one gives."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from directory.listings.exchange.stations import NearestStation

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary


def test_the_nearest_station_of_any_point_is_the_vocabularys(vocabulary: Vocabulary) -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable points, not secrets
    points = [(chance.uniform(28.0, 29.2), chance.uniform(76.5, 78.0)) for _ in range(400)]
    points += [
        (place.lat + chance.uniform(-0.02, 0.02), place.lon + chance.uniform(-0.02, 0.02))
        for place in vocabulary.localities.values()
    ]
    nearest = NearestStation(vocabulary)

    found = [nearest.of(*point) for point in points]

    assert found == [vocabulary.nearest_station(*point) for point in points]
