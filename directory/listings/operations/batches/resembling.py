"""New rows of a file that are likely to be a listing we have, or another row of the same file.

Only what is at least probable is told here, because such rows are left out until somebody
chooses them; what is merely possible comes to the desk of duplicates after the import.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from directory.listings.likeness.pairing import Crowd
from directory.listings.likeness.scoring import PROBABLE
from directory.listings.queries.lookalikes import lookalikes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from directory.listings.likeness.sketches import AlikePair, Lookalike, Sketch
    from directory.vocabulary.queries import Vocabulary

    # `id` of a listing or `line` of the file, `score` and `reasons`, as a row keeps it.
    Resemblance = dict[str, Any]


def resemblances(
    session: Session, sketches: Sequence[Sketch], vocabulary: Vocabulary
) -> dict[int, list[Resemblance]]:
    """Give, by line, what new rows are likely to be already; lines that are nothing are absent.

    Of two alike rows of the file only the later is told, so that the first goes in.
    """
    if not sketches:
        return {}
    found: defaultdict[int, list[Resemblance]] = defaultdict(list)
    for line, alike in lookalikes_of(session, sketches, vocabulary=vocabulary).items():
        found[line] += [
            {"id": each.listing_id, **_why(each)} for each in alike if each.score >= PROBABLE
        ]
    for pair in Crowd.of(sketches).pairs():
        if pair.score >= PROBABLE:
            found[pair.second].append({"line": pair.first, **_why(pair)})
    return {line: alike for line, alike in found.items() if alike}


def _why(alike: Lookalike | AlikePair) -> Resemblance:
    return {"score": alike.score, "reasons": [list(reason) for reason in alike.reasons]}
