"""Measures the search as it is served: pages over HTTP, and how soon a change can be found.

Run: `.venv/bin/python -m benchmarks.search_live [--sizes 660,10000]`. It makes a directory of
its own with demo listings, starts real servers on this machine alone, and asserts nothing.
Pages an engine has answered before ("kept") are told apart from those it has not ("new").
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.search_server import Client, Directory, address, latencies, pause
from benchmarks.search_timing import print_table, quantile, short
from directory.core.clock import utc_now
from directory.core.db import db
from directory.listings.exchange.exporting import all_documents
from directory.listings.operations import import_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask import Flask

SIZES = (660, 10_000)
CLIENTS = (1, 4, 16)
REQUESTS = 240
CHANGES = 100
CHANGES_IN_A_SECOND = 5
LONGEST_WAIT_SECONDS = 20.0
LOOK_SECONDS = 0.005
SEED = 20261125
WORDS = ("depression", "anxiety", "therapist", "counselling", "sleep", "stress", "family", "तनाव")
PLACES = ("dwarka", "saket", "hauz-khas", "rohini", "karol-bagh", "janakpuri", "pitampura")
LANGUAGES = ("hi", "en", "pa", "ur", "bn", "ta")
MODES = ("in-person", "video", "phone")
FEES = ("800", "1200", "1800", "2500")


@dataclass
class Watcher:
    """Looks at one server for words that were committed; `seconds` is how long each took."""

    port: int
    waiting: deque[tuple[str, float]] = field(default_factory=deque)
    seconds: list[float] = field(default_factory=list)
    lost: int = 0
    is_last: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look for what waits, in turns, until all is found and nothing more is coming."""
        client = Client(self.port)
        while self.waiting or not self.is_last.is_set():
            if self.waiting:
                self._look(client)
            pause(LOOK_SECONDS)
        client.close()

    def _look(self, client: Client) -> None:
        word, committed = self.waiting.popleft()
        body = client.get(address("/api/v1/listings", q=word, parse="0", per_page="1"))
        waited = time.perf_counter() - committed
        if json.loads(body)["total"]:
            self.seconds.append(waited)
        elif waited > LONGEST_WAIT_SECONDS:
            self.lost += 1
        else:
            self.waiting.append((word, committed))


def main() -> None:
    """Measure each size and print its tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    for size in map(int, parser.parse_args().sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            measure(Directory(Path(folder)), size)


def measure(directory: Directory, size: int) -> None:
    """Fill a directory, serve it, and print what was measured."""
    directory.flask("db", "upgrade")
    directory.flask("reference", "load")
    directory.flask("demo", "load", "--listings", str(size))
    app = directory.application()
    _print_rebuild(app, size)
    with directory.serving() as port:
        _print_pages(port, size)
        with directory.serving() as other:
            _print_freshness(app, (port, other), size)


def _print_rebuild(app: Flask, size: int) -> None:
    with app.app_context():
        started = time.perf_counter()
        built = app.extensions["search"].indexer.rebuild()
        seconds = time.perf_counter() - started
    print(
        f"{size:,} demo listings: index built from the database in {seconds:.1f} s, "
        f"{built.written / seconds:,.0f} documents/s (aim ≥ 600)"
    )


def _print_pages(port: int, size: int) -> None:
    """Print latency and throughput of `/search` as HTML, new and kept."""
    every = list(_addresses())
    random.Random(SEED).shuffle(every)  # noqa: S311 - repeatable numbers, not secrets
    latencies(port, every[:20], 1)
    fresh = iter(every[20:])
    rows = []
    for clients in CLIENTS:
        new = [next(fresh) for _ in range(REQUESTS)]
        rows.append(_row("new", clients, *latencies(port, new, clients)))
        kept = new[:20] * (REQUESTS // 20)
        latencies(port, kept[:20], 1)
        rows.append(_row("kept", clients, *latencies(port, kept, clients)))
    print(f"\n{size:,} demo listings: /search as HTML over HTTP, milliseconds")
    print_table(("pages", "clients", "p50", "p95", "p99", "pages/s"), rows)


def _row(kind: str, clients: int, times: list[float], seconds: float) -> tuple[str, ...]:
    quantiles = (short(quantile(times, share)) for share in (0.5, 0.95, 0.99))
    return (kind, str(clients), *quantiles, short(len(times) / seconds))


def _addresses() -> Iterator[str]:
    """Yield pages of results, no two the same."""
    for word, place, language in product(WORDS, PLACES, LANGUAGES):
        yield address("/search", q=word, near=place, language=language)
    for word, mode, fee in product(WORDS, MODES, FEES):
        yield address("/search", q=word, mode=mode, fee_max=fee)
    for word, place, mode in product(WORDS, PLACES, MODES):
        yield address("/search", q=f"{word} {place.replace('-', ' ')}", mode=mode)
    for word, place, fee in product(WORDS, PLACES, FEES):
        yield address("/search", q=word, near=place, fee_max=fee, sort="distance")


def _print_freshness(app: Flask, ports: Sequence[int], size: int) -> None:
    """Print how long changed listings wait until both servers find them."""
    watchers = [Watcher(port) for port in ports]
    threads = [threading.Thread(target=watcher.run) for watcher in watchers]
    for thread in threads:
        thread.start()
    commits = _changes(app, watchers)
    for watcher, thread in zip(watchers, threads, strict=True):
        watcher.is_last.set()
        thread.join()
    seconds = [one for watcher in watchers for one in watcher.seconds]
    lost = sum(watcher.lost for watcher in watchers)
    print(
        f"\n{size:,} demo listings, {CHANGES_IN_A_SECOND} changes/s, two servers, "
        f"{len(seconds)} looks: from commit to searchable "
        f"p50 {quantile(seconds, 0.5):.2f} s, p99 {quantile(seconds, 0.99):.2f} s "
        f"(aim ≤ 1 s), longest {max(seconds, default=0):.2f} s, never {lost}; "
        f"the commit itself p50 {quantile(commits, 0.5) * 1000:.0f} ms\n",
        flush=True,
    )


def _changes(app: Flask, watchers: Sequence[Watcher]) -> list[float]:
    """Give one headline after another a word of its own; give each commit's seconds."""
    commits = []
    with app.app_context():
        vocabulary = app.extensions["vocabulary"].current(db.session())
        every = all_documents(db.session(), vocabulary)
        shown = (document for document in every if document["state"] == "published")
        chosen = list(islice(shown, CHANGES))
        began = time.perf_counter()
        for number, document in enumerate(chosen):
            pause(began + number / CHANGES_IN_A_SECOND - time.perf_counter())
            word = _new_word(number)
            changed: dict[str, Any] = {**document, "headline": f"Sessions {word}"}
            started = time.perf_counter()
            import_documents([changed], now=utc_now(), vocabulary=vocabulary)
            committed = time.perf_counter()
            commits.append(committed - started)
            for watcher in watchers:
                watcher.waiting.append((word, committed))
    return commits


def _new_word(number: int) -> str:
    """Give a word of letters that stands nowhere else."""
    return "zq" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}") + "zq"


if __name__ == "__main__":
    main()
