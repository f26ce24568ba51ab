"""A file as an import desk gets one: known, changed, new and wrong rows, and likely duplicates.

Deterministic, made from the listings of `benchmarks/import_listings.py`. Used by
`benchmarks/import_desk.py` and by the tests, which know from `Planted` what has to be found.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from benchmarks.import_listings import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from directory.vocabulary.queries import Vocabulary

    Document = dict[str, Any]

SEED = 20261125
# Of a hundred rows: what each is.
SHARES = {"unchanged": 40, "changed": 22, "new": 28, "lookalike": 4, "repeated": 2, "refused": 4}

# A ref can stand twice in a file whether the directory has it or not.
REPEATABLE = ("unchanged", "changed", "new")
SHORTLY = 200

SYLLABLES = ("ka", "ri", "mo", "te", "lu", "sha", "ven", "do", "pi", "gan", "bo", "zi")
SHORTEST_WORD = 6


def _fee(document: Document) -> None:
    document["fees"] = [{"for": "first-session", "amount": 4321, "minutes": 60}]


def _phone(document: Document) -> None:
    place = document["locations"][0]
    document["locations"] = [
        {**place, "phones": [{"use": "appointments", "number": "+911155598765"}]}
    ]


def _name(document: Document) -> None:
    document["name"] = f"{document['name']} Sharma"


def _taking(document: Document) -> None:
    document["accepting"], document["accepting_checked_on"] = "no", None


def _closing(document: Document) -> None:
    document["state"], document["closed_on"] = "closed", "2026-11-20"


def _words(document: Document) -> None:
    document["about"] = "Other words than before."
    document["languages"] = ["en"]


CHANGES: tuple[Callable[[Document], None], ...] = (_fee, _phone, _name, _taking, _closing, _words)

FAULTS: tuple[Callable[[Document], Document | str], ...] = (
    lambda document: {**document, "locations": [{"locality": "nowhere-at-all"}]},
    lambda document: {**document, "name": " "},
    lambda document: {**document, "fee": 100},
    lambda document: {**document, "works_at": ["bench:nobody"], "kind": "practitioner"},
    lambda document: {**document, "state": "draft", "closed_on": "2026-11-01"},
    lambda document: {**document, "slug": "Not A Slug"},
    lambda document: json.dumps(document)[:-20],
    lambda document: json.dumps([document]),
)


@dataclass(slots=True)
class Planted:
    """The listings a directory has first, the lines of a file, and what each line is.

    `lines` holds, by the words of `SHARES`, the numbers of lines; a `repeated` line has the ref
    of an earlier one and is refused.
    """

    stored: list[Document]
    texts: list[str] = field(default_factory=list)
    lines: dict[str, set[int]] = field(default_factory=dict)

    def content(self) -> bytes:
        """Give the file."""
        return "".join(f"{text}\n" for text in self.texts).encode()

    def add(self, what: str, row: Document | str) -> None:
        """Add a line."""
        self.texts.append(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False))
        self.lines.setdefault(what, set()).add(len(self.texts))


def planted_file(rows: int, vocabulary: Vocabulary, seed: int = SEED) -> Planted:
    """Give a file of this many rows, mixed, and the directory it is brought to."""
    chance = random.Random(seed)  # noqa: S311 - repeatable numbers, not secrets
    kinds = [what for what, share in SHARES.items() for _ in range(rows * share // 100)]
    kinds += ["unchanged"] * (rows - len(kinds))
    chance.shuffle(kinds)
    kinds.sort(key=lambda what: what == "repeated")
    known = sum(what in ("unchanged", "changed", "lookalike") for what in kinds)
    made = _told_apart(documents(rows * 2, vocabulary, seed))
    stored = list(islice(made, known + rows // 20))
    planted = Planted(stored)
    makers = _Makers(iter(stored), made, chance)
    for what in kinds:
        planted.add(what, makers.row(what, planted))
    return planted


def _told_apart(made: Iterable[Document]) -> Iterator[Document]:
    """Give listings no two of which look like one: a name, a number and a door of their own."""
    for number, document in enumerate(made):
        document["name"] = " ".join((_word(number), _word(number * 7 + 3), "Rao"))
        document["name_hi"] = None
        document["locations"][0]["phones"] = [
            {"use": "appointments", "number": f"+9111{50_000_000 + number}"}
        ]
        yield document


def _word(number: int) -> str:
    """Give a word nobody else has, made of syllables."""
    word = ""
    while number or len(word) < SHORTEST_WORD:
        number, rest = divmod(number, len(SYLLABLES))
        word += SYLLABLES[rest]
    return word.capitalize()


@dataclass(slots=True)
class _Makers:
    """Makes each sort of row from the next listing of the directory, or a new one."""

    known: Iterator[Document]
    fresh: Iterator[Document]
    chance: random.Random
    numbers: Iterator[int] = field(default_factory=count)
    centre: str = "bench:000000"

    def row(self, what: str, planted: Planted) -> Document | str:
        """Give the next row of a sort."""
        if what == "unchanged":
            return next(self.known)
        if what == "changed":
            document = dict(next(self.known))
            CHANGES[next(self.numbers) % len(CHANGES)](document)
            return document
        if what == "lookalike":
            return self._lookalike()
        if what == "repeated":
            return self._repeated(planted)
        document = self._alone(next(self.fresh))
        if what == "refused":
            return FAULTS[next(self.numbers) % len(FAULTS)](document)
        return self._at_work(document)

    def _at_work(self, document: Document) -> Document:
        """Give a new practitioner with the newest centre of the file to work at."""
        if document["kind"] == "centre":
            self.centre = document["ref"]
            return document
        return {**document, "works_at": [self.centre]}

    def _lookalike(self) -> Document:
        """Give a listing of the directory as somebody else's file has it."""
        document = self._alone(next(self.known))
        first, *rest = document["name"].split()
        return {
            **document,
            "ref": f"other:{document['ref']}",
            "name": f"Dr. {' '.join(rest)} {first}".replace("sh", "s"),
            "registrations": [],
        }

    def _repeated(self, planted: Planted) -> Document:
        """Give a row with the ref of an earlier one, every other time of one shortly before."""
        document = self._alone(next(self.fresh))
        earlier = sorted(set().union(*(planted.lines[what] for what in REPEATABLE)))
        near = earlier[-SHORTLY:] if next(self.numbers) % 2 else earlier
        ref = json.loads(planted.texts[self.chance.choice(near) - 1])["ref"]
        return {**document, "ref": ref}

    def _alone(self, document: Document) -> Document:
        """Give a listing that names no centre, for the file may not have it."""
        return {**document, "works_at": []}
