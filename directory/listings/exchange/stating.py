"""Which facts a listing states at all: only these can be checked.

Called by the recording of checks and by whoever shows what can be checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.listings.models import Accepting
from directory.listings.opening import schedule_of
from directory.listings.policy import REGISTRATION

if TYPE_CHECKING:
    from directory.listings.exchange.drafts import ListingDraft, LocationDraft


def is_always_open(place: LocationDraft) -> bool:
    """Tell whether a place states that it is open day and night, whichever way it does."""
    spans = [
        (weekday, span.opens_minute, span.closes_minute)
        for span in place.hours
        for weekday in span.weekdays
    ]
    return schedule_of(spans, round_the_clock=place.open_24x7).is_always


def stated_facts(draft: ListingDraft) -> tuple[str, ...]:
    """Give the keys of facts a listing states, in the order of its page; registers one by one."""
    places, centre = draft.locations, draft.centre
    registers = dict.fromkeys(f"{REGISTRATION}:{row.register}" for row in draft.registrations)
    stated = {
        "accepting": draft.accepting is not Accepting.UNKNOWN,
        "phone": any(place.phones for place in places),
        "night": centre is not None and any(is_always_open(place) for place in places),
        "staffing": centre is not None and bool(centre.staffing),
        "fee": bool(draft.fees),
        "hours": any(place.hours or place.open_24x7 for place in places),
        "payment": bool(draft.terms["payment"]),
        **dict.fromkeys(registers, True),
        "address": any(place.address for place in places),
        "access": bool(draft.terms["accessibility"]),
        "beds": centre is not None and centre.beds is not None,
        "facilities": bool(draft.terms["facilities"]),
    }
    return tuple(fact for fact, is_stated in stated.items() if is_stated)
