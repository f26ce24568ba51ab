"""The administrator's page of one person, and of all of them. Called by `admin.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import render_template, request

from directory.accounts.models import Role
from directory.accounts.queries import people, person
from directory.core.db import db
from directory.moderation.queries.ties import ties_of
from directory.web.desk_page import asked_page
from directory.web.forms.people import EraseForm, FindForm, RoleForm, StaffForm, TieForm
from directory.web.paging import pages_of
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from directory.accounts.operations import PrintedLink

PER_PAGE = 50
PEOPLE = "/admin/people"


@dataclass
class PersonForms:
    """The forms of a person's page: fresh ones, or the one that came back with faults."""

    role: RoleForm = field(default_factory=RoleForm)
    tie: TieForm = field(default_factory=TieForm)
    erase: EraseForm = field(default_factory=EraseForm)


def person_url(user_id: int, step: str | None = None) -> str:
    """Give the address of a person's page, or of a step on it."""
    return f"{PEOPLE}/{user_id}" + (f"/{step}" if step else "")


def people_answer(
    staff: StaffForm | None = None, find: FindForm | None = None, link: PrintedLink | None = None
) -> str:
    """Give the list of people; `link` is shown once, to who made a new account."""
    role = request.args.get("role", "")
    roles = {Role(role)} if role in set(Role) else None
    page = asked_page()
    found = people(db.session(), roles=roles, page=page, per_page=PER_PAGE)
    return render_template(
        "admin/people.html",
        found=found,
        role=role if roles else "",
        roles=list(Role),
        pages=pages_of(found.total, page, PER_PAGE, lambda number: _people_url(role, number)),
        form=staff or StaffForm(),
        find_form=find or FindForm(),
        link=link,
    )


def person_answer(
    user_id: int,
    forms: PersonForms | None = None,
    *,
    address: str | None = None,
    link: PrintedLink | None = None,
) -> str:
    """Give a person's page; `address` and `link` are shown once, to who asked for them."""
    session = db.session()
    found = person(session, user_id)
    return render_template(
        "admin/person.html",
        person=found,
        is_self=found.user_id == signed_in().user_id,
        ties=ties_of(session, user_id),
        forms=forms or PersonForms(),
        address=address,
        link=link,
    )


def _people_url(role: str, page: int) -> str:
    asked = [f"role={role}"] if role else []
    asked += [f"page={page}"] if page > 1 else []
    return PEOPLE + (f"?{'&'.join(asked)}" if asked else "")
