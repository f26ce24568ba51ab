"""Hours of helplines as the compiled file writes them."""

from __future__ import annotations

import pytest

from directory.vocabulary.helpline_hours import HelplineHours, helpline_hours
from directory.vocabulary.reading import read_helplines

DAILY = range(7)


def hours(spans: list[tuple[int, int, int]], *, is_sure: bool = True) -> HelplineHours:
    return HelplineHours(spans=tuple(sorted(spans)), is_sure=is_sure)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24x7", HelplineHours(round_the_clock=True)),
        ("stated 24x7", HelplineHours(round_the_clock=True, is_sure=False)),
        ("24X7 (unsure)", HelplineHours(round_the_clock=True, is_sure=False)),
        ("8:00-20:00 all days", hours([(day, 480, 1200) for day in DAILY])),
        ("9:00-20:00", hours([(day, 540, 1200) for day in DAILY])),
        ("22:00-6:00", hours([(day, 1320, 1800) for day in DAILY])),
        ("18:00-0:00", hours([(day, 1080, 1440) for day in DAILY])),
        ("10:00-22:00 (unsure)", hours([(day, 600, 1320) for day in DAILY], is_sure=False)),
        ("Sun 10:00-12:00", hours([(6, 600, 720)])),
        (
            "Mon-Sat 10:00-20:00 (was 8:00-22:00 in 2020)",
            hours([(day, 600, 1200) for day in range(6)], is_sure=False),
        ),
        (
            "Mon-Fri 14:00-22:00, Sat-Sun 10:00-22:00",
            hours([(day, 840, 1320) for day in range(5)] + [(5, 600, 1320), (6, 600, 1320)]),
        ),
    ],
)
def test_hours_are_read(text: str, expected: HelplineHours) -> None:
    assert helpline_hours(text) == expected


@pytest.mark.parametrize(
    "text", ["", "24x7 / office hours", "Mon-Fri office hours", "Foo 9:00-10:00", "9:00-9:00"]
)
def test_what_cannot_be_read_is_not_known(text: str) -> None:
    found = helpline_hours(text)

    assert not found.is_known
    assert not found.is_sure


def test_most_hours_of_the_file_can_be_read() -> None:
    unread = {row["slug"] for row in read_helplines() if not helpline_hours(row["hours"]).is_known}

    assert unread == {"jagori", "legal-15100"}
