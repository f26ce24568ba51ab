"""Medians, percentiles and tables for the benchmarks of the search. Not a script."""

from __future__ import annotations

import time
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MILLISECONDS = 1000.0
GAP = "  "


def milliseconds(run: Callable[[], object]) -> float:
    """Run something once and give the milliseconds it took."""
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * MILLISECONDS


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of the values does not exceed; NaN without any."""
    if not values:
        return float("nan")
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def median(values: Sequence[float]) -> float:
    """Give the middle value."""
    return quantile(values, 0.5)


def geometric_mean(values: Iterable[float]) -> float:
    """Give the geometric mean of numbers above zero; NaN without any."""
    logs = [log(value) for value in values]
    return exp(sum(logs) / len(logs)) if logs else float("nan")


def short(value: float, unit: str = "") -> str:
    """Give a number with three figures that count; a dash for NaN."""
    if value != value:  # noqa: PLR0124 - only NaN differs from itself
        return "–"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2  # noqa: PLR2004 - three figures
    return f"{value:.{digits}f}{unit}"


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a head, the first column to the left and numbers to the right."""
    lines = [head, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for number, line in enumerate(lines):
        first, *others = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print(GAP.join((first, *others)).rstrip())
        if number == 0:
            print(GAP.join("-" * width for width in widths))
