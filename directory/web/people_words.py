"""Words for roles, states of accounts and ties, as an administrator reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext

from directory.accounts.models import Role, UserState
from directory.moderation.models import LinkNature
from directory.web.desk_words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from flask_babel.speaklater import LazyString

ROLES: Mapping[str, LazyString] = {
    Role.USER: lazy_gettext("User"),
    Role.MODERATOR: lazy_gettext("Moderator"),
    Role.ADMINISTRATOR: lazy_gettext("Administrator"),
}
STATES: Mapping[str, LazyString] = {
    UserState.ACTIVE: lazy_gettext("active"),
    UserState.SUSPENDED: lazy_gettext("suspended"),
    UserState.ERASED: lazy_gettext("erased"),
}
NATURES: Mapping[str, LazyString] = {
    LinkNature.MANAGES: lazy_gettext("manages it"),
    LinkNature.WORKS_THERE: lazy_gettext("works there"),
    LinkNature.FAMILY: lazy_gettext("is family"),
}

FILTERS: dict[str, Callable[..., Any]] = {
    "account_state": words_of(STATES),
    "nature_words": words_of(NATURES),
    "role_words": words_of(ROLES),
}
