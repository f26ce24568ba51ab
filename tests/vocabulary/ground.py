"""Where a point lies against the outline of Delhi, for the tests of places."""

from __future__ import annotations

from itertools import pairwise

from directory.vocabulary.reading import read_outline


def in_delhi(lat: float, lon: float) -> bool:
    """Say whether a point lies inside the outline, by counting the borders to its east."""
    outline = read_outline()["nct"]
    crossings = 0
    for (west, south), (east, north) in pairwise([*outline, outline[0]]):
        if (south > lat) == (north > lat):
            continue
        border = west + (east - west) * (lat - south) / (north - south)
        crossings += lon < border
    return crossings % 2 == 1
