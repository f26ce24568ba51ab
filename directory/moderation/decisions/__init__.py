"""All that is judged: leases, decisions, a second person's answers, taking back.

Each operation opens one transaction. Two moderators on one case: the case's version lets one
through and tells the other what happened.
"""

from directory.moderation.decisions.answering import answer
from directory.moderation.decisions.correcting import Corrected, accept, decline
from directory.moderation.decisions.effects import Decided
from directory.moderation.decisions.judging import Judgement, decide
from directory.moderation.decisions.leasing import add_note, lease, reclass, release
from directory.moderation.decisions.linking import link_person, unlink_person
from directory.moderation.decisions.undoing import undo

__all__ = [
    "Corrected",
    "Decided",
    "Judgement",
    "accept",
    "add_note",
    "answer",
    "decide",
    "decline",
    "lease",
    "link_person",
    "reclass",
    "release",
    "undo",
    "unlink_person",
]
