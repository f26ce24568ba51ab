"""The parts every demo document has: its head, its tail, its state, the order of its keys.

Called by `people.py` and `centres.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from directory.demo.checks import check, day_of_check
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from directory.demo.dice import Dice
    from directory.demo.names import SpeltName
    from directory.demo.places import Spot
    from directory.vocabulary.queries import Vocabulary

SOURCE = "Demo data, made up"
KEYS = tuple(
    """
    ref kind slug state closed_on name name_hi profession centre_type gender practising_since
    headline about qualifications registrations conditions treatments languages modes age_groups
    identities payment facilities accessibility fees accepting accepting_checked_on locations
    beds admission_types staffing works_at website source demo checks
    """.split()  # noqa: SIM905 - one name a line would fill a page
)
LISTS = frozenset(
    """
    qualifications registrations conditions treatments languages modes age_groups identities
    payment facilities accessibility fees locations admission_types staffing works_at checks
    """.split()  # noqa: SIM905 - the same
)
HINDI_NAME = 50
STATES = {"published": 960, "closed": 21, "draft": 11, "suspended": 8}
ACCEPTING = {"yes": 58, "waiting-list": 14, "no": 9, "unknown": 19}
SHOWN_IN_PUBLIC = ("found", "provisional")
CLOSED_AT_LEAST, CLOSED_AT_MOST = 15, 500


def head(seed: int, number: int, kind: str, name: SpeltName, dice: Dice) -> dict[str, Any]:
    """Give what names a listing; the ref is its key for ever."""
    return {
        "ref": f"demo:{seed}:{number}",
        "kind": kind,
        "name": name.latin,
        "name_hi": name.devanagari if dice.chance(HINDI_NAME) else None,
    }


def tail(today: date) -> dict[str, Any]:
    """Give what marks a listing as made up."""
    return {
        "source": {
            "name": SOURCE,
            "url": None,
            "retrieved_on": today.isoformat(),
            "confidence": None,
        },
        "demo": True,
    }


def in_order(document: dict[str, Any]) -> dict[str, Any]:
    """Give the document with every key of the import format, in its order."""
    return {key: document.get(key, [] if key in LISTS else None) for key in KEYS}


def state_of(today: date, dice: Dice) -> tuple[str, str | None]:
    """Give a state, nearly always published, and since when it is closed."""
    state = dice.weighted(STATES)
    if state != "closed":
        return state, None
    return state, (today - timedelta(days=dice.whole(CLOSED_AT_LEAST, CLOSED_AT_MOST))).isoformat()


def centre_state(
    registrations: list[dict[str, Any]], entry: dict[str, Any], today: date, dice: Dice
) -> tuple[str, str | None]:
    """Give a state; a centre with beds is public only with its number in the State register.

    (Mental Healthcare Act 2017 ss.65-66.)
    """
    register = next((row for row in registrations if row["register"] == "smha-delhi"), None)
    if "beds" in entry and register is not None and register["state"] not in SHOWN_IN_PUBLIC:
        return "suspended", None
    return state_of(today, dice)


def accepting(today: date, dice: Dice, state: str) -> dict[str, Any]:
    """Give whether new people are taken and when that was asked, if it was."""
    answer = "no" if state == "closed" else dice.weighted(ACCEPTING)
    asked = answer != "unknown" and state == "published" and dice.chance(78)
    day = day_of_check("accepting", today, dice, fresh=66) if asked else None
    return {"accepting": answer, "accepting_checked_on": day.isoformat() if day else None}


def accepting_checks(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the call that asked whether new people are taken."""
    day = document["accepting_checked_on"]
    return [check("accepting", "call", date.fromisoformat(day))] if day else []


def place_slots(spot: Spot) -> dict[str, str]:
    """Give what a sentence may say of a place."""
    locality = spot.locality
    slots = {
        "locality": locality.name_en,
        "locality_hi": locality.name_hi,
        "district": f"{locality.district.name_en} Delhi".replace("Delhi Delhi", "Delhi"),
    }
    if spot.is_near_metro:
        slots["station"] = locality.station.name_en
        slots["station_hi"] = locality.station.name_hi
    return slots


def language_names(vocabulary: Vocabulary, slugs: list[str], *, hindi: bool = False) -> list[str]:
    """Give the names of languages."""
    terms = vocabulary.terms[TermKind.LANGUAGE]
    return [terms[slug].name_hi if hindi else terms[slug].name_en for slug in slugs]
