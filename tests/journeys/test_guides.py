"""A guide written at the desk: its preview follows the words, as the server makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.journeys.conftest import Visitor


def test_the_preview_follows_what_is_written(visitor: Visitor) -> None:
    page = visitor.page(role="administrator")
    visitor.open(page, "/admin/guides/new")

    page.get_by_label("Title", exact=True).first.fill("Sleeping badly")
    page.get_by_label("Text", exact=True).fill("## At night\n\n<b>Not markup</b>, *but this*.")

    preview = page.get_by_role("region", name="As readers will see it")
    expect(preview.get_by_role("heading", name="At night")).to_be_visible()
    expect(preview).to_contain_text("<b>Not markup</b>, but this.")
    expect(preview).to_contain_text("Sleeping badly")
    assert visitor.leave() == []
