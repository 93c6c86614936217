"""Asking chosen women: by their places in the newest answer, all on the same terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.models import MatchRequest, Run, RunRow
from roster.permissions import Permission
from roster.queries.approaches import get_dates
from roster.queries.requests import get_request, get_run, get_subject
from roster.schemas.approach import HOURS, PAYS, RISKS, TermsForm
from roster.services.approaches import ANSWER_HOURS, approach_women
from roster.services.stale_runs import (
    ChangesToAccept,
    RunChange,
    digest_changes,
    list_changes_since,
)
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.approaches import list_unasked, word_changes
from roster.web.forms import read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording import Wording
from roster.wording import approaches as words

TERMS = (
    "who",
    "purpose",
    "place",
    "effort",
    "risk",
    "risk_note",
    "pay",
    "pay_note",
    "languages",
)
"""What she is told, of the fields of the form."""


@blueprint.get("/requests/<code>/approaches/new")
@needs(Permission.EDIT_REQUEST, get_subject)
def show_asking(code: str) -> str:
    """The terms for the women chosen by their places, and what changed of them since the search."""
    found = get_request(reading(), current_actor(), code)
    places = [one for one in request.args.getlist("card") if one.isdecimal() and len(one) < 6]
    return _show(found, {"card": places, **_fill(found)})


@blueprint.post("/requests/<code>/approaches")
@needs(Permission.EDIT_REQUEST, get_subject)
def ask_women(code: str) -> ResponseReturnValue:
    """Ask them; where something changed since the search that is shown first, to be accepted."""
    found = get_request(reading(), current_actor(), code)
    form = read_form(TermsForm())
    if not form.is_valid:
        return _show(found, form.raw, errors=form.errors), 422
    run = _get_run(found)
    handles = _read_places(run, form.values["card"])
    try:
        asked = approach_women(
            writing(),
            actor=current_actor(),
            request_id=found.id,
            expected_version=form.values["version"],
            handles=handles,
            terms={name: form.values[name] for name in TERMS if form.values.get(name)},
            accepted_changes=form.values["accepted"],
            hours=form.values["hours"],
        )
    except ChangesToAccept as error:
        return _show(found, form.raw, changes=error.changes), 409
    except Refused as refusal:
        return _show(found, form.raw, refusal=refusal), 422
    flash_sentence("women_asked" if asked.made else "nobody_asked")
    return redirect(url_for("envoys.show_approaches_page", code=code), 303)


def _get_run(found: MatchRequest) -> Run:
    if not found.runs:
        raise Refused("request_not_submitted")
    return get_run(reading(), current_actor(), found.code, len(found.runs))


def _read_places(run: Run, places: Sequence[str]) -> dict[str, str]:
    """Handle -> post of the rows at these places; two places of one woman are refused."""
    rows = _find_rows(run, places)
    handles = {row.handle: row.post for row in rows}
    if len(handles) < len(set(places)):
        raise Refused("approach_unknown_handle")
    return handles


def _find_rows(run: Run, places: Sequence[str]) -> list[RunRow]:
    return [row for row in run.rows if str(row.position) in places]


def _fill(found: MatchRequest) -> dict[str, Any]:
    """What the request says already: its languages; and the usual time to answer."""
    wanted = _list_languages(found.criteria)
    return {"languages": wanted, "hours": str(ANSWER_HOURS), "version": str(found.version)}


def _list_languages(criteria: Mapping[str, Any]) -> list[str]:
    wishes = [
        wish
        for post in criteria.get("posts", ())
        for name in ("languages", "languages_nice")
        for wish in post.get(name, ())
    ]
    return list(dict.fromkeys(code for wish in wishes for code in wish["any_of"]))


def _show(
    found: MatchRequest,
    given: Mapping[str, Any],
    *,
    errors: dict[str, list[str]] | None = None,
    changes: tuple[RunChange, ...] | None = None,
    refusal: Refused | None = None,
) -> str:
    wording, run = current_wording(), _get_run(found)
    if changes is None:
        handles = {row.handle for row in _find_rows(run, given.get("card", ()))}
        changes = list_changes_since(reading(), run, clock.now(), handles=handles)
    first, last = get_dates(found)
    said = {"card": [refusal.code]} if refusal else errors or {}
    return render(
        "envoys/asking.html",
        found=found,
        cards=list_unasked(found),
        given={**dict.fromkeys(TERMS, ""), **given},
        days=(wording.date(first), wording.date(last)),
        languages_offered=[
            (one, wording.term("language", one)) for one in _list_languages(found.criteria)
        ],
        risks=_word_all(wording, words.RISKS, RISKS),
        pays=_word_all(wording, words.PAYS, PAYS),
        hours=[(str(one), _word_hours(wording, one)) for one in HOURS],
        changes=word_changes(changes),
        digest=digest_changes(run, changes) if changes else "",
        errors=word_errors(said, **(refusal.values if refusal else {})),
    )


def _word_all(
    wording: Wording, names: Mapping[str, str], codes: Sequence[str]
) -> list[tuple[str, str]]:
    return [(code, wording.gettext(names[code])) for code in codes]


def _word_hours(wording: Wording, hours: int) -> str:
    return wording.ngettext("%(num)d hour", "%(num)d hours", hours)
