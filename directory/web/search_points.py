"""What the script moves the map of a search with: `/search/points`, and the names of the ground.

Points have the same parameters as `/search`, and the same answers: all results on the map, not one
page of them. Names are the same for every search, so their address changes with them and is kept.
For our own page; the API for others is under `/api/v1`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, redirect, request

from directory.core.db import db
from directory.listings.queries.pins import pins
from directory.search.parameters import ParametersError
from directory.web import current, map_ground, search_map, text
from directory.web.access import access
from directory.web.assets import A_YEAR_S
from directory.web.search_look import read_asked

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.search.placed import Standing

blueprint = Blueprint("search_points", __name__)

# Asked for again each time, and nothing is sent when nothing has changed.
FRESHNESS = "private, no-cache"
FOR_EVER = f"public, max-age={A_YEAR_S}, immutable"
TOO_MANY = "More results than the map is moved with."


@blueprint.get("/search/points")
@access("anyone")
def points() -> ResponseReturnValue:
    """Give the points of all results and what each is; 400 where they are too many."""
    try:
        asked, _look = read_asked(request.args.to_dict(flat=False))
    except ParametersError as error:
        return jsonify({"error": str(error)}), HTTPStatus.BAD_REQUEST
    placed = search_map.placed_for(asked.query)
    if not search_map.is_moved(placed):
        return jsonify({"error": TOO_MANY}), HTTPStatus.BAD_REQUEST
    answer: Response = jsonify(_document(placed))
    answer.headers["Cache-Control"] = FRESHNESS
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/search/ground-<digest>.json")
@access("anyone")
def ground(digest: str) -> ResponseReturnValue:
    """Give the names of the ground; an earlier address leads to those of today."""
    names = map_ground.ground().names
    if digest != names.digest:
        return redirect(names.url)
    answer = Response(names.body, mimetype="application/json")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


def _document(placed: Standing) -> dict[str, object]:
    """Give points by listing: [x, y, slug, name, number of its role, number of the name near it].

    Those that may be seen alone.
    """
    seen = pins(db.session(), placed.numbers.tolist())
    near = map_ground.ground().sheet.names_near(placed.x, placed.y)
    points = zip(placed.numbers.tolist(), placed.x.tolist(), placed.y.tolist(), near, strict=True)
    roles: dict[int, int] = {}
    places: dict[str, int] = {}
    rows = [
        (
            *(x, y, pin.slug, pin.name),
            roles.setdefault(pin.role_id, len(roles)),
            places.setdefault(place, len(places)),
        )
        for number, x, y, place in points
        if (pin := seen.get(number)) is not None
    ]
    terms = current.vocabulary().term_by_id
    return {
        "roles": [text.lower_first(terms[role].name_en) for role in roles],
        "places": list(places),
        "points": rows,
    }
