"""Filling forms the way a browser without script does: what is there, and what one changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.markup import attribute, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.support.page import Page, PageClient

WORDS = (
    "She listened to me for a long time and explained what the medicine does. We waited forty "
    "minutes, and paid what we had been told on the telephone."
)
ANSWERS = {
    "visit_quarter": "2026-Q3",
    "care_kind": "ongoing",
    "relation": "carer",
    "overall": "4",
    "aspect_listened": "5",
    "text": WORDS,
    "unsafe": "no",
    "pseudonym": "with-district",
    "email": "someone@example.org",
    "own_experience": "y",
    "of_age": "y",
    "no_reward": "y",
    "no_connection": "y",
    "terms": "y",
    "may_publish": "y",
    "may_keep_email": "y",
}


def values_of(page: Page, action: str) -> dict[str, str]:
    """Give what the form to an address would send as it stands."""
    forms = [el for el in page.markup.all("form") if attribute(el, "action") == action]
    assert len(forms) == 1, f"{len(forms)} forms to {action}"
    values = {}
    for control in page.markup.all("input", "select", "textarea", within=forms[0]):
        value = _value_of(page, control)
        if value is not None:
            values[attribute(control, "name")] = value
    return values


def send(client: PageClient, path: str, **changes: str | None) -> Page:
    """Fill the form of a page and send it to the page's own address; follow where it leads."""
    values = values_of(client.page(path), path) | changes
    given = {name: value for name, value in values.items() if value is not None}
    return answered(client, path, given)


def answered(client: PageClient, path: str, values: dict[str, str]) -> Page:
    """Send values to an address; give the page it answers with or leads to, checked."""
    response = client.post(path, values)
    if response.status_code == 303:
        return client.page(response.headers["Location"])
    return client.checked(response, {})


def summary(page: Page) -> list[tuple[str, str]]:
    """Give what the summary of errors says, with where each line leads."""
    return page.links(page.classed("errors")[0])


def _value_of(page: Page, control: Element) -> str | None:
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n")
    if control.tag == "select":
        options = page.markup.all("option", within=control)
        chosen = [el for el in options if el.get("selected") is not None] or options[:1]
        return attribute(chosen[0], "value") if chosen else None
    if control.get("type") in {"radio", "checkbox"} and control.get("checked") is None:
        return None
    return attribute(control, "value")


def words_of(page: Page, name: str) -> str:
    """Give the text of the one element that carries a class."""
    return text_of(page.classed(name)[0])
