"""Loads what demo readers reported: wrong details, calls, a missing listing; some decided already.

Through the same operations as readers and the desk. Called by `flask demo load` and `flask serve`,
after reviews and staff are there. Everything in it is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from directory.accounts.models import UserState
from directory.accounts.policy import Viewer
from directory.audit.policy import COMMAND
from directory.core.clock import delhi_day
from directory.core.db import db
from directory.demo.reviews.drafts import Person
from directory.demo.reviews.people import STAFF, staff_ids
from directory.listings.exchange.document import document_of_draft
from directory.listings.exchange.stored import read_drafts
from directory.listings.models import (
    CallOutcome,
    Correction,
    Listing,
    ListingKind,
    ListingState,
)
from directory.listings.operations.editing import edit_listing
from directory.moderation.decisions import accept, decline
from directory.moderation.intake import (
    DetailReport,
    Suggestion,
    report_detail,
    report_outcome,
    suggest_listing,
)
from directory.moderation.models import ModerationCase, SubjectNoun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from directory.accounts.keys import Keys
    from directory.vocabulary.queries import Vocabulary

    Document = Mapping[str, Any]
    # What happens to a listing, and whether what it says fits.
    Story = tuple[Callable[[int, Document], None], Callable[[Document], Any]]

# Enough listings to find one for each story, however few are loaded of them.
LOOKED_THROUGH = 60
NO_SESSION = 0
DEARER_BY, CHEAPER_BY = 300, 200
SUGGESTED = "The Made-up Listening Room"


def load_demo_reports(*, seed: int, keys: Keys, vocabulary: Vocabulary, now: datetime) -> int:
    """Bring demo reports about the demo listings of a seed, and give how many there are new.

    Once the directory has a report nothing is added, and nothing without the demo staff. A
    listing says in the end what it said before; some 100 ms.
    """
    session = db.session()
    staff = staff_ids(session, keys)
    if Person.K not in staff or session.scalar(select(Correction.id).limit(1)):
        return 0
    stories = _Stories(_listings(seed, vocabulary), staff[Person.K], keys, vocabulary, now)
    stories.tell()
    return session.scalar(select(func.count()).select_from(Correction)) or 0


def _listings(seed: int, vocabulary: Vocabulary) -> list[tuple[int, Document]]:
    """Give the first published demo practitioners of a seed: their ids and documents."""
    ids = db.session().scalars(
        select(Listing.id)
        .where(
            Listing.ref.like(f"demo:{seed}:%"),
            Listing.kind == ListingKind.PRACTITIONER,
            Listing.state == ListingState.PUBLISHED,
        )
        .order_by(func.length(Listing.ref), Listing.ref)
        .limit(LOOKED_THROUGH)
    )
    drafts = read_drafts(db.session(), ids.all(), vocabulary)
    return [(listing_id, document_of_draft(draft)) for listing_id, draft in drafts.items()]


@dataclass
class _Stories:
    """Each takes a listing of its own, or is left out where none fits."""

    listings: Sequence[tuple[int, Document]]
    judge_id: int
    keys: Keys
    vocabulary: Vocabulary
    now: datetime

    def tell(self) -> None:
        """Tell all of them; the pickiest chooses first."""
        left = list(self.listings)
        stories: tuple[Story, ...] = (
            (self._settled_fee, lambda said: said["fees"] and not _checks(said, "fee")),
            (self._calls, lambda said: _numbers(said) and not _checks(said, "phone", self.now)),
            (self._full, lambda said: said["accepting"] != "no"),
            (self._fee, lambda said: said["fees"]),
            (self._language, lambda said: said["languages"]),
        )
        for story, fits in stories:
            found = next((each for each in left if fits(each[1])), None)
            if found is not None:
                left.remove(found)
                story(*found)
        self._missing()

    def _settled_fee(self, listing_id: int, said: Document) -> None:
        """The page had an old fee; a reader told the one it has now, and the desk took it."""
        edit_listing(
            actor=COMMAND,
            listing_id=listing_id,
            changes=_other_fee(said, -CHEAPER_BY),
            seen=None,
            vocabulary=self.vocabulary,
            now=self.now,
        )
        told = {"fees": said["fees"]}
        receipt = self._wrong(listing_id, "fee", told, ("", "I paid it last week."), hours=28)
        accept(
            **self._sitting(receipt),
            changes=told,
            words="Thank you. We rang them, and the page says it now.",
            vocabulary=self.vocabulary,
        )

    def _fee(self, listing_id: int, said: Document) -> None:
        """Two readers tell of the same dearer fee; the desk has yet to look."""
        told = _other_fee(said, DEARER_BY)
        words = ("It went up this month.", "I rang and was told.")
        self._wrong(listing_id, "fee", told, words, hours=9)
        self._wrong(listing_id, "fee", told, ("", "It hangs beside the door."), hours=3)

    def _calls(self, listing_id: int, said: Document) -> None:
        """Three rang in vain, which makes the number doubtful."""
        del said
        for caller in range(3):
            report_outcome(
                listing_id=listing_id,
                outcome=CallOutcome.NO_ANSWER,
                language="en",
                network_hash=sha256(f"demo caller {caller}".encode()).hexdigest(),
                vocabulary=self.vocabulary,
                now=self._ago(hours=26 - 8 * caller),
            )

    def _full(self, listing_id: int, said: Document) -> None:
        """Somebody thought there was no place; the desk asked, and there is."""
        del said
        words = ("They take nobody new.", "The line was busy all day.")
        receipt = self._wrong(listing_id, "accepting", {"accepting": "no"}, words, hours=40)
        decline(
            **self._sitting(receipt),
            words="We asked them on the telephone: it is as the page says.",
        )

    def _language(self, listing_id: int, said: Document) -> None:
        """A detail told in words alone, which the desk has no fields for."""
        del said
        words = ("Speaks Maithili as well.", "I am seen there.")
        self._wrong(listing_id, "languages", {}, words, hours=5)

    def _missing(self) -> None:
        suggest_listing(
            suggestion=Suggestion(
                kind=ListingKind.PRACTITIONER,
                name=SUGGESTED,
                role="counsellor",
                locality="saket",
                where="Above the made-up bakery",
                phone=None,
                website=None,
                evidence="Demo: this place does not exist.",
                address=None,
                language="en",
            ),
            network_hash=None,
            keys=self.keys,
            vocabulary=self.vocabulary,
            now=self._ago(hours=7),
        )

    def _wrong(
        self, listing_id: int, fact: str, told: Document, words: tuple[str, str], *, hours: int
    ) -> str:
        said, evidence = words
        return report_detail(
            report=DetailReport(
                listing_id=listing_id,
                fact=fact,
                changes=told,
                words=said,
                evidence=evidence,
                called_on=None,
                address=None,
                language="en",
            ),
            network_hash=None,
            keys=self.keys,
            vocabulary=self.vocabulary,
            now=self._ago(hours=hours),
        )

    def _sitting(self, receipt: str) -> dict[str, Any]:
        """Give who decides the report of a receipt, and when."""
        report_id = select(Correction.id).where(Correction.receipt == receipt).scalar_subquery()
        case = db.session().execute(
            select(ModerationCase.id, ModerationCase.version).where(
                ModerationCase.subject_noun == SubjectNoun.CORRECTION,
                ModerationCase.subject_id == report_id,
            )
        )
        case_id, version = case.one()
        _address, name, role = STAFF[Person.K]
        judge = Viewer(
            user_id=self.judge_id,
            role=role,
            state=UserState.ACTIVE,
            session_id=NO_SESSION,
            is_strong=True,
            display_name=name,
        )
        return {
            "viewer": judge,
            "case_id": case_id,
            "version": version,
            "keys": self.keys,
            "now": self.now,
        }

    def _ago(self, *, hours: int) -> datetime:
        return self.now - timedelta(hours=hours)


def _other_fee(said: Document, by: int) -> dict[str, Any]:
    """Give the fees with the first one changed by so many rupees."""
    first, *others = said["fees"]
    return {"fees": [first | {"amount": max(first["amount"] + by, DEARER_BY)}, *others]}


def _checks(said: Document, fact: str, now: datetime | None = None) -> bool:
    """Tell whether a fact was ever checked; with `now`, whether a check of it still counts."""
    return any(
        now is None or check["expires_on"] >= delhi_day(now).isoformat()
        for check in said["checks"]
        if check["fact"] == fact
    )


def _numbers(said: Document) -> bool:
    return any(place["phones"] for place in said["locations"])
