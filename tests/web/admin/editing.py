"""An administrator at the editor of two rich listings, who fills forms in as a browser does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from directory.accounts.models import Role
from directory.core.db import db
from directory.listings.models import Listing
from directory.listings.queries.editing import listing_to_edit
from tests.factories.rich_listings import import_rich_listings
from tests.support.page import PageClient
from tests.support.signing import make_person, sign_in

if TYPE_CHECKING:
    from typing import Any
    from xml.etree.ElementTree import Element

    from flask import Flask
    from werkzeug.test import TestResponse

    from directory.vocabulary.queries import Vocabulary
    from tests.support.markup import Markup
    from tests.support.page import Page

LISTINGS = "/admin/listings"


@dataclass
class Editor:
    """Somebody signed in as an administrator, and the listings there are."""

    client: PageClient
    vocabulary: Vocabulary
    ids: dict[str, int]

    def path(self, who: str = "person") -> str:
        """Give the address of a listing's editor."""
        return f"{LISTINGS}/{self.ids[who]}"

    def document(self, who: str = "person") -> dict[str, Any]:
        """Give what a listing says now."""
        db.session().rollback()
        found = listing_to_edit(db.session(), self.ids[who], vocabulary=self.vocabulary)
        return dict(found.document)

    def form(self, address: str) -> MultiDict[str, str]:
        """Open a page and give what its form with a listing's fields would send."""
        return fields_of(self.client.page(address))

    def send(self, address: str, values: MultiDict[str, str], **also: str) -> TestResponse:
        """Send a form, with the button pressed; `step="see"`, or another field by its name."""
        sent = MultiDict(values)
        for name, value in also.items():
            sent[name.replace("listing_press", "listing-press")] = value
        return self.client.browser.post(address, data=sent)

    def page(self, answer: TestResponse) -> Page:
        """Hold an answer to every rule of the house and give its page."""
        return self.client.checked(answer, {})


def editor_of(app: Flask, vocabulary: Vocabulary) -> Editor:
    """Give an administrator's browser beside a full practitioner and a full centre."""
    now = app.extensions["clock"]()
    import_rich_listings(vocabulary, now)
    client = PageClient(app)
    keys = app.extensions["keys"]
    sign_in(client, make_person("asha", role=Role.ADMINISTRATOR, keys=keys, now=now))
    rows = db.session().execute(select(Listing.ref, Listing.id))
    return Editor(client, vocabulary, {row.ref.removeprefix("test:"): row.id for row in rows})


def fields_of(page: Page) -> MultiDict[str, str]:
    """Give what the form with a listing's fields sends when nothing is touched."""
    found: MultiDict[str, str] = MultiDict()
    form = next(
        el
        for el in page.markup.all("form")
        if any(
            (each.get("name") or "").startswith("listing-") for each in controls_in(page.markup, el)
        )
    )
    for control in controls_in(page.markup, form):
        for value in sent_by(page.markup, control):
            found.add(control.get("name") or "", value)
    return found


def controls_in(page: Markup, form: Element | None = None) -> list[Element]:
    """Give the controls of a form that send something by themselves."""
    return [
        el
        for el in page.all("input", "select", "textarea", within=form)
        if el.get("name") and el.get("type") not in {"image", "submit"}
    ]


def sent_by(page: Markup, control: Element) -> list[str]:
    """Give what a control sends when it is not touched."""
    if control.tag == "select":
        options = page.all("option", within=control)
        chosen = [el for el in options if el.get("selected") is not None] or options[:1]
        return [el.get("value") or "" for el in chosen]
    if control.tag == "textarea":
        return ["".join(control.itertext())]
    if control.get("type") == "checkbox" and control.get("checked") is None:
        return []
    return [control.get("value") or ""]
