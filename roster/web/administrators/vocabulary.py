"""The words of the vocabulary: its lists, and one term with its names and what else means it."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.permissions import NOTHING, Permission, Subject
from roster.schemas.vocabulary import NamesForm, WordForm
from roster.services import vocabulary
from roster.services.kept_terms import check_place, get_term, list_terms
from roster.services.small_cells import round_count
from roster.web.access import current_actor, needs, reading, writing
from roster.web.administrators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording import LANGUAGES
from roster.wording.answers import word_count
from roster.wording.terms import LISTS, own_name, word_standing

FIRST_LIST = "theme"
Change = Callable[..., None]


def term_subject(session: Session, scheme: str, term: str) -> Subject:
    """A term of a list that administrators keep."""
    check_place(scheme, term)
    return NOTHING


@blueprint.get("/vocabulary")
@needs(Permission.KEEP_VOCABULARY)
def show_vocabulary() -> str:
    """One list after the other: each term with how many women it is said of."""
    wording = current_wording()
    asked = request.args.get("list", FIRST_LIST)
    scheme = asked if asked in LISTS else FIRST_LIST
    lines = [
        (
            one.code,
            own_name(wording, one.names, one.code),
            word_count(wording, round_count(one.women)) if one.is_counted else "",
            word_standing(wording, scheme, one.merged_into, is_retired=one.is_retired),
        )
        for one in list_terms(reading(), actor=current_actor(), kind=scheme)
    ]
    return render(
        "administrators/vocabulary.html",
        kind=scheme,
        lists=[(code, wording.gettext(name)) for code, name in LISTS.items()],
        lines=sorted(lines, key=lambda line: line[1].casefold()),
    )


@blueprint.get("/vocabulary/<scheme>/<term>")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def show_term(scheme: str, term: str) -> str:
    """What it is called, what else means it, and as what it is read."""
    return render_term(scheme, term, FormResult({}))


def render_term(scheme: str, term: str, form: FormResult, about: str = "") -> str:
    """The page; ``about`` names the form that was refused: names, words or merge."""
    wording, actor = current_wording(), current_actor()
    found = get_term(reading(), actor=actor, kind=scheme, code=term)
    others = [
        (one.code, own_name(wording, one.names, one.code))
        for one in list_terms(reading(), actor=actor, kind=scheme)
        if one.code != term and not one.is_retired and not one.merged_into
    ]
    return render(
        "administrators/term.html",
        term=found,
        name=own_name(wording, found.names, term),
        list_name=wording.gettext(LISTS[scheme]),
        women=word_count(wording, round_count(found.women)) if found.is_counted else "",
        standing=word_standing(wording, scheme, found.merged_into, is_retired=found.is_retired),
        tongues=[(one.code, one.name) for one in LANGUAGES.values()],
        others=sorted(others, key=lambda pair: pair[1].casefold()),
        about=about,
        given=form.raw,
        errors=word_errors(form.errors),
    )


@blueprint.post("/vocabulary/<scheme>/<term>/names")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def save_names(scheme: str, term: str) -> ResponseReturnValue:
    """Other names; the form holds all six."""
    form = read_form(NamesForm())
    names = {name: word for name, word in form.values.items() if name != "version"}
    return change(vocabulary.name_term, scheme, term, form, "names", names=names)


@blueprint.post("/vocabulary/<scheme>/<term>/words")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def save_word(scheme: str, term: str) -> ResponseReturnValue:
    """One more word that means it."""
    return _change_word(vocabulary.add_word, scheme, term)


@blueprint.post("/vocabulary/<scheme>/<term>/words/end")
@needs(Permission.KEEP_VOCABULARY, term_subject)
def drop_word(scheme: str, term: str) -> ResponseReturnValue:
    """One word less, of those that were added."""
    return _change_word(vocabulary.remove_word, scheme, term)


def _change_word(use_case: Change, scheme: str, term: str) -> ResponseReturnValue:
    form = read_form(WordForm())
    said = {name: form.values.get(name, "") for name in ("language", "word")}
    return change(use_case, scheme, term, form, "words", **said)


def change(
    use_case: Change, scheme: str, term: str, form: FormResult, about: str, **values: object
) -> ResponseReturnValue:
    """Carry out one change of a term, or show its page again with why not."""
    if not form.is_valid:
        return render_term(scheme, term, form, about), 422
    try:
        use_case(
            writing(),
            actor=current_actor(),
            kind=scheme,
            code=term,
            expected_version=form.values["version"],
            **values,
        )
    except Refused as refusal:
        return _refuse(scheme, term, form, about, refusal), 422
    flash_sentence("term_saved")
    return redirect(url_for("administrators.show_term", scheme=scheme, term=term), 303)


FIELDS = {"names": "en", "words": "word", "merge": "into"}
"""Where on a form a refusal belongs that is about no other control."""


def _refuse(scheme: str, term: str, form: FormResult, about: str, refusal: Refused) -> str:
    language = str(refusal.values.get("language", ""))
    name = language if about == "names" and language else FIELDS.get(about, "")
    return render_term(scheme, term, FormResult({}, {name: [refusal.code]}, form.raw), about)
