"""Made-up data for the page of components. Called by `web/components.py` only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from directory.guides.queries import GuideLine
from directory.listings.models import Accepting, FeePurpose, ListingKind, RegistrationState
from directory.listings.opening import OpenKind, OpenState
from directory.listings.queries.card_places import CardPlace
from directory.listings.queries.cards import CardCheck, CardFee, CardRegistration, ListingCard
from directory.vocabulary.models import TermKind
from directory.web.entries import Entry, LineEntry
from directory.web.metro import Stop
from directory.web.paging import Pages, pages_of
from directory.web.search_chips import Chip
from directory.web.search_filters import FilterChoice, FilterGroup
from directory.web.search_reading import Link
from directory.web.search_who import WhoLink

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary

PHONE = "+911155501201"
TOKENS = (
    "paper",
    "sheet",
    "well",
    "night",
    "ink",
    "ink-soft",
    "link",
    "on-night",
    "rule",
    "edge",
    "action",
    "action-edge",
    "on-action",
    "good",
    "good-wash",
    "bad",
    "bad-wash",
    "mark",
    "focus",
    "line-red",
    "line-yellow",
    "line-blue",
    "line-blue-branch",
    "line-green",
    "line-green-branch",
    "line-violet",
    "line-pink",
    "line-magenta",
    "line-grey",
    "line-airport",
    "river",
)


def cards(vocabulary: Vocabulary, now: datetime) -> list[ListingCard]:
    """Give a full card, a centre's, one with little to say and one not in its register."""
    little = _little_card(vocabulary, now)
    refused = replace(
        little,
        id=4,
        name="Sanjay Bhardwaj",
        registration=replace(_registration(vocabulary), state=RegistrationState.NOT_FOUND),
    )
    return [_full_card(vocabulary, now), _centre_card(vocabulary, now), little, refused]


def _centre_card(vocabulary: Vocabulary, now: datetime) -> ListingCard:
    return replace(
        _full_card(vocabulary, now),
        id=2,
        kind=ListingKind.CENTRE,
        name="Deer Park Centre for Mental Health",
        name_hi="डियर पार्क केंद्र",
        role=vocabulary.terms[TermKind.CENTRE_TYPE]["private-nursing-home"],
        beds=42,
        fees=(CardFee(FeePurpose.BED_DAY, 4200, None),),
        place=replace(_place(vocabulary, OpenState(OpenKind.ALWAYS)), open_24x7=True),
        night_check=CardCheck(now.date() - timedelta(days=40), expired=False),
        phone_check=None,
    )


def _little_card(vocabulary: Vocabulary, now: datetime) -> ListingCard:
    return replace(
        _full_card(vocabulary, now),
        id=3,
        name="Dr Nusrat Jahan Ali",
        name_hi=None,
        registration=None,
        accepting=Accepting.UNKNOWN,
        accepting_check=None,
        phone_check=None,
        fees=(),
        modes=(),
        place=replace(_place(vocabulary, OpenState(OpenKind.UNKNOWN)), distance_m=None),
    )


def _full_card(vocabulary: Vocabulary, now: datetime) -> ListingCard:
    day = now.date() - timedelta(days=11)
    fresh = CardCheck(day, expired=False)
    languages = vocabulary.terms[TermKind.LANGUAGE]
    modes = vocabulary.terms[TermKind.MODE]
    return ListingCard(
        id=1,
        slug="sample",
        kind=ListingKind.PRACTITIONER,
        name="Dr Meenakshi Rawat",
        name_hi="डॉ. मीनाक्षी रावत",
        gender=None,
        is_demo=True,
        role=vocabulary.terms[TermKind.PROFESSION]["psychiatrist"],
        beds=None,
        registration=_registration(vocabulary),
        accepting=Accepting.YES,
        accepting_check=fresh,
        phone_check=fresh,
        night_check=None,
        fee_check=CardCheck(date(2026, 5, 4), expired=True),
        fees=(CardFee(FeePurpose.FIRST_SESSION, 1800, 45), CardFee(FeePurpose.FOLLOW_UP, 1200, 25)),
        place=_place(vocabulary, OpenState(OpenKind.OPEN, until=now.replace(hour=19, minute=0))),
        modes=(modes["in-person"], modes["video"]),
        age_groups=(),
        languages=(languages["hi"], languages["en"]),
        from_public_sources=False,
    )


def _registration(vocabulary: Vocabulary) -> CardRegistration:
    return CardRegistration(
        register=vocabulary.terms[TermKind.REGISTER]["dmc"],
        state=RegistrationState.FOUND,
        checked_on=date(2026, 8, 18),
        valid_until=None,
        expired=False,
    )


def _place(vocabulary: Vocabulary, opening: OpenState) -> CardPlace:
    return CardPlace(
        locality=vocabulary.localities["hauz-khas"],
        station=vocabulary.stations["hauz-khas"],
        station_m=700,
        distance_m=700,
        open_24x7=False,
        opening=opening,
        phone=PHONE,
    )


def openings(now: datetime) -> list[OpenState]:
    """Give each state of being open."""
    tomorrow = now + timedelta(days=1)
    return [
        OpenState(OpenKind.ALWAYS),
        OpenState(OpenKind.OPEN, until=now.replace(hour=19, minute=0)),
        OpenState(OpenKind.CLOSED, opens=tomorrow.replace(hour=10, minute=0)),
        OpenState(OpenKind.UNKNOWN),
    ]


def to_choose_from() -> dict[str, object]:
    """Give what lists, filters and chips show, by the name the page knows it by."""
    return {"entries": entries(), "groups": filter_groups(), "chips": chips(), "who": who()}


def entries() -> list[Entry]:
    """Give three lines of an index."""
    return [
        Entry("Depression", "अवसाद", "#index", 214),
        Entry("Sleep problems", "नींद न आना", "#index", 97),
        Entry("OCD", "ओसीडी", "#index", 74),
    ]


def lines() -> list[LineEntry]:
    """Give two metro lines."""
    yellow_ends = "Samaypur Badli to Millennium City Centre Gurugram"
    return [
        LineEntry("yellow", "Yellow Line", "पीली लाइन", yellow_ends, "#lines", 148),
        LineEntry(
            "magenta",
            "Magenta Line",
            "मजेंटा लाइन",
            "Krishna Park Extension to Botanical Garden",
            "#lines",
            94,
        ),
    ]


def stops(vocabulary: Vocabulary) -> list[Stop]:
    """Give three stations of the Yellow Line, one with a change."""
    found = [vocabulary.stations[slug] for slug in ("green-park", "hauz-khas", "malviya-nagar")]
    return [
        Stop(
            station,
            tuple(line for line in station.lines if line.slug != "yellow"),
            "#lines",
            number,
        )
        for station, number in zip(found, (21, 34, 17), strict=True)
    ]


def chips() -> list[Chip]:
    """Give three chips, one with its Hindi name and one that is only a hint."""
    return [
        Chip("profession", "Who", "Psychiatrist", None, "#press"),
        Chip("near", "Near", "Hauz Khas", "हौज़ ख़ास", "#press"),
        Chip("treatment", "Shown first:", "CBT", None, "#press", soft=True),
    ]


def who() -> list[WhoLink]:
    """Give the switch between kinds of help, as a search that leaves it open shows it."""
    return [
        WhoLink("Everyone", "", "#press", 120, current=True),
        WhoLink("Talking therapists", "no medicines", "#press", 74, current=False),
        WhoLink("Psychiatrists", "may prescribe", "#press", 31, current=False),
        WhoLink("Centres", "", "#press", None, current=False),
    ]


def guides() -> list[Link]:
    """Give pages to read, a guide nobody has read among them."""
    return [
        Link("Read about depression", "/conditions/depression"),
        Link("Read about cognitive behavioural therapy", "/treatments/cbt"),
        Link("Talking therapies compared", "/guides", "No clinician has read this guide yet."),
    ]


def to_read(now: datetime) -> dict[str, list[Any]]:
    """Give what leads to pages to read, by name."""
    return {"guides": guides(), "guide_lines": guide_lines(now)}


def guide_lines(now: datetime) -> list[GuideLine]:
    """Give a guide nobody read, one a clinician read, and one whose next review is due."""
    day = now.date()
    read, due = day - timedelta(days=400), day - timedelta(days=35)
    unread = GuideLine(
        id=1,
        slug="who-does-what",
        title="Who does what",
        title_hi="कौन क्या करता है",
        summary="Who may prescribe, who may diagnose, and which register to look in.",
        reviewed_on=None,
        next_review_on=None,
        published_at=now,
        letters=6000,
    )
    fresh = replace(unread, reviewed_on=day, next_review_on=day + timedelta(days=365))
    return [unread, fresh, replace(unread, reviewed_on=read, next_review_on=due)]


def filter_groups() -> list[FilterGroup]:
    """Give a group of boxes and one of rounds."""
    boxes = (
        FilterChoice("checkbox", "language", "hi", "Hindi", 37, checked=True),
        FilterChoice("checkbox", "language", "en", "English", 36, checked=False),
        FilterChoice("checkbox", "language", "ta", "Tamil", 2, checked=True, from_words=True),
    )
    rounds = (
        FilterChoice("radio", "fee_max", "", "Any fee", 37, checked=True),
        FilterChoice("radio", "fee_max", "1000", "Up to ₹1,000", 9, checked=False),
    )
    return [
        FilterGroup("sample", "Language", open=True, choices=boxes),
        FilterGroup("sample-fee", "First-visit fee", open=True, choices=rounds),
    ]


def pages() -> Pages:
    """Give the pages of a list of two hundred, on its fifth."""
    return pages_of(200, 5, 20, lambda number: f"?page={number}")
