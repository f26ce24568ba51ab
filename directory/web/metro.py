"""The metro as a way to browse: all lines, and each line's stations with what is near them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from flask_babel import gettext

from directory.web import current
from directory.web.access import access
from directory.web.entries import line_ends, line_entries
from directory.web.errors import error_page
from directory.web.links import search_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from directory.vocabulary.queries import LineView, StationView

blueprint = Blueprint("metro", __name__)


@dataclass(frozen=True, slots=True)
class Stop:
    """A station of a line: other lines one can change to, and how many listings are near."""

    station: StationView
    changes: tuple[LineView, ...]
    url: str
    count: int


@blueprint.get("/metro")
@access("anyone")
def lines() -> str:
    """Show every metro line with how many listings are near its stations."""
    entries = line_entries(current.vocabulary(), current.counts())
    return render_template("places/metro.html", lines=entries)


@blueprint.get("/metro/<slug>")
@access("anyone")
def line(slug: str) -> ResponseReturnValue:
    """Show the stations of one line in their order."""
    vocabulary, counts = current.vocabulary(), current.counts()
    found = vocabulary.lines.get(slug)
    if found is None:
        suggestions = [
            (known.name_en, f"/metro/{known.slug}") for known in vocabulary.lines.values()
        ]
        says = gettext("There is no metro line “%(word)s”.", word=slug[:60])
        return error_page(404, says=says, suggestions=suggestions)
    runs = [
        [_stop(vocabulary.stations[name], found, counts.by_station) for name in run]
        for run in found.segments
    ]
    return render_template(
        "places/line.html",
        line=found,
        ends=line_ends(found, vocabulary),
        runs=runs,
        count=counts.by_line.get(slug, 0),
        others=[entry for entry in line_entries(vocabulary, counts) if entry.slug != slug],
    )


def _stop(station: StationView, line: LineView, counted: Mapping[int, int]) -> Stop:
    return Stop(
        station=station,
        changes=tuple(other for other in station.lines if other.slug != line.slug),
        url=search_path({"near": station.slug}),
        count=counted.get(station.id, 0),
    )
