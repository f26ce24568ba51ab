"""Which telephone lines readers are given, and which never stand on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.vocabulary.models import HelplineShown
from directory.web.helpline_lines import helpline_lines
from directory.web.text import tel

if TYPE_CHECKING:
    from datetime import datetime

    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

GIVEN = {HelplineShown.YES, HelplineShown.WITH_HOURS}
KEPT_BACK = {HelplineShown.NO, HelplineShown.AFTER_CHECK}


def test_only_lines_a_reader_may_call_are_given(vocabulary: Vocabulary, now: datetime) -> None:
    lines = vocabulary.helplines.values()

    given = {line.view.slug for line in helpline_lines(vocabulary, now)}

    assert given == {line.slug for line in lines if line.shown in GIVEN}
    assert {"kiran", "manas-1933", "snehi"}.isdisjoint(given)


@pytest.mark.parametrize("path", ["/urgent", "/urgent/hindi"])
def test_a_line_that_is_kept_back_is_not_among_those_to_call(
    client: PageClient, vocabulary: Vocabulary, path: str
) -> None:
    called = {address for _words, address in client.page(path).links()}
    lines = vocabulary.helplines.values()

    assert "tel:1098" in called
    kept_back = {tel(line.number) for line in lines if line.shown in KEPT_BACK}
    assert called & kept_back == set()
