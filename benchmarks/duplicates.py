"""Measures the search for duplicates: seconds, and how many planted ones it finds.

Run: `.venv/bin/python -m benchmarks.duplicates [--listings 10000]`. It makes a directory of its
own with demo listings, plants copies of some of them that are written in other ways, and people
who only look alike, and prints what was found of each. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from benchmarks.import_listings import fresh_application, peak_mb
from directory.core.clock import delhi_day, utc_now
from directory.core.db import db
from directory.demo.documents import demo_documents
from directory.listings.likeness.names import TITLES
from directory.listings.likeness.scoring import NEARLY_SURE, PROBABLE
from directory.listings.models import Listing
from directory.listings.operations import import_documents
from directory.listings.queries.lookalikes import lookalikes_of, pairs_alike, stored_sketches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from directory.vocabulary.queries import Vocabulary

    Document = dict[str, Any]

SEED = 20261125
# One listing in so many is planted again.
ONE_IN = 15
STRANGER = "STRANGER"
# What one hears is written in many ways; each is tried where the name has it.
SPELLINGS = (
    ("ksh", "x"), ("v", "w"), ("w", "v"), ("ee", "i"), ("oo", "u"), ("j", "z"),
    ("aa", "a"), ("i", "ee"), ("ph", "f"), ("au", "ou"), ("y", "i"), ("t", "th"),
)  # fmt: skip
NEAR_DEGREES, FAR_DEGREES = 0.002, 0.08


def words_of(document: Document) -> list[str]:
    """Give the words of a name without its title."""
    return [word for word in document["name"].split() if word.strip(".").lower() not in TITLES]


def other_order(document: Document, _chance: random.Random) -> str:
    """Write the family name first."""
    *given, family = words_of(document)
    return f"{family}, {' '.join(given)}" if given else f"Prof. {family}"


def other_spelling(document: Document, chance: random.Random) -> str:
    """Write the name as somebody else would have heard it."""
    name = " ".join(words_of(document))
    ways = [way for way in SPELLINGS if way[0] in name.lower()]
    for before, after in chance.sample(ways, min(2, len(ways))):
        name = re.sub(before, after, name, count=1, flags=re.IGNORECASE)
    return name.title()


def in_hindi(document: Document, _chance: random.Random) -> str:
    """Write the name in Devanagari only."""
    return f"डॉ. {document['name_hi']}" if document["name_hi"] else str(document["name"])


def with_initial(document: Document, _chance: random.Random) -> str:
    """Write the first name as an initial."""
    first, *rest = words_of(document)
    return f"Dr {first[0]}. {' '.join(rest)}" if rest else first


def with_middle_name(document: Document, _chance: random.Random) -> str:
    """Write a middle name, and degrees."""
    first, *rest = words_of(document)
    return f"{first} Kumar {' '.join(rest)}, M.Phil. (Clinical Psychology)"


def with_slip(document: Document, chance: random.Random) -> str:
    """Swap two letters inside the longest word."""
    words = words_of(document)
    longest = max(words, key=len)
    at = chance.randint(1, max(1, len(longest) - 3))
    slip = longest[:at] + longest[at + 1 : at + 2] + longest[at : at + 1] + longest[at + 2 :]
    return " ".join(slip if word == longest else word for word in words)


NAMES: dict[str, Callable[[Document, random.Random], str]] = {
    "family name first": other_order,
    "other spelling": other_spelling,
    "Devanagari only": in_hindi,
    "initial": with_initial,
    "middle name": with_middle_name,
    "a slip": with_slip,
}
# What a copy still has of the listing it is a copy of: telephone, register number, place.
KEPT = {
    "telephone": (True, False, False),
    "number": (False, True, False),
    "place": (False, False, True),
    "telephone and place": (True, False, True),
}


def copy_of(document: Document, number: int, kept: tuple[bool, bool, bool]) -> Document:
    """Give a document like another under a ref of its own, with only some things the same."""
    phone, register, place = kept
    copy = deepcopy(document)
    copy.update(ref=f"copy:{number}", slug=None, checks=[], accepting_checked_on=None, works_at=[])
    copy.update(state="published", closed_on=None)
    if not register:
        copy["registrations"] = []
    for each in copy["locations"]:
        shift = NEAR_DEGREES if place else FAR_DEGREES
        each["lat"] = None if each["lat"] is None else max(28.42, each["lat"] - shift)
        if not place:
            each["locality"] = "narela" if each["locality"] != "narela" else "mehrauli"
            each["lat"] = each["lon"] = None
        if not phone:
            each["phones"] = [{"use": "appointments", "number": f"+9199{number:08d}"}]
    return copy


def said_of(document: Document, kept: str) -> str:
    """Say what a copy has in common; without a register number there is only the name."""
    has_number = any(found["number"] for found in document["registrations"])
    return f"same {kept}" if has_number or kept != "number" else "name alone"


def planted(documents: list[Document]) -> Iterator[tuple[str, Document, str]]:
    """Give copies and strangers: what each is called, its document, the ref it is like."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable numbers, not secrets
    # Whoever has closed is not offered again.
    listed = [each for each in documents if each["state"] != "closed"]
    people = [each for each in listed if each["kind"] == "practitioner"]
    places = [each for each in listed if each["kind"] == "centre"]
    ways = [(name, kept) for name in NAMES for kept in KEPT]
    for number, document in enumerate(people[::ONE_IN]):
        name, kept = ways[number % len(ways)]
        copy = copy_of(document, number, KEPT[kept])
        copy["name"] = NAMES[name](document, chance)
        copy["name_hi"] = None
        yield f"{name}, {said_of(document, kept)}", copy, document["ref"]
    for number, document in enumerate(places[::ONE_IN], len(people)):
        kept = list(KEPT)[number % len(KEPT)]
        copy = copy_of(document, number, KEPT[kept])
        yield f"centre, {said_of(document, kept)}", copy, document["ref"]
    for number, document in enumerate(people[1::ONE_IN], len(documents)):
        make = namesake_of if number % 2 else colleague_of
        yield f"{STRANGER}: {make.__name__[:-3]}", make(document, number), document["ref"]


def namesake_of(document: Document, number: int) -> Document:
    """Give somebody of the same name in another part of the city, with another number."""
    copy = copy_of(document, number, (False, False, False))
    copy["registrations"] = [
        {**found, "number": f"X{number}", "state": "unchecked", "checked_on": None}
        for found in document["registrations"]
    ]
    return copy


def colleague_of(document: Document, number: int) -> Document:
    """Give somebody of the same family name who shares the practice and its telephone."""
    copy = copy_of(document, number, (True, False, True))
    copy["name"] = f"Dr Trilochana {words_of(document)[-1]}"
    copy["name_hi"] = None
    return copy


def run(vocabulary: Vocabulary, count: int) -> None:
    """Plant, search and print."""
    now, session = utc_now(), db.session()
    documents = list(
        demo_documents(listings=count, seed=1, today=delhi_day(now), vocabulary=vocabulary)
    )
    import_documents(documents, now=now, vocabulary=vocabulary)
    alone = timed(
        f"pairs among {count} demo listings", lambda: pairs_alike(session, vocabulary=vocabulary)
    )
    probable = sum(pair.score >= PROBABLE for pair in alone)
    print(f"  {len(alone)} pairs that nobody planted, {probable} of them called probable")
    copies = list(planted(documents))
    result = import_documents(
        (copy for _label, copy, _like in copies), now=now, vocabulary=vocabulary
    )
    print(f"planted {result.new}, refused {result.refused}")
    pairs = timed("pairs with those planted", lambda: pairs_alike(session, vocabulary=vocabulary))
    ids = {row.ref: row.id for row in session.execute(select(Listing.ref, Listing.id))}
    report({(pair.first, pair.second): pair.score for pair in pairs}, copies, ids)
    rows = stored_sketches(session, Listing.ref.startswith("copy:"), vocabulary)
    timed(
        f"lookalikes of {len(rows)} rows of a file",
        lambda: lookalikes_of(session, rows, vocabulary=vocabulary),
    )


def report(
    scores: dict[tuple[int, int], int],
    copies: list[tuple[str, Document, str]],
    ids: dict[str, int],
) -> None:
    """Print, for each way of differing, how many were found, and how surely."""
    counts: dict[str, Counter[str]] = {}
    wanted = set()
    for label, copy, like in copies:
        if copy["ref"] not in ids:
            continue
        pair = tuple(sorted((ids[copy["ref"]], ids[like])))
        wanted.add(pair)
        score = scores.get((pair[0], pair[1]), 0)
        counted = counts.setdefault(label, Counter())
        counted["all"] += 1
        counted["found"] += score > 0
        counted["probable"] += score >= PROBABLE
        counted["sure"] += score >= NEARLY_SURE
    print(f"{'':<42}{'planted':>8}{'found':>7}{'probable':>9}{'sure':>6}")
    for label, counted in sorted(counts.items()):
        figures = f"{counted['all']:>8}{counted['found']:>7}{counted['probable']:>9}"
        print(f"{label:<42}{figures}{counted['sure']:>6}")
    for words, is_stranger in (("copies", False), ("strangers", True)):
        total = sum(
            (each for label, each in counts.items() if label.startswith(STRANGER) is is_stranger),
            Counter(),
        )
        shares = (f"{total[what] / total['all']:.0%} {what}" for what in ("found", "probable"))
        print(f"of {total['all']} {words}: {', '.join(shares)}")
    others = [score for pair, score in scores.items() if pair not in wanted]
    print(f"pairs besides: {len(others)}, probable {sum(each >= PROBABLE for each in others)}")


def timed(label: str, step: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the step gives
    """Do a step, print what it took, and give what it gave."""
    started = time.perf_counter()
    found = step()
    print(f"{label}: {time.perf_counter() - started:.2f} s, peak {peak_mb():.0f} MB")
    return found


def main() -> None:
    """Make a directory, plant, search, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--listings", type=int, default=10_000)
    arguments = parser.parse_args()
    with fresh_application(None) as app:
        run(app.extensions["vocabulary"].current(db.session()), arguments.listings)


if __name__ == "__main__":
    main()
