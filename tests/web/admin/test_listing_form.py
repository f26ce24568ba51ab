"""The form over a document: what it opens it says again, and what it cannot say it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template_string
from werkzeug.datastructures import MultiDict

from directory.core.clock import delhi_day
from directory.demo.documents import demo_documents
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.validation import Rules, read_draft
from directory.listings.facts import FACTS
from directory.listings.models import ListingKind
from directory.web.forms.listing import ListingForm, section_for_fact, sections_of
from tests.factories.rich_listings import CENTRE, PERSON
from tests.support.markup import Markup
from tests.web.admin.editing import controls_in, sent_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary
    from directory.web.forms.listing.sections import Section

DRAWN = """{% from "components/listing_section.html" import listing_section %}
{% for section in sections %}{{ listing_section(section) }}{% endfor %}"""
# Of the demo directory: four centres and forty people.
DEMO = 44


def documents(vocabulary: Vocabulary, now: datetime, many: int = DEMO) -> list[dict[str, Any]]:
    """Give listings of every sort, as the editor opens them."""
    today = delhi_day(now)
    told = [*demo_documents(listings=many, seed=5, today=today, vocabulary=vocabulary)]
    found = []
    for document in (*told, PERSON, CENTRE, _crowded()):
        draft, faults = read_draft(document, Rules(vocabulary, today))
        assert draft is not None, faults
        found.append(document_of_draft(draft))
    return found


def _crowded() -> dict[str, Any]:
    """Give a listing with more rows than the form itself would add, as a file may bring it."""
    days = [f"2027-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(1, 26)]
    place = {"locality": "saket", "exceptions": [{"on": day} for day in days]}
    return {**PERSON, "ref": "test:crowded", "locations": [place]}


def sent_back(app: Flask, form: ListingForm) -> MultiDict[str, str]:
    """Give what a browser sends when nothing in the drawn form is touched."""
    with app.test_request_context():
        page = Markup(render_template_string(DRAWN, sections=form.drawn("/here")))
    sent: MultiDict[str, str] = MultiDict()
    for control in controls_in(page):
        for value in sent_by(page, control):
            sent.add(control.get("name") or "", value)
    return sent


def test_a_form_opened_and_sent_back_changes_nothing(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    changed: dict[str, dict[str, Any]] = {}
    for document in documents(vocabulary, now):
        sections = sections_of(ListingKind(document["kind"]))
        sent = sent_back(app, ListingForm(sections, document, vocabulary))
        with app.test_request_context():
            changes = ListingForm(sections, document, vocabulary, sent=sent).changes()
        if changes:
            changed[document["ref"]] = changes

    assert changed == {}


def test_the_form_of_one_fact_changes_nothing_else(
    app: Flask, vocabulary: Vocabulary, now: datetime
) -> None:
    for document in documents(vocabulary, now, many=1):
        kind = ListingKind(document["kind"])
        for section in filter(None, (section_for_fact(fact, kind) for fact in FACTS)):
            sent = sent_back(app, ListingForm([section], document, vocabulary))
            with app.test_request_context():
                form = ListingForm([section], document, vocabulary, sent=sent)
                assert (section.name, form.changes()) == (section.name, {})


# What is typed into a field, and what its key of the document then says.
READ: list[tuple[str, str, object]] = [
    ("fees-0-amount", "₹1,800/-", [{"for": "first-session", "amount": 1800}]),
    ("fees-0-amount", "0", [{"for": "first-session", "amount": 0}]),
    ("fees-0-amount", "free", [{"for": "first-session", "amount": "free"}]),
    ("qualifications", " MBBS \n\n MD ", ["MBBS", "MD"]),
    ("website", "  ", None),
    ("about", "One.\r\nTwo.\r\n", "One.\nTwo."),
    ("practising_since", "2010", 2010),
    ("source-name", "Own site", {"name": "Own site"}),
]


def test_what_people_type_is_read_as_they_mean_it(app: Flask, vocabulary: Vocabulary) -> None:
    sections = sections_of(ListingKind.PRACTITIONER)
    for name, typed, says in READ:
        row = {"listing-fees-rows": "1", "listing-fees-0-for": "first-session"}
        sent = MultiDict({**row, f"listing-{name}": typed})

        told = _told(app, vocabulary, sections, sent)

        assert (name, _bare(told[name.partition("-")[0]])) == (name, says)


TIMES = {"9": "09:00", "9:30": "09:30", "5 pm": "17:00", "12 am": "00:00", "1730": "17:30"}


def test_times_and_places_are_read_as_people_write_them(app: Flask, vocabulary: Vocabulary) -> None:
    place = "listing-locations-0"
    for typed, says in TIMES.items():
        sent = MultiDict(
            {
                "listing-locations-rows": "1",
                f"{place}-locality": "hauz KHAS",
                f"{place}-hours-mon-0-opens": typed,
                f"{place}-hours-mon-0-closes": "23:00",
                f"{place}-phones-rows": "1",
                f"{place}-phones-0-use": "appointments",
                f"{place}-phones-0-number": "011 5550-1234",
            }
        )

        told = _told(app, vocabulary, sections_of(ListingKind.CENTRE), sent)["locations"][0]

        assert told["locality"] == "hauz-khas"
        assert told["hours"] == [{"days": ["mon"], "opens": says, "closes": "23:00"}]
        assert told["phones"] == [{"use": "appointments", "number": "+911155501234"}]


def test_no_form_says_what_was_checked_or_which_state_a_listing_is_in() -> None:
    keys = {key for kind in ListingKind for section in sections_of(kind) for key in section.keys}

    assert keys & {"state", "closed_on", "checks", "accepting_checked_on", "ref", "slug"} == set()
    assert section_for_fact("registration", ListingKind.PRACTITIONER) is None
    assert section_for_fact("beds", ListingKind.PRACTITIONER) is None
    assert section_for_fact("nonsense", ListingKind.CENTRE) is None


def _told(
    app: Flask, vocabulary: Vocabulary, sections: Sequence[Section], sent: MultiDict[str, str]
) -> dict[str, Any]:
    with app.test_request_context():
        return ListingForm(sections, {}, vocabulary, sent=sent).told()


def _bare(value: object) -> object:
    """Give a value without what is empty in it."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if each not in (None, [])}
    return value
