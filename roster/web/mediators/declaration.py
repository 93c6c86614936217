"""Her declaration of interests: offices, posts, payments and ties, hers to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.local_days import local_day
from roster.models import Declaration
from roster.permissions import Permission
from roster.schemas.mediator import DeclarationForm, RepeatForm
from roster.services.declarations import (
    KINDS,
    declare,
    find_declaration,
    find_last_day,
    list_sides,
    repeat_declaration,
)
from roster.vocabulary import load_vocabulary
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.words import word_tie
from roster.web.pages import current_wording, flash_sentence, word_errors

SPARE_ROWS = 3
DUE_DAYS = 30
"""From so many days before its end she is asked whether it is still right."""


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
        sides=form.raw.get("sides", "")
        if form
        else ", ".join(list_sides(declaration) if declaration else ()),
        **describe_declaration(declaration),
        version=declaration.version if declaration else 0,
        is_start=request.args.get("then") == "start",
        errors=word_errors(form.errors if form else {}),
    )


def describe_declaration(declaration: Declaration | None) -> dict[str, object]:
    """How what she declared stands: none, fresh, due or lapsed; since when and until when."""
    if declaration is None:
        return {"declared": "none", "declared_on": None}
    last = find_last_day(declaration)
    left = (last - local_day(clock.now(), herself().time_zone)).days
    state = "lapsed" if left < 0 else "due" if left <= DUE_DAYS else "fresh"
    return {
        "declared": state,
        "declared_on": declaration.declared_on,
        "declared_to": last,
        "declared_left": left,
        "declared_total": (last - declaration.declared_on).days,
    }


def _as_row(interest: Mapping[str, Any]) -> dict[str, Any]:
    country = interest.get("country")
    return {
        "kind": interest["kind"],
        "country": current_wording().term("country", country) if country else "",
        "party": interest.get("party") or "",
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
        covers=[*load_vocabulary().codes("country"), *form.values.get("sides", ())],
    )
    if request.args.get("then") == "start":
        return redirect(url_for("mediators.start_consents"), 303)
    flash_sentence("declaration_saved")
    return redirect(url_for("mediators.show_home"), 303)


@blueprint.post("/me/declaration/repeat")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def repeat_my_declaration() -> ResponseReturnValue:
    """Still right: the same, for twelve months more."""
    form = read_form(RepeatForm(), ignore=("do",))
    if not form.is_valid:
        return redirect(url_for("mediators.show_declaration"), 303)
    repeat_declaration(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=form.values["version"],
    )
    flash_sentence("declaration_saved")
    return redirect(url_for("mediators.show_home"), 303)


def _as_interest(row: Mapping[str, Any]) -> dict[str, Any]:
    """Years become their first and last day, so that nothing she held is cut short."""
    first, last = row.get("first_year"), row.get("last_year")
    return {
        "kind": row["kind"],
        "country": row.get("country"),
        "party": row.get("party"),
        "started_on": f"{first}-01-01" if first else None,
        "ended_on": f"{last}-12-31" if last else None,
    }
