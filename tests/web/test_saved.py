"""The cookie of saved listings: what we take for ours, and what it holds."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from itsdangerous import URLSafeSerializer

from directory.listings.shortlist import KEPT_DAYS, Shortlist, packed
from directory.web.saved import LONGEST, PURPOSE, read, written

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 26)
OURS, THEIRS = "our own secret", "somebody else's"
LIST = Shortlist((12, 7))
VALUE = written(LIST, OURS, TODAY)


def signed(content: object, *, secret: str = OURS, purpose: str = PURPOSE) -> str:
    return str(URLSafeSerializer(secret, salt=purpose).dumps(content))


WRONG: dict[str, Callable[[], str | None]] = {
    "none": lambda: None,
    "empty": lambda: "",
    "not ours at all": lambda: "1,2,3",
    "without a signature": lambda: VALUE.rpartition(".")[0],
    "with another's signature": lambda: signed(packed(LIST, TODAY), secret=THEIRS),
    "signed by us for something else": lambda: signed(packed(LIST, TODAY), purpose="a session"),
    "changed": lambda: "X" + VALUE[1:],
    "cut short": lambda: VALUE[:-1],
    "with something after it": lambda: VALUE + "A",
    "longer than ours ever are": lambda: signed(
        [TODAY.toordinal(), [7919 * n * n for n in range(LONGEST)]]
    ),
    "of another shape": lambda: signed({"ids": [1]}),
    "too old": lambda: written(LIST, OURS, TODAY - timedelta(days=KEPT_DAYS + 1)),
    "not in ASCII": lambda: "सूची.हस्ताक्षर",
}


@pytest.mark.parametrize("case", WRONG)
def test_a_cookie_that_is_not_ours_is_an_empty_list(case: str) -> None:
    assert read(WRONG[case](), OURS, TODAY) == Shortlist()


def test_our_own_cookie_gives_the_list_back_until_it_is_too_old() -> None:
    assert read(VALUE, OURS, TODAY) == LIST
    assert read(VALUE, OURS, TODAY + timedelta(days=KEPT_DAYS)) == LIST


def test_the_cookie_holds_the_day_and_ids_and_fits_with_twenty_of_them() -> None:
    content = VALUE.rpartition(".")[0]
    longest = Shortlist(tuple(range(10**8, 10**8 + 20)))

    assert urlsafe_b64decode(content + "==") == b"[%d,[12,7]]" % TODAY.toordinal()
    assert len(written(longest, OURS, TODAY)) < LONGEST
    assert read(written(longest, OURS, TODAY), OURS, TODAY) == longest
