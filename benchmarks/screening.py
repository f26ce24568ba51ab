"""How well texts are screened: precision and recall over the labelled sets, and time a text.

The scoring is pure and used by the tests too. Run: `.venv/bin/python -m benchmarks.screening
[FILE.jsonl …]`. Prints each set as a whole, by language and by signal; `--wrong` lists the texts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from directory.moderation.screening import TEXT_SIGNALS, screen
from directory.moderation.screening.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from directory.moderation.screening import Signal

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "moderation" / "screening" / "labelled"
LANGUAGES = ("en", "hi", "hinglish")
LETTERS_TIMED = 1000
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, the name of the listed one, and the (signal, snippet) pairs a person marked."""

    id: str
    language: str
    listed: str | None
    text: str
    signals: tuple[tuple[str, str], ...]

    @property
    def names(self) -> frozenset[str]:
        """Give the names of its signals."""
        return frozenset(name for name, _ in self.signals)


@dataclass(frozen=True, slots=True)
class Count:
    """How often a signal was given rightly, given wrongly, and not given."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Give the share of given signals that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Give the share of marked signals that were given."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def sets() -> list[Path]:
    """Give the files of the labelled sets."""
    return sorted(FOLDER.glob("*.jsonl"))


def labelled_in(file: Path) -> list[Labelled]:
    """Give the labelled texts of a file."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        Labelled(
            id=row["id"],
            language=row["language"],
            listed=row.get("listed"),
            text=row["text"],
            signals=tuple((one["name"], one["snippet"]) for one in row["signals"]),
        )
        for row in rows
    ]


def disagreements(one: Labelled, given: Sequence[Signal]) -> list[str]:
    """Give "-name" for each signal missed or given elsewhere, "+name" for each one too many."""
    found = {signal.name.value for signal in given}
    missed = one.names - found
    elsewhere = {
        name
        for name, snippet in one.signals
        if name in found and not _touches(one.text, snippet, name, given)
    }
    return [f"-{name}" for name in sorted(missed | elsewhere)] + [
        f"+{name}" for name in sorted(found - one.names)
    ]


def _touches(text: str, snippet: str, name: str, given: Iterable[Signal]) -> bool:
    start = text.index(snippet)
    end = start + len(snippet)
    return any(one.name == name and one.start < end and start < one.end for one in given)


def counted(texts: Iterable[Labelled], name: str | None = None) -> Count:
    """Count one signal, or all of them, over labelled texts."""
    counts: Counter[str] = Counter()
    for one in texts:
        wrong = disagreements(one, screen(one.text, listed=one.listed))
        kept = [sign for sign in wrong if name is None or sign[1:] == name]
        labelled = [label for label in one.names if name is None or label == name]
        missed = sum(sign.startswith("-") for sign in kept)
        counts.update(right=len(labelled) - missed, wrong=len(kept) - missed, missed=missed)
    return Count(counts["right"], counts["wrong"], counts["missed"])


def milliseconds(text: str, read: Callable[[str], object] = screen) -> float:
    """Give the time one screening takes, as the middle of many."""
    taken = []
    for _ in range(ROUNDS):
        spoken.cache_clear()
        started = time.perf_counter()
        read(text)
        taken.append(time.perf_counter() - started)
    return sorted(taken)[ROUNDS // 2] * 1000


def _print_set(file: Path, *, lists_wrong: bool) -> None:
    texts = labelled_in(file)
    rows: list[tuple[str, list[Labelled], str | None]] = [("all", texts, None)]
    rows += [(one, [text for text in texts if text.language == one], None) for one in LANGUAGES]
    rows += [(name.value, texts, name.value) for name in TEXT_SIGNALS]
    print(f"\n{file.stem}: {len(texts)} texts")
    print(f"{'':20}{'precision':>10}{'recall':>10}{'right':>8}{'wrong':>8}{'missed':>8}")
    for label, chosen, name in rows:
        made = counted(chosen, name)
        print(
            f"{label:20}{made.precision:10.3f}{made.recall:10.3f}"
            f"{made.right:8}{made.wrong:8}{made.missed:8}"
        )
    if lists_wrong:
        _print_wrong(texts)


def _print_wrong(texts: Iterable[Labelled]) -> None:
    for one in texts:
        given = screen(one.text, listed=one.listed)
        if wrong := disagreements(one, given):
            spans = [(signal.name.value, one.text[signal.start : signal.end]) for signal in given]
            print(f"  {one.id} {' '.join(wrong)}: {one.text}  {spans}")


def main() -> None:
    """Print what the labelled sets say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list the texts judged otherwise")
    given = parser.parse_args()
    files = given.files or sets()
    for file in files:
        _print_set(file, lists_wrong=given.wrong)
    for language in LANGUAGES:
        texts = [
            one.text for file in files for one in labelled_in(file) if one.language == language
        ]
        text = " ".join(texts)[:LETTERS_TIMED]
        print(f"\n{language}: {milliseconds(text):.2f} ms for {len(text)} letters", end="")
    print()


if __name__ == "__main__":
    main()
