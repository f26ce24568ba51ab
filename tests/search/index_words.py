"""Words of an index for tests of reading: names of listings, and words their texts hold."""

from __future__ import annotations

NAMES = dict(
    [
        *[("asha", 4), ("meera", 3), ("rohini", 2), ("kavita", 5), ("sharma", 40), ("verma", 25)],
        *[("gupta", 30), ("chatterjee", 6), ("siddiqui", 5), ("vimhans", 1), ("आशा", 4)],
        ("शर्मा", 40),
    ]
)
TEXTS = frozenset(("government", "mindful", "experience", "trained"))


class SomeWords:
    """What an index of a few listings knows."""

    names = NAMES

    def knows(self, word: str) -> bool:
        """Tell whether a listing holds the word."""
        return word.lower() in NAMES or word.lower() in TEXTS
