"""The set-up script on machines that lack something: one plain line, and no traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.environment import plain_environment

if TYPE_CHECKING:
    from collections.abc import Callable

    SetUp = Callable[..., subprocess.CompletedProcess[str]]

PROJECT = Path(__file__).resolve().parent.parent
TOOLS = ("sh", "cat", "cksum", "dirname", "rm", "mkdir", "touch")
# A python3 whose `-m venv` makes an environment with a pip that only remembers its arguments.
WORKING_PYTHON = """#!/bin/sh
case "$*" in
  *"-m venv"*) mkdir -p .venv/bin; cat "$0" >.venv/bin/python; chmod +x .venv/bin/python ;;
  *"-m pip"*)
    echo "$*" >>pip-calls
    [ ! -e offline ] || { echo 'ERROR: no network' >&2; exit 1; } ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Give a project folder on a machine with a handful of tools and no Python."""
    (tmp_path / "bin").mkdir()
    for tool in (*TOOLS, "chmod"):
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    requirements = tmp_path / "project" / "requirements"
    requirements.mkdir(parents=True)
    shutil.copy(PROJECT / "requirements" / "set-up", requirements)
    (requirements / "run.txt").write_text("flask==3.1\n", encoding="ascii")
    return tmp_path


@pytest.fixture
def set_up(machine: Path) -> SetUp:
    """Give a runner of `requirements/set-up run` on that machine."""

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "requirements/set-up", "run"],  # noqa: S607 - found on the machine's own PATH
            cwd=machine / "project",
            env={"PATH": str(machine / "bin")},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def install_python(machine: Path, script: str, name: str = "python3") -> None:
    program = machine / "bin" / name
    program.write_text(script, encoding="ascii")
    program.chmod(0o755)


def pip_calls(machine: Path) -> int:
    calls = machine / "project" / "pip-calls"
    return len(calls.read_text(encoding="ascii").splitlines()) if calls.exists() else 0


def test_a_machine_without_python_is_told_what_to_install(set_up: SetUp) -> None:
    answer = set_up()

    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        (
            "Python 3.11 or newer is needed and was not found. "
            "On Debian or Ubuntu: sudo apt-get install python3 python3-venv"
        )
    ]


def test_an_old_python_is_named_with_its_version(machine: Path, set_up: SetUp) -> None:
    install_python(
        machine, '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n'
    )

    assert set_up().stderr.splitlines() == [
        (
            "Python 3.11 or newer is needed; this machine's python3 is Python 3.9.2. "
            "Install a newer one."
        )
    ]


def test_a_newer_python_beside_an_old_one_is_found(machine: Path, set_up: SetUp) -> None:
    install_python(machine, "#!/bin/sh\nexit 1\n")
    install_python(machine, WORKING_PYTHON, name="python3.12")

    assert set_up().returncode == 0
    assert pip_calls(machine) == 1


def test_a_python_without_ensurepip_is_told_the_package(machine: Path, set_up: SetUp) -> None:
    install_python(
        machine, '#!/bin/sh\ncase "$2" in *ensurepip*) echo Traceback >&2; exit 1;; esac\n'
    )

    answer = set_up()

    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        (
            "Python's venv module is incomplete here (ensurepip is missing). "
            "On Debian or Ubuntu: sudo apt-get install python3-venv"
        )
    ]


def test_a_second_run_installs_nothing(machine: Path, set_up: SetUp) -> None:
    install_python(machine, WORKING_PYTHON)
    set_up()

    again = set_up()

    assert (again.returncode, again.stderr, pip_calls(machine)) == (0, "", 1)


def test_a_changed_lock_is_installed(machine: Path, set_up: SetUp) -> None:
    install_python(machine, WORKING_PYTHON)
    set_up()
    lock = machine / "project" / "requirements" / "run.txt"
    lock.write_text("flask==3.2\n", encoding="ascii")

    set_up()

    assert pip_calls(machine) == 2


def test_an_interrupted_installation_starts_anew(machine: Path, set_up: SetUp) -> None:
    install_python(machine, WORKING_PYTHON)
    set_up()
    half_made = machine / "project" / ".venv"
    (half_made / "installing").touch()
    (half_made / "broken").touch()

    assert set_up().returncode == 0
    assert not (half_made / "broken").exists()
    assert pip_calls(machine) == 2


def test_an_environment_of_a_moved_folder_is_made_anew(machine: Path, set_up: SetUp) -> None:
    install_python(machine, WORKING_PYTHON)
    set_up()
    (machine / "project" / ".venv" / "made-in").write_text("/elsewhere", encoding="ascii")

    set_up()

    assert pip_calls(machine) == 2


def test_without_network_pips_own_words_and_a_way_on_are_shown(
    machine: Path, set_up: SetUp
) -> None:
    install_python(machine, WORKING_PYTHON)
    (machine / "project" / "offline").touch()

    answer = set_up()
    (machine / "project" / "offline").unlink()

    assert answer.returncode == 1
    assert answer.stderr.splitlines()[1:] == [
        "ERROR: no network",
        (
            "Installing failed; the lines above say why. "
            "With the network back, run the same command again."
        ),
    ]
    assert set_up().returncode == 0


def test_make_help_gives_every_target_one_line() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = makefile.split(".PHONY:")[1].splitlines()[0].split()

    answer = subprocess.run(
        ["make", "help"],  # noqa: S607 - make is what a reader types
        cwd=PROJECT,
        env=plain_environment(),  # not that of the make that runs the tests
        capture_output=True,
        text=True,
        check=True,
    )

    lines = answer.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["make", target] for target in phony]
    assert all(len(line.split()) > 4 for line in lines), sys.executable
