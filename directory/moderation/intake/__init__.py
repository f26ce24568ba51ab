"""All that comes in: reviews and what their authors do with them, flags, appeals, erasure, reports.

Each operation opens one transaction: what changed, its case, its audit row and its letters are
kept together or not at all.
"""

from directory.moderation.intake.authoring import appeal, resubmit_review, withdraw_review
from directory.moderation.intake.confirming import Confirmed, confirm_review
from directory.moderation.intake.drafts import ReviewDraft
from directory.moderation.intake.erasing import erase_account, erase_user, export_data
from directory.moderation.intake.flagging import flag_review
from directory.moderation.intake.reporting import DetailReport, report_detail, report_outcome
from directory.moderation.intake.submitting import Submitted, submit_review
from directory.moderation.intake.suggesting import Suggestion, suggest_listing

__all__ = [
    "Confirmed",
    "DetailReport",
    "ReviewDraft",
    "Submitted",
    "Suggestion",
    "appeal",
    "confirm_review",
    "erase_account",
    "erase_user",
    "export_data",
    "flag_review",
    "report_detail",
    "report_outcome",
    "resubmit_review",
    "submit_review",
    "suggest_listing",
    "withdraw_review",
]
