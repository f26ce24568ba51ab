"""Writes dated checks, some fresh and some run out, and the registrations they belong to.

What a check counts for is the rule of `listings.policy`. Called by `people.py` and `centres.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from directory.listings.policy import FACTS, expires_on

if TYPE_CHECKING:
    from directory.demo.dice import Dice

CHECKER = "demo data"
FRESH = 70
MOST_STALE_DAYS = 420
# A register's number as its format wants it, with leading zeros no council gives: nobody's number.
NUMBER_FORMS = {
    "dmc": "DMC/R/00{number:04d}",
    "nmc": "IMR-DEMO-{number:04d}",
    "rci": "A00{number:04d}",
    "dnc": "RN-DEMO-{number:04d}",
    "delhi-ot-council": "OT-DEMO-{number:04d}",
    "ayush-boards": "DBCP-DEMO-{number:04d}",
    "smha-delhi": "SMHA-DEMO-{number:04d}",
    "dghs-nh": "DHS/NH/00{number:04d}",
    "msje-irca": "IRCA-DEMO-{number:04d}",
    "nabh": "MHCO-DEMO-{number:04d}",
}
NUMBERS = 10_000
STRIDE = 3_607


def check(fact: str, method: str, checked_on: date, note: str | None = None) -> dict[str, Any]:
    """Give one check in the import format, good for as long as the rule says."""
    return {
        "fact": fact,
        "method": method,
        "by": CHECKER,
        "checked_on": checked_on.isoformat(),
        "expires_on": expires_on(fact, checked_on).isoformat(),
        "note": note,
    }


def day_of_check(fact: str, today: date, dice: Dice, *, fresh: float = FRESH) -> date:
    """Give a day on which a fact was checked: mostly still good, else run out."""
    counts = FACTS[fact.partition(":")[0]]
    if dice.chance(fresh):
        return today - timedelta(days=dice.whole(0, counts - 2))
    return today - timedelta(days=counts + dice.whole(2, MOST_STALE_DAYS))


class RegisterNumbers:
    """Gives out numbers that belong to nobody."""

    def __init__(self) -> None:
        """Begin with the first number."""
        self._given = 0

    def deal(self, register: str) -> str:
        """Give the next number in the form its register uses."""
        self._given += 1
        return NUMBER_FORMS[register].format(number=self._given * STRIDE % NUMBERS)


def registration(
    register: str, state: str, numbers: RegisterNumbers, today: date, dice: Dice
) -> dict[str, Any]:
    """Give a registration in a state; only a look-up that was made carries a date."""
    fact = f"registration:{register}"
    checked_on = None if state == "unchecked" else day_of_check(fact, today, dice, fresh=78)
    number = None if state == "unchecked" and dice.chance(40) else numbers.deal(register)
    valid_until = None
    if checked_on is not None and state != "not-found" and register in ("rci", "smha-delhi"):
        valid_until = today + timedelta(days=dice.whole(20, 1500))
    return {
        "register": register,
        "number": number,
        "state": state,
        "checked_on": checked_on.isoformat() if checked_on else None,
        "valid_until": valid_until.isoformat() if valid_until else None,
    }


def register_checks(registrations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the check that each dated look-up of a register is."""
    return [
        check(f"registration:{row['register']}", "register", date.fromisoformat(row["checked_on"]))
        for row in registrations
        if row["checked_on"] is not None
    ]
