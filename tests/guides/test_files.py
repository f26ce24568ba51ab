"""A guide as one file: read, refused with reasons, and written back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.guides.files import guide_file, read_guide
from directory.guides.policy import RefusedGuideError
from directory.vocabulary.models import TermKind
from tests.factories.guides import SLUG, draft

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary

WRONG = {
    "no facts at all": ("Just words.", "Begin the file"),
    "facts that never end": ("---\ntitle: a\n", "Begin the file"),
    "a list for facts": ("---\n- a\n---\n", "Begin the file"),
    "no YAML": ("---\ntitle: [\n---\n", "no YAML"),
    "an unknown fact": ("---\nreviewer: me\n---\n", "Unknown facts: reviewer"),
    "a number for a title": ("---\ntitle: 7\n---\n", "as text"),
    "words for sources": ("---\nsources: a\n---\n", "as a list"),
    "a source of another shape": ("---\nsources: [{name: a}]\n---\n", "Give title, url, seen_on"),
    "a day that is none": ("---\nsources: [{seen_on: may}]\n---\n", "2026-11-01"),
    "a term nobody knows": ("---\nabout: [condition/x]\n---\n", "no page for condition/x"),
    "a term without a page": ("---\nabout: [language/hi]\n---\n", "no page for language/hi"),
}


def test_a_file_read_and_written_again_says_the_same(vocabulary: Vocabulary) -> None:
    term = vocabulary.terms[TermKind.TREATMENT]["iv-ketamine"]
    written = draft(term_ids=(term.id,))

    text = guide_file(SLUG, written, vocabulary)

    assert "- treatment/iv-ketamine" in text
    assert read_guide("\ufeff" + text, vocabulary) == (SLUG, written)


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_file_that_cannot_be_read_says_why(vocabulary: Vocabulary, text: str, words: str) -> None:
    with pytest.raises(RefusedGuideError, match=words):
        read_guide(text, vocabulary)
