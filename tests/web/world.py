"""A world with something behind every address, for tests that walk all routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.moderation.decisions import link_person
from directory.moderation.models import LinkNature
from directory.reviews.models import RuleCode
from directory.web.access import Level, level_of
from tests.moderation.desk import Desk
from tests.support.page import PageClient
from tests.support.signing import sign_in_as

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flask import Flask
    from werkzeug.routing import Rule

    from directory.vocabulary.queries import Vocabulary

NAMES = {
    "user": "asha",
    "other user": "bela",
    "moderator": "rani",
    "linked moderator": "kabir",
    "administrator": "admin",
}
# Whose rows they are counts here, beside the level: only the author finds them.
OF_THE_AUTHOR = "/account/reviews/<public_id>"
WITHOUT_VIEW = {"static"}


@dataclass(frozen=True)
class World:
    """A published review, a waiting one, and somebody of each kind."""

    desk: Desk
    published: str
    case_id: int
    decision_id: int
    receipt: str

    def path_of(
        self, rule: Rule, *, of_author: bool, instead: Mapping[str, str] | None = None
    ) -> str:
        """Give an address of a route that exists in this world, or one with other values."""
        values = {
            "slug": self.desk.listing.slug,
            "public_id": self.published,
            "case_id": self.case_id,
            "decision_id": self.decision_id,
            "user_id": self.desk.people["bela"],
            "listing_id": self.desk.listing.id,
            "session_id": 999,
            "batch_id": 999,
            "change_id": 999,
            "keep_id": self.desk.listing.id,
            "one_id": self.desk.listing.id,
            "other_id": 999,
            "kind": "condition",
            "receipt": self.receipt,
            "token": "no-such-link",
            "code": "yellow",
            **(instead or {}),
        }
        path = rule.rule
        for name in rule.arguments:
            typed = {f"<{name}>", f"<int:{name}>", f"<path:{name}>", f"<string:{name}>"}
            for shape in typed:
                path = path.replace(shape, str(values.get(name, "x")))
        assert "<" not in path, f"give {rule.rule} a value"
        assert not of_author or self.published in path
        return path


def make_world(vocabulary: Vocabulary, now: datetime) -> World:
    """Give a world with something behind every address; inside an application context."""
    desk = Desk.open(vocabulary, now)
    link_person(
        viewer=desk.as_("admin"),
        user_id=desk.people["kabir"],
        listing_id=desk.listing.id,
        nature=LinkNature.WORKS_THERE,
        now=desk.now,
    )
    published = desk.published("asha")
    receipt = desk.flag(published, RuleCode.IDENTIFIES_STAFF)
    return World(desk, published, desk.case(published).id, desk.decisions()[-1].id, receipt)


def client_of(app: Flask, world: World, person: str) -> PageClient:
    """Give the browser of somebody, signed in."""
    client = PageClient(app)
    if person in NAMES:
        sign_in_as(client, world.desk.people[NAMES[person]], now=world.desk.now)
    return client


def routes(app: Flask, method: str) -> list[tuple[Rule, Level]]:
    """Give the routes of a method with their levels."""
    found = []
    for rule in app.url_map.iter_rules():
        level = level_of(app.view_functions[rule.endpoint])
        if rule.endpoint not in WITHOUT_VIEW and method in (rule.methods or ()):
            assert level is not None
            found.append((rule, level))
    return found
