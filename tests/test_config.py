"""Settings: what the environment may say, and the plain line for what cannot work."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import Mode, Settings, SettingsError
from tests.support.environment import plain_environment

PROJECT = Path(__file__).resolve().parent.parent
PRODUCTION = {"APP_ENV": "production", "SECRET_KEY": "kept elsewhere", "SEALING_KEY": "also"}


def test_an_empty_environment_gives_a_directory_that_works(tmp_path: Path) -> None:
    settings = Settings.from_environment({}, instance_folder=tmp_path / "instance")

    assert settings.mode is Mode.DEVELOPMENT
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/directory.db"
    assert settings.search_index_folder == tmp_path / "instance" / "search"
    assert settings.site_name == "Delhi Therapist Directory"
    assert settings.site_url == "http://127.0.0.1:8000"


def test_a_made_up_key_is_kept_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = Settings.from_environment({}, instance_folder=tmp_path)
    second = Settings.from_environment({}, instance_folder=tmp_path)

    assert first.secret_key == second.secret_key
    assert first.sealing_key == second.sealing_key != first.secret_key
    for key, name in ((first.secret_key, "secret_key"), (first.sealing_key, "sealing_key")):
        assert len(key) >= 40
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_given_key_is_used_and_none_is_made(tmp_path: Path) -> None:
    settings = Settings.from_environment(PRODUCTION, instance_folder=tmp_path)

    assert settings.secret_key == "kept elsewhere"
    assert settings.sealing_key == "also"
    assert not (tmp_path / "sealing_key").exists()
    assert not (tmp_path / "secret_key").exists()


def test_a_key_is_never_in_a_repr(tmp_path: Path) -> None:
    settings = Settings.from_environment(PRODUCTION, instance_folder=tmp_path)

    assert "kept elsewhere" not in repr(settings)
    assert "also" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://a@db/x", "postgresql+psycopg://a@db/x"),
        ("postgresql://a@db/x", "postgresql+psycopg://a@db/x"),
        ("postgresql+psycopg://a@db/x", "postgresql+psycopg://a@db/x"),
        ("sqlite:////data/x.db", "sqlite:////data/x.db"),
    ],
)
def test_a_database_address_is_read_as_sqlalchemy_wants_it(
    tmp_path: Path, given: str, used: str
) -> None:
    settings = Settings.from_environment({"DATABASE_URL": given}, instance_folder=tmp_path)

    assert settings.database_url == used


def test_the_folder_of_the_search_index_may_be_named(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {"SEARCH_INDEX_DIR": f"{tmp_path}/a/../index"}, instance_folder=tmp_path
    )

    assert settings.search_index_folder == tmp_path / "index"


def test_a_site_address_loses_its_last_slash(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {"SITE_URL": "https://example.org/"}, instance_folder=tmp_path
    )

    assert settings.site_url == "https://example.org"


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ("", "{instance}/mail"),
        ("file:instance/mail", "{instance}/mail"),
        ("file:instance/letters", "{instance}/letters"),
        ("file:letters", "{instance}/letters"),
        ("file:/srv/letters", "/srv/letters"),
    ],
)
def test_letters_go_into_a_folder(tmp_path: Path, given: str, folder: str) -> None:
    settings = Settings.from_environment({"MAIL_URL": given}, instance_folder=tmp_path)

    assert str(settings.mail_folder) == folder.format(instance=tmp_path)


@pytest.mark.parametrize(
    "given",
    [
        "smtp://mail.example",
        "smtp://me:secret-word@localhost:25",
        "smtp://me:secret-word@mail.example:587?tls=1&from=desk@mail.example",
    ],
)
def test_letters_go_to_a_mail_server(tmp_path: Path, given: str) -> None:
    settings = Settings.from_environment({"MAIL_URL": given}, instance_folder=tmp_path)

    assert settings.mail_url == given
    assert settings.mail_folder is None
    assert "secret-word" not in repr(settings)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "https://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example:8443/v1/{z}/{x}/{y}@2x.png?style=calm&key=a-b#© The mappers",
        "http://127.0.0.1:9000/{z}/{y}/{x}",
    ],
)
def test_map_pictures_may_come_from_a_named_host(tmp_path: Path, given: str) -> None:
    settings = Settings.from_environment({"TILE_URL": given}, instance_folder=tmp_path)

    assert settings.tile_url == given


BAD_SETTINGS = {
    "an unknown mode": ({"APP_ENV": "staging"}, "APP_ENV is 'staging'"),
    "a site without a scheme": ({"SITE_URL": "example.org"}, "SITE_URL is 'example.org'"),
    "a site of files": ({"SITE_URL": "file:///tmp"}, "SITE_URL is 'file:///tmp'"),
    "another database": ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL begins with 'mysql:'"),
    "no database address": ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    "a half address": ({"DATABASE_URL": "sqlite:directory.db"}, "DATABASE_URL"),
    "a port of letters": ({"DATABASE_URL": "postgresql://a@db:port/x"}, "DATABASE_URL"),
    "mail by pigeon": ({"MAIL_URL": "pigeon://loft"}, "MAIL_URL cannot be read"),
    "mail to no server": ({"MAIL_URL": "smtp://"}, "MAIL_URL cannot be read"),
    "mail to no folder": ({"MAIL_URL": "file:"}, "MAIL_URL must look like"),
    "mail with a wish nobody knows": ({"MAIL_URL": "smtp://m?colour=1"}, "MAIL_URL cannot be read"),
    "mail half encrypted": ({"MAIL_URL": "smtp://m?tls=maybe"}, "MAIL_URL cannot be read"),
    "mail to a port of letters": ({"MAIL_URL": "smtp://m:port"}, "MAIL_URL cannot be read"),
    "a mail password in the open": ({"MAIL_URL": "smtp://a:b@mail.example"}, "add ?tls=1"),
    "tiles without a place": (
        {"TILE_URL": "https://tiles.example/{z}/{x}.png"},
        "TILE_URL must hold {z}, {x} and {y} once each",
    ),
    "tiles with a part nobody knows": (
        {"TILE_URL": "https://tiles.example/{s}/{z}/{x}/{y}.png"},
        "TILE_URL must hold",
    ),
    "tiles in the open": ({"TILE_URL": "http://tiles.example/{z}/{x}/{y}.png"}, "TILE_URL cannot"),
    "tiles that open the policy": (
        {"TILE_URL": "https://tiles.example; script-src */{z}/{x}/{y}.png"},
        "TILE_URL cannot be read",
    ),
    "tiles of any host": ({"TILE_URL": "https://*/{z}/{x}/{y}.png"}, "TILE_URL cannot be read"),
    "tiles with a password": (
        {"TILE_URL": "https://a:b@tiles.example/{z}/{x}/{y}.png"},
        "TILE_URL cannot be read",
    ),
    "tiles of this site's files": ({"TILE_URL": "/tiles/{z}/{x}/{y}.png"}, "TILE_URL cannot"),
    "production on a made-up key": ({"APP_ENV": "production"}, "needs SECRET_KEY"),
    "production on a made-up sealing key": (
        {"APP_ENV": "production", "SECRET_KEY": "given"},
        "needs SEALING_KEY",
    ),
}


@pytest.mark.parametrize(("environment", "words"), BAD_SETTINGS.values(), ids=BAD_SETTINGS.keys())
def test_a_setting_that_cannot_work_is_refused_by_name(
    tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(environment, instance_folder=tmp_path)

    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "instance"
    in_the_way.touch()

    with pytest.raises(SettingsError, match=str(in_the_way)):
        Settings.from_environment({}, instance_folder=in_the_way)


@pytest.mark.parametrize(("environment", "words"), BAD_SETTINGS.values(), ids=BAD_SETTINGS.keys())
@pytest.mark.timeout(20)
def test_the_application_refuses_to_start_in_one_plain_line(
    environment: dict[str, str], words: str
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=PROJECT,
        env=plain_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1, answer.stderr
    assert answer.stderr.startswith("Cannot start: ")
    assert words in answer.stderr
