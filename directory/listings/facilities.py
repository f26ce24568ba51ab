"""The public facilities that ship with the directory, as listings.

Not for demo data, and never for a check: what the compiled file says is published with its
source, and nothing of it counts as checked by anyone. Called by `flask reference load`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from directory.core.db import db
from directory.listings.models import Listing
from directory.listings.nights import GENERAL_EMERGENCY, PSYCHIATRIC_EMERGENCY
from directory.listings.operations import ImportResult, import_documents
from directory.vocabulary.models import Confidence
from directory.vocabulary.reading import read_public_facilities, read_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

REF_START = "public:"
DATA_SET = "public-facilities"
SECTORS: Mapping[str, str] = {
    "government-delhi": "Run by the Government of Delhi",
    "government-central": "Run by the Government of India",
    "government-municipal": "Run by the Municipal Corporation of Delhi",
    "government-armed-forces": "Run by the armed forces",
    "trust": "Run by a trust",
    "ngo": "Run by a non-governmental organisation",
    "private": "Privately run",
}
# The file's word for a row that no document backs.
FROM_KNOWLEDGE = "knowledge"
# Facilities by the column of the file that states them.
STATED_FACILITIES: Mapping[str, str] = {
    "psychiatric_emergency_24x7": PSYCHIATRIC_EMERGENCY,
    "general_emergency_24x7": GENERAL_EMERGENCY,
}


def add_public_facilities(*, now: datetime, vocabulary: Vocabulary) -> ImportResult:
    """Add the facilities whose ref (`public:…`) the directory does not hold yet.

    One that is there is never touched again, whoever changed it or not: what an administrator
    says about a facility is newer than the file. A corrected file reaches an older directory
    by `flask listings import`. With nothing to add it costs one query.
    """
    rows = {f"{REF_START}{row['slug']}": row for row in read_public_facilities()}
    session = db.session()
    held = set(session.scalars(select(Listing.ref).where(Listing.ref.in_(rows))))
    session.rollback()
    fresh = [row for ref, row in rows.items() if ref not in held]
    if not fresh:
        return ImportResult(0, 0, len(rows), 0, ())
    made_on = next(source.made_on for source in read_sources() if source.slug == DATA_SET)
    documents = (facility_document(row, vocabulary, made_on) for row in fresh)
    return import_documents(documents, now=now, vocabulary=vocabulary)


def holds_only_facilities(session: Session) -> bool:
    """Say whether nobody has put a listing in yet besides the facilities that ship."""
    own = select(Listing.id).where(Listing.ref.not_like(f"{REF_START}%")).limit(1)
    return session.scalar(own) is None


def facility_document(
    row: Mapping[str, str], vocabulary: Vocabulary, made_on: date
) -> dict[str, Any]:
    """Give the listing document of one row of the compiled file, saying only what it says."""
    sure = row["confidence"] == Confidence.HIGH
    return {
        "ref": f"{REF_START}{row['slug']}",
        "kind": "centre",
        "slug": row["slug"],
        "state": "published" if sure else "draft",
        "name": row["name"],
        "name_hi": row["name_hi"] or None,
        "centre_type": row["kind"],
        "headline": SECTORS[row["sector"]],
        "about": _about(row),
        "treatments": ["inpatient"] if row["inpatient_psychiatry"] == "yes" else [],
        "facilities": [slug for column, slug in STATED_FACILITIES.items() if row[column] == "yes"],
        "locations": [_location(row, vocabulary)],
        "website": f"https://{row['website']}" if row["website"] else None,
        "source": {
            "name": _source_name(row["source"]),
            "retrieved_on": made_on.isoformat(),
            "confidence": row["confidence"],
        },
    }


def _location(row: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, Any]:
    """Give the place; a point the file is unsure of gives way to the locality's name."""
    locality = _locality(row["locality"], vocabulary)
    unsure = row["coord_confidence"] == Confidence.LOW and locality is not None
    phone = {"use": "appointments", "number": row["phone"]}
    return {
        "address": None if locality else row["locality"],
        "locality": locality,
        "lat": None if unsure else float(row["lat"]),
        "lon": None if unsure else float(row["lon"]),
        "open_24x7": row["psychiatric_emergency_24x7"] == "yes",
        "phones": [phone] if row["phone"] else [],
    }


def _locality(name: str, vocabulary: Vocabulary) -> str | None:
    wanted = name.casefold()
    for locality in vocabulary.localities.values():
        if wanted in (
            locality.name_en.casefold(),
            *(alias.casefold() for alias in locality.aliases),
        ):
            return locality.slug
    return None


def _about(row: Mapping[str, str]) -> str | None:
    """Give the file's note in sentences."""
    parts = [part.strip() for part in row["note"].split(";") if part.strip()]
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts) or None


def _source_name(source: str) -> str:
    parts = [part.strip() for part in source.split(";")]
    named = ["general knowledge" if part == FROM_KNOWLEDGE else part for part in parts]
    return f"Compiled for this directory from {'; '.join(named)}"
