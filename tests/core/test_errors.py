"""The ways a room refuses."""

from __future__ import annotations

import pytest

from directory.core.errors import (
    ConflictError,
    DirectoryError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    TooManyError,
    trace_of,
)


@pytest.mark.parametrize("kind", [NotFoundError, NotAllowedError, ConflictError])
def test_a_refusal_carries_its_sentence(kind: type[DirectoryError]) -> None:
    with pytest.raises(DirectoryError, match=r"^Say it plainly\.$") as refused:
        raise kind("Say it plainly.")

    assert refused.value.message == "Say it plainly."


def test_an_invalid_value_names_its_field() -> None:
    refused = InvalidError("pincode", "Give six digits.")

    assert (refused.field, refused.message, str(refused)) == (
        "pincode",
        "Give six digits.",
        "Give six digits.",
    )


def test_too_many_says_when_to_try_again() -> None:
    refused = TooManyError("Try again later.", retry_after_s=90)

    assert (refused.message, refused.retry_after_s) == ("Try again later.", 90)


def test_a_trace_says_where_and_never_what() -> None:
    private = "words of a search"
    nothing: dict[str, str] = {}
    with pytest.raises(KeyError) as caught:
        nothing[private]

    trace = trace_of(caught.value)

    assert trace.startswith("KeyError raised")
    assert "test_errors.py" in trace
    assert private not in trace
