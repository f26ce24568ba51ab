"""Decides what an import would do with a batch of rows: new, changed, unchanged, refused.

Reads the database in a constant number of queries for each batch and writes nothing, so a dry
run and a real one decide by the same code. Called by `listings/operations/`, which owns the
transaction; `storing.py` carries a plan out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from directory.listings.exchange.checking import Fault, shown
from directory.listings.exchange.comparing import checks_that_stay
from directory.listings.exchange.slugs import SlugBook, asker_for, owners
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import Listing, ListingKind, ListingState
from directory.listings.policy import STATE_MOVES, may_move, slug_of_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from directory.listings.exchange.drafts import ListingDraft
    from directory.listings.exchange.reading import FileRow
    from directory.vocabulary.queries import Vocabulary

ASKED_AT_ONCE = 1000


@dataclass(slots=True)
class ImportMemory:
    """What one import remembers from batch to batch.

    `kinds` is what a dry run would have stored; a real run finds that in the database.
    """

    slugs: SlugBook = field(default_factory=SlugBook)
    kinds: dict[str, ListingKind] = field(default_factory=dict)

    def remember(self, plan: Plan) -> None:
        """Keep what a dry run would have stored, so that later batches see it."""
        for draft in (*plan.new, *(change.draft for change in plan.changed)):
            self.kinds[draft.ref] = draft.kind
            if draft.slug is not None:
                self.slugs.given[draft.slug] = draft.ref


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row after validation: its draft, or the faults that refuse it."""

    row: FileRow
    draft: ListingDraft | None
    faults: tuple[Fault, ...]
    works_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A stored listing, what it says, and what it shall say instead."""

    listing_id: int
    draft: ListingDraft
    stored: ListingDraft


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that does not go in, and everything that is wrong with it."""

    line: int
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Plan:
    """What to do with one batch; slugs and states of all drafts are settled."""

    new: list[ListingDraft] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    waiting: list[FileRow] = field(default_factory=list)
    centre_ids: dict[str, int] = field(default_factory=dict)


class _Known(NamedTuple):
    """A stored listing; `kept_ref` names the one it was merged into."""

    listing_id: int
    kind: ListingKind
    kept_ref: str | None = None


@dataclass(slots=True)
class _Candidate:
    """A row on its way into the plan."""

    checked: CheckedRow
    faults: list[Fault]
    draft: ListingDraft | None
    stored_id: int | None = None
    stored: ListingDraft | None = None

    @property
    def accepted(self) -> ListingDraft | None:
        """The draft, as long as nothing is wrong with the row."""
        return None if self.faults else self.draft

    def refuse(self, field_path: str, reason: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(field_path, reason))


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans batches of one import inside the caller's transaction."""

    session: Session
    vocabulary: Vocabulary
    memory: ImportMemory

    def plan(self, rows: Sequence[CheckedRow], *, all_are_known: bool) -> Plan:
        """Decide on a batch.

        A row whose `works_at` names a ref that is not there yet waits, because it may come
        later in the file; once `all_are_known` it is refused instead.
        """
        stored = self._stored_kinds(rows)
        led_on = [_led_on(row, stored) for row in rows]
        candidates = [_Candidate(row, list(row.faults), row.draft) for row in led_on]
        self._attach_stored(candidates, stored)
        for candidate in candidates:
            _settle(candidate)
            _refuse_merged(candidate, stored)
        self._check_given_slugs(candidates)
        plan = Plan()
        going_in = self._check_links(candidates, stored, plan, all_are_known=all_are_known)
        self._finish(going_in)
        for candidate in going_in:
            _sort(candidate, plan)
        return plan

    def _stored_kinds(self, rows: Sequence[CheckedRow]) -> dict[str, _Known]:
        refs = {row.draft.ref for row in rows if row.draft is not None}
        rest = iter(refs.union(*(row.works_at for row in rows)))
        kept = aliased(Listing)
        found: dict[str, _Known] = {}
        while asked := list(islice(rest, ASKED_AT_ONCE)):
            listings = self.session.execute(
                select(Listing.ref, Listing.id, Listing.kind, kept.ref, kept.id)
                .outerjoin(kept, kept.id == Listing.merged_into_id)
                .where(Listing.ref.in_(asked))
            )
            for ref, listing_id, kind, kept_ref, kept_id in listings:
                found[ref] = _Known(listing_id, kind, kept_ref)
                if kept_id is not None:
                    found.setdefault(kept_ref, _Known(kept_id, kind))
        return found

    def _attach_stored(
        self, candidates: Sequence[_Candidate], stored: Mapping[str, _Known]
    ) -> None:
        """Give each row the listing it is about; a file may name one more than once."""
        ids = {ref: known.listing_id for ref, known in stored.items()}
        refs = {candidate.draft.ref for candidate in candidates if candidate.draft is not None}
        asked = [ids[ref] for ref in sorted(refs & ids.keys())]
        drafts = read_drafts(self.session, asked, self.vocabulary)
        for candidate in candidates:
            listing_id = ids.get(candidate.draft.ref) if candidate.draft is not None else None
            if listing_id in drafts:
                candidate.stored_id, candidate.stored = listing_id, drafts[listing_id]

    def _check_given_slugs(self, candidates: Sequence[_Candidate]) -> None:
        asking = [
            (item, item.draft.ref, item.draft.slug)
            for item in candidates
            if item.draft is not None and item.draft.slug is not None
        ]
        owned = owners(self.session, {slug for _item, _ref, slug in asking})
        here: dict[str, str] = {}
        for item, ref, slug in asking:
            first = self.memory.slugs.given.get(slug) or here.setdefault(slug, ref)
            if first != ref or owned.get(slug, item.stored_id) != item.stored_id:
                item.refuse("slug", f"{shown(slug)} is, or was, the slug of another listing")

    def _check_links(
        self,
        candidates: Sequence[_Candidate],
        stored: Mapping[str, _Known],
        plan: Plan,
        *,
        all_are_known: bool,
    ) -> list[_Candidate]:
        """Give the rows that go in; note in the plan those that wait or are refused."""
        kinds = {ref: known.kind for ref, known in stored.items()}
        kinds |= {item.accepted.ref: item.accepted.kind for item in candidates if item.accepted}
        going_in = []
        for item in candidates:
            unknown = self._refuse_links(item, kinds)
            if unknown and not all_are_known:
                plan.waiting.append(item.checked.row)
                continue
            for path, ref in unknown:
                item.refuse(path, f"no centre with the ref {shown(ref)}, here or in the directory")
            if item.faults:
                plan.refused.append(RefusedRow(item.checked.row.line, tuple(item.faults)))
            else:
                going_in.append(item)
                plan.centre_ids.update(
                    (ref, stored[ref].listing_id) for ref in item.checked.works_at if ref in stored
                )
        return going_in

    def _refuse_links(
        self, item: _Candidate, kinds: Mapping[str, ListingKind]
    ) -> list[tuple[str, str]]:
        """Refuse links to practitioners; give path and ref of those to nobody yet."""
        unknown = []
        for number, ref in enumerate(item.checked.works_at):
            path = f"works_at[{number}]"
            kind = kinds.get(ref) or self.memory.kinds.get(ref)
            if kind is None:
                unknown.append((path, ref))
            elif kind is ListingKind.PRACTITIONER:
                item.refuse(path, f"{shown(ref)} is a practitioner; name a centre")
        return unknown

    def _finish(self, going_in: Sequence[_Candidate]) -> None:
        """Give every row that goes in a slug and a state; a new listing is published."""
        drafts = [(item, item.draft) for item in going_in if item.draft is not None]
        reserved = {draft.slug for _item, draft in drafts if draft.slug is not None}
        asking = [asker_for(draft, item.stored_id) for item, draft in drafts if draft.slug is None]
        made = self.memory.slugs.free_slugs(self.session, asking, reserved)
        for item, draft in drafts:
            if draft.slug is None or draft.state is None:
                slug, state = draft.slug or made[draft.ref], draft.state or ListingState.PUBLISHED
                item.draft = replace(draft, slug=slug, state=state)


def _settle(item: _Candidate) -> None:
    """Fill in from the stored listing what the row leaves open, and refuse what it forbids.

    A stored listing keeps its state, its slug (while the name stays) and the checks of facts
    that keep their value. A new one gets slug and state last (`_finish`).
    """
    draft, stored = item.draft, item.stored
    if draft is None or stored is None:
        return
    if draft.kind is not stored.kind:
        item.refuse("kind", f"this ref is a {stored.kind.value}; a listing never changes its kind")
    state, closed_on = draft.state, draft.closed_on
    if state is None:
        state, closed_on = stored.state, stored.closed_on
    elif stored.state is not None and not may_move(stored.state, state):
        item.refuse("state", _forbidden_move(stored.state, state))
    same_name = slug_of_name(draft.name, draft.ref) == slug_of_name(stored.name, stored.ref)
    item.draft = replace(
        draft,
        state=state,
        closed_on=closed_on,
        slug=draft.slug or (stored.slug if same_name else None),
        checks=checks_that_stay(stored, draft),
    )


def _led_on(row: CheckedRow, stored: Mapping[str, _Known]) -> CheckedRow:
    """Give a row whose links to merged centres lead to the ones that were kept."""
    refs = [stored[ref].kept_ref if ref in stored else None for ref in row.works_at]
    if not any(refs):
        return row
    named = (kept or ref for kept, ref in zip(refs, row.works_at, strict=True))
    works_at = tuple(dict.fromkeys(named))
    draft = row.draft
    if draft is not None and draft.practitioner is not None:
        draft = replace(draft, practitioner=replace(draft.practitioner, works_at=works_at))
    return replace(row, draft=draft, works_at=works_at)


def _refuse_merged(item: _Candidate, stored: Mapping[str, _Known]) -> None:
    """Refuse news of a listing that is another one by now; what says nothing new may stay."""
    known = stored.get(item.draft.ref) if item.draft is not None else None
    if known is None or known.kept_ref is None or item.draft == item.stored:
        return
    item.refuse("ref", f"was merged into {shown(known.kept_ref)}; change that one instead")


def _forbidden_move(before: ListingState, after: ListingState) -> str:
    allowed = sorted(state.value for state in STATE_MOVES[before])
    if not allowed:
        return f"this listing is {before.value} for good; it cannot become {after.value}"
    ways = " or ".join(allowed)
    return f"this listing is {before.value}; it can become {ways}, not {after.value}"


def _sort(item: _Candidate, plan: Plan) -> None:
    draft = item.draft
    if draft is None:
        return
    if item.stored_id is None or item.stored is None:
        plan.new.append(draft)
    elif draft == item.stored:
        plan.unchanged += 1
    else:
        plan.changed.append(Change(item.stored_id, draft, item.stored))
