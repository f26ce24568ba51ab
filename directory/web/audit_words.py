"""The record of acts in plain words: what was done, to what, with which facts.

Used as template filters of the administrator's log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext

from directory.audit.models import ActorKind
from directory.web.desk_words import DECIDED, KINDS, LANES, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.audit.policy import FactValue
    from directory.audit.queries import EventView

ACTS: Mapping[str, LazyString] = {
    "review.submitted": lazy_gettext("Review written"),
    "review.confirmed": lazy_gettext("Review confirmed"),
    "review.published": lazy_gettext("Review published"),
    "review.returned": lazy_gettext("Review sent back"),
    "review.resubmitted": lazy_gettext("Review sent again"),
    "review.rejected": lazy_gettext("Review rejected"),
    "review.withdrawn": lazy_gettext("Review withdrawn"),
    "review.hidden": lazy_gettext("Review hidden"),
    "review.restored": lazy_gettext("Review brought back"),
    "review.removed": lazy_gettext("Review removed"),
    "review.restricted": lazy_gettext("Review restricted"),
    "review.reopened": lazy_gettext("Review opened again"),
    "review.undone": lazy_gettext("Decision on a review taken back"),
    "review.expired": lazy_gettext("Review lapsed"),
    "review.erased": lazy_gettext("Review erased"),
    "case.opened": lazy_gettext("Case opened"),
    "case.leased": lazy_gettext("Case taken"),
    "case.released": lazy_gettext("Case put back"),
    "case.reclassed": lazy_gettext("Case given another class"),
    "case.noted": lazy_gettext("Note left on a case"),
    "case.closed": lazy_gettext("Case closed"),
    "decision.made": lazy_gettext("Decision made"),
    "decision.undone": lazy_gettext("Decision taken back"),
    "appeal.made": lazy_gettext("Appeal made"),
    "appeal.decided": lazy_gettext("Appeal decided"),
    "flag.made": lazy_gettext("Flag made"),
    "flag.decided": lazy_gettext("Flag decided"),
    "listing.imported": lazy_gettext("Listings imported"),
    "listing.created": lazy_gettext("Listing made"),
    "listing.changed": lazy_gettext("Listing changed"),
    "listing.moved": lazy_gettext("Listing published, suspended or closed"),
    "listing.undone": lazy_gettext("Change of a listing undone"),
    "listing.deleted": lazy_gettext("Listing of an import taken away again"),
    "listing.checked": lazy_gettext("Fact checked"),
    "listing.merged": lazy_gettext("Listing merged into another"),
    "listing.told_apart": lazy_gettext("Two listings told apart"),
    "doubt.raised": lazy_gettext("Fact in doubt"),
    "doubt.cleared": lazy_gettext("Doubt cleared"),
    "correction.made": lazy_gettext("Report of a reader"),
    "correction.decided": lazy_gettext("Report decided"),
    "batch.read": lazy_gettext("File read"),
    "batch.applied": lazy_gettext("File applied"),
    "batch.undone": lazy_gettext("File undone"),
    "batch.dropped": lazy_gettext("File thrown away"),
    "term.added": lazy_gettext("Term added"),
    "term.changed": lazy_gettext("Term changed"),
    "term.merged": lazy_gettext("Term merged into another"),
    "guide.written": lazy_gettext("Guide written"),
    "helpline.called": lazy_gettext("Helpline rung"),
    "guide.reviewed": lazy_gettext("Guide reviewed"),
    "guide.published": lazy_gettext("Guide published"),
    "guide.withdrawn": lazy_gettext("Guide withdrawn"),
    "contact.read": lazy_gettext("Address of an account read"),
    "user.created": lazy_gettext("Account made"),
    "user.role_changed": lazy_gettext("Role changed"),
    "user.suspended": lazy_gettext("Account suspended"),
    "user.restored": lazy_gettext("Account restored"),
    "user.erased": lazy_gettext("Account erased"),
    "user.exported": lazy_gettext("Account’s data exported"),
    "user.password_set": lazy_gettext("Password set"),
    "user.totp_enrolled": lazy_gettext("Second step set up"),
    "user.recovery_used": lazy_gettext("Recovery code used"),
    "user.recovery_renewed": lazy_gettext("Recovery codes made anew"),
    "user.enrolment_reset": lazy_gettext("Two steps taken away, to be set up anew"),
    "user.link_made": lazy_gettext("Link to an account made"),
    "user.signed_in": lazy_gettext("Signed in"),
    "session.revoked": lazy_gettext("Session ended from elsewhere"),
    "affiliation.added": lazy_gettext("Tie to a listing noted"),
    "affiliation.removed": lazy_gettext("Tie to a listing taken away"),
    "consent.given": lazy_gettext("Consent given"),
    "consent.withdrawn": lazy_gettext("Consent withdrawn"),
}
NOUNS: Mapping[str, LazyString] = {
    "review": lazy_gettext("review"),
    "case": lazy_gettext("case"),
    "decision": lazy_gettext("decision"),
    "appeal": lazy_gettext("appeal"),
    "flag": lazy_gettext("flag"),
    "listing": lazy_gettext("listing"),
    "doubt": lazy_gettext("doubt"),
    "correction": lazy_gettext("report"),
    "batch": lazy_gettext("file"),
    "term": lazy_gettext("term"),
    "helpline": lazy_gettext("helpline"),
    "guide": lazy_gettext("guide"),
    "user": lazy_gettext("account"),
    "session": lazy_gettext("session"),
}
ACTORS: Mapping[str, LazyString] = {
    ActorKind.AUTHOR: lazy_gettext("an author"),
    ActorKind.READER: lazy_gettext("a reader"),
    ActorKind.MODERATOR: lazy_gettext("a moderator"),
    ActorKind.ADMINISTRATOR: lazy_gettext("an administrator"),
    ActorKind.CLOCK: lazy_gettext("the clock"),
    ActorKind.COMMAND: lazy_gettext("a command"),
}
FACTS: Mapping[str, LazyString] = {
    "version": lazy_gettext("version"),
    "rule_code": lazy_gettext("rule"),
    "decision_id": lazy_gettext("decision"),
    "case_id": lazy_gettext("case"),
    "review_id": lazy_gettext("review"),
    "correction_id": lazy_gettext("report"),
    "listing_id": lazy_gettext("listing"),
    "answers_id": lazy_gettext("answers decision"),
    "kind": lazy_gettext("kind"),
    "lane": lazy_gettext("class"),
    "before": lazy_gettext("before"),
    "after": lazy_gettext("after"),
    "outcome": lazy_gettext("outcome"),
    "step": lazy_gettext("step"),
    "state": lazy_gettext("state"),
    "upheld": lazy_gettext("upheld"),
    "role": lazy_gettext("role"),
    "nature": lazy_gettext("nature"),
    "purpose": lazy_gettext("purpose"),
    "text_version": lazy_gettext("text version"),
    "change_id": lazy_gettext("change"),
    "undone_id": lazy_gettext("undoes change"),
    "cause": lazy_gettext("because of"),
    "new": lazy_gettext("new"),
    "changed": lazy_gettext("changed"),
    "unchanged": lazy_gettext("unchanged"),
    "refused": lazy_gettext("refused"),
    "left_out": lazy_gettext("left out"),
    "undone": lazy_gettext("undone"),
    "kept": lazy_gettext("kept"),
    "fact": lazy_gettext("fact"),
    "fields": lazy_gettext("parts"),
    "method": lazy_gettext("how"),
    "expires_on": lazy_gettext("until"),
    "called_on": lazy_gettext("rung on"),
    "next_review_on": lazy_gettext("next review"),
    "into_id": lazy_gettext("into"),
    "other_id": lazy_gettext("from"),
    "reviews": lazy_gettext("reviews"),
    "listings": lazy_gettext("listings"),
    "reports": lazy_gettext("reports"),
    "codes_left": lazy_gettext("codes left"),
}
VALUES: Mapping[str, Mapping[str, LazyString]] = {
    "kind": KINDS,
    "lane": LANES,
    "outcome": DECIDED,
    "before": LANES,
    "after": LANES,
}


def act_words(act: str) -> str:
    """Give an act in words; an unknown one as it is recorded."""
    return str(ACTS.get(act, act))


def subject_words(event: EventView) -> str:
    """Give what was acted on: "review 12"; only its kind when it has no number."""
    noun = str(NOUNS.get(event.subject_noun, event.subject_noun))
    return noun if event.subject_id is None else f"{noun} {event.subject_id}"


def subject_url(event: EventView) -> str | None:
    """Give where what was acted on is seen: its own page, or all that was done to it."""
    if event.subject_id is None:
        return None
    pages = {
        "batch": "/admin/imports",
        "case": "/moderation/cases",
        "user": "/admin/people",
    }
    if event.subject_noun in pages:
        return f"{pages[event.subject_noun]}/{event.subject_id}"
    return f"/admin/audit?noun={event.subject_noun}&subject={event.subject_id}"


def actor_words(event: EventView, names: Mapping[int, str]) -> str:
    """Give who acted: staff by name and number, everybody else by their part."""
    part = str(ACTORS[event.actor_kind])
    if event.actor_id is None:
        return part
    name = names.get(event.actor_id)
    number = gettext("account %(number)s", number=event.actor_id)
    return f"{name} ({number})" if name else f"{part} ({number})"


def fact_words(facts: Mapping[str, FactValue]) -> str:
    """Give the facts of an act: "rule R-08, version 2"; what does not apply is left out."""
    order = {name: number for number, name in enumerate(FACTS)}
    told = [(name, value) for name, value in facts.items() if value is not None]
    told.sort(key=lambda fact: order.get(fact[0], len(order)))
    return ", ".join(f"{FACTS.get(name, name)} {_value(name, value)}" for name, value in told)


def _value(name: str, value: FactValue) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(VALUES.get(name, {}).get(str(value), value))


FILTERS: dict[str, Callable[..., Any]] = {
    "act_words": act_words,
    "actor_words": actor_words,
    "audit_facts": fact_words,
    "noun_words": words_of(NOUNS),
    "subject_url": subject_url,
    "subject_words": subject_words,
}
