"""What the page with the form of a review shows, for a new one and for one that came back.

Not for requests or rules: `review_form.py` and `my_reviews.py` call it with a form that is set up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import redirect, render_template, request
from flask_babel import gettext, ngettext

from directory.core.db import db
from directory.core.errors import ConflictError, NotAllowedError, TooManyError
from directory.listings.queries.page import (
    ClosedListing,
    ListingPage,
    MovedListing,
    listing_page,
)
from directory.moderation.intake.reading import is_crisis
from directory.reviews.models import (
    LEAST_LETTERS,
    MOST_LETTERS,
    CareKind,
    Pseudonym,
    Relation,
)
from directory.reviews.policy import TERMS_VERSION, quarters_open
from directory.web import author_words, current
from directory.web.links import listing_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from flask.typing import ResponseReturnValue

    from directory.core.errors import DirectoryError
    from directory.listings.models import ListingKind
    from directory.web.forms.base import BaseForm
    from directory.web.forms.review import ReviewForm

FINE, MOVED, GONE, WRONG = 200, 301, 410, 422
# Moved for ever as well, and the browser sends there what it sent here: nothing written is lost.
MOVED_WITH_FORM = 308
# Why a whole form is not taken; it is shown again, with nothing lost.
REFUSALS: dict[type[DirectoryError], int] = {
    NotAllowedError: 403,
    ConflictError: 409,
    TooManyError: 429,
}
OWN = "/account/reviews"


@dataclass(frozen=True, slots=True)
class ReviewedPlace:
    """The listing a review is about, as its form needs it; `district` is a name."""

    id: int
    name: str
    is_centre: bool
    is_demo: bool
    path: str
    district: str | None


@dataclass(frozen=True, slots=True)
class FormPage:
    """What differs between a new review and one that came back: where it goes and what leads in."""

    heading: str
    action: str
    crumbs: Sequence[tuple[str, str | None]]
    returned: dict[str, Any] | None = None


def reviewed_place(slug: str, kind: ListingKind) -> ReviewedPlace | ResponseReturnValue:
    """Give the listing one can write about, or the answer instead: moved, or closed (410).

    Raises `NotFoundError` for any other, as the listing's own page does.
    """
    found = listing_page(db.session(), slug, vocabulary=current.vocabulary(), now=current.now())
    place = found.listing if isinstance(found, ListingPage) else found
    if isinstance(found, MovedListing) or place.kind is not kind:
        moved = MOVED_WITH_FORM if request.method == "POST" else MOVED
        return redirect(listing_url(place.kind, place.slug) + "/review", moved)
    if isinstance(found, ClosedListing):
        return render_template("listings/closed.html", closed=found), GONE
    locality = found.main_place.locality
    return ReviewedPlace(
        id=found.listing.id,
        name=found.listing.name,
        is_centre=found.is_centre,
        is_demo=found.listing.is_demo,
        path=listing_url(kind, found.listing.slug),
        district=locality.district.name_en if locality else None,
    )


def form_page(
    form: ReviewForm,
    place: ReviewedPlace,
    page: FormPage,
    *,
    refused: DirectoryError | None = None,
) -> ResponseReturnValue:
    """Show the form, whole, with what is wrong first (422), or why it is refused (`REFUSALS`).

    Words of danger in a form that came back are answered with help before anything else.
    """
    faults: list[tuple[str, str | None]] = [*faults_of(form)]
    if refused is not None:
        faults = [(refused.message, OWN if isinstance(refused, ConflictError) else None)]
    html = render_template(
        "reviews/form.html",
        form=form,
        place=place,
        heading=page.heading,
        action=page.action,
        crumbs=page.crumbs,
        returned=page.returned,
        **(page.returned or {}),
        faults=faults,
        faults_title=gettext("This cannot be sent") if refused else faults_title(len(faults)),
        filled=bool(faults),
        crisis=bool(faults) and is_crisis(form.text.data or "", place.name),
        steps=steps_of(signed_in=not form.asks_address),
        quarters=_offered(
            (quarter, author_words.quarter_words(quarter))
            for quarter in quarters_open(current.today())
        ),
        care_kinds=_offered((each, str(author_words.CARE_WORDS[each])) for each in CareKind),
        relations=[(each.value, str(author_words.RELATION_WORDS[each])) for each in Relation],
        pseudonyms=_pseudonyms(form, place),
        overall_words=author_words.OVERALL_WORDS,
        least=LEAST_LETTERS,
        most=MOST_LETTERS,
        terms_version=TERMS_VERSION,
    )
    return html, _status(form, refused), _headers(refused)


def _headers(refused: DirectoryError | None) -> dict[str, str]:
    if isinstance(refused, TooManyError):
        return {"Retry-After": str(refused.retry_after_s)}
    return {}


def _status(form: ReviewForm, refused: DirectoryError | None) -> int:
    if refused is not None:
        return REFUSALS[type(refused)]
    return WRONG if any(form.faults()) else FINE


def is_whole(form: BaseForm) -> bool:
    """Tell whether a form that anybody may send can be taken.

    One whose unseen field was filled in is shown again, not dropped in silence: some browsers
    fill fields by themselves, and no person may lose what they wrote.
    """
    if not form.validate():
        return False
    if form.is_robot():
        form.refuse(
            "",
            gettext(
                "Something besides you filled in a field that nobody sees. "
                "Have a look, and send it once more."
            ),
        )
        return False
    return True


def faults_of(form: BaseForm) -> list[tuple[str, str]]:
    """Give what is wrong with a form, in the order of its fields: words and where to go."""
    return [(words, f"#{name}") for name, words in form.faults()]


def faults_title(number: int) -> str:
    """Give the title over a list of what is missing or wrong in a form."""
    return ngettext("One thing needs another look", "%(num)s things need another look", number)


def steps_of(*, signed_in: bool) -> list[tuple[str, str]]:
    """Give what happens to a review, one step after the other."""
    steps = [
        (
            gettext("You confirm"),
            gettext(" with a link we send you. Nobody reads it before."),
        ),
        (
            gettext("A person reads it"),
            gettext(", usually within three days. Nobody edits a word."),
        ),
        (
            gettext("It appears"),
            gettext(", or comes back to you with a hint. You can withdraw it at any time."),
        ),
    ]
    return steps[1:] if signed_in else steps


def _offered(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give choices with a first one that asks to choose."""
    return [("", gettext("Choose")), *choices]


def _pseudonyms(form: ReviewForm, place: ReviewedPlace) -> list[tuple[str, str]]:
    known = {relation.value: relation for relation in Relation}
    relation = known.get(form.relation.data)
    shown = [each for each in Pseudonym if each is not Pseudonym.WITH_DISTRICT or place.district]
    return [(each.value, author_words.shown_as(each, relation, place.district)) for each in shown]
