"""Buttons that are a form of their own, with nothing to fill in. Called by their views."""

from __future__ import annotations

from flask import request
from flask_babel import gettext

from directory.core.errors import InvalidError
from directory.web.forms.base import BaseForm
from directory.web.forms.tokens import TOKEN


def require_own_button() -> None:
    """Raise `InvalidError` unless the button stood on a page made here for this browser."""
    if BaseForm(request.form).is_forged():
        raise InvalidError(
            TOKEN,
            gettext("This page was open for too long. Open it again and press once more."),
        )
