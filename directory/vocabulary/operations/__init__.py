"""Writes of the vocabulary: the reference files, and what the desk changes of a term.

Merging two terms touches listings and guides as well: that is `moderation/terms.py`.
"""

from __future__ import annotations

from directory.vocabulary.operations.editing import add_term, change_term, retire_term
from directory.vocabulary.operations.loading import ReferenceCounts, load_reference

__all__ = ["ReferenceCounts", "add_term", "change_term", "load_reference", "retire_term"]
