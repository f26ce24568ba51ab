"""The administrator's pages: people and what they may do, ties to listings, the record of acts.

No list shows an address; opening one is a form, and an act that is recorded.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext

from directory.accounts import operations as accounts
from directory.accounts.models import Role
from directory.accounts.queries import person_by_email
from directory.audit.actions import ACTS
from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.listings.queries.finding import find_listing
from directory.moderation import decisions
from directory.moderation.intake import erase_user
from directory.moderation.models import LinkNature
from directory.web import audit_words, current, people_words
from directory.web.access import access
from directory.web.audit_log import NOUNS, asked_log, read_log, staff_names
from directory.web.dashboard import dashboard
from directory.web.forms.people import EraseForm, FindForm, RoleForm, StaffForm, TieForm
from directory.web.person_page import (
    PEOPLE,
    PersonForms,
    people_answer,
    person_answer,
    person_url,
)
from directory.web.pressed import require_own_button
from directory.web.signing import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("admin", __name__)

for name, words in (audit_words.FILTERS | people_words.FILTERS).items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/admin")
@access("administrator")
def index() -> str:
    """Show what is due."""
    return render_template("admin/index.html", found=dashboard())


@blueprint.get("/admin/people")
@access("administrator")
def people() -> str:
    """List accounts, the newest first, without any address."""
    return people_answer()


@blueprint.post("/admin/people")
@access("administrator")
def people_add() -> ResponseReturnValue:
    """Make an account for somebody of the desk, and show their link once."""
    form = StaffForm(request.form)
    if form.validate():
        try:
            made = accounts.create_user(
                email=form.email.data or "",
                role=Role(form.role.data),
                name=form.name.data,
                language="en",
                actor=signed_in().as_actor(),
                keys=current.keys(),
                now=current.now(),
            )
        except (InvalidError, ConflictError) as fault:
            form.refuse(fault, otherwise="email")
        else:
            return people_answer(link=made.link)
    return people_answer(staff=form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/admin/people/find")
@access("administrator")
def people_find() -> ResponseReturnValue:
    """Lead to the account of an address somebody typed."""
    form = FindForm(request.form)
    if form.validate():
        try:
            found = person_by_email(db.session(), form.email.data or "", keys=current.keys())
        except (InvalidError, NotFoundError) as fault:
            form.refuse(fault, otherwise="email")
        else:
            return redirect(person_url(found.user_id), HTTPStatus.SEE_OTHER)
    return people_answer(find=form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/admin/people/<int:user_id>")
@access("administrator")
def person(user_id: int) -> str:
    """Show one person, without the address."""
    return person_answer(user_id)


@blueprint.post("/admin/people/<int:user_id>/contact")
@access("administrator")
def contact(user_id: int) -> ResponseReturnValue:
    """Open somebody's address, which is recorded."""
    require_own_button()
    address = accounts.contact_of(
        user_id=user_id, actor=signed_in().as_actor(), keys=current.keys(), now=current.now()
    )
    return person_answer(user_id, address=address)


@blueprint.post("/admin/people/<int:user_id>/link")
@access("administrator")
def link(user_id: int) -> ResponseReturnValue:
    """Make a new link by which somebody signs in, and show it once."""
    require_own_button()
    made = accounts.make_link(
        user_id=user_id, actor=signed_in().as_actor(), keys=current.keys(), now=current.now()
    )
    return person_answer(user_id, link=made)


@blueprint.post("/admin/people/<int:user_id>/role")
@access("administrator")
def role(user_id: int) -> ResponseReturnValue:
    """Change what somebody may do."""
    form = RoleForm(request.form)
    if form.validate():
        try:
            accounts.change_role(
                user_id=user_id,
                role=Role(form.role.data),
                name=form.name.data or None,
                actor=signed_in().as_actor(),
                now=current.now(),
            )
        except InvalidError as fault:
            form.refuse(fault, otherwise="role")
        else:
            return _to(user_id)
    return _again(user_id, PersonForms(role=form))


@blueprint.post("/admin/people/<int:user_id>/suspend")
@access("administrator")
def suspend(user_id: int) -> ResponseReturnValue:
    """Suspend an account; whoever is signed in with it is signed out."""
    require_own_button()
    accounts.suspend(user_id=user_id, actor=signed_in().as_actor(), now=current.now())
    return _to(user_id)


@blueprint.post("/admin/people/<int:user_id>/restore")
@access("administrator")
def restore(user_id: int) -> ResponseReturnValue:
    """Let a suspended account work again."""
    require_own_button()
    accounts.restore(user_id=user_id, actor=signed_in().as_actor(), now=current.now())
    return _to(user_id)


@blueprint.post("/admin/people/<int:user_id>/reset")
@access("administrator")
def reset(user_id: int) -> ResponseReturnValue:
    """Let somebody of the desk set up password and second step anew."""
    require_own_button()
    accounts.reset_enrolment(user_id=user_id, actor=signed_in().as_actor(), now=current.now())
    return _to(user_id)


@blueprint.post("/admin/people/<int:user_id>/ties")
@access("administrator")
def tie(user_id: int) -> ResponseReturnValue:
    """Note that somebody is tied to a listing."""
    form = TieForm(request.form)
    if form.validate():
        try:
            decisions.link_person(
                viewer=signed_in(),
                user_id=user_id,
                listing_id=find_listing(db.session(), form.slug.data or "").id,
                nature=LinkNature(form.nature.data),
                now=current.now(),
            )
        except NotFoundError as fault:
            form.refuse(fault, otherwise="slug")
        else:
            return _to(user_id)
    return _again(user_id, PersonForms(tie=form))


@blueprint.post("/admin/people/<int:user_id>/ties/<int:listing_id>/remove")
@access("administrator")
def untie(user_id: int, listing_id: int) -> ResponseReturnValue:
    """Take a tie away."""
    require_own_button()
    decisions.unlink_person(
        viewer=signed_in(), user_id=user_id, listing_id=listing_id, now=current.now()
    )
    return _to(user_id)


@blueprint.post("/admin/people/<int:user_id>/erase")
@access("administrator")
def erase(user_id: int) -> ResponseReturnValue:
    """Erase an account for good, once its number has been written."""
    form = EraseForm(request.form)
    if form.validate() and form.number.data != str(user_id):
        form.refuse(InvalidError("number", gettext("This is not the number of this account")))
    if form.errors:
        return _again(user_id, PersonForms(erase=form))
    erase_user(viewer=signed_in(), user_id=user_id, keys=current.keys(), now=current.now())
    return redirect(PEOPLE, HTTPStatus.SEE_OTHER)


@blueprint.get("/admin/audit")
@access("administrator")
def audit() -> str:
    """Show the record of acts, newest first."""
    asked = asked_log()
    return render_template(
        "admin/audit.html",
        asked=asked,
        page=read_log(asked),
        names=staff_names(),
        acts=list(ACTS),
        nouns=NOUNS,
    )


def _to(user_id: int) -> ResponseReturnValue:
    return redirect(person_url(user_id), HTTPStatus.SEE_OTHER)


def _again(user_id: int, forms: PersonForms) -> ResponseReturnValue:
    return person_answer(user_id, forms), HTTPStatus.UNPROCESSABLE_ENTITY
