"""Settings of one running directory, read once from the environment, typed and checked.

This is the only file that reads the environment. `Settings.from_environment` is called by
`wsgi.py`; tests and commands build `Settings` by hand. The names are those of the public
contract, described in the README.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT_FOLDER = Path(__file__).resolve().parent
KEY_BYTES = 32
MAIL_IN_FOLDER = "file:instance/mail"
# Where a password may travel without encryption: to a program on the same machine.
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
# A host as the Content-Security-Policy may name it, and what an address of pictures must hold.
PLAIN_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
PLAIN_PATH = re.compile(r"(/[A-Za-z0-9._~@{}-]+)+(\?[A-Za-z0-9._~={}&-]*)?")
TILE_PARTS = ("{z}", "{x}", "{y}")


class SettingsError(Exception):
    """A setting that cannot work; the message says which one and what to do."""


class Mode(StrEnum):
    """What the directory is running for (`APP_ENV`)."""

    DEVELOPMENT = "development"
    TESTING = "testing"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a running directory needs to know about where it runs."""

    instance_folder: Path
    database_url: str
    search_index_folder: Path
    secret_key: str = field(repr=False)
    sealing_key: str = field(repr=False)
    site_name: str = "Delhi Therapist Directory"
    site_url: str = "http://127.0.0.1:8000"
    mail_url: str = field(default=MAIL_IN_FOLDER, repr=False)
    tile_url: str = field(default="", repr=False)
    mode: Mode = Mode.DEVELOPMENT

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        *,
        instance_folder: Path = PROJECT_FOLDER / "instance",
    ) -> Settings:
        """Give the settings the environment asks for.

        Makes the instance folder, and inside it each of the two keys that is not given.
        Raises `SettingsError` for a setting that cannot work, or when production would run
        on a made-up key.
        """
        values = os.environ if environment is None else environment
        mode = _mode(values.get("APP_ENV") or Mode.DEVELOPMENT)
        _make_folder(instance_folder)
        return cls(
            instance_folder=instance_folder,
            database_url=_database_url(values.get("DATABASE_URL", ""), instance_folder),
            search_index_folder=_index_folder(values.get("SEARCH_INDEX_DIR", ""), instance_folder),
            secret_key=values.get("SECRET_KEY")
            or _made_up_key("secret_key", instance_folder, mode),
            sealing_key=values.get("SEALING_KEY")
            or _made_up_key("sealing_key", instance_folder, mode),
            site_name=values.get("SITE_NAME") or "Delhi Therapist Directory",
            site_url=_site_url(values.get("SITE_URL") or "http://127.0.0.1:8000"),
            mail_url=_mail_url(values.get("MAIL_URL") or MAIL_IN_FOLDER),
            tile_url=_tile_url(values.get("TILE_URL", "")),
            mode=mode,
        )

    @property
    def mail_folder(self) -> Path | None:
        """Give the folder letters are written into, or None when they go to a mail server."""
        if not self.mail_url.startswith("file:"):
            return None
        # What begins with "instance/" lies in the instance folder, wherever that is.
        named = self.mail_url.removeprefix("file:").removeprefix("instance/")
        return self.instance_folder / Path(named).expanduser()


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        known = ", ".join(Mode)
        raise SettingsError(f"APP_ENV is '{text}'; it must be one of: {known}.") from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise SettingsError(
            f"Cannot write to the folder {folder} ({problem.strerror}). "
            "Give this user write access to it, or move the project to a folder it owns."
        ) from None


def _database_url(text: str, folder: Path) -> str:
    """Give an SQLAlchemy URL; a plain `postgresql://` is read as psycopg 3."""
    if not text:
        return f"sqlite:///{folder / 'directory.db'}"
    for plain in ("postgres://", "postgresql://"):
        if text.startswith(plain):
            text = "postgresql+psycopg://" + text.removeprefix(plain)
    if not text.startswith(("sqlite:", "postgresql+psycopg:")):
        scheme = text.split(":", 1)[0]
        raise SettingsError(
            f"DATABASE_URL begins with '{scheme}:'; use sqlite:///… or postgresql://…."
        )
    try:
        make_url(text)
    except (ArgumentError, ValueError):
        raise SettingsError(
            "DATABASE_URL cannot be read; it must look like sqlite:////folder/directory.db "
            "or postgresql://user@host:5432/name."
        ) from None
    return text


def _index_folder(text: str, folder: Path) -> Path:
    """Give the folder of the search index, whole, so that a change of folder moves nothing."""
    return Path(text).expanduser().resolve() if text else folder / "search"


def _site_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise SettingsError(f"SITE_URL is '{text}'; it must look like https://example.org.")
    return text.rstrip("/")


def _mail_url(text: str) -> str:
    """Give where letters go, checked; no message shows it, because it may hold a password."""
    if text.startswith("file:"):
        if text.startswith("file://") or not text.removeprefix("file:"):
            raise SettingsError("MAIL_URL must look like file:instance/mail or file:/folder/mail.")
        return text
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme == "smtp" and bool(parts.hostname) and parts.port != 0
        asked = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        is_whole, asked = False, {}
    if not is_whole or asked.keys() - {"tls", "from"} or asked.get("tls", "0") not in {"0", "1"}:
        raise SettingsError(
            "MAIL_URL cannot be read; it must look like file:instance/mail or "
            "smtp://user:password@host:587?tls=1 (and &from=account@example.org)."
        )
    if parts.username and asked.get("tls") != "1" and parts.hostname not in THIS_MACHINE:
        raise SettingsError("MAIL_URL would send its password unencrypted; add ?tls=1 to it.")
    return text


def _tile_url(text: str) -> str:
    """Give the address of map pictures, checked; its host will stand in a header of the map."""
    if not text:
        return ""
    address = text.partition("#")[0]
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    named = host.rpartition(":")[0] or host
    is_safe = scheme == "https" or (scheme == "http" and named in THIS_MACHINE)
    if not is_safe or not PLAIN_HOST.fullmatch(host) or not PLAIN_PATH.fullmatch(slash + path):
        raise SettingsError(
            "TILE_URL cannot be read; it must look like https://tiles.example.org/{z}/{x}/{y}.png "
            "(and #whom to credit)."
        )
    counted = [path.count(part) for part in TILE_PARTS]
    if counted != [1, 1, 1] or path.count("{") != len(TILE_PARTS):
        raise SettingsError(
            "TILE_URL must hold {z}, {x} and {y} once each, and nothing else in {}."
        )
    return text


def _made_up_key(name: str, folder: Path, mode: Mode) -> str:
    """Give the key kept in the instance folder, made on first use (file mode 600)."""
    if mode is Mode.PRODUCTION:
        variable = name.upper()
        raise SettingsError(
            f"APP_ENV=production needs {variable}. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    path = folder / name
    try:
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(KEY_BYTES))
        return path.read_text(encoding="ascii").strip()
    except OSError as problem:
        raise SettingsError(f"Cannot read or make {path} ({problem.strerror}).") from None
