"""The application for a production server and for the `flask` command."""

from __future__ import annotations

import sys

from config import Settings, SettingsError
from directory.app import create_app

try:
    app = create_app(Settings.from_environment())
except SettingsError as problem:
    sys.exit(f"Cannot start: {problem}")
