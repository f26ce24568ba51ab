"""What the lists of the vocabulary and the uses of spellings are called at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext

from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

LEAST_ROWS, MOST_ROWS = 4, 16

LISTS: Mapping[TermKind, LazyString] = {
    TermKind.CONDITION: lazy_gettext("Conditions"),
    TermKind.TREATMENT: lazy_gettext("Treatments"),
    TermKind.PROFESSION: lazy_gettext("Professions"),
    TermKind.CENTRE_TYPE: lazy_gettext("Kinds of centre"),
    TermKind.LANGUAGE: lazy_gettext("Languages"),
    TermKind.IDENTITY: lazy_gettext("Whom they welcome"),
    TermKind.FACILITY: lazy_gettext("Facilities"),
    TermKind.ACCESSIBILITY: lazy_gettext("Access"),
    TermKind.PAYMENT: lazy_gettext("Payment"),
    TermKind.MODE: lazy_gettext("Ways to meet"),
    TermKind.AGE_GROUP: lazy_gettext("Ages"),
    TermKind.ADMISSION_TYPE: lazy_gettext("Kinds of admission"),
    TermKind.REGISTER: lazy_gettext("Registers"),
    TermKind.FEE_BAND: lazy_gettext("Fee bands"),
    TermKind.EXTERNAL_ROLE: lazy_gettext("Roles elsewhere"),
    TermKind.CONDITION_GROUP: lazy_gettext("Shelves of conditions"),
    TermKind.TREATMENT_GROUP: lazy_gettext("Shelves of treatments"),
}


def list_words(kind: TermKind | str) -> str:
    """Give what a list is called."""
    return str(LISTS[TermKind(kind)])


def rows_for(text: str | None) -> int:
    """Give the rows of a box that shows its lines with one to spare, within reason."""
    return min(max(LEAST_ROWS, len((text or "").splitlines()) + 1), MOST_ROWS)


FILTERS: dict[str, Callable[..., Any]] = {"list_words": list_words, "rows_for": rows_for}
