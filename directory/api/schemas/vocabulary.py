"""The shapes of the controlled lists and places."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from directory.api.schemas.about import About


class Term(TypedDict):
    """One word of a controlled list."""

    slug: Annotated[str, About("Its name in addresses and parameters.")]
    name: Annotated[str, About("Its English name.")]
    name_hi: Annotated[str, About("Its Hindi name.")]
    group: Annotated[str | None, About("The slug of the group it is shown under.")]
    synonyms: Annotated[list[str], About("Other names it is known by.")]
    facts: Annotated[dict[str, Any], About("What is particular to its list.")]


class Taxonomy(TypedDict):
    """Every controlled list, each in the order shown."""

    version: Annotated[str, About("Changes whenever the lists do.")]
    terms: Annotated[
        dict[str, list[Term]], About("The lists, by the name of their search parameter.")
    ]


class District(TypedDict):
    """A district of Delhi."""

    slug: Annotated[str, About("Its name in addresses and parameters.")]
    name: Annotated[str, About("Its English name.")]
    name_hi: Annotated[str, About("Its Hindi name.")]


class NearestStation(TypedDict):
    """The metro station nearest to a locality's middle."""

    slug: Annotated[str, About("Its name in addresses and parameters.")]
    name: Annotated[str, About("Its English name.")]
    name_hi: Annotated[str, About("Its Hindi name.")]
    lines: Annotated[list[str], About("The slugs of the lines that stop there.")]
    distance_m: Annotated[int, About("Metres in a straight line.", least=0)]


class Locality(TypedDict):
    """A neighbourhood of Delhi."""

    slug: Annotated[str, About("Its name in addresses and parameters.")]
    name: Annotated[str, About("Its English name.")]
    name_hi: Annotated[str, About("Its Hindi name.")]
    aliases: Annotated[list[str], About("Other names and spellings.")]
    district: Annotated[str, About("The slug of its district.")]
    pincodes: Annotated[list[str], About("Its PIN codes.")]
    lat: Annotated[float, About("Latitude of its middle (WGS 84 degrees).", least=-90, most=90)]
    lon: Annotated[float, About("Longitude of its middle.", least=-180, most=180)]
    nearest_station: Annotated[NearestStation, About("The metro station nearest to its middle.")]


class Localities(TypedDict):
    """Every district and locality."""

    version: Annotated[str, About("Changes whenever the lists do.")]
    districts: Annotated[list[District], About("The districts of Delhi.")]
    localities: Annotated[list[Locality], About("The neighbourhoods of Delhi.")]
