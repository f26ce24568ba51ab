"""Fixtures of the administrator's pages: the same story as at the desk."""

from __future__ import annotations

from tests.web.moderation.conftest import staff

__all__ = ["staff"]
