"""The one blueprint the pages of an account belong to."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("account", __name__)
