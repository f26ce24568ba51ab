"""The classes of query every engine is measured on, eight different queries in each.

Words are those of the demo texts: "rare" ones stand in one listing of a thousand or fewer,
"common" ones in one of three or more, whatever the size. Not a script: `search.py` uses it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from benchmarks.search_peers import TEN
from benchmarks.search_setting import NOW
from directory.listings.models import Gender
from directory.listings.queries.cards import Point
from directory.listings.queries.search import ListingSearch, Sort
from directory.search.parameters import read_request
from directory.search.query import SearchQuery, Word
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.search.understanding import Reader
    from directory.vocabulary.queries import Vocabulary

PAGE = 20
NEAR_M = 10_000
COMMON = (
    *("depression", "therapy", "counselling", "anxiety"),
    *("stress", "psychologist", "sleep", "family"),
)
WORDS: Mapping[str, tuple[str, ...]] = {
    "one rare word": (
        *("roshandan", "kadamb", "madhumalti", "nasal"),
        *("kapashera", "turkman", "holambi", "dehleez"),
    ),
    "one common word": COMMON,
    "AND of four": (
        "depression anxiety stress sleep",
        "psychologist counselling stress family",
        "therapy cognitive relationship worry",
        "psychiatrist medicine sleep mood",
        "marital family counselling hindi",
        "anxiety loneliness therapy phone",
        "insomnia stress depression video",
        "problems support medicine hindi",
    ),
    "AND of two common": (
        *("depression anxiety", "therapy stress", "counselling family", "psychologist depression"),
        *("sleep medicine", "stress sleep", "cognitive depression", "support family"),
    ),
    "OR of four": (
        "anorexia gambling tourette loneliness",
        "catatonia gaming bedwetting marital",
        "roshandan grief opioids hoarding",
        "esketamine parenting stuttering burnout",
        "lithium couples hoarding bedwetting",
        "agoraphobia ketamine bulimia tourette",
        "cannabis selective infertility delirium",
        "nightmares speech gambling anger",
    ),
    "24x7 rehab dwarka": (
        *("24x7 rehab dwarka", "24x7 rehab saket", "24/7 nurse rohini", "24x7 detox janakpuri"),
        *("24*7 psychiatrist pitampura", "24x7 emergency shahdara"),
        *("24x7 doctor dwarka", "24x7 nurse vasant"),
    ),
    "Hindi word": (
        *("तनाव", "अवसाद", "नींद", "चिंता"),
        *("परामर्श", "मनोचिकित्सक", "घबराहट", "अकेलापन"),
    ),
}
PHRASES = (
    *("generalised anxiety", "metro station", "side effects", "low mood"),
    *("hearing voices", "simple enough", "clinical psychologist", "lajpat nagar"),
)
PREFIXES = ("psych", "dep", "anx", "coun", "ther", "neu", "addic", "schiz")
# Five filters beside a common word, eight times.
FIVE_FILTERS: tuple[Mapping[TermKind, str], ...] = (
    {TermKind.LANGUAGE: "hi", TermKind.MODE: "video", TermKind.AGE_GROUP: "adult"},
    {TermKind.LANGUAGE: "en", TermKind.MODE: "in-person", TermKind.PAYMENT: "upi"},
    {TermKind.CONDITION: "depression", TermKind.LANGUAGE: "pa", TermKind.MODE: "in-person"},
    {TermKind.TREATMENT: "cbt", TermKind.MODE: "video", TermKind.PAYMENT: "card"},
    {TermKind.CONDITION: "insomnia", TermKind.LANGUAGE: "hi", TermKind.AGE_GROUP: "older"},
    {TermKind.TREATMENT: "family", TermKind.LANGUAGE: "en", TermKind.PAYMENT: "cash"},
    {TermKind.CONDITION: "stress", TermKind.MODE: "phone", TermKind.AGE_GROUP: "young-adult"},
    {TermKind.TREATMENT: "supportive", TermKind.LANGUAGE: "ur", TermKind.PAYMENT: "upi"},
)
ONE_FILTER: tuple[tuple[TermKind, str], ...] = (
    (TermKind.CONDITION, "depression"),
    (TermKind.CONDITION, "ocd"),
    (TermKind.TREATMENT, "cbt"),
    (TermKind.TREATMENT, "detox"),
    (TermKind.LANGUAGE, "hi"),
    (TermKind.LANGUAGE, "ta"),
    (TermKind.PROFESSION, "psychiatrist"),
    (TermKind.MODE, "video"),
)
NEAR = (
    *("dwarka", "saket", "hauz-khas", "lajpat-nagar"),
    *("janakpuri", "rohini", "karol-bagh", "mayur-vihar-phase-1"),
)
TYPOS = (
    *("depresion", "psyciatrist saket", "anxeity therapist", "counsling dwarka"),
    *("schizofrenia doctor", "insomia", "adiction rohini", "bipoler disorder"),
)
SENTENCES = (
    "best therapist for depression in delhi",
    "psychiatrist near hauz khas hindi",
    "female psychologist for anxiety in dwarka speaking punjabi",
    "ocd treatment lajpat nagar video",
    "child psychologist for adhd near rohini",
    "marriage counsellor saket evening",
    "nasha mukti kendra dwarka",
    "तनाव के लिए डॉक्टर",
)


@dataclass(frozen=True, slots=True)
class QueryClass:
    """Queries of one kind; `texts` are what a person typed where reading is measured too."""

    name: str
    queries: tuple[SearchQuery, ...]
    texts: tuple[str, ...] = ()


def all_classes(vocabulary: Vocabulary, reader: Reader) -> list[QueryClass]:
    """Give all fifteen classes; those that are read come last."""
    return [
        *plain_classes(vocabulary),
        _read("typo", TYPOS, vocabulary, reader),
        _read("understood sentence", SENTENCES, vocabulary, reader),
    ]


def read(text: str, vocabulary: Vocabulary, reader: Reader) -> SearchQuery:
    """Give the query a text is read as, as both doors do."""
    request = read_request({"q": [text]}, vocabulary, reader, now=NOW)
    return replace(request.query, wanted=TEN)


def _read(name: str, texts: tuple[str, ...], vocabulary: Vocabulary, reader: Reader) -> QueryClass:
    return QueryClass(name, tuple(read(text, vocabulary, reader) for text in texts), texts)


def plain_classes(vocabulary: Vocabulary) -> list[QueryClass]:
    """Give the thirteen classes whose queries are made here, without reading any text."""
    by_words = [
        QueryClass(name, tuple(_query(words=_words(text)) for text in texts))
        for name, texts in WORDS.items()
    ]
    return [
        *by_words,
        QueryClass("phrase", tuple(_query(words=[_phrase(text)]) for text in PHRASES)),
        QueryClass("common word with five filters", _five_filters(vocabulary)),
        QueryClass(
            "browse all by rating",
            tuple(_query(offset=n * PAGE, sort=Sort.RATING) for n in range(8)),
        ),
        QueryClass("browse one filter", tuple(_one_filter(vocabulary))),
        QueryClass("within 10 km by distance", tuple(_near(vocabulary))),
        QueryClass(
            "prefix", tuple(_query(words=[Word((start,), is_prefix=True)]) for start in PREFIXES)
        ),
    ]


def _words(text: str) -> list[Word]:
    return [Word((word,)) for word in text.split()]


def _phrase(text: str) -> Word:
    return Word(tuple(text.split()))


def _query(
    *, words: Iterable[Word] = (), offset: int = 0, sort: Sort = Sort.BEST, **filters: object
) -> SearchQuery:
    return SearchQuery(
        ListingSearch(sort=sort, **filters),  # type: ignore[arg-type]
        tuple(words),
        offset=offset,
        limit=PAGE,
        wanted=TEN,
    )


def _five_filters(vocabulary: Vocabulary) -> tuple[SearchQuery, ...]:
    """Add to three terms a gender and the most a visit may cost."""
    genders = (Gender.WOMAN, Gender.MAN)
    return tuple(
        _query(
            words=_words(word),
            terms=_ids(chosen, vocabulary),
            genders=(genders[n % 2],),
            fee_max=2000 + 100 * n,
        )
        for n, (word, chosen) in enumerate(zip(COMMON, FIVE_FILTERS, strict=True))
    )


def _one_filter(vocabulary: Vocabulary) -> Iterable[SearchQuery]:
    return (_query(terms=_ids({kind: slug}, vocabulary)) for kind, slug in ONE_FILTER)


def _near(vocabulary: Vocabulary) -> Iterable[SearchQuery]:
    for slug in NEAR:
        place = vocabulary.localities[slug]
        yield _query(near=Point(place.lat, place.lon), within_m=NEAR_M, sort=Sort.DISTANCE)


def _ids(
    chosen: Mapping[TermKind, str], vocabulary: Vocabulary
) -> Mapping[TermKind, tuple[int, ...]]:
    return MappingProxyType(
        {kind: (vocabulary.terms[kind][slug].id,) for kind, slug in chosen.items()}
    )
