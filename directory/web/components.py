"""The page of all components, for those who build pages. Not there in production.

What it shows is made up in `samples.py` and asks the vocabulary only for names.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from directory.reviews.rules import RULES
from directory.vocabulary.drawing import city_map
from directory.web import (
    admin_samples,
    compare_samples,
    current,
    desk_samples,
    editor_samples,
    map_samples,
    night_samples,
    review_samples,
    samples,
)
from directory.web.access import access

blueprint = Blueprint("components", __name__)


@blueprint.get("/_components")
@access("anyone")
def components() -> str:
    """Show every component in its states."""
    vocabulary = current.vocabulary()
    return render_template(
        "_components/components.html",
        cards=samples.cards(vocabulary, current.now()),
        **samples.to_choose_from(),
        **samples.to_read(current.now()),
        pages=samples.pages(),
        stops=samples.stops(vocabulary),
        line=vocabulary.lines["yellow"],
        lines=samples.lines(),
        helplines=night_samples.helplines(vocabulary, current.now()),
        nights=night_samples.stops(vocabulary, current.now()),
        night=night_samples.facts(vocabulary),
        where=night_samples.WHERE,
        openings=samples.openings(current.now()),
        station=vocabulary.stations["hauz-khas"],
        city=city_map(vocabulary),
        map_sample=map_samples.map_sample(),
        **compare_samples.listings(vocabulary, current.now()),
        tokens=samples.TOKENS,
        reviews=review_samples.reviews(),
        ratings=review_samples.ratings(),
        card_ratings=review_samples.card_ratings(),
        rules=RULES,
        administration=admin_samples.administration(vocabulary, current.now()),
        desk=desk_samples.desk(current.now()),
        editor=editor_samples.editor(vocabulary),
    )
