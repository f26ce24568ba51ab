"""What changed between two versions, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from directory.web.differences import Change, Changed, changes_between


def test_a_changed_word_is_shown_gone_and_new() -> None:
    assert changes_between("She lives in Malka Ganj now.", "She lives nearby now.") == [
        Changed(Change.SAME, "She lives "),
        Changed(Change.GONE, "in Malka Ganj "),
        Changed(Change.NEW, "nearby "),
        Changed(Change.SAME, "now."),
    ]


def test_equal_texts_have_no_change() -> None:
    assert changes_between("The same.", "The same.") == [Changed(Change.SAME, "The same.")]
    assert changes_between("", "") == []


@given(
    st.lists(st.sampled_from(["a", "b", "घर", "\n"]), max_size=12).map(" ".join),
    st.lists(st.sampled_from(["a", "b", "घर", "\n"]), max_size=12).map(" ".join),
)
def test_both_versions_can_be_read_from_the_changes(before: str, after: str) -> None:
    changes = changes_between(before, after)

    assert "".join(one.text for one in changes if one.change is not Change.NEW) == before
    assert "".join(one.text for one in changes if one.change is not Change.GONE) == after
