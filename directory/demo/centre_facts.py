"""What follows from a centre's type: rota, facilities, registers, telephones, checks.

Called by `centres.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.demo.checks import check, day_of_check, register_checks, registration
from directory.demo.facts import accepting_checks
from directory.demo.schedule import minutes
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from datetime import date

    from directory.demo.banks import Banks
    from directory.demo.checks import RegisterNumbers
    from directory.demo.dice import Dice
    from directory.demo.places import Telephones
    from directory.vocabulary.queries import Vocabulary

DAY = 1440
FACILITY_STATED = 78
# What a reader will count on at night is said only where the rota bears it.
FROM_THE_ROTA = {
    "psychiatrist-24x7-on-site": ("psychiatrist", "on-site"),
    "psychiatrist-on-call": ("psychiatrist", "on-call"),
    "doctor-24x7-on-site": ("doctor", "on-site"),
    "nurse-24x7": ("nurse", "on-site"),
}
REGISTER_STATES = {"found": 74, "provisional": 14, "not-found": 6, "unchecked": 6}
OTHER_REGISTER_STATES = {"found": 55, "unchecked": 35, "not-found": 10}
# Shown only with proof and a date, so each comes with a check.
WITH_PROOF = {"cashless": 38, "cghs": 14, "dgehs": 8, "echs": 8, "esic": 4, "ab-pmjay": 8}


def rota(banks: Banks, entry: dict[str, Any], dice: Dice) -> list[dict[str, Any]]:
    """Give the staffing of a centre in the import format."""
    return [
        {
            "role": role,
            "presence": presence,
            "from": begins,
            "to": ends,
            "count": dice.whole(fewest, most),
            "within_minutes": within,
        }
        for role, presence, begins, ends, fewest, most, within in banks.rotas[
            dice.pick(entry["rotas"])
        ]
    ]


def covers_day_and_night(staffing: list[dict[str, Any]], role: str, presence: str) -> bool:
    """Tell whether somebody of the role is there, in that way, at every minute."""
    covered = 0
    for row in staffing:
        if row["role"] == role and row["presence"] == presence:
            covered += (minutes(row["to"]) - minutes(row["from"]) - 1) % DAY + 1
    return covered >= DAY


def facilities_of(entry: dict[str, Any], staffing: list[dict[str, Any]], dice: Dice) -> list[str]:
    """Give the facilities, those of the rota first."""
    found = [
        slug
        for slug, (role, presence) in FROM_THE_ROTA.items()
        if (presence == "on-call" and _has(staffing, role, presence))
        or (presence == "on-site" and covers_day_and_night(staffing, role, presence))
    ]
    for slug in entry["facilities"]:
        if slug == "emergency-24x7" and not covers_day_and_night(staffing, "doctor", "on-site"):
            continue
        if slug == "psychologist-onsite" and not _has(staffing, "psychologist", "on-site"):
            continue
        if slug == "anaesthetist" and not any(row["role"] == "anaesthetist" for row in staffing):
            continue
        if dice.chance(FACILITY_STATED):
            found.append(slug)
    return found


def registrations_of(
    vocabulary: Vocabulary,
    centre_type: str,
    *,
    numbers: RegisterNumbers,
    today: date,
    dice: Dice,
) -> list[dict[str, Any]]:
    """Give the registers a type stands in; a centre with beds always says how it stands."""
    details = vocabulary.terms[TermKind.CENTRE_TYPE][centre_type].details
    has_beds = details["overnight_beds"]
    rows = []
    for register in details["registers"]:
        if register == "smha-delhi" and has_beds:
            state = dice.weighted(REGISTER_STATES)
        elif dice.chance(70):
            state = dice.weighted(OTHER_REGISTER_STATES)
        else:
            continue
        rows.append(registration(register, state, numbers, today, dice))
    if has_beds and dice.chance(14):
        rows.append(registration("nabh", "found", numbers, today, dice))
    return rows


def admission_phones(
    entry: dict[str, Any], telephones: Telephones, dice: Dice
) -> list[dict[str, str]]:
    """Give one number for each purpose a centre of this type has."""
    uses = ["appointments"]
    if "beds" in entry:
        uses = ["admissions", "emergency", *(["appointments"] if dice.chance(60) else [])]
        uses += [use for use in ("ward", "complaints") if dice.chance(55)]
        if "ambulance" in entry["facilities"] and dice.chance(80):
            uses.append("ambulance")
    elif dice.chance(25):
        uses.append("complaints")
    return [telephones.deal(use) for use in uses]


def payment_of(entry: dict[str, Any], dice: Dice) -> list[str]:
    """Give the ways of paying."""
    if entry.get("free"):
        return ["government-free"] if "fees" in entry and dice.chance(30) else []
    found = ["upi", "cash", *(["card"] if dice.chance(75) else [])]
    if "beds" in entry:
        found += [slug for slug, share in WITH_PROOF.items() if dice.chance(share)]
    return [*found, "reimbursement"] if dice.chance(50) else found


def centre_checks(
    document: dict[str, Any], entry: dict[str, Any], today: date, dice: Dice
) -> list[dict[str, Any]]:
    """Give the dated checks of a centre; only some of those open at night were rung at night."""
    if document["state"] in ("draft", "closed"):
        return []
    found = accepting_checks(document) + register_checks(document["registrations"])
    plans = [
        ("phone", "call", 70),
        ("fee", "document" if dice.chance(30) else "call", 55 if document["fees"] else 0),
        ("address", "visit", 30),
        ("access", "visit", 28),
        ("facilities", "visit", 34 if document["facilities"] else 0),
        ("hours", "call", 0 if entry.get("open_24x7") else 45),
        ("night", "night-call", 46 if entry.get("open_24x7") else 0),
        ("staffing", "document" if dice.chance(40) else "call", 55 if document["staffing"] else 0),
        ("beds", "document", 50 if document["beds"] else 0),
        ("payment", "document", _share_of_payment(document)),
    ]
    for fact, method, share in plans:
        if dice.chance(share):
            found.append(check(fact, method, day_of_check(fact, today, dice), _note(fact, dice)))
    return found


def _share_of_payment(document: dict[str, Any]) -> int:
    return 100 if any(slug in WITH_PROOF for slug in document["payment"]) else 10


def _note(fact: str, dice: Dice) -> str | None:
    if fact != "night":
        return None
    return (
        f"Rung at 0{dice.whole(1, 4)}:{dice.whole(10, 55)}, answered after {dice.whole(2, 7)} rings"
    )


def _has(staffing: list[dict[str, Any]], role: str, presence: str) -> bool:
    return any(row["role"] == role and row["presence"] == presence for row in staffing)
