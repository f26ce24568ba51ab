"""Every route for every kind of person: who gets in, who is led to signing in, who is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.accounts.models import Role
from directory.moderation.models import Outcome
from directory.web.access import Level
from tests.support.page import PageClient
from tests.support.signing import sign_in_as
from tests.web.world import NAMES, OF_THE_AUTHOR, World, client_of, make_world, routes

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from directory.vocabulary.queries import Vocabulary

PEOPLE = ("anonymous", "user", "other user", "moderator", "administrator", "linked moderator")
ROLES = {
    "user": Role.USER,
    "other user": Role.USER,
    "moderator": Role.MODERATOR,
    "linked moderator": Role.MODERATOR,
    "administrator": Role.ADMINISTRATOR,
}
MAY = {
    Level.ANYONE: set(PEOPLE),
    Level.BETWEEN_STEPS: set(),
    Level.USER: set(PEOPLE) - {"anonymous"},
    Level.MODERATOR: {"moderator", "linked moderator", "administrator"},
    Level.ADMINISTRATOR: {"administrator"},
}


@pytest.fixture
def world(vocabulary: Vocabulary, now: datetime) -> World:
    """Give a world with something behind every address."""
    return make_world(vocabulary, now)


@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_open_which_page(app: Flask, world: World, person: str) -> None:
    client, wrong = client_of(app, world, person), []
    for rule, level in routes(app, "GET"):
        of_author = rule.rule.startswith(OF_THE_AUTHOR)
        response = client.get(world.path_of(rule, of_author=of_author))
        led = response.headers.get("Location", "").startswith("/account/sign-in")
        said = "sign in" if led else "refused" if response.status_code == 403 else "in"
        if of_author and said == "in":
            said = "not found" if response.status_code == 404 else "in"
        if said != expected(person, level, of_author=of_author):
            wrong.append((rule.rule, level.value, said, response.status_code))

    assert wrong == []


def expected(person: str, level: Level, *, of_author: bool) -> str:
    """Give what somebody should get from a page of a level."""
    if level is Level.BETWEEN_STEPS:
        return "sign in"
    if person not in MAY[level]:
        return "sign in" if person == "anonymous" else "refused"
    return "not found" if of_author and person != "user" else "in"


@pytest.mark.parametrize("person", PEOPLE)
def test_who_lacks_the_right_sends_no_form(app: Flask, world: World, person: str) -> None:
    client = client_of(app, world, person)
    token = token_of(client, world)
    answers = {}
    for rule, level in routes(app, "POST"):
        if person not in MAY[level]:
            path = world.path_of(rule, of_author=False)
            answers[rule.rule] = client.post(path, {"csrf_token": token}).status_code

    assert set(answers.values()) <= {403}
    assert answers or person == "administrator"
    assert world.desk.state(world.published) == "published"


@pytest.mark.parametrize("person", PEOPLE)
def test_no_form_works_without_its_token(app: Flask, world: World, person: str) -> None:
    client, before = client_of(app, world, person), trace(world)
    answers = {}
    for rule, level in routes(app, "POST"):
        if person in MAY[level]:
            path = world.path_of(rule, of_author=False)
            answers[rule.rule] = client.post(path, {}).status_code

    assert trace(world) == before
    assert set(answers.values()) <= {301, 303, 308, 400, 403, 404, 409, 410, 422}, answers


def trace(world: World) -> tuple[object, ...]:
    """Give what would show that a form did something."""
    desk = world.desk
    case = desk.case(world.published)
    people = [desk.as_(name) for name in desk.people]
    return (desk.state(world.published), case.version, case.lease_holder_id, people)


def token_of(client: PageClient, world: World) -> str:
    """Give the token of a form this browser has open."""
    page = client.page(f"/reviews/{world.published}/flag")
    field = next(el for el in page.markup.all("input") if el.get("name") == "csrf_token")
    return field.get("value") or ""


JUDGING = {
    "take": {},
    "note": {"text": "Ask again."},
    "decide": {"outcome": "keep", "version": "1"},
}


@pytest.mark.parametrize("act", JUDGING)
def test_a_linked_moderator_judges_nothing_of_that_listing(
    app: Flask, world: World, act: str
) -> None:
    client = client_of(app, world, "linked moderator")
    values = {"csrf_token": token_of(client, world), **JUDGING[act]}
    response = client.post(f"/moderation/cases/{world.case_id}/{act}", values)

    assert response.status_code in {403, 409, 422}
    assert world.desk.case(world.published).lease_holder_id is None
    assert [each.outcome for each in world.desk.decisions()] == [Outcome.PUBLISH]


def test_staff_with_one_step_only_are_nowhere(app: Flask, world: World) -> None:
    client = PageClient(app)
    sign_in_as(client, world.desk.people["rani"], now=world.desk.now, is_strong=False)

    for path in ("/moderation", "/admin", "/account", "/account/reviews"):
        assert client.get(path).status_code == 302


def test_every_role_is_somebody_in_this_test() -> None:
    assert set(ROLES.values()) == set(Role)
    assert set(NAMES) == set(ROLES) == set(PEOPLE) - {"anonymous"}
