"""What checks are called: what is in doubt, how one was made, until when it counts.

Template filters of the listing pages and of the desk of checks. The words of facts themselves are
in `listing_words.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from directory.listings.harm import Harm
from directory.listings.models import CallOutcome, RegistrationState, VerificationMethod
from directory.web.listing_words import registration_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def doubt_words(outcome: CallOutcome) -> str:
    """Say what several readers found lately; it never says that the fact is wrong."""
    return {
        CallOutcome.ANSWERED: gettext("Several callers found this otherwise lately"),
        CallOutcome.NO_ANSWER: gettext("Several callers could not reach this number lately"),
        CallOutcome.WRONG_NUMBER: gettext(
            "Several callers reached somebody else at this number lately"
        ),
        CallOutcome.NOT_TAKING: gettext("Several callers were turned away lately"),
        CallOutcome.FEE_DIFFERENT: gettext("Several callers were told another fee lately"),
    }[outcome]


def method_choice(method: VerificationMethod) -> str:
    """Name a way of checking for whoever records one."""
    return {
        VerificationMethod.CALL: gettext("A call by day"),
        VerificationMethod.NIGHT_CALL: gettext("A call at night, unannounced"),
        VerificationMethod.LETTER: gettext("A letter or e-mail"),
        VerificationMethod.REGISTER: gettext("A look in the register"),
        VerificationMethod.VISIT: gettext("A visit"),
        VerificationMethod.DOCUMENT: gettext("A paper we saw"),
        VerificationMethod.SOURCE: gettext("Its source"),
    }[method]


def registration_choice(state: RegistrationState) -> tuple[str, str]:
    """Give what a register showed, as a choice: its value and its words."""
    return state.value, registration_words(state)


def harm_words(harm: Harm) -> str:
    """Name a part of the stale queue."""
    return {
        Harm.NIGHT: gettext("Open day and night"),
        Harm.BEDS: gettext("Centres with beds"),
        Harm.CERTIFICATE: gettext("Certificates"),
        Harm.DOUBT: gettext("In doubt"),
        Harm.PHONE: gettext("Telephones"),
        Harm.ACCEPTING: gettext("Taking patients"),
        Harm.FEE: gettext("Fees"),
        Harm.REST: gettext("The rest"),
    }[harm]


def harm_why(harm: Harm) -> str:
    """Say why a part of the stale queue stands where it does."""
    return {
        Harm.NIGHT: gettext(
            "Somebody may stand before a locked door at three in the morning. Only a call at night "
            "or a visit tells."
        ),
        Harm.BEDS: gettext(
            "People are taken here who cannot leave by themselves: who is there, how to reach it, "
            "whether it takes anybody."
        ),
        Harm.CERTIFICATE: gettext(
            "A place with beds must be registered with the mental health authority. A certificate "
            "that has run out no longer shows as registered."
        ),
        Harm.DOUBT: gettext("Several readers found the fact to be otherwise."),
        Harm.PHONE: gettext("A number that nobody answers costs a reader the call they dared."),
        Harm.ACCEPTING: gettext("Being turned away is what makes people stop asking."),
        Harm.FEE: gettext("A fee that has grown is found out at the desk, in front of others."),
        Harm.REST: gettext("Everything else whose check has run out, or was never made."),
    }[harm]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "doubt_words": doubt_words,
    "harm_why": harm_why,
    "harm_words": harm_words,
    "method_choice": method_choice,
    "registration_choice": registration_choice,
}
