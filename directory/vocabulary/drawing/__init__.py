"""Maps drawn from our own data: the metro, the Yamuna and the outline of Delhi as SVG numbers.

Not for markup or words: templates draw what these dataclasses hold. `city_map` is the ground
of the home page (made once for a vocabulary and kept by the door); `place_map` shows one
location and the stations round it; `ground_map` is pressed on to say where a place is.
"""

from directory.vocabulary.drawing.city import CityMap, city_map
from directory.vocabulary.drawing.geometry import Track
from directory.vocabulary.drawing.ground import Ground, GroundMap, ground_map, point_pressed
from directory.vocabulary.drawing.labels import Label
from directory.vocabulary.drawing.place import Bearing, PlaceMap, Ring, place_map

__all__ = [
    "Bearing",
    "CityMap",
    "Ground",
    "GroundMap",
    "Label",
    "PlaceMap",
    "Ring",
    "Track",
    "city_map",
    "ground_map",
    "place_map",
    "point_pressed",
]
