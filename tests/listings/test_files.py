"""Files as they come: formats, encodings, and one plain line for what cannot be read."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from directory.core.errors import InvalidError
from directory.listings.exchange.columns import header
from directory.listings.exchange.csv_rows import template_header
from directory.listings.exchange.example import EXAMPLE
from directory.listings.exchange.files import opened, read_rows, write_file
from directory.listings.exchange.reading import LONGEST_LINE
from directory.listings.operations import import_listings
from tests.listings.documents import centre, practitioner

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from directory.listings.exchange.reading import FileRow
    from directory.vocabulary.queries import Vocabulary

GOOD = b'{"ref": "a"}\n'


def read(content: bytes, name: str = "listings.jsonl") -> list[FileRow]:
    return list(read_rows(io.BufferedReader(io.BytesIO(content)), name))


def refusals(content: bytes, name: str = "listings.jsonl") -> list[tuple[int, str]]:
    return [(row.line, fault.reason) for row in read(content, name) for fault in row.faults]


def refs(content: bytes, name: str = "listings.jsonl") -> list[object]:
    return [row.document["ref"] for row in read(content, name) if row.document is not None]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"ref": "a"', "is not JSON: Expecting ',' delimiter at character 12"),
        (b"ref,a", "is not JSON: Expecting value at character 1"),
        (b'{"ref": "a', "is not JSON: Unterminated string starting at character 9"),
        (b'{"ref": "a"} {}', "is not JSON: Extra data at character 14"),
        (b'["a"]', "is not a listing: a listing is one JSON object, not a list"),
        (b"null", "is not a listing: a listing is one JSON object, not null"),
        (b'"a"', "is not a listing: a listing is one JSON object, not 'a'"),
        (b'{"ref": "a", "ref": "b"}', "has the key 'ref' twice"),
        (b'{"source": {"name": 1, "name": 2}}', "has the key 'name' twice"),
        (b'{"beds": NaN}', "holds NaN, which is not a number"),
        (b'{"name": "caf\xe9"}', "is not UTF-8 (byte 0xe9 at 14); save the file as UTF-8"),
        (b"[" * 100_000, "is not a listing: a number is too long or brackets stand too deep"),
        (
            b'{"beds": 1' + b"0" * 5000 + b"}",
            "is not a listing: a number is too long or brackets stand too deep",
        ),
        (b'{"about": "' + b"x" * LONGEST_LINE + b'"}', "is longer than a listing can be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_line_is_told_and_the_next_ones_are_read(line: bytes, reason: str) -> None:
    content = GOOD + line + b"\n" + GOOD

    assert refusals(content) == [(2, reason)]
    assert refs(content) == ["a", "a"]


def test_blank_lines_windows_line_ends_and_a_byte_order_mark_are_fine() -> None:
    content = b'\xef\xbb\xbf{"ref": "a"}\r\n\r\n   \n{"ref": "b"}'

    assert [(row.line, row.document) for row in read(content)] == [
        (1, {"ref": "a"}),
        (4, {"ref": "b"}),
    ]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.jsonl", "is empty"),
        (b" \n\r\n", "a.csv", "is empty"),
        (b"\xef\xbb\xbf", "a.csv", "is empty"),
        ('{"ref": "a"}'.encode("utf-16"), "a.jsonl", "is UTF-16; save it as UTF-8"),
        ("ref".encode("utf-16-le"), "a.csv", "is not text; save it as JSON Lines or CSV in UTF-8"),
        (b"PK\x03\x04rest", "a.csv", "is a spreadsheet or an archive; save it as CSV in UTF-8"),
        (b"\x1f\x8brest", "a.jsonl", "is compressed; unpack it first"),
        (
            b'[{"ref": "a"}]',
            "a.json",
            "is one JSON array; write one listing a line, without brackets",
        ),
        (
            b'{\n "ref": "a"\n}',
            "a.json",
            "has a listing on many lines; write each listing on one line",
        ),
        (b"ref;name\n", "a.csv", "the columns are separated by semicolons; save it with commas"),
        (
            b'ref,"name\n',
            "a.csv",
            "the header has a quotation mark that is never closed; nothing after it was read",
        ),
        (
            b"ref,nam,name,ref,location_1_hour\n",
            "a.csv",
            (
                "the header cannot be used: column 'ref' stands twice, "
                "unknown column 'location_1_hour' (did you mean 'location_1_hours'?), "
                "unknown column 'nam' (did you mean 'name'?)"
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    content: bytes, name: str, reason: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        read(content, name)

    assert refused.value.message == reason


@pytest.mark.parametrize(
    ("row", "line", "reason"),
    [
        (
            b"a,b,c,d\n",
            3,
            "has 4 cells, but the header names 3 columns; quote a text that holds a comma",
        ),
        (
            b'a,"b"c,\n',
            3,
            "is not CSV (',' expected after '\"'); double each quotation mark inside a quoted text",
        ),
        (b"a,caf\xe9,\n", 3, "is not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_broken_csv_row_is_told_and_the_next_ones_are_read(
    row: bytes, line: int, reason: str
) -> None:
    content = b"ref,name,fees\nx,X,\n" + row + b"y,Y,\n"

    assert refusals(content, "a.csv") == [(line, reason)]
    assert refs(content, "a.csv") == ["x", "y"]


def test_a_quotation_mark_that_is_never_closed_ends_the_reading() -> None:
    content = b'ref,name\nx,X\ny,"Y\nz,Z\n'

    assert refusals(content, "a.csv") == [
        (3, "has a quotation mark that is never closed; nothing after it was read")
    ]


def test_the_line_of_a_csv_row_is_its_first_one() -> None:
    content = b'ref,about\r\na,"one\r\ntwo"\r\n\r\nb,\r\n'

    assert [(row.line, row.document) for row in read(content, "a.csv")] == [
        (2, {"ref": "a", "about": "one\r\ntwo", "locations": [], "source": None}),
        (5, {"ref": "b", "locations": [], "source": None}),
    ]


def test_a_name_that_tells_no_format_is_read_by_its_first_byte() -> None:
    assert refs(GOOD, "listings.txt") == ["a"]
    assert refs(b"ref\nb\n", "listings.txt") == ["b"]


def test_cells_of_lists_read_as_the_documentation_says() -> None:
    names = ("languages", "fees", "location_2_hours", "location_2_open_24x7", "beds", "name")
    cells = (
        "hi | en",
        r"other; 500; ; a\; b \| c | bed-day; 900",
        "mon wed; 10:00; 14:00",
        "TRUE",
        "12",
        "'=x",
    )
    file = io.StringIO()
    csv.writer(file).writerows([names, cells])

    [row] = read(file.getvalue().encode(), "a.csv")

    assert row.document == {
        "languages": ["hi", "en"],
        "fees": [
            {"for": "other", "amount": 500, "note": "a; b | c"},
            {"for": "bed-day", "amount": 900},
        ],
        "locations": [
            {
                "hours": [{"days": ["mon", "wed"], "opens": "10:00", "closes": "14:00"}],
                "open_24x7": True,
            }
        ],
        "beds": 12,
        "name": "=x",
        "source": None,
    }


def test_an_item_with_too_many_parts_is_told() -> None:
    [(line, reason)] = refusals(b"ref,fees\na,other; 5; 6; note; more\n", "a.csv")

    parts = "has 5 parts; the parts are for; amount; minutes; note"
    assert (line, reason) == (2, parts + " (write \\; for a plain semicolon)")


def test_a_spreadsheet_never_runs_a_text_as_a_formula(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    document = {**EXAMPLE, "name": "=HYPERLINK(1)", "headline": "+1", "about": "@x"}

    write_file([document], file, locations=1)

    [row] = csv.DictReader(io.StringIO(file.read_text("utf-8")))
    assert [row["name"], row["headline"], row["about"]] == ["'=HYPERLINK(1)", "'+1", "'@x"]


def test_the_template_names_every_column_once() -> None:
    names = template_header().split(",")

    assert len(set(names)) == len(names)
    assert names == header(2)


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("old", encoding="utf-8")

    def broken() -> object:
        yield dict(EXAMPLE)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_file(broken(), file, locations=1)  # type: ignore[arg-type]

    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert file.read_text("utf-8") == "old"


def test_files_that_cannot_be_opened_or_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="cannot be read: No such file"), opened(tmp_path / "no"):
        pass
    with pytest.raises(InvalidError, match="cannot be written: No such file"):
        write_file([], tmp_path / "no" / "out.csv", locations=1)
    with pytest.raises(InvalidError, match=r"ends in \.jsonl or \.csv"):
        write_file([], tmp_path / "out.xlsx", locations=1)


TWENTY_FAULTS = (
    b'{"ref": "broken"',
    b'{"ref": "twice", "ref": "twice"}',
    b'{"ref": "latin", "name": "caf\xe9"}',
    b"[]",
    *(
        json.dumps(document).encode()
        for document in (
            practitioner("good:1"),
            practitioner("f:1", name=""),
            practitioner("f:2", conditions=["depresion"]),
            practitioner("f:3", locations=[{"locality": "sakett"}]),
            practitioner("f:4", locations=[{"lat": 77.2, "lon": 28.6}]),
            practitioner("f:5", fees=[{"for": "first-session", "amount": "1,800"}]),
            practitioner("f:6", colour="red"),
            practitioner("f:9", works_at=["nobody"]),
            practitioner("f:10", works_at=["good:1"]),
            practitioner("f:11", registrations=[{"register": "rci", "state": "found"}]),
            practitioner("f:12", slug="Not A Slug"),
            practitioner("f:13", state="closed"),
            practitioner("f:14", gender="female"),
            centre(
                "f:15",
                staffing=[{"role": "cook", "presence": "on-site", "from": "08:00", "to": "20:00"}],
            ),
            practitioner("f:16", locations=[{"locality": "saket", "pincode": "999999"}]),
            practitioner("good:1"),
            centre("good:2", beds=10),
        )
    ),
)


def test_a_file_with_twenty_faults_gives_twenty_lines_and_its_good_rows_go_in(
    vocabulary: Vocabulary, now: datetime
) -> None:
    rows = read(b"\n".join(TWENTY_FAULTS) + b"\n" + b"x" * 5000 + b"\n")

    result = import_listings(rows, now=now, vocabulary=vocabulary)

    assert (result.new, result.refused) == (2, 20)
    assert [error.line for error in result.errors] == [*range(1, 5), *range(6, 21), 22]


def test_the_example_of_the_template_can_be_imported(vocabulary: Vocabulary, now: datetime) -> None:
    rows = read(json.dumps(EXAMPLE).encode())

    assert import_listings(rows, now=now, vocabulary=vocabulary).errors == ()
