"""A request's own weights: changed within bounds, and who would move is shown before saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from matching import PUBLISHED
from matching.facts import Requester
from roster.errors import Refused
from roster.facts import make_request
from roster.models import MatchRequest
from roster.permissions import Permission
from roster.queries.requests import get_request, get_subject
from roster.schemas.weights import WeightsSchema
from roster.services.request_weights import Move, change_weights, get_weights, preview_weights
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.requests import read_version
from roster.web.forms import read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.web.reason_rows import word_post_title
from roster.wording.explanations import word_preference

BUTTONS = ("do", "version")


@blueprint.get("/requests/<code>/weights")
@needs(Permission.READ_REQUEST, get_subject)
def show_weights(code: str) -> ResponseReturnValue:
    """The weights of this request beside the published ones."""
    found = get_request(reading(), current_actor(), code)
    return _show(found, get_weights(found).by_preference())


@blueprint.post("/requests/<code>/weights")
@needs(Permission.EDIT_REQUEST, get_subject)
def change(code: str) -> ResponseReturnValue:
    """Show who would move, or save, or go back to the published weights."""
    found, wanted = get_request(reading(), current_actor(), code), request.form.get("do")
    if wanted == "reset":
        return _save(found, None)
    result = read_form(WeightsSchema(), ignore=BUTTONS)
    if not result.is_valid:
        return _show(found, result.raw, result.errors), 422
    if wanted == "save":
        return _save(found, result.values)
    try:
        moves = preview_weights(
            reading(), actor=current_actor(), request_id=found.id, points=result.values
        )
    except Refused as refusal:
        return _show(found, result.raw, {"": [refusal.code]}), 422
    ids = {row.handle: row.mediator_id for row in found.runs[-1].rows}
    log_readings(sorted({one for m in moves if (one := ids.get(m.handle))}), "card")
    return _show(found, result.raw, moves=moves)


def _save(found: MatchRequest, points: Mapping[str, float] | None) -> ResponseReturnValue:
    change_weights(
        writing(),
        actor=current_actor(),
        request_id=found.id,
        expected_version=read_version(),
        points=points,
    )
    flash_sentence("weights_reset" if points is None else "weights_saved")
    return redirect(url_for("envoys.show_request", code=found.code), 303)


def _show(
    found: MatchRequest,
    values: Mapping[str, Any],
    errors: dict[str, list[str]] | None = None,
    moves: Sequence[Move] | None = None,
) -> str:
    wording = current_wording()
    asked = make_request(found.criteria, code="", requester=Requester())
    names = [(name, word_preference(wording, name)) for name in PUBLISHED.by_preference()]
    return render(
        "envoys/weights.html",
        found=found,
        names=names,
        published=PUBLISHED.by_preference(),
        values=values,
        errors=word_errors(errors or {}),
        labels=dict(names),
        moves=moves,
        titles={post.code: word_post_title(wording, asked, post.code) for post in asked.posts},
        version=request.form.get("version") or found.version,
    )
