"""The first of an order are those a full sort would put first."""

from __future__ import annotations

import numpy as np
import pytest

from directory.search.ordering import SMALL, Order, highest
from directory.search.snapshot import bits

SIZES = (1, 63, 64, 500, SMALL + 1, 9000)


def numbers(count: int) -> np.ndarray:
    """Give many points, a good part of them equal."""
    return np.random.default_rng(count).integers(0, 90, count).astype(np.float32)


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("wanted", [1, 20, 100, 10_000])
def test_the_highest_are_those_of_a_full_sort(count: int, wanted: int) -> None:
    points = numbers(count)
    ties = np.random.default_rng(1).permutation(count)

    found = highest(points, ties, wanted)

    assert found.tolist() == np.lexsort((ties, -points))[:wanted].tolist()


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("one_in", [1, 3, 40])
def test_the_first_of_a_row_are_those_of_the_order(count: int, one_in: int) -> None:
    order = Order.by(-numbers(count), np.arange(count))
    flags = np.arange(count) % one_in == 0
    row = bits.row_of_flags(flags, bits.words_for(count))

    found = order.first_of_row(row, int(flags.sum()), 20)

    assert found.tolist() == [doc for doc in order.docs.tolist() if flags[doc]][:20]


def test_a_row_holds_the_documents_put_into_it() -> None:
    docs = np.array([0, 5, 63, 64, 130], dtype=np.int32)
    row = bits.row_of_docs(docs, 131, bits.words_for(131))

    assert bits.docs_of_row(row).tolist() == docs.tolist()
    assert bits.size_of_row(row) == 5
    assert bits.among(row, np.array([4, 5, 130])).tolist() == [False, True, True]
