"""Writes of the vocabulary: the reference files, what the desk changes of a term, calls of lines.

Merging two terms touches listings and guides as well: that is `moderation/terms.py`.
"""

from __future__ import annotations

from directory.vocabulary.operations.checking import record_helpline_call
from directory.vocabulary.operations.editing import add_term, change_term, retire_term
from directory.vocabulary.operations.loading import ReferenceCounts, load_reference

__all__ = [
    "ReferenceCounts",
    "add_term",
    "change_term",
    "load_reference",
    "record_helpline_call",
    "retire_term",
]
