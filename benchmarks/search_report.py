"""The tables of the search benchmark: what was seen, and beside it what was aimed at.

Not a script: `search.py` prints with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.search_timing import geometric_mean, median, print_table, quantile, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.search import Run, Seen

P95 = 0.95
PEERS = ("tantivy", "FTS5", "Whoosh", "Whoosh+lists")
# The aims, by size where they differ; no aim was set for other sizes.
SMALL, LARGE = 10_000, 100_000
AIM_MEDIAN = {SMALL: "≤ 1.0", LARGE: "≤ 3.0"}
AIM_P95 = {SMALL: "≤ 2", LARGE: "≤ 6"}
AIM_FTS5 = {SMALL: "≥ 8", LARGE: "≥ 30"}
AIM_TANTIVY = {SMALL: "≥ 1", LARGE: "≥ 3"}
AIM_TANTIVY_EACH = {SMALL: "≥ 0.4", LARGE: "≥ 0.4"}
AIM_WHOOSH = {SMALL: "≥ 40"}
AIM_TYPED = {SMALL: "≤ 3"}
AIM_MEMORY = {SMALL: "≤ 120", LARGE: "≤ 400"}
AIM_OPENING = {SMALL: "≤ 0.3", LARGE: "≤ 2"}
AIM_REBUILD = {SMALL: "≥ 600", LARGE: "≥ 600"}


FIRST_TIME = (
    "First time: the slowest query of a class when it was first asked, words warmed as by a\n"
    "server. Phrases and beginnings are kept as words are, so later ones are faster."
)


def report(run: Run) -> None:
    """Print everything measured at one size."""
    print(f"{run.size:,} listings: this engine, milliseconds, total + first 20 + ten facets")
    head = ("class", "results", "median", "p95", "first time", "21 facets", "reading")
    print_table(head, (_own_line(seen) for seen in run.classes))
    print(FIRST_TIME)
    print(f"\n{run.size:,} listings: peers, median milliseconds, and how many times as long")
    ratios = [f"× {name}" for name in PEERS]
    print_table(("class", *PEERS, *ratios), (_peer_line(seen) for seen in run.classes))
    print(f"\nSame total and same ten counts as this engine: {_sameness(run)}.")
    print(f"\n{run.size:,} listings: seen and aimed at")
    print_table(("", "seen", "aim"), _aims(run))


def _own_line(seen: Seen) -> tuple[str, ...]:
    return (
        seen.name,
        f"{median(seen.results):.0f}",
        short(median(seen.own)),
        short(quantile(seen.own, P95)),
        short(max(seen.first)),
        short(median(seen.every_facet)),
        short(median(seen.reading)),
    )


def _peer_line(seen: Seen) -> tuple[str, ...]:
    own = median(seen.own)
    medians = [median(seen.peers.get(name, [])) for name in PEERS]
    return (seen.name, *map(short, medians), *(short(value / own) for value in medians))


def _sameness(run: Run) -> str:
    words = []
    for name in PEERS:
        pairs = [seen.same[name] for seen in run.classes if name in seen.same]
        if pairs:
            words.append(f"{name} {sum(s for s, _ in pairs)} of {sum(n for _, n in pairs)}")
    return ", ".join(words)


def _aims(run: Run) -> Iterator[tuple[str, str, str]]:
    """Yield what was measured, the figure, and the aim at this size."""
    size = run.size

    def line(name: str, seen: float, aims: dict[int, str]) -> tuple[str, str, str]:
        return name, short(seen), aims.get(size, "")

    slowest = max(run.classes, key=lambda seen: median(seen.own))
    widest = max(run.classes, key=lambda seen: quantile(seen.own, P95))
    yield line(f"slowest class, median ms ({slowest.name})", median(slowest.own), AIM_MEDIAN)
    yield line(f"widest class, p95 ms ({widest.name})", quantile(widest.own, P95), AIM_P95)
    for seen in run.classes:
        if seen.reading:
            whole = median(seen.own) + median(seen.reading)
            yield line(f"{seen.name}: reading and search, ms", whole, AIM_TYPED)
    yield line("× tantivy, geometric mean", geometric_mean(_ratios(run, "tantivy")), AIM_TANTIVY)
    yield line("× tantivy, least of a class", min(_ratios(run, "tantivy")), AIM_TANTIVY_EACH)
    yield line("× FTS5, geometric mean", geometric_mean(_ratios(run, "FTS5")), AIM_FTS5)
    yield line("× Whoosh, least of a class", min(_ratios(run, "Whoosh")), AIM_WHOOSH)
    yield line("index written, documents/s", size / run.building, AIM_REBUILD)
    yield line("index size, MB", run.index_mb, {})
    yield line("open and warm, s", run.held.opening + run.held.warming, AIM_OPENING)
    yield line("  of which opening, s", run.held.opening, {})
    yield line("memory before opening, MB", run.held.before, {})
    yield line("memory, open and warm, MB", run.held.opened, {})
    yield line("memory, every query asked, MB", run.held.asked, AIM_MEMORY)
    yield line("memory, peak, MB", run.held.peak, {})


def _ratios(run: Run, peer: str) -> list[float]:
    found = [
        median(seen.peers[peer]) / median(seen.own) for seen in run.classes if peer in seen.peers
    ]
    return found or [float("nan")]
