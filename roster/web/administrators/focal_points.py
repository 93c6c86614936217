"""The directory of focal points for women, peace and security: offices by country."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused
from roster.models import FocalPoint
from roster.permissions import NOTHING, Permission, Subject
from roster.queries.processes import list_focal_points
from roster.schemas.application import VersionForm
from roster.schemas.process import FocalPointForm
from roster.services.focal_points import remove_focal_point, save_focal_point
from roster.web.access import current_actor, needs, reading, writing
from roster.web.administrators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording.processes import PLANS

FIELDS = {"country_listed_before": "country", "day_to_come": "as_of"}
"""Where on the form a refusal belongs."""


def entry_subject(session: Session, focal_point_id: int) -> Subject:
    """An entry of the directory."""
    if session.get(FocalPoint, focal_point_id) is None:
        raise NotFound
    return NOTHING


@blueprint.get("/focal-points")
@needs(Permission.KEEP_FOCAL_POINTS)
def list_directory() -> str:
    """All entries, and a form for one more."""
    return _render(None, FormResult({}))


@blueprint.post("/focal-points")
@needs(Permission.KEEP_FOCAL_POINTS)
def add_entry() -> ResponseReturnValue:
    """One country more."""
    return _save(None)


@blueprint.get("/focal-points/<int:focal_point_id>")
@needs(Permission.KEEP_FOCAL_POINTS, entry_subject)
def show_entry(focal_point_id: int) -> str:
    """The form with one entry."""
    row = reading().get_one(FocalPoint, focal_point_id)
    raw = {name: getattr(row, name) for name in ("office", "plan_status", "as_of", "source")}
    return _render(
        row, FormResult({}, raw={**raw, "country": current_wording().term("country", row.country)})
    )


@blueprint.post("/focal-points/<int:focal_point_id>")
@needs(Permission.KEEP_FOCAL_POINTS, entry_subject)
def save_entry(focal_point_id: int) -> ResponseReturnValue:
    """Other words in the place of the present ones."""
    return _save(focal_point_id)


@blueprint.post("/focal-points/<int:focal_point_id>/end")
@needs(Permission.KEEP_FOCAL_POINTS, entry_subject)
def remove_entry(focal_point_id: int) -> ResponseReturnValue:
    """Off the list."""
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    remove_focal_point(
        writing(),
        actor=current_actor(),
        focal_point_id=focal_point_id,
        expected_version=form.values["version"],
    )
    flash_sentence("focal_point_removed")
    return redirect(url_for("administrators.list_directory"), 303)


def _save(focal_point_id: int | None) -> ResponseReturnValue:
    row = None if focal_point_id is None else reading().get_one(FocalPoint, focal_point_id)
    form = read_form(FocalPointForm())
    if not form.is_valid:
        return _render(row, form), 422
    values: dict[str, Any] = {**form.values}
    try:
        save_focal_point(
            writing(),
            actor=current_actor(),
            focal_point_id=focal_point_id,
            expected_version=values.pop("version"),
            values=values,
        )
    except Refused as refusal:
        name = FIELDS.get(refusal.code, "office")
        return _render(row, FormResult({}, {name: [refusal.code]}, form.raw)), 422
    flash_sentence("focal_point_saved")
    return redirect(url_for("administrators.list_directory"), 303)


def _render(row: FocalPoint | None, form: FormResult) -> str:
    wording = current_wording()
    plans = [(code, wording.gettext(word)) for code, word in PLANS.items()]
    return render(
        "administrators/focal_points.html",
        entries=list_focal_points(reading()),
        entry=row,
        plans=plans,
        plan_words=dict(plans),
        given=form.raw,
        errors=word_errors(form.errors),
    )
