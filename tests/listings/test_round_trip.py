"""Export, import into an empty directory, export: the files are the same, byte for byte."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete

from directory.core.db import writing
from directory.listings.exchange.csv_rows import read_csv, write_csv
from directory.listings.exchange.exporting import all_documents, most_locations
from directory.listings.exchange.jsonl import read_json_lines, write_json_lines
from directory.listings.models import Listing
from directory.listings.operations import import_documents, import_listings
from tests.listings.documents import RICH, Document, any_documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from directory.vocabulary.queries import Vocabulary

FORMATS = ("jsonl", "csv")


def export(session: Session, vocabulary: Vocabulary, file_format: str) -> bytes:
    file = io.BytesIO()
    documents = all_documents(session, vocabulary)
    if file_format == "csv":
        write_csv(documents, file, locations=most_locations(session))
    else:
        write_json_lines(documents, file)
    return file.getvalue()


def bring_back(content: bytes, file_format: str, now: datetime, vocabulary: Vocabulary) -> int:
    """Empty the directory, import an export and give how many listings are new."""
    with writing() as session:
        session.execute(delete(Listing))
    read = read_csv if file_format == "csv" else read_json_lines
    result = import_listings(read(io.BytesIO(content)), now=now, vocabulary=vocabulary)
    assert result.errors == ()
    return result.new


def assert_same_after_round_trip(
    documents: Sequence[Document],
    file_format: str,
    *,
    session: Session,
    now: datetime,
    vocabulary: Vocabulary,
) -> None:
    assert import_documents(documents, now=now, vocabulary=vocabulary).errors == ()
    first = export(session, vocabulary, file_format)

    assert bring_back(first, file_format, now, vocabulary) == len(documents)
    assert export(session, vocabulary, file_format) == first


@pytest.mark.db
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_rich_directory_survives_export_and_import_byte_for_byte(
    file_format: str, session: Session, now: datetime, vocabulary: Vocabulary
) -> None:
    assert_same_after_round_trip(RICH, file_format, session=session, now=now, vocabulary=vocabulary)


@pytest.mark.parametrize("file_format", FORMATS)
def test_any_directory_survives_export_and_import_byte_for_byte(
    file_format: str, session: Session, now: datetime, vocabulary: Vocabulary
) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(documents=any_documents())
    def holds(documents: list[Document]) -> None:
        with writing() as empty:
            empty.execute(delete(Listing))
        assert_same_after_round_trip(
            documents, file_format, session=session, now=now, vocabulary=vocabulary
        )

    holds()


def test_both_formats_hold_the_same_directory(
    session: Session, now: datetime, vocabulary: Vocabulary
) -> None:
    import_documents(RICH, now=now, vocabulary=vocabulary)
    as_lines = export(session, vocabulary, "jsonl")

    bring_back(export(session, vocabulary, "csv"), "csv", now, vocabulary)

    assert export(session, vocabulary, "jsonl") == as_lines


def test_an_export_stands_in_order_of_ref_with_hindi_as_it_is_written(
    session: Session, now: datetime, vocabulary: Vocabulary
) -> None:
    import_documents(RICH, now=now, vocabulary=vocabulary)

    lines = export(session, vocabulary, "jsonl").decode().splitlines()

    assert [line[:18] for line in lines] == [
        '{"ref": "rich:1", ',
        '{"ref": "rich:10",',
        '{"ref": "rich:8", ',
        '{"ref": "rich:9", ',
    ]
    assert "डॉ. आशा राव" in lines[0]
