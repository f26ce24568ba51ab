"""Up to four listings side by side, at an address one can share. No cookie is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from directory.web import compare_places, compare_words
from directory.web.access import access
from directory.web.compare_page import ONLY, compare_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("compare", __name__)

for name, words in (compare_words.FILTERS | compare_places.FILTERS).items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/compare")
@access("anyone")
def compare() -> ResponseReturnValue:
    """Show the listings the address names side by side, and say what became of the others."""
    asked = request.args
    page = compare_page(asked.getlist("listing"), asked.get("near", ""), asked.get(ONLY, ""))
    return render_template("compare/compare.html", page=page), page.status
