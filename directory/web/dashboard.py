"""What the administration begins with: what is due, how old checks are, what searches miss.

Called by `admin.py`. Only counts and words of searches are shown, never who searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from directory.core.db import db
from directory.guides.queries import count_guides
from directory.listings.harm import Harm
from directory.listings.queries.due import due_counts
from directory.listings.queries.fact_ages import fact_ages
from directory.listings.queries.stale import stale_counts
from directory.moderation.queries.clocks_and_counts import desk_counts
from directory.search.unmet import unmet_words
from directory.web import current

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.listings.queries.due import DueCounts
    from directory.listings.queries.fact_ages import FactAge
    from directory.moderation.queries.clocks_and_counts import DeskCounts
    from directory.search.unmet import Unmet

WORDS_SHOWN = 12
# What somebody may pay for dearly: a locked door at night, a place that cannot be left.
GRAVE = (Harm.NIGHT, Harm.BEDS, Harm.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One kind of work: how much waits, in words, and where; `is_pressing` when some is late."""

    name: str
    url: str
    says: str
    count: int
    is_pressing: bool = False


@dataclass(frozen=True, slots=True)
class AgeBar:
    """How old the checks of a fact are, with the widths of its bar in percent."""

    age: FactAge
    valid_width: float
    expired_width: float


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the page shows."""

    due: tuple[DueLine, ...]
    ages: tuple[AgeBar, ...]
    desk: DeskCounts
    unmet: tuple[Unmet, ...]


def dashboard() -> Dashboard:
    """Give what the first page of the administration shows."""
    session = db.session()
    desk = desk_counts(session, now=current.now())
    return Dashboard(
        due=tuple(_due(desk)),
        ages=tuple(age_bar(age) for age in fact_ages(session, current.today())),
        desk=desk,
        unmet=unmet_words(session, WORDS_SHOWN),
    )


def _due(desk: DeskCounts) -> Iterator[DueLine]:
    late = gettext("%(number)s late", number=desk.late) if desk.late else gettext("none late")
    yield DueLine(gettext("Cases on the desk"), "/moderation", late, desk.open, desk.late > 0)
    yield _stale()
    yield from _of_listings(due_counts(db.session()))
    yield _of_guides()


def _stale() -> DueLine:
    stale = stale_counts(db.session(), current.today())
    grave = sum(stale[harm] for harm in GRAVE)
    says = gettext("%(number)s of them grave", number=grave) if grave else gettext("none grave")
    return DueLine(gettext("Facts to check"), "/admin/checks", says, sum(stale.values()), grave > 0)


def _of_listings(due: DueCounts) -> Iterator[DueLine]:
    otherwise = gettext("readers found them to be otherwise")
    doubts = "/admin/checks?due=doubted"
    yield DueLine(gettext("Facts in doubt"), doubts, otherwise, due.doubts, due.doubts > 0)
    beside = ngettext("beside %(num)s shown", "beside %(num)s shown", due.published)
    yield DueLine(gettext("Drafts"), "/admin/listings?state=draft", beside, due.drafts)
    hidden = "/admin/listings?state=suspended"
    yield DueLine(gettext("Suspended"), hidden, gettext("not shown"), due.suspended)
    waiting = gettext("neither applied nor dropped")
    yield DueLine(gettext("Files read"), "/admin/imports", waiting, due.files)


def _of_guides() -> DueLine:
    guides = count_guides(db.session(), today=current.today())
    old = ngettext("%(num)s is out of date", "%(num)s are out of date", guides.due)
    says = old if guides.due else gettext("none out of date")
    if guides.shown_unread:
        says += ", " + ngettext(
            "%(num)s shown that no clinician has read yet",
            "%(num)s shown that no clinician has read yet",
            guides.shown_unread,
        )
    return DueLine(
        gettext("Guides to review"), "/admin/guides", says, guides.unreviewed, guides.due > 0
    )


def age_bar(age: FactAge) -> AgeBar:
    """Give the bar of a fact: what counts, what has run out, of all that state it."""
    whole = max(age.stated, 1)
    return AgeBar(age, round(100 * age.valid / whole, 2), round(100 * age.expired / whole, 2))
