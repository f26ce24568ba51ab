"""Understanding what somebody types, in English, Hindi and Hinglish, misspelt.

`Reader` reads free text as filters, hints and words; `plain` leaves it as it is.
"""

from __future__ import annotations

from directory.search.understanding.reader import IndexWords, Reader, plain

__all__ = ["IndexWords", "Reader", "plain"]
