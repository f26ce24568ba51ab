"""Which act the record gets for each thing that happens to a review."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from directory.audit import actions
from directory.reviews.models import ReviewEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.audit.policy import Act

ACTS: Mapping[ReviewEvent, Act] = MappingProxyType(
    {
        ReviewEvent.SUBMIT: actions.REVIEW_SUBMITTED,
        ReviewEvent.CONFIRM: actions.REVIEW_CONFIRMED,
        ReviewEvent.LAPSE: actions.REVIEW_EXPIRED,
        ReviewEvent.PUBLISH: actions.REVIEW_PUBLISHED,
        ReviewEvent.RETURN: actions.REVIEW_RETURNED,
        ReviewEvent.RESUBMIT: actions.REVIEW_RESUBMITTED,
        ReviewEvent.REJECT: actions.REVIEW_REJECTED,
        ReviewEvent.WITHDRAW: actions.REVIEW_WITHDRAWN,
        ReviewEvent.HIDE: actions.REVIEW_HIDDEN,
        ReviewEvent.RESTORE: actions.REVIEW_RESTORED,
        ReviewEvent.REMOVE: actions.REVIEW_REMOVED,
        ReviewEvent.RESTRICT: actions.REVIEW_RESTRICTED,
        ReviewEvent.REOPEN: actions.REVIEW_REOPENED,
        ReviewEvent.UNDO: actions.REVIEW_UNDONE,
        ReviewEvent.ERASE: actions.REVIEW_ERASED,
    }
)
