"""Carries out a plan with one bulk statement for each table; decides and commits nothing.

Called by `listings/operations/` only, inside a writing transaction.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, update

from directory.listings.exchange.bulk import insert_rows, table_of
from directory.listings.exchange.history import history_rows
from directory.listings.exchange.rows import (
    add_facts,
    add_place_facts,
    kind_row,
    listing_row,
    location_row,
    table_of_kind,
)
from directory.listings.exchange.slugs import owners
from directory.listings.models import (
    Fee,
    Listing,
    ListingChange,
    ListingSlug,
    ListingTerm,
    Location,
    PractitionerRole,
    Qualification,
    Registration,
    Staffing,
    Verification,
)
from directory.outbox.models import ChangeNoun
from directory.outbox.operations import record_changes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.core.db import Base
    from directory.listings.exchange.drafts import ListingDraft
    from directory.listings.exchange.history import Cause
    from directory.listings.exchange.planning import Change, Plan
    from directory.listings.exchange.rows import Row, Sheets
    from directory.listings.exchange.stations import NearestStation
    from directory.vocabulary.queries import Vocabulary

# What is written anew when a listing changes; the rows of locations go with their location.
REPLACED = (ListingTerm, Qualification, Registration, Fee, Staffing, Verification, Location)
# The bound parameter that names the row of an update.
KEY = "key_of_row"


@dataclass(frozen=True, slots=True)
class Storer:
    """Writes plans inside the caller's writing transaction, and why, into each history."""

    session: Session
    now: datetime
    vocabulary: Vocabulary
    stations: NearestStation
    cause: Cause

    def store(self, plan: Plan) -> None:
        """Write what a plan says: new listings added, changed ones replaced wholly."""
        ids = self._insert_listings(plan.new)
        self._update_listings(plan.changed)
        self._insert_kinds(plan.new, ids)
        ids |= {change.draft.ref: change.listing_id for change in plan.changed}
        drafts = [*plan.new, *(change.draft for change in plan.changed)]

        sheets: Sheets = defaultdict(list)
        for draft in drafts:
            add_facts(sheets, draft, ids[draft.ref], self.vocabulary)
        self._insert_locations(sheets, drafts, ids)
        _add_links(sheets, drafts, ids, plan.centre_ids | ids)
        sheets[ListingChange] += history_rows(plan, ids, self.cause, self.now)
        self._insert_all(sheets)
        record_changes(self.session, ChangeNoun.LISTING, ids.values(), self.now)

    def _insert_listings(self, drafts: Sequence[ListingDraft]) -> dict[str, int]:
        """Give the ids of the new listings by ref."""
        if not drafts:
            return {}
        rows = [{**listing_row(draft, self.now), "created_at": self.now} for draft in drafts]
        statement = insert(table_of(Listing)).returning(Listing.ref, Listing.id)
        ids = {row.ref: row.id for row in self.session.execute(statement, rows)}
        self._insert_slugs({draft.slug: ids[draft.ref] for draft in drafts if draft.slug})
        return ids

    def _insert_slugs(self, slugs: Mapping[str, int]) -> None:
        rows = [
            {"slug": slug, "listing_id": listing_id, "created_at": self.now}
            for slug, listing_id in slugs.items()
        ]
        self._insert_all({ListingSlug: rows})

    def _insert_kinds(self, drafts: Sequence[ListingDraft], ids: Mapping[str, int]) -> None:
        sheets: Sheets = defaultdict(list)
        for draft in drafts:
            sheets[table_of_kind(draft)].append(kind_row(draft, ids[draft.ref], self.vocabulary))
        self._insert_all(sheets)

    def _update_listings(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        self._delete_facts([change.listing_id for change in changes])
        sheets: Sheets = defaultdict(list)
        for change in changes:
            own = kind_row(change.draft, change.listing_id, self.vocabulary)
            sheets[Listing].append({**listing_row(change.draft, self.now), KEY: change.listing_id})
            sheets[table_of_kind(change.draft)].append({**own, KEY: own.pop("listing_id")})
        for model, rows in sheets.items():
            table = table_of(model)
            (key,) = table.primary_key
            self.session.execute(update(table).where(key == bindparam(KEY)), rows)
        slugs = {change.draft.slug: change.listing_id for change in changes if change.draft.slug}
        known = owners(self.session, slugs)
        self._insert_slugs({slug: owner for slug, owner in slugs.items() if slug not in known})

    def _delete_facts(self, ids: Sequence[int]) -> None:
        for model in REPLACED:
            table = table_of(model)
            self.session.execute(delete(table).where(table.c.listing_id.in_(ids)))
        roles = table_of(PractitionerRole)
        self.session.execute(delete(roles).where(roles.c.practitioner_id.in_(ids)))

    def _insert_locations(
        self, sheets: Sheets, drafts: Sequence[ListingDraft], ids: Mapping[str, int]
    ) -> None:
        """Insert the locations and add to `sheets` what hangs on each."""
        places = {
            (ids[draft.ref], position): place
            for draft in drafts
            for position, place in enumerate(draft.locations)
        }
        if not places:
            return
        rows = [
            location_row(place, listing_id, position, self.vocabulary, self.stations)
            for (listing_id, position), place in places.items()
        ]
        table = table_of(Location)
        statement = insert(table).returning(table.c.id, table.c.listing_id, table.c.position)
        for location_id, listing_id, position in self.session.execute(statement, rows):
            add_place_facts(sheets, places[listing_id, position], location_id)

    def _insert_all(self, sheets: Mapping[type[Base], list[Row]]) -> None:
        for model, rows in sheets.items():
            insert_rows(self.session, model, rows)


def _add_links(
    sheets: Sheets,
    drafts: Sequence[ListingDraft],
    ids: Mapping[str, int],
    centre_ids: Mapping[str, int],
) -> None:
    sheets[PractitionerRole] += [
        {"practitioner_id": ids[draft.ref], "centre_id": centre_ids[ref], "position": position}
        for draft in drafts
        for position, ref in enumerate(draft.works_at)
    ]
