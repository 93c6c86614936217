"""How every page is rendered, and the pages that belong to nobody in particular."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text
from werkzeug.exceptions import BadRequest

from roster.permissions import Permission
from roster.services.accounts import choose_language as choose_account_language
from roster.settings import Settings
from roster.web.access import current_actor, needs, reading, writing
from roster.web.markdown import read_markdown
from roster.web.navigation import find_place, get_first_page, list_navigation
from roster.wording import LANGUAGES, Wording, get_wording, negotiate
from roster.wording.codes import word_code
from roster.wording.consent_texts import TEXTS, word_consent_text
from roster.wording.method import describe_method

blueprint = Blueprint("pages", __name__)

LANGUAGE_COOKIE = "language"
YEAR_SECONDS = 365 * 24 * 3600


def current_wording() -> Wording:
    """The wording of this request: the account's language, the cookie's, the browser's."""
    if "wording" not in g:
        account = current_user.account
        choice = account.language if account else request.cookies.get(LANGUAGE_COOKIE)
        g.wording = get_wording(negotiate(request.headers.get("Accept-Language"), choice))
    wording: Wording = g.wording
    return wording


def use_language(language: str) -> None:
    """Speak this language in this request: that of a message whose link was opened."""
    g.wording = get_wording(language if language in LANGUAGES else "en")


def render(template: str, **values: Any) -> str:
    """A page. Every template gets language, direction, account, navigation and is_demo."""
    wording = current_wording()
    settings: Settings = current_app.extensions["settings"]
    common = {
        "language": wording.language,
        "direction": wording.direction,
        "account": current_user.account,
        "navigation": list_navigation(current_actor(), wording),
        "is_demo": settings.is_demo,
    }
    return render_template(template, **{**common, **values})


def render_for_nobody(template: str, **values: Any) -> str:
    """A page after a failure: nothing is asked of the database, not even who is signed in."""
    choice = request.cookies.get(LANGUAGE_COOKIE)
    g.wording = get_wording(negotiate(request.headers.get("Accept-Language"), choice))
    return render_template(template, account=None, navigation=[], is_demo=False, **values)


def flash_sentence(code: str, category: str = "yes", **values: object) -> None:
    """Say on the next page what was done: the sentence of a code, without names of persons."""
    flash(word_code(current_wording(), code, **values), category)


def word_errors(errors: dict[str, list[str]], **values: object) -> dict[str, list[str]]:
    """The codes of a form's errors as sentences of this request's language."""
    wording = current_wording()
    return {
        name: [word_code(wording, code, **values) for code in codes]
        for name, codes in errors.items()
    }


def term_options(kind: str, held: Collection[str] = ()) -> list[tuple[str, str]]:
    """The codes of one kind of the vocabulary with their names, in the order of the names.

    A retired one is offered only where it is held.
    """
    from roster.vocabulary import load_vocabulary  # indexing takes long; not every page needs it

    wording = current_wording()
    pairs = [(code, wording.term(kind, code)) for code in load_vocabulary().offered(kind, held)]
    return sorted(pairs, key=lambda pair: pair[1])


@blueprint.get("/")
@needs(Permission.READ_PUBLIC)
def home() -> ResponseReturnValue:
    """The first page of whoever is signed in; sign-in for all others."""
    first = get_first_page(current_actor())
    return redirect(first or find_place({"next": "accounts.show_sign_in"}))


@blueprint.post("/language")
@needs(Permission.READ_PUBLIC)
def choose_language() -> ResponseReturnValue:
    """Speak another language from now on, on the page where one was."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise BadRequest
    actor = current_actor()
    if actor.account_id is not None:
        choose_account_language(writing(), actor=actor, language=language)
    response = make_response(redirect(find_place(request.form), 303))
    settings: Settings = current_app.extensions["settings"]
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=YEAR_SECONDS,
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.get("/how-matching-works")
@needs(Permission.READ_PUBLIC)
def show_how_matching_works() -> str:
    """Every criterion in the words of the function that decides it, in the reader's language."""
    blocks = read_markdown(describe_method(current_wording()))
    return render("pages/how_matching_works.html", blocks=blocks)


@blueprint.get("/consent-texts")
@needs(Permission.READ_PUBLIC)
def show_consent_texts() -> str:
    """What women agree to: every version that was ever asked, the one of today first."""
    wording = current_wording()
    versions = [
        (version, [(purpose, word_consent_text(wording, version, purpose)) for purpose in texts])
        for version, texts in sorted(TEXTS.items(), reverse=True)
    ]
    return render("pages/consent_texts.html", versions=versions)


@blueprint.get("/healthz")
@needs(Permission.READ_PUBLIC)
def show_health() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
@needs(Permission.READ_PUBLIC)
def show_readiness() -> ResponseReturnValue:
    """The database answers too."""
    reading().execute(text("SELECT n FROM ledger_head")).one()
    return "ready\n", {"Content-Type": "text/plain; charset=utf-8"}
