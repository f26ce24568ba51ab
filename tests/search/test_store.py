"""The folder of the index: private, swapped in one step, and opened only when it is whole."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from directory.search import store
from directory.search.fields import codec, meta_fields
from directory.search.store import (
    IndexFolder,
    is_sealed,
    is_sound,
    latest_commit,
    seal,
    seal_what_a_kill_left,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whoosh.index import FileIndex


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path / "copy")


def commit(index: FileIndex, number: int = 1) -> None:
    writer = index.writer(codec=codec())
    writer.add_document(**meta_fields({"seq": number}))
    writer.commit()


def generation(folder: IndexFolder) -> tuple[str, FileIndex, Path]:
    """Give a served generation with one sealed commit."""
    name, index = folder.new()
    commit(index)
    seal(folder.path / name)
    folder.serve(name)
    return name, index, folder.path / name


def the_segment(place: Path) -> Path:
    return next(iter(place.glob("*.seg")))


def test_the_folder_is_for_this_user_alone(folder: IndexFolder) -> None:
    folder.path.mkdir(mode=0o755)

    _name, _index, place = generation(folder)

    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_an_empty_folder_serves_nothing(folder: IndexFolder) -> None:
    assert (folder.served(), folder.state(), folder.size()) == (None, None, 0)


def test_the_pointer_names_the_served_generation_and_its_commit(folder: IndexFolder) -> None:
    name, index, _place = generation(folder)
    first = folder.state()
    commit(index, 2)

    assert folder.served() == name
    assert (first, folder.state()) == (f"{name}:1", f"{name}:2")
    assert folder.size() > 0


@pytest.mark.parametrize("words", ["", "../elsewhere", "index-000000000000", "\udc80", "index-X"])
def test_a_pointer_that_leads_nowhere_serves_nothing(folder: IndexFolder, words: str) -> None:
    generation(folder)
    (folder.path / "served").write_bytes(words.encode("utf-8", "surrogateescape"))

    assert folder.served() is None


def test_only_the_served_generation_is_kept(folder: IndexFolder) -> None:
    old, _index, _place = generation(folder)
    served, _index, _place = generation(folder)
    folder.remove_unserved()

    assert not (folder.path / old).exists()
    assert folder.open(served) is not None


def test_a_condemned_generation_is_served_no_more(folder: IndexFolder) -> None:
    old, _index, _place = generation(folder)
    new, _index, _place = generation(folder)

    folder.condemn(old)
    still = folder.served()
    folder.condemn(new)

    assert (still, folder.served()) == (new, None)


def test_a_copy_keeps_its_name_and_mends_a_broken_one(folder: IndexFolder) -> None:
    first = folder.name()
    again = folder.name()
    (folder.path / "name").write_text("nonsense", encoding="ascii")
    other = folder.name()

    assert first == again
    assert len(other) == len(first)
    assert other not in {first, "nonsense"}


def test_a_lock_is_held_by_one_at_a_time(folder: IndexFolder) -> None:
    with folder.lock("one") as first, folder.lock("one") as second, folder.lock("two") as other:
        held = (first, second, other)
    with folder.lock("one") as free:
        pass

    assert held == (True, False, True)
    assert free


def test_a_sealed_generation_is_sound(folder: IndexFolder) -> None:
    _name, index, place = generation(folder)
    commit(index, 2)
    unsealed = is_sealed(place)
    seal(place)

    assert not unsealed
    assert is_sealed(place)
    assert is_sound(place)


def cut(place: Path) -> None:
    file = the_segment(place)
    file.write_bytes(file.read_bytes()[:-10])


def flip(place: Path) -> None:
    file = the_segment(place)
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 0xFF
    file.write_bytes(held)


def lose(place: Path) -> None:
    the_segment(place).unlink()


def unseal(place: Path) -> None:
    (place / "seal.json").unlink()


def scribble(place: Path) -> None:
    (place / "seal.json").write_text("[1, 2", encoding="ascii")


@pytest.mark.parametrize("harm", [cut, flip, lose, unseal, scribble])
def test_harm_of_any_kind_is_noticed(folder: IndexFolder, harm: Callable[[Path], None]) -> None:
    _name, _index, place = generation(folder)

    harm(place)

    assert not is_sound(place)
    assert not seal_what_a_kill_left(place)


# Whoosh leaves the file it cannot read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_pickle_opens_as_nothing(folder: IndexFolder) -> None:
    name, _index, place = generation(folder)
    file = place / f"_MAIN_{latest_commit(place)}.toc"
    held = file.read_bytes()
    file.write_bytes(held[: len(held) // 2] + b"\x80garbage" * 40)

    assert folder.open(name) is None


def test_a_commit_killed_before_its_seal_is_sealed_on_the_same_run_of_the_machine(
    folder: IndexFolder,
) -> None:
    _name, index, place = generation(folder)
    commit(index, 2)

    assert seal_what_a_kill_left(place)
    assert is_sound(place)


def test_after_the_machine_went_down_an_unsealed_commit_is_not_trusted(
    folder: IndexFolder,
) -> None:
    _name, index, place = generation(folder)
    known = json.loads((place / "seal.json").read_text(encoding="ascii"))
    (place / "seal.json").write_text(json.dumps({**known, "boot": "another"}), encoding="ascii")
    commit(index, 2)

    assert not seal_what_a_kill_left(place)
    assert not is_sound(place)


def test_where_the_machine_does_not_name_its_run_nothing_unsealed_is_trusted(
    folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BOOT", tmp_path / "no-such-file")
    _name, index, place = generation(folder)
    commit(index, 2)

    assert not seal_what_a_kill_left(place)


def test_what_a_killed_writer_left_goes_with_the_next_seal(folder: IndexFolder) -> None:
    _name, index, place = generation(folder)
    (place / "MAIN.tmp").mkdir()
    (place / "MAIN.tmp" / "half").touch()
    (place / "_MAIN_7.toc.1700000000.5").touch()
    commit(index, 2)

    seal(place)

    kept = {file.name.partition(".")[2] for file in place.iterdir()}
    assert kept == {"seg", "toc", "json"}
