"""From a file to the roster: read, look, confirm. Nothing is saved before she confirms."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from roster import clock
from roster.errors import Refused
from roster.models import ImportRow, SpreadsheetImport
from roster.permissions import Permission
from roster.queries.imports import get_import, import_subject, list_imports_of, same_file_before
from roster.queries.records import visible_networks
from roster.services.imports import (
    confirm_import,
    count_outcomes,
    discard_import,
    stage_import,
    take_row,
)
from roster.spreadsheets import SpreadsheetRefused, read_spreadsheet
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.import_words import column_lines, problem_lines, skipped_lines
from roster.web.pages import current_wording, render
from roster.wording.problems import word_problem

WAITING_DAYS = 90
"""How long a row that was not taken in waits (product, section 9, retention)."""
SHOWN_PROBLEMS = 200


@blueprint.get("/imports")
@needs(Permission.IMPORT_SPREADSHEET)
def list_imports() -> str:
    """Files read so far, and the form for the next one."""
    return _list_page()


def _list_page(error: str = "", network: str = "") -> str:
    actor, wording = current_actor(), current_wording()
    networks = visible_networks(reading(), actor)
    return render(
        "coordinators/imports.html",
        imports=list_imports_of(reading(), networks),
        networks=[(code, wording.term("network", code)) for code in networks],
        chosen=network or (networks[0] if networks else ""),
        errors={"file": error} if error else {},
    )


@blueprint.post("/imports")
@needs(Permission.IMPORT_SPREADSHEET, accepts_upload=True)
def read_file() -> Response | tuple[str, int]:
    """Read the file and show what was understood; a refusal says what to do."""
    actor, wording = current_actor(), current_wording()
    network = request.form.get("network", "")
    upload = request.files.get("file")
    if network not in visible_networks(reading(), actor):
        return _list_page(wording.gettext("Choose the network whose list it is.")), 400
    if upload is None or not upload.filename:
        return _list_page(wording.gettext("Choose a file first."), network), 400
    content = upload.read()
    try:
        result = read_spreadsheet(
            content,
            file_name=upload.filename,
            network=network,
            reference_day=clock.now().date(),
        )
    except SpreadsheetRefused as refusal:
        advice = word_problem(wording, refusal.code, refusal.values)
        return _list_page(f"{advice.what} {advice.do}", network), 422
    staged = stage_import(
        writing(),
        actor=actor,
        network_code=network,
        file_name=upload.filename[:200],
        content=content,
        result=result,
    )
    return redirect(url_for("coordinators.show_import", import_id=staged.id), 303)


@blueprint.get("/imports/<int:import_id>")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def show_import(import_id: int) -> str:
    """The preview, or what became of the rows once they were taken in."""
    return _preview(import_id)


def _preview(import_id: int) -> str:
    wording = current_wording()
    staged = get_import(reading(), actor=current_actor(), import_id=import_id)
    verdicts = Counter(row.verdict for row in staged.rows)
    problems = problem_lines(wording, staged)
    return render(
        "coordinators/import.html",
        staged=staged,
        network=wording.term("network", staged.network_code),
        verdicts=verdicts,
        outcome=count_outcomes(staged),
        columns=column_lines(wording, staged),
        skipped=skipped_lines(wording, staged),
        errors_found=[p for p in problems if p.severity == "error"],
        warnings=[p for p in problems if p.severity == "warning"],
        remarks=Counter(p.text for p in problems if p.severity == "info"),
        waiting=[_waiting_line(row) for row in staged.rows if _is_waiting(staged, row)],
        seen_before=same_file_before(reading(), staged),
        waits_until=staged.read_at + timedelta(days=WAITING_DAYS),
    )


def _is_waiting(staged: SpreadsheetImport, row: ImportRow) -> bool:
    return staged.state == "confirmed" and row.outcome == "waiting"


def _waiting_line(row: ImportRow) -> dict[str, Any]:
    wording = current_wording()
    name = row.values.get("name") or row.values.get("name_original") or ""
    questions = [p for p in row.problems if p["severity"] != "info"]
    return {
        "id": row.id,
        "row": row.row,
        "name": name,
        "has_name": bool(name),
        "questions": [word_problem(wording, p["code"], p) for p in questions],
    }


@blueprint.post("/imports/<int:import_id>/confirm")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def confirm(import_id: int) -> Response:
    """Take in what is ready, all at once."""
    outcome = confirm_import(
        writing(),
        actor=current_actor(),
        import_id=import_id,
        expected_version=_version(),
    )
    wording = current_wording()
    flash(
        wording.gettext(
            "Taken in: %(new)s new, %(updated)s updated, %(same)s unchanged."
            " %(waiting)s wait for you.",
            new=outcome.new,
            updated=outcome.updated,
            same=outcome.same,
            waiting=outcome.waiting,
        ),
        "yes",
    )
    return redirect(url_for("coordinators.show_import", import_id=import_id), 303)


@blueprint.post("/imports/<int:import_id>/discard")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def discard(import_id: int) -> Response:
    """Throw away a file that was read and not taken in."""
    discard_import(
        writing(), actor=current_actor(), import_id=import_id, expected_version=_version()
    )
    return redirect(url_for("coordinators.list_imports"), 303)


@blueprint.post("/imports/<int:import_id>/rows/<int:row_id>")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def decide_row(import_id: int, row_id: int) -> Response:
    """She has looked at a waiting row: a new person, or left out."""
    choice = request.form.get("choice", "")
    if choice not in {"new", "leave_out"}:
        raise Refused("choice_missing")
    take_row(
        writing(),
        actor=current_actor(),
        import_id=import_id,
        row_id=row_id,
        is_new_person=choice == "new",
    )
    return redirect(url_for("coordinators.show_import", import_id=import_id), 303)


def _version() -> int:
    text = request.form.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise Refused("version_missing")
    return int(text)
