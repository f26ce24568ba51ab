"""What a listing says once an import of it is taken back: the rule, without the database."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from directory.listings.policy import REGISTRATION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    Document = Mapping[str, Any]

CHECKS = "checks"
# Keys that say one thing together: when one of them is kept, so are the others.
TOGETHER = (
    frozenset({"accepting", "accepting_checked_on"}),
    frozenset({"state", "closed_on"}),
    frozenset({"name", "slug"}),
)
# The keys of the document a checked fact rests on, as `exchange/comparing.py` compares them.
KEYS_OF_CHECK: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "accepting": frozenset({"accepting"}),
        "phone": frozenset({"locations"}),
        "night": frozenset({"locations", "staffing"}),
        "staffing": frozenset({"staffing"}),
        "fee": frozenset({"fees"}),
        "hours": frozenset({"locations"}),
        "payment": frozenset({"payment"}),
        "address": frozenset({"locations"}),
        "access": frozenset({"accessibility"}),
        "beds": frozenset({"beds"}),
        "facilities": frozenset({"facilities"}),
        REGISTRATION: frozenset({"registrations"}),
    }
)


def restored_document(
    document: Document,
    before: Document,
    after: Document,
    *,
    touched: Collection[str],
    known_centres: Collection[str],
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what a listing says with a change taken back, and the keys that stay as they are.

    `before` and `after` are the change's; a key stays that says something else than `after` by
    now. `touched` are the keys anything changed since, even to the same value: no check of theirs
    comes back. `known_centres` are refs; work at a centre that is no more does not come back.
    """
    keys = after.keys() - {CHECKS}
    kept = {key for key in keys if document[key] != after[key]}
    if "works_at" in keys and not set(before["works_at"]) <= set(known_centres):
        kept.add("works_at")
    moved = kept | set(touched)
    for group in TOGETHER:
        if group & moved:
            kept |= group & keys
    restored = {key: before[key] for key in keys - kept}
    checks = _checks(document[CHECKS], before.get(CHECKS, []), after.get(CHECKS, []), kept | moved)
    return {**document, **restored, CHECKS: checks}, tuple(sorted(kept))


def _checks(
    now: Iterable[Document], before: list[Document], after: list[Document], moved: set[str]
) -> list[Document]:
    """Give the checks without those the change brought, and with those it took that still hold."""
    gained = [check for check in after if check not in before]
    stay = [check for check in now if check not in gained]
    lost = [
        check
        for check in before
        if check not in after and check not in stay and not _keys_of(check) & moved
    ]
    return [*stay, *lost]


def _keys_of(check: Document) -> frozenset[str]:
    return KEYS_OF_CHECK[check["fact"].partition(":")[0]]
