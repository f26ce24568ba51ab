"""The generated corpus every engine is measured on: demo listings, as documents of the index.

The same seed gives the same documents on every machine. About half have reviews, made up here,
so that orders by rating mean something. Not a script: `search.py` and `search_live.py` use it.
"""

from __future__ import annotations

import random
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_migrate import Migrate, upgrade

from benchmarks.search_setting import NOW, TODAY
from config import PROJECT_FOLDER
from directory.core.db import db, prepare_engine
from directory.demo.documents import demo_documents
from directory.listings.models import Accepting, Gender
from directory.search.documents import DocumentKind, DocumentPlace, SearchDocument
from directory.vocabulary.models import TermKind
from directory.vocabulary.operations import load_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from directory.vocabulary.queries import TermView, Vocabulary

SEED = 20261125
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 1440
LEAST_REVIEWS_FOR_A_SCORE = 5
REVIEWED_SHARE = 0.5
# What an import document calls its lists of terms, by kind.
LISTS: Mapping[TermKind, str] = {
    TermKind.CONDITION: "conditions",
    TermKind.TREATMENT: "treatments",
    TermKind.LANGUAGE: "languages",
    TermKind.MODE: "modes",
    TermKind.AGE_GROUP: "age_groups",
    TermKind.IDENTITY: "identities",
    TermKind.PAYMENT: "payment",
    TermKind.FACILITY: "facilities",
    TermKind.ACCESSIBILITY: "accessibility",
}
NAMED = (TermKind.CONDITION, TermKind.TREATMENT, TermKind.FACILITY)
# What a reader asks for first; close enough to what the index counts.
CLAIMED = frozenset({"accepting", "phone", "fee", "night"})
CLAIMS = 3
REVIEW_OPENINGS = (
    "I went for six sessions last winter.",
    "My mother was seen here after a long wait.",
    "The first visit took almost an hour.",
    "We came as a family, a little afraid.",
    "Reception was slow but polite.",
    "I was asked what I wanted from the sessions.",
)
REVIEW_BODIES = (
    "Listened without hurry and explained the medicine and its side effects.",
    "The exercises for sleep and worry were simple enough to keep doing.",
    "The fee was told on the phone, and a receipt was given.",
    "Parking is hard in the evening, the lift works.",
    "Spoke Hindi with my father and English with me.",
    "Follow-up calls came when they were promised.",
    "It took some weeks until my mood was steadier.",
    "हर बात ध्यान से सुनी गई और समय पर बुलाया गया।",
)


@contextmanager
def reference_database() -> Iterator[Path]:
    """Lend a database that holds the reference files and nothing else."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        file = Path(folder) / "vocabulary.db"
        app = Flask("benchmark")
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{file}"
        db.init_app(app)
        Migrate(app, db, directory=str(PROJECT_FOLDER / "migrations"))
        with app.app_context():
            prepare_engine(db.engine)
            upgrade()
            load_reference(now=NOW)
            db.session.remove()
            db.engine.dispose()
        yield file


def corpus(count: int, vocabulary: Vocabulary, seed: int = SEED) -> Iterator[SearchDocument]:
    """Yield this many documents, numbered from 1; some 0.3 ms each."""
    chance = random.Random(seed)  # noqa: S311 - repeatable numbers, not secrets
    made = demo_documents(listings=count, seed=seed, today=TODAY, vocabulary=vocabulary)
    for number, given in enumerate(made, start=1):
        yield document_of(given, number, vocabulary, chance)


def document_of(
    given: Mapping[str, Any], number: int, vocabulary: Vocabulary, chance: random.Random
) -> SearchDocument:
    """Give an import document as the index would hold it once it is published."""
    role, terms = _role(given, vocabulary), _terms(given, vocabulary)
    places = [vocabulary.localities[place["locality"]] for place in given["locations"]]
    count, rating, reviews = _reviews(chance)
    return SearchDocument(
        key=f"listing:{number}",
        kind=DocumentKind(given["kind"]),
        number=number,
        names=_stated(given["name"], given["name_hi"]),
        head=_head(given, role, terms, vocabulary),
        body=_stated(given["headline"], given["about"]),
        reviews=reviews,
        terms=tuple((term.kind.value, term.slug) for term in (role, *terms)),
        gender=Gender(given["gender"]) if given["gender"] else None,
        localities=tuple(dict.fromkeys(place.slug for place in places)),
        districts=tuple(dict.fromkeys(place.district.slug for place in places)),
        fee_inr=_fee(given),
        accepting=Accepting(given["accepting"]),
        accepting_until=_ends(given).get("accepting"),
        registered_until=_registered_until(given, "found"),
        provisional_until=_registered_until(given, "provisional"),
        claims=CLAIMS,
        confirmed_until=tuple(sorted(_ends(given).values())),
        checked_on=max(
            (_day(check["checked_on"]) or TODAY for check in given["checks"]), default=None
        ),
        rating=rating,
        review_count=count,
        places=tuple(_place(place, vocabulary) for place in given["locations"]),
    )


def _role(given: Mapping[str, Any], vocabulary: Vocabulary) -> TermView:
    if given["profession"]:
        return vocabulary.terms[TermKind.PROFESSION][given["profession"]]
    return vocabulary.terms[TermKind.CENTRE_TYPE][given["centre_type"]]


def _terms(given: Mapping[str, Any], vocabulary: Vocabulary) -> list[TermView]:
    return [vocabulary.terms[kind][slug] for kind, name in LISTS.items() for slug in given[name]]


def _head(
    given: Mapping[str, Any], role: TermView, terms: list[TermView], vocabulary: Vocabulary
) -> tuple[str, ...]:
    texts = [*_stated(given["name"], given["name_hi"]), role.name_en, role.name_hi]
    texts += given["qualifications"]
    for term in terms:
        if term.kind in NAMED:
            texts += (term.name_en, term.name_hi)
    for place in given["locations"]:
        locality = vocabulary.localities[place["locality"]]
        texts += (locality.name_en, locality.name_hi)
        texts += (locality.station.name_en, locality.station.name_hi)
    return tuple(dict.fromkeys(texts))


def _stated(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _fee(given: Mapping[str, Any]) -> int | None:
    return min(
        (fee["amount"] for fee in given["fees"] if fee["for"] == "first-session"), default=None
    )


def _registered_until(given: Mapping[str, Any], state: str) -> date | None:
    return max(
        (
            _day(entry["valid_until"]) or date.max
            for entry in given["registrations"]
            if entry["state"] == state
        ),
        default=None,
    )


def _ends(given: Mapping[str, Any]) -> dict[str, date]:
    """Give the last day each claim counts as confirmed."""
    return {
        check["fact"]: _day(check["expires_on"]) or date.max
        for check in given["checks"]
        if check["fact"] in CLAIMED
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _place(given: Mapping[str, Any], vocabulary: Vocabulary) -> DocumentPlace:
    locality = vocabulary.localities[given["locality"]]
    hours = [(WEEKDAYS.index(day), *_span(span)) for span in given["hours"] for day in span["days"]]
    return DocumentPlace(
        lat=locality.lat if given["lat"] is None else given["lat"],
        lon=locality.lon if given["lon"] is None else given["lon"],
        locality_id=locality.id,
        open_24x7=given["open_24x7"],
        hours=tuple(sorted(hours)),
        exceptions=tuple(
            (date.fromisoformat(item["on"]), *(_span(item) if item["opens"] else (None, None)))
            for item in given["exceptions"]
        ),
    )


def _span(given: Mapping[str, Any]) -> tuple[int, int]:
    """Give minutes after midnight; what closes next morning counts on."""
    opens, closes = _minute(given["opens"]), _minute(given["closes"])
    return opens, closes if closes > opens else closes + DAY_MINUTES


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _reviews(chance: random.Random) -> tuple[int, float | None, tuple[str, ...]]:
    """Give how many reviews a listing has, its score, and the texts of at most three."""
    if chance.random() >= REVIEWED_SHARE:
        return 0, None, ()
    count = 1 + min(120, int(chance.paretovariate(0.9)))
    rating = round(min(5.0, max(1.5, chance.gauss(4.1, 0.5))), 2)
    texts = tuple(
        f"{chance.choice(REVIEW_OPENINGS)} {chance.choice(REVIEW_BODIES)}"
        for _ in range(min(count, 3))
    )
    return count, rating if count >= LEAST_REVIEWS_FOR_A_SCORE else None, texts
