"""Pages of listings made by hand, without a database: only what a test names is stated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from directory.listings.models import Accepting, ListingKind
from directory.listings.opening import OpenKind, OpenState, Schedule
from directory.listings.queries.page import ListingPage, ListingView, LocationView
from directory.vocabulary.models import TermKind
from directory.vocabulary.queries import TermView

if TYPE_CHECKING:
    from collections.abc import Sequence

AT = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)


def term(slug: str, kind: TermKind = TermKind.CONDITION) -> TermView:
    """Give a term; its id comes from its slug."""
    number = int.from_bytes(slug.encode()[:6], "big")
    return TermView(number, kind, slug, slug.capitalize(), "शब्द", None, None, (), {})


def place(
    schedule: Schedule | None = None,
    point: tuple[float, float] | None = None,
    address: str | None = None,
) -> LocationView:
    """Give a place with hours, a point or an address, if they are named."""
    lat, lon = point or (None, None)
    return LocationView(
        label=None,
        address=address,
        locality=None,
        pincode=None,
        lat=lat,
        lon=lon,
        open_24x7=bool(schedule and schedule.round_the_clock),
        phones=(),
        opening=OpenState(OpenKind.UNKNOWN),
        week=None,
        exceptions=(),
        stations=(),
        map=None,
        schedule=schedule or Schedule(),
    )


def page(
    slug: str = "asha",
    *,
    kind: ListingKind = ListingKind.PRACTITIONER,
    role: str = "psychiatrist",
    accepting: Accepting = Accepting.UNKNOWN,
    beds: int | None = None,
    places: Sequence[LocationView] = (),
    **stated: Any,
) -> ListingPage:
    """Give a page that states only these facts; `stated` are fields of `ListingPage`."""
    listing = ListingView(
        id=int.from_bytes(slug.encode()[:6], "big"),
        kind=kind,
        slug=slug,
        name=slug.capitalize(),
        name_hi=None,
        role=term(role, TermKind.PROFESSION),
        gender=None,
        practising_since=None,
        headline=None,
        about=None,
        website=None,
        beds=beds,
        accepting=accepting,
        is_demo=False,
        updated_at=AT,
        source=None,
        qualifications=(),
    )
    nothing: dict[str, Any] = {
        "terms": {},
        "fees": (),
        "costs": (),
        "registrations": (),
        "roster": (),
        "checks": {},
        "colleagues": (),
        "similar": (),
    }
    return ListingPage(listing=listing, locations=tuple(places) or (place(),), **nothing | stated)
