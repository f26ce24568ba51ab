"""Choices follow from the seed alone and are shared out as promised."""

from __future__ import annotations

from collections import Counter

import pytest

from directory.demo.dice import Deck, Dice, Rotation, cards


def test_the_same_seed_falls_the_same_on_every_machine() -> None:
    dice = Dice("demo", 7)

    # Written down once: a Python or a machine that gives others breaks the promise.
    assert [dice.below(1000) for _ in range(6)] == [60, 379, 184, 647, 93, 276]


def test_other_seeds_fall_otherwise() -> None:
    first, second = Dice(1, 23), Dice(12, 3)

    assert [first.below(1000) for _ in range(6)] != [second.below(1000) for _ in range(6)]


def test_some_gives_each_item_at_most_once() -> None:
    assert sorted(Dice(1).some("abcde", 9)) == list("abcde")
    assert len(set(Dice(1).some("abcde", 3))) == 3


def test_whole_includes_both_ends() -> None:
    dice = Dice(1)

    assert {dice.whole(2, 4) for _ in range(200)} == {2, 3, 4}


def test_weights_are_followed() -> None:
    dice = Dice(1)
    fallen = Counter(dice.weighted({"often": 90, "seldom": 10, "never": 0}) for _ in range(2000))

    assert fallen["never"] == 0
    assert 120 <= fallen["seldom"] <= 280


def test_nothing_can_be_chosen_from_no_weights() -> None:
    with pytest.raises(ValueError, match="nothing to choose"):
        Dice(1).weighted({})


def test_a_deck_holds_its_shares_in_every_round() -> None:
    deck = Deck(cards({"oak": 3, "elm": 1}), 7)

    rounds = [Counter(deck.deal() for _ in range(4)) for _ in range(5)]

    assert rounds == [Counter(oak=3, elm=1)] * 5
    assert deck.rounds == 5


def test_a_rotation_uses_all_before_it_repeats_any() -> None:
    rotation, dice = Rotation(), Dice(1)

    first = {rotation.pick("abcd", dice) for _ in range(4)}
    rotation.pick("abcd", dice)

    assert first == set("abcd")
    assert sorted(rotation.used.values()) == [1, 1, 1, 2]


def test_a_rotation_without_texts_gives_none() -> None:
    assert Rotation().pick([], Dice(1)) is None
