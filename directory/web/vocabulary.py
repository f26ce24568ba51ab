"""The desk of the vocabulary: its lists, one term, merging two, and words that found nothing.

For administrators. Every change is shown with its effects before it is saved: what was looked at
is what is saved. What the pages show is put together in `vocabulary_page.py`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext

from directory.core.errors import ConflictError, InvalidError, NotFoundError
from directory.moderation.terms import merge_terms
from directory.search.finding_terms import terms_holding
from directory.search.understanding.lexicon import READ_KINDS
from directory.search.unmet import MOST_LETTERS, forget_words
from directory.vocabulary.models import TermKind
from directory.vocabulary.operations import add_term, change_term
from directory.vocabulary.policy import (
    MAY_ADD,
    RefusedTermError,
    faults_of,
    faults_of_slug,
    slug_of,
    why_not_merged,
)
from directory.web import current, vocabulary_words
from directory.web.access import access
from directory.web.forms.term import MergeForm, TermForm
from directory.web.pressed import require_own_button
from directory.web.signing import signed_in
from directory.web.vocabulary_page import (
    UNMET,
    VOCABULARY,
    desk_url,
    list_lines,
    new_answer,
    read_seen,
    shelves_of,
    term_answer,
    term_form,
    term_line,
    unmet_lines,
)

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from directory.vocabulary.queries import TermView

blueprint = Blueprint("vocabulary", __name__)
MOST_FOUND = 40
UNMET_FIRST = 6

for name, words in vocabulary_words.FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/admin/vocabulary")
@access("administrator")
def index() -> str:
    """Show every list, what was looked for in them, and the words that found nothing."""
    vocabulary, asked = current.vocabulary(), request.args.get("q", "").strip()
    return render_template(
        "admin/vocabulary.html",
        lines=list_lines(vocabulary),
        asked=asked,
        found=[term_line(term) for term in terms_holding(asked, vocabulary, MOST_FOUND)],
        unmet=unmet_lines(vocabulary, UNMET_FIRST),
    )


@blueprint.get("/admin/vocabulary/unmet")
@access("administrator")
def unmet() -> str:
    """List the words that found nothing, or find the term that some of them stand for."""
    vocabulary = current.vocabulary()
    words, asked = request.args.get("words", "").strip(), request.args.get("q", "").strip()
    lines = [line for line in unmet_lines(vocabulary) if not words or line.unmet.words == words]
    return render_template(
        "admin/vocabulary_unmet.html",
        lines=lines,
        words=words[:MOST_LETTERS],
        asked=asked,
        found=[
            term_line(term, words=words)
            for term in terms_holding(asked, vocabulary, MOST_FOUND)
            if term.kind in READ_KINDS
        ],
    )


@blueprint.post("/admin/vocabulary/unmet/forget")
@access("administrator")
def forget() -> ResponseReturnValue:
    """Forget words that stand for nothing here."""
    require_own_button()
    forget_words(request.form.get("words", ""))
    return redirect(UNMET, HTTPStatus.SEE_OTHER)


@blueprint.get("/admin/vocabulary/new")
@access("administrator")
def new() -> str:
    """Show the form of a new term of a list."""
    form = TermForm()
    words = request.args.get("add", "").strip()
    if words:
        form.name_en.data = words[:1].upper() + words[1:]
    return new_answer(form, _kind_to_add())


@blueprint.post("/admin/vocabulary/new")
@access("administrator")
def add() -> ResponseReturnValue:
    """Show what a new term would do, or add it."""
    form, kind = TermForm(request.form), _kind_to_add()
    form.slug.data = form.slug.data or slug_of(form.name_en.data or "")
    known = current.vocabulary().terms_once(kind)
    form.validate()
    form.lay(faults_of_slug(form.slug.data, known))
    form.lay(faults_of(form.draft(), kind, shelves_of(kind, current.vocabulary())))
    if _is_to_be_kept(form) and _add(form, kind):
        return redirect(f"{VOCABULARY}/{kind.value}/{form.slug.data}", HTTPStatus.SEE_OTHER)
    return new_answer(form, kind), _status(form)


@blueprint.get("/admin/vocabulary/<kind>")
@access("administrator")
def terms(kind: str) -> str:
    """List the terms of a list in its order."""
    known = _kind(kind)
    return render_template(
        "admin/vocabulary_list.html",
        kind=known,
        may_add=known in MAY_ADD,
        lines=[term_line(term) for term in current.vocabulary().terms[known].values()],
    )


@blueprint.get("/admin/vocabulary/<kind>/<slug>")
@access("administrator")
def term(kind: str, slug: str) -> ResponseReturnValue:
    """Show a term to be changed; one that was merged leads to what took its place."""
    found = _term(kind, slug)
    if found.slug != slug:
        return redirect(desk_url(found))
    return term_answer(found, term_form(found, request.args.get("add", "").strip()))


@blueprint.post("/admin/vocabulary/<kind>/<slug>")
@access("administrator")
def change(kind: str, slug: str) -> ResponseReturnValue:
    """Show what a change of a term would do, or save it."""
    found, form = _term(kind, slug), TermForm(request.form)
    had = {item.text for item in found.spellings}
    shelves = shelves_of(found.kind, current.vocabulary())
    form.validate()
    form.lay(faults_of(form.draft(), found.kind, shelves, had=had))
    if _is_to_be_kept(form):
        answer = _save(form, found)
        if answer is not None:
            return answer
    return term_answer(found, form), _status(form)


@blueprint.post("/admin/vocabulary/<kind>/<slug>/merge")
@access("administrator")
def merge(kind: str, slug: str) -> ResponseReturnValue:
    """Show what merging a term into another would do, or merge them."""
    found, form = _term(kind, slug), MergeForm(request.form)
    form.validate()
    into = current.vocabulary().term(found.kind, form.into.data or "")
    if into is None:
        form.refuse("into", gettext("Choose the term that stays"))
    else:
        reason = why_not_merged(found.kind, found.slug, into.slug)
        if reason is not None:
            form.refuse("into", reason)
    if into is not None and not any(form.faults()) and form.is_looked_at(found.slug):
        merge_terms(
            actor=signed_in().as_actor(),
            kind=found.kind,
            slug=found.slug,
            into=into.slug,
            now=current.now(),
        )
        return redirect(desk_url(into), HTTPStatus.SEE_OTHER)
    return term_answer(found, term_form(found), merging=form), _status(form)


def _add(form: TermForm, kind: TermKind) -> bool:
    """Add what was filled in and tell whether that went well; faults are laid onto the form."""
    try:
        add_term(
            actor=signed_in().as_actor(),
            kind=kind,
            slug=form.slug.data or "",
            draft=form.draft(),
            now=current.now(),
        )
    except RefusedTermError as refused:
        form.lay(refused.faults)
        return False
    return True


def _save(form: TermForm, found: TermView) -> ResponseReturnValue | None:
    """Save what was filled in; None when it was refused, with the reason on the form."""
    try:
        change_term(
            actor=signed_in().as_actor(),
            kind=found.kind,
            slug=found.slug,
            draft=form.draft(),
            seen=read_seen(form),
            now=current.now(),
        )
    except RefusedTermError as refused:
        form.lay(refused.faults)
    except InvalidError as refused:
        form.refuse(refused)
    except ConflictError:
        form.refuse(
            "",
            gettext(
                "Somebody changed this term while you had it open. Nothing of yours is lost, and "
                "nothing is saved: open the term again beside this page, and put both together."
            ),
        )
    else:
        return redirect(desk_url(found), HTTPStatus.SEE_OTHER)
    return None


def _is_to_be_kept(form: TermForm) -> bool:
    """Tell whether the form is sound, was looked at as it is now, and is to be saved."""
    if request.form.get("step") != "save" or any(form.faults()):
        return False
    if not form.was_looked_at:
        form.refuse("", gettext("Something changed since you looked. Look once more, then save."))
        return False
    return True


def _status(form: TermForm | MergeForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if any(form.faults()) else HTTPStatus.OK


def _kind(value: str) -> TermKind:
    try:
        return TermKind(value)
    except ValueError:
        raise NotFoundError(gettext("There is no such list.")) from None


def _kind_to_add() -> TermKind:
    """Give the list a new term is for, named in the address."""
    kind = _kind(request.args.get("kind", ""))
    if kind not in MAY_ADD:
        raise NotFoundError(gettext("Terms of this list come with the reference files."))
    return kind


def _term(kind: str, slug: str) -> TermView:
    """Give a term by its slug of today or one it had before a merge."""
    known = _kind(kind)
    found = current.vocabulary().terms_once(known).get(slug)
    if found is None:
        raise NotFoundError(gettext("There is no such term."))
    return found
