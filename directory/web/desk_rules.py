"""The rules a case offers: which fit what, which the signals suggest, and their own texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.moderation.models import Outcome
from directory.moderation.policy import NEED_RULE, may_hide_under
from directory.reviews.models import RuleCode
from directory.reviews.rules import RULES, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.moderation.queries.case_views import CasePage
    from directory.reviews.rules import Rule

# Which rule a signal is about: advice for the order of the list, never more.
SUGGESTED: Mapping[str, RuleCode] = {
    "phone": RuleCode.CONTACT,
    "email": RuleCode.CONTACT,
    "url": RuleCode.CONTACT,
    "third_person_name": RuleCode.IDENTIFIES_RELATIVE,
    "staff_name": RuleCode.IDENTIFIES_STAFF,
    "exact_date": RuleCode.IDENTIFIES_AUTHOR,
    "self_identifying": RuleCode.IDENTIFIES_AUTHOR,
    "dose": RuleCode.DOSING,
    "stop_medicine": RuleCode.DOSING,
    "diagnosis_of_other": RuleCode.IDENTIFIES_RELATIVE,
    "threat": RuleCode.THREAT,
    "slur": RuleCode.THREAT,
    "extortion": RuleCode.REWARD,
    "legal": RuleCode.CRIME_AS_FACT,
    "self_harm_method": RuleCode.SELF_HARM,
    "advertising": RuleCode.ADVERTISING,
    "near_duplicate": RuleCode.DUPLICATE,
    "burst": RuleCode.MANUFACTURED,
    "same_network": RuleCode.MANUFACTURED,
}


@dataclass(frozen=True, slots=True)
class RuleOption:
    """One rule of the list: what it fits, and its text in the review's language and the other."""

    code: str
    title: str
    outcomes: str
    text: str
    other: str
    suggested: bool


def fits(found: Rule, outcome: Outcome) -> bool:
    """Tell whether something can be decided that way under a rule."""
    return {
        Outcome.RETURN: found.can_return,
        Outcome.REJECT: found.can_reject,
        Outcome.REMOVE: found.can_remove,
        Outcome.HIDE: found.can_remove and may_hide_under(found.code),
        Outcome.RESTRICT: found.code is RuleCode.LEGAL_ORDER,
    }.get(outcome, False)


def options_of(case: CasePage) -> list[RuleOption]:
    """Give the rules that fit any outcome of a case, those its signals suggest first."""
    flagged = [flag.rule_code for flag in case.flags]
    suggested = {SUGGESTED[signal.name] for signal in case.signals if signal.name in SUGGESTED}
    first = suggested | set(flagged)
    options = [
        _option(found, outcomes, case.language, suggested=found.code in first)
        for found in RULES
        if (outcomes := _fitting(found, case.outcomes))
    ]
    return sorted(options, key=lambda option: not option.suggested)


def canned_text(code: RuleCode | None, language: str) -> str | None:
    """Give a rule's own text for an author, in Hindi for a review in Hindi, else in English."""
    if code is None:
        return None
    found = rule(code)
    return found.canned_hi if language == "hi" else found.canned_en


def _fitting(found: Rule, outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome in NEED_RULE and fits(found, outcome)]


def _option(
    found: Rule, outcomes: Iterable[Outcome], language: str, *, suggested: bool
) -> RuleOption:
    texts = (found.canned_hi, found.canned_en)
    text, other = texts if language == "hi" else texts[::-1]
    return RuleOption(
        code=found.code.value,
        title=found.title_en,
        outcomes=" ".join(outcome.value for outcome in outcomes),
        text=text,
        other=other,
        suggested=suggested,
    )
