"""Words for likely duplicates: how likely, why, and whose value stays. Template filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext

from directory.listings.exchange.merging import Side
from directory.listings.likeness.scoring import NEARLY_SURE, PROBABLE
from directory.listings.likeness.sketches import AGAINST, Ground
from directory.vocabulary.models import TermKind
from directory.web import current, text
from directory.web.desk_words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

    from directory.listings.likeness.sketches import Reason

SIDES: Mapping[str, LazyString] = {
    Side.KEEP: lazy_gettext("as the one that stays has it"),
    Side.OTHER: lazy_gettext("as the other has it"),
    Side.BOTH: lazy_gettext("both, put together"),
}


def alike_words(score: int) -> str:
    """Say how likely it is that two are one."""
    if score >= NEARLY_SURE:
        return gettext("Almost surely one")
    if score >= PROBABLE:
        return gettext("Probably one")
    return gettext("Perhaps one")


def ground_words(reason: Reason) -> str:
    """Say why two may be one, or two after all."""
    detail = reason.detail
    return {
        Ground.REGISTER_NUMBER: lambda: gettext("same number: %(name)s", name=_register(detail)),
        Ground.PHONE: lambda: gettext("same telephone %(number)s", number=text.phone(str(detail))),
        Ground.SAME_NAME: lambda: gettext("the same name"),
        Ground.LIKE_NAME: lambda: gettext("nearly the same name"),
        Ground.RARE_NAME: lambda: gettext("a rare name"),
        Ground.SAME_PLACE: lambda: gettext("the same place"),
        Ground.NEARBY: lambda: gettext("%(far)s apart", far=text.distance(int(detail or 0))),
        Ground.SAME_LOCALITY: lambda: gettext("both in %(place)s", place=_locality(detail)),
        Ground.SAME_ROLE: lambda: gettext("of one kind"),
        Ground.OTHER_REGISTER_NUMBER: lambda: gettext(
            "but different numbers: %(name)s", name=_register(detail)
        ),
        Ground.FAR_APART: lambda: gettext("but %(far)s apart", far=text.distance(int(detail or 0))),
    }[reason.ground]()


def speaks_against(reason: Reason) -> bool:
    """Tell whether a reason says that they are two."""
    return reason.ground in AGAINST


def _register(slug: object) -> str:
    register = current.vocabulary().terms[TermKind.REGISTER].get(str(slug))
    return register.name_en if register else str(slug)


def _locality(slug: object) -> str:
    locality = current.vocabulary().localities.get(str(slug))
    return locality.name_en if locality else str(slug)


FILTERS: dict[str, Callable[..., Any]] = {
    "alike_words": alike_words,
    "ground_words": ground_words,
    "side_words": words_of(SIDES),
    "speaks_against": speaks_against,
}
