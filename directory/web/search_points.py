"""The points of a search as data, for the script that moves its map: `/search/points`.

The same parameters as `/search`, and the same answers: all results on the map, not one page of
them. For our own page; the API for others is under `/api/v1`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request

from directory.core.db import db
from directory.listings.queries.pins import pins
from directory.search.parameters import ParametersError
from directory.web import current, map_ground, search_map, text
from directory.web.access import access
from directory.web.finding import read_search

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from directory.search.placed import Standing

blueprint = Blueprint("search_points", __name__)

# Asked for again each time, and nothing is sent when nothing has changed.
FRESHNESS = "private, no-cache"


@blueprint.get("/search/points")
@access("anyone")
def points() -> ResponseReturnValue:
    """Give the points of all results, what each is, and the names of the ground."""
    try:
        asked = read_search(request.args.to_dict(flat=False))
    except ParametersError as error:
        return jsonify({"error": str(error)}), HTTPStatus.BAD_REQUEST
    answer: Response = jsonify(_document(search_map.standing_of(asked.query)))
    answer.headers["Cache-Control"] = FRESHNESS
    answer.add_etag()
    return answer.make_conditional(request)


def _document(standing: Standing) -> dict[str, object]:
    """Give points by listing: [x, y, slug, name, number of its role, number of the name near it].

    Names of the ground: [x, y, text, zoom level from which it is shown, how it lies, a station?].
    """
    named, ground = pins(db.session(), standing.numbers.tolist()), map_ground.ground()
    terms = current.vocabulary().term_by_id
    of_all = dict.fromkeys(pin.role_id for pin in named.values())
    roles = {role: index for index, role in enumerate(of_all)}
    near = ground.names_near(standing.x, standing.y)
    places = zip(
        standing.numbers.tolist(), standing.x.tolist(), standing.y.tolist(), near, strict=True
    )
    return {
        "roles": [text.lower_first(terms[role].name_en) for role in roles],
        "points": [
            [x, y, pin.slug, pin.name, roles[pin.role_id], name]
            for number, x, y, name in places
            if (pin := named.get(number)) is not None
        ],
        "names": [
            [name.x, name.y, name.text, name.zoom, name.anchor, name.dx, name.dy, name.is_station]
            for name in ground.names
        ],
    }
