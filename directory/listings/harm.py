"""The order in which facts are checked anew: by what it costs a reader when they are wrong.

Named, so that the desk, the commands and the pages mean the same. `queries/stale.py` gives every
due fact its place by these rules; `web/check_words.py` says why each stands where it does.
"""

from __future__ import annotations

from enum import StrEnum


class Harm(StrEnum):
    """The parts of the stale queue, the worst first.

    `night`: somebody may stand before a locked door at night. `beds`: people are taken where they
    cannot leave by themselves, so who is there, how to reach it and whether it takes anybody come
    before everything else. `certificate`: the registration the law asks of a place with beds.
    `doubt`: several readers found the fact to be otherwise. Then what a reader needs first of
    everybody: the telephone, whether there is room, the fee. `rest`: all else.
    """

    NIGHT = "night"
    BEDS = "beds"
    CERTIFICATE = "certificate"
    DOUBT = "doubt"
    PHONE = "phone"
    ACCEPTING = "accepting"
    FEE = "fee"
    REST = "rest"


class Due(StrEnum):
    """Why a fact is due: in doubt, run out, or never checked at all."""

    DOUBTED = "doubted"
    EXPIRED = "expired"
    NEVER = "never"


# What comes before all else in a centre with beds.
FACTS_OF_BEDS = ("phone", "staffing", "beds", "accepting")
# The parts that are one fact, of anybody.
FACT_OF_HARM = {Harm.PHONE: "phone", Harm.ACCEPTING: "accepting", Harm.FEE: "fee"}
