"""Where listings live now that a reader chose long ago, and their facts side by side."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from directory.core.clock import DELHI
from directory.core.db import writing
from directory.listings.models import Listing, ListingState
from directory.listings.queries.chosen import chosen_by_id, chosen_by_slug
from directory.listings.queries.page import listing_pages
from tests.factories.listings import Facts, Place, make_centre, make_practitioner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary
    from tests.conftest import CountSql

pytestmark = pytest.mark.db

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=DELHI)
MOST_QUERIES = 13


def test_old_slugs_and_merged_listings_lead_to_where_they_are_now(
    session: Session, vocabulary: Vocabulary
) -> None:
    asha = make_practitioner(vocabulary, Facts(name="Asha", earlier_slugs=["asha-old", "asha-o"]))
    closed = Facts(name="Bela", state=ListingState.CLOSED, closed_on=date(2026, 11, 1))
    bela, twin = make_practitioner(vocabulary, closed), make_practitioner(vocabulary, closed)
    hidden = [
        make_practitioner(vocabulary, Facts(name="Hidden", state=state))
        for state in (ListingState.DRAFT, ListingState.SUSPENDED)
    ]
    with writing() as writer:
        merge = update(Listing).where(Listing.id == twin.id).values(merged_into_id=asha.id)
        writer.execute(merge)

    asked = ["asha-old", "asha-o", asha.slug, bela.slug, twin.slug, "nobody", hidden[0].slug]
    by_slug = chosen_by_slug(session, asked)
    by_id = chosen_by_id(session, [asha.id, bela.id, twin.id, 999, *(each.id for each in hidden)])

    assert {slug: found.slug for slug, found in by_slug.items()} == {
        "asha-old": asha.slug,
        "asha-o": asha.slug,
        asha.slug: asha.slug,
        bela.slug: bela.slug,
        twin.slug: asha.slug,
    }
    assert {each: found.id for each, found in by_id.items()} == {
        asha.id: asha.id,
        bela.id: bela.id,
        twin.id: asha.id,
    }
    assert (by_id[bela.id].closed_on, by_id[twin.id].is_open) == (date(2026, 11, 1), True)
    assert (chosen_by_id(session, []), chosen_by_slug(session, [])) == ({}, {})


def test_pages_come_in_order_visible_ones_only_at_one_price(
    session: Session, vocabulary: Vocabulary, count_sql: CountSql
) -> None:
    places = (Place(hours=((0, 600, 700),)), Place())
    rich = Facts(places=places, languages=["hi"], conditions=["depression"])
    made = [make_practitioner(vocabulary, rich), make_centre(vocabulary), make_centre(vocabulary)]
    hidden = make_practitioner(vocabulary, Facts(state=ListingState.SUSPENDED))
    made.append(make_practitioner(vocabulary, Facts(name="Last")))
    wanted = [made[3].id, made[1].id, hidden.id, made[0].id, made[2].id]

    counts = []
    for ids in (wanted[:1], wanted):
        session.rollback()
        with count_sql() as sent:
            pages = listing_pages(session, ids, vocabulary=vocabulary, now=NOW)
        counts.append(len(sent))

    assert [page.listing.id for page in pages] == [each for each in wanted if each != hidden.id]
    assert max(counts) <= MOST_QUERIES
    assert counts[1] - counts[0] <= 1  # a centre's rota, asked for when there is a centre
    assert listing_pages(session, [], vocabulary=vocabulary, now=NOW) == ()
