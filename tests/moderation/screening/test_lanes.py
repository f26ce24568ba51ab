"""Which lane of the queue a review belongs to."""

from __future__ import annotations

import pytest

from directory.moderation.screening import Lane, Signal, SignalName, priority_of, screen

LANES = {
    Lane.CRISIS: ["crisis", "self_harm_method"],
    Lane.EXPOSURE: [
        "phone",
        "email",
        "third_person_name",
        "staff_name",
        "exact_date",
        "self_identifying",
        "diagnosis_of_other",
    ],
    Lane.LEGAL: ["threat", "extortion", "legal"],
    Lane.FRAUD: ["url", "advertising", "near_duplicate", "burst", "same_network", "one_sided"],
    Lane.ROUTINE: ["dose", "stop_medicine", "slur", "new_account"],
}


def signal(name: str) -> Signal:
    return Signal(SignalName(name), 0, 1, "Because.")


def test_every_signal_has_one_lane() -> None:
    assert sorted(name for names in LANES.values() for name in names) == sorted(SignalName)


@pytest.mark.parametrize("lane", Lane)
def test_a_signal_leads_to_its_lane(lane: Lane) -> None:
    assert {priority_of([signal(name)], unsafe=False) for name in LANES[lane]} == {lane}


@pytest.mark.parametrize(
    ("names", "unsafe", "lane"),
    [
        ([], False, Lane.ROUTINE),
        ([], True, Lane.LEGAL),
        (["near_duplicate"], True, Lane.LEGAL),
        (["phone", "threat"], True, Lane.EXPOSURE),
        (["phone", "crisis", "url"], False, Lane.CRISIS),
    ],
)
def test_the_most_urgent_lane_wins(names: list[str], unsafe: bool, lane: Lane) -> None:  # noqa: FBT001 - a table
    assert priority_of(map(signal, names), unsafe=unsafe) is lane


def test_the_lanes_stand_in_the_order_of_their_classes() -> None:
    assert list(Lane) == ["crisis", "exposure", "legal", "fraud", "routine"]


def test_a_text_leads_to_its_lane() -> None:
    assert priority_of(screen("I want to die. Ring 98100 12345."), unsafe=False) is Lane.CRISIS
