"""Every act that is recorded, declared once with the facts it must carry.

Facts are ids, codes, numbers and short words: never a text, a name or an address. A new act is one
line here. Called by every operation that records.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.audit.policy import Act

if TYPE_CHECKING:
    from collections.abc import Mapping


def _act(name: str, *facts: str, noun: str | None = None) -> Act:
    """Declare an act; its subject is the word before the point unless `noun` names another."""
    return Act(name, noun or name.partition(".")[0], frozenset(facts))


# A fact that does not apply is None: `rule_code` of a publication, `decision_id` of a withdrawal.
_OF_A_REVIEW = ("version", "rule_code", "decision_id")

REVIEW_SUBMITTED = _act("review.submitted", *_OF_A_REVIEW)
REVIEW_CONFIRMED = _act("review.confirmed", *_OF_A_REVIEW)
REVIEW_PUBLISHED = _act("review.published", *_OF_A_REVIEW)
REVIEW_RETURNED = _act("review.returned", *_OF_A_REVIEW)
REVIEW_RESUBMITTED = _act("review.resubmitted", *_OF_A_REVIEW)
REVIEW_REJECTED = _act("review.rejected", *_OF_A_REVIEW)
REVIEW_WITHDRAWN = _act("review.withdrawn", *_OF_A_REVIEW)
REVIEW_HIDDEN = _act("review.hidden", *_OF_A_REVIEW)
REVIEW_RESTORED = _act("review.restored", *_OF_A_REVIEW)
REVIEW_REMOVED = _act("review.removed", *_OF_A_REVIEW)
REVIEW_RESTRICTED = _act("review.restricted", *_OF_A_REVIEW)
REVIEW_REOPENED = _act("review.reopened", *_OF_A_REVIEW)
REVIEW_UNDONE = _act("review.undone", *_OF_A_REVIEW)
REVIEW_EXPIRED = _act("review.expired", *_OF_A_REVIEW)
REVIEW_ERASED = _act("review.erased", *_OF_A_REVIEW)

CASE_OPENED = _act("case.opened", "kind", "lane", "review_id", "correction_id")
CASE_LEASED = _act("case.leased")
CASE_RELEASED = _act("case.released")
CASE_RECLASSED = _act("case.reclassed", "before", "after")
CASE_NOTED = _act("case.noted")
CASE_CLOSED = _act("case.closed")

DECISION_MADE = _act("decision.made", "case_id", "outcome", "step", "rule_code", "answers_id")
DECISION_UNDONE = _act("decision.undone", "case_id")

APPEAL_MADE = _act("appeal.made", "review_id", "case_id")
APPEAL_DECIDED = _act("appeal.decided", "review_id", "state")
FLAG_MADE = _act("flag.made", "review_id", "rule_code")
FLAG_DECIDED = _act("flag.decided", "review_id", "state")

# `change_id` is the row of the listing's own history, which says what changed.
_OF_A_CHANGE = ("change_id", "cause")
LISTING_IMPORTED = _act("listing.imported", "new", "changed")
LISTING_CREATED = _act("listing.created", *_OF_A_CHANGE)
LISTING_CHANGED = _act("listing.changed", *_OF_A_CHANGE)
LISTING_MOVED = _act("listing.moved", *_OF_A_CHANGE, "before", "after")
LISTING_UNDONE = _act("listing.undone", "change_id", "undone_id")
LISTING_DELETED = _act("listing.deleted", "undone_id")
LISTING_CHECKED = _act("listing.checked", "fact", "method", "expires_on")
LISTING_MERGED = _act("listing.merged", "into_id", "reviews")
LISTING_TOLD_APART = _act("listing.told_apart", "other_id")
DOUBT_RAISED = _act("doubt.raised", "listing_id", "fact", "reports")
DOUBT_CLEARED = _act("doubt.cleared", "listing_id", "fact")

CORRECTION_MADE = _act("correction.made", "kind", "listing_id", "fact")
CORRECTION_DECIDED = _act("correction.decided", "listing_id", "state", "change_id")

BATCH_READ = _act("batch.read", "new", "changed", "unchanged", "refused")
BATCH_APPLIED = _act("batch.applied", "new", "changed", "left_out")
BATCH_UNDONE = _act("batch.undone", "undone", "kept")
BATCH_DROPPED = _act("batch.dropped")

TERM_ADDED = _act("term.added", "kind")
TERM_CHANGED = _act("term.changed", "fields")
TERM_MERGED = _act("term.merged", "into_id", "listings")

HELPLINE_CALLED = _act("helpline.called", "called_on")

GUIDE_WRITTEN = _act("guide.written", "version")
GUIDE_REVIEWED = _act("guide.reviewed", "version", "next_review_on")
GUIDE_PUBLISHED = _act("guide.published", "version")
GUIDE_WITHDRAWN = _act("guide.withdrawn", "version")

CONTACT_READ = _act("contact.read", noun="user")

USER_CREATED = _act("user.created", "role")
USER_ROLE_CHANGED = _act("user.role_changed", "before", "after")
USER_SUSPENDED = _act("user.suspended")
USER_RESTORED = _act("user.restored")
USER_ERASED = _act("user.erased")
USER_EXPORTED = _act("user.exported")
USER_LINK_MADE = _act("user.link_made")
USER_ENROLMENT_RESET = _act("user.enrolment_reset")
USER_PASSWORD_SET = _act("user.password_set")
USER_TOTP_ENROLLED = _act("user.totp_enrolled")
USER_RECOVERY_USED = _act("user.recovery_used", "codes_left")
USER_RECOVERY_RENEWED = _act("user.recovery_renewed")
USER_SIGNED_IN = _act("user.signed_in")
SESSION_REVOKED = _act("session.revoked")

AFFILIATION_ADDED = _act("affiliation.added", "listing_id", "nature", noun="user")
AFFILIATION_REMOVED = _act("affiliation.removed", "listing_id", noun="user")

CONSENT_GIVEN = _act("consent.given", "purpose", "text_version", noun="user")
CONSENT_WITHDRAWN = _act("consent.withdrawn", "purpose", "text_version", noun="user")

ACTS: Mapping[str, Act] = MappingProxyType(
    {act.name: act for act in tuple(globals().values()) if isinstance(act, Act)}
)
