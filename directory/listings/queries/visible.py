"""Which listings a reader may see: one SQL expression, from which every read starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.listings.models import Listing, ListingState

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def is_public() -> ColumnElement[bool]:
    """Give the condition that a listing is shown to everyone: it is published."""
    return Listing.state == ListingState.PUBLISHED
