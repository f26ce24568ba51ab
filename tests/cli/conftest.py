"""Fixtures of commands: the people of the desk, as its pages have them."""

from __future__ import annotations

from tests.web.moderation.conftest import staff

__all__ = ["staff"]
