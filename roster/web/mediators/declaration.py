"""Her declaration of interests: offices, posts, payments and ties, hers to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.schemas.mediator import DeclarationForm
from roster.services.declarations import KINDS, declare, find_declaration
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import own_id, own_subject, render_hers
from roster.web.mediators.words import word_tie
from roster.web.pages import current_wording, flash_sentence, word_errors

SPARE_ROWS = 3


@blueprint.get("/me/declaration")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_declaration() -> str:
    """What she declared, with room for more."""
    return _render(None)


def _render(form: FormResult | None) -> str:
    declaration = find_declaration(reading(), own_id())
    wording = current_wording()
    rows = (
        form.raw.get("ties", [])
        if form
        else [_as_row(each) for each in (declaration.interests if declaration else [])]
    )
    return render_hers(
        "mediators/declaration.html",
        rows=[*rows, *({} for _ in range(SPARE_ROWS))],
        kinds=[(kind, word_tie(wording, kind)) for kind in KINDS],
        declared_on=declaration.declared_on if declaration else None,
        version=declaration.version if declaration else 0,
        is_start=request.args.get("then") == "start",
        errors=word_errors(form.errors if form else {}),
    )


def _as_row(interest: Mapping[str, Any]) -> dict[str, Any]:
    country = interest.get("country")
    return {
        "kind": interest["kind"],
        "country": current_wording().term("country", country) if country else "",
        "first_year": (interest.get("started_on") or "")[:4],
        "last_year": (interest.get("ended_on") or "")[:4],
    }


@blueprint.post("/me/declaration")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_declaration() -> ResponseReturnValue:
    """Take her declaration, dated today."""
    form = read_form(DeclarationForm())
    if not form.is_valid:
        return _render(form), 422
    declare(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=form.values["version"],
        interests=[_as_interest(row) for row in form.values.get("ties", [])],
    )
    if request.args.get("then") == "start":
        return redirect(url_for("mediators.start_consents"), 303)
    flash_sentence("declaration_saved")
    return redirect(url_for("mediators.show_home"), 303)


def _as_interest(row: Mapping[str, Any]) -> dict[str, Any]:
    """Years become their first and last day, so that nothing she held is cut short."""
    first, last = row.get("first_year"), row.get("last_year")
    return {
        "kind": row["kind"],
        "country": row["country"],
        "party": None,
        "started_on": f"{first}-01-01" if first else None,
        "ended_on": f"{last}-12-31" if last else None,
    }
