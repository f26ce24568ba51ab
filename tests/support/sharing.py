"""What every application of a run makes alike, made once a process: addresses, SQL, templates.

In production there is one application and it makes all this once; a run of the tests makes
thousands. Nothing here depends on what is in a database.
"""

from __future__ import annotations

from types import MethodType
from typing import TYPE_CHECKING, Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from directory.core.db import db

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Dialect

RULES: dict[object, KnownRule] = {}
# By kind of database: what writes its SQL, and the statements it has written.
WRITTEN: dict[str, tuple[Dialect, dict[Any, Any]]] = {}


class KnownRule(Rule):
    """A rule that is compiled once for all applications."""

    def compile(self) -> None:
        """Take over what a rule of the same address and defaults was compiled to, or compile."""
        same = (self.rule, self.subdomain, self.host, self.merge_slashes, str(self.defaults))
        known = RULES.setdefault(same, self)
        if known is self:
            super().compile()
            return
        for name in ("_parts", "_trace", "_converters"):
            setattr(self, name, getattr(known, name))
        for name in ("_build", "_build_unknown"):
            setattr(self, name, MethodType(getattr(known, name).__func__, self))
        self.arguments |= known.arguments


def share_addresses() -> None:
    """Let applications made from now on share their compiled addresses."""
    Flask.url_rule_class = KnownRule


def share_templates(app: Flask, run_folder: Path) -> None:
    """Let an application have the templates' code that another of this run made."""
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(run_folder))


def share_sql(app: Flask) -> None:
    """Let an application have the SQL that others wrote for the same kind of database."""
    with app.app_context():
        engine = db.engine
    name = engine.dialect.name
    if name not in WRITTEN:
        engine.connect().close()  # a dialect learns from its first connection what it may write
        WRITTEN[name] = (engine.dialect, {})
    engine.dialect, written = WRITTEN[name]
    engine.update_execution_options(compiled_cache=written)
