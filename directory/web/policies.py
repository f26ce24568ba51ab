"""Pages of rules, rendered from the very tables the code works with.

Reviews have theirs in `review_policies.py`; what is kept about readers is in `about.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from directory.search.ranking import (
    HALF,
    HALF_DISTANCE_M,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    PRIOR_SCORE,
    WEIGHTS,
)
from directory.web.access import access

if TYPE_CHECKING:
    from directory.search.ranking import Weight

blueprint = Blueprint("policies", __name__)

# Two made-up listings of the worked example: metres from the place, and shares of the rest.
EXAMPLE_METRES = (500.0, 6000.0)
UNRATED = (PRIOR_SCORE - LOWEST_SCORE) / (HIGHEST_SCORE - LOWEST_SCORE)
EXAMPLE_SHARES = {
    "words": (HALF, 1.0),
    "rating": (UNRATED, UNRATED),
    "accepting": (1.0, HALF),
    "registered": (1.0, 1.0),
    "checked": (1.0, 0.0),
    "turn": (0.3, 0.8),
}


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """What one reason gives each of the two listings of the example."""

    weight: Weight
    near: float
    far: float


@blueprint.get("/policies/ranking")
@access("anyone")
def ranking() -> str:
    """Show how the order of results is made, from the weights that make it."""
    rows = example_rows()
    return render_template(
        "policies/ranking.html",
        weights=list(WEIGHTS.values()),
        most=sum(weight.points for weight in WEIGHTS.values()),
        rows=rows,
        totals=(sum(row.near for row in rows), sum(row.far for row in rows)),
        metres=EXAMPLE_METRES,
    )


def example_rows() -> list[ExampleRow]:
    """Give the points of the two listings of the example, reason by reason."""
    shares = {**EXAMPLE_SHARES, "distance": tuple(map(_nearness, EXAMPLE_METRES))}
    return [
        ExampleRow(weight, weight.points * shares[name][0], weight.points * shares[name][1])
        for name, weight in WEIGHTS.items()
        if name in shares
    ]


def _nearness(metres: float) -> float:
    return 1 / (1 + metres / HALF_DISTANCE_M)
