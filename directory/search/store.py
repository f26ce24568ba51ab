"""The folder of the index: generations side by side, a pointer to the served one, locks, seals.

Everything in it is derived and may be deleted at any time. Whoosh neither flushes its files nor
sums them up, and reads some of them as pickles: after each commit a seal remembers the size and
the checksum of every file, and a folder that does not fit its seal is never opened. Called by
`indexer.py`, `verifying.py` and `local.py`.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from directory.search.fields import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = 0o700
POINTER = "served"
COPY_NAME = "name"
SEAL = "seal.json"
SEAL_KEYS = {"commit", "boot", "files"}
BOOT = Path("/proc/sys/kernel/random/boot_id")
WRITER_LOCK = "writer.lock"
REBUILD_LOCK = "rebuild.lock"
GENERATION = re.compile(r"\Aindex-[0-9a-f]{12}\Z")
INDEX_NAME = "MAIN"
INDEX_FILE = re.compile(rf"\A_?{INDEX_NAME}_[0-9a-z]+\.[A-Za-z0-9_]+\Z")
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class IndexFolder:
    """One machine's copy of the index at `path`."""

    path: Path

    def prepare(self) -> None:
        """Make the folder, for this user alone."""
        self.path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if self.path.stat().st_mode & 0o777 != PRIVATE:
            self.path.chmod(PRIVATE)

    def served(self) -> str | None:
        """Name the served generation; None when there is none that could be."""
        try:
            name = (self.path / POINTER).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return None
        return name if GENERATION.match(name) and (self.path / name).is_dir() else None

    def state(self) -> str | None:
        """Name the present state of the served generation: it changes with every commit."""
        name = self.served()
        if name is None:
            return None
        number = latest_commit(self.path / name)
        return None if number is None else f"{name}:{number}"

    def open(self, name: str) -> Any | None:  # noqa: ANN401 - Whoosh ships no types
        """Give a generation as a Whoosh index to read, or None when it cannot be read."""
        return open_index(self.path / name, mapped=False)

    def open_to_write(self, name: str) -> Any | None:  # noqa: ANN401 - Whoosh ships no types
        """Give a generation as a Whoosh index to write to, or None when it cannot be read.

        Mapped into memory: merging small segments reads them number by number.
        """
        return open_index(self.path / name, mapped=True)

    def new(self) -> tuple[str, Any]:
        """Make an empty generation beside the served one; give its name and its Whoosh index."""
        self.prepare()
        name = f"index-{uuid4().hex[:12]}"
        (self.path / name).mkdir(mode=PRIVATE)
        storage = FileStorage(str(self.path / name))
        return name, storage.create_index(SCHEMA, INDEX_NAME)

    def serve(self, name: str) -> None:
        """Let the pointer name this generation from now on."""
        _write_safely(self.path / POINTER, name)

    def condemn(self, name: str) -> None:
        """Serve no more a generation that cannot be trusted."""
        if self.served() == name:
            (self.path / POINTER).unlink(missing_ok=True)

    def remove_unserved(self) -> None:
        """Remove every generation but the served one; only for the holder of the rebuild lock.

        Who still reads a removed one keeps its open files.
        """
        served = self.served()
        for folder in self.path.iterdir():
            if GENERATION.match(folder.name) and folder.name != served:
                shutil.rmtree(folder, ignore_errors=True)

    def name(self) -> str:
        """Give the name of this copy of the index, made on first use and kept."""
        self.prepare()
        file = self.path / COPY_NAME
        with suppress(OSError, ValueError):
            known = file.read_text(encoding="ascii").strip()
            if re.fullmatch(r"[0-9a-f]{32}", known):
                return known
        made = uuid4().hex
        _write_safely(file, made)
        return made

    def size(self) -> int:
        """Give the bytes the served generation takes."""
        name = self.served()
        if name is None:
            return 0
        sizes = (_size(file) for file in (self.path / name).iterdir())
        return sum(size for size in sizes if size is not None)

    @contextmanager
    def lock(self, name: str) -> Iterator[bool]:
        """Hold one of the folder's locks meanwhile, or give False at once when somebody does.

        The system takes a lock back from a program that dies.
        """
        self.prepare()
        with (self.path / name).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    @contextmanager
    def lock_in_turn(self, name: str) -> Iterator[None]:
        """Hold one of the folder's locks meanwhile, after whoever holds it now."""
        self.prepare()
        with (self.path / name).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def open_index(folder: Path, *, mapped: bool) -> Any | None:  # noqa: ANN401 - Whoosh ships no types
    """Give the Whoosh index in a folder, or None when it cannot be read.

    A snapshot is opened from files that are not mapped: what it needs it copies into arrays,
    and the rest of the files need not count as this program's own memory.
    """
    try:
        storage = FileStorage(str(folder), supports_mmap=mapped)
        return storage.open_index(INDEX_NAME, schema=SCHEMA)
    except Exception:  # noqa: BLE001 - a damaged pickle raises anything at all
        return None


def latest_commit(folder: Path) -> int | None:
    """Give the number of a generation's newest commit, or None when it has none."""
    try:
        number = TOC._latest_generation(os.listdir(folder), INDEX_NAME)  # noqa: SLF001, PTH208 - Whoosh asks a storage for nothing but names
    except OSError:
        return None
    return None if number < 0 else int(number)


def seal(folder: Path) -> None:
    """Flush a generation's files and remember them; only for the holder of the writer lock.

    Removes what no commit names. Costs a flush for each file that is new since the last seal.
    """
    known = (_seal_of(folder) or {"files": {}})["files"]
    files: dict[str, list[int]] = {}
    for file in sorted(folder.iterdir()):
        if INDEX_FILE.match(file.name):
            stays = file.name in known and known[file.name][0] == _size(file)
            files[file.name] = known[file.name] if stays else _flushed(file)
        elif file.name.startswith((f"_{INDEX_NAME}_", f"{INDEX_NAME}_")):
            _remove(file)
    _flush_folder(folder)
    made = {"commit": latest_commit(folder), "boot": _boot(), "files": files}
    _write_safely(folder / SEAL, json.dumps(made))


def is_sealed(folder: Path) -> bool:
    """Tell whether the newest commit is sealed and no file is missing or cut off; cheap."""
    known = _seal_of(folder)
    if known is None or known["commit"] != latest_commit(folder):
        return False
    return all(_size(folder / name) == size for name, (size, _sum) in known["files"].items())


def seal_what_a_kill_left(folder: Path) -> bool:
    """Seal a commit whose program was killed before it could; give whether that was safe.

    What a program has written outlives it, but not the machine: a commit is only trusted when
    the machine has not been started again since the seal before it.
    """
    known, newest = _seal_of(folder), latest_commit(folder)
    if known is None or newest is None or newest <= known["commit"]:
        return False
    if not known["boot"] or known["boot"] != _boot():
        return False
    seal(folder)
    return True


def is_sound(folder: Path) -> bool:
    """Tell whether every byte of a generation is as it was written; reads it all once."""
    known = _seal_of(folder)
    if known is None or not is_sealed(folder):
        return False
    try:
        return all(_sum(folder / name) == total for name, (_size, total) in known["files"].items())
    except OSError:
        return False


def _seal_of(folder: Path) -> dict[str, Any] | None:
    try:
        known = json.loads((folder / SEAL).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) and known.keys() == SEAL_KEYS else None


def _boot() -> str:
    """Name the present run of this machine; empty where the system does not say."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _flushed(file: Path) -> list[int]:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
    return [file.stat().st_size, _sum(file)]


def _sum(file: Path) -> int:
    total = 0
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK_BYTES):
            total = zlib.crc32(chunk, total)
    return total


def _size(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:
        return None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _write_safely(file: Path, text: str) -> None:
    """Replace a file in one step, so that nobody ever reads half of it."""
    fresh = file.with_name(f"{file.name}.{uuid4().hex[:8]}")
    with fresh.open("w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)
    _flush_folder(file.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
