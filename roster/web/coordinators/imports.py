"""From a file to the roster: read, look, confirm, and take back. Nothing is saved unseen."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.models import SpreadsheetImport
from roster.permissions import Permission
from roster.queries.imports import (
    count_rows,
    get_import,
    import_subject,
    list_rows_to_look_at,
    same_file_before,
)
from roster.queries.people import get_names
from roster.schemas.export import FORMATS
from roster.services.imports import confirm_import, count_outcomes, discard_import
from roster.services.problem_files import write_problem_file
from roster.services.taking_back import queue_undo
from roster.services.taking_in import TAKE_IN, is_long_list, queue_confirmation
from roster.services.unanswered import UNANSWERED_DAYS
from roster.services.undoing_imports import UNDO_DAYS, undo_import
from roster.services.waiting_rows import CHOICES, decide_row, list_candidates
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.exports import MIME_TYPES
from roster.web.coordinators.import_words import (
    column_lines,
    problem_lines,
    remark_lines,
    skipped_lines,
    waiting_lines,
    word_row_problems,
)
from roster.web.coordinators.meaning_words import count_unclear
from roster.web.coordinators.versions import is_number, read_version
from roster.web.pages import current_wording, flash_sentence, render
from roster.web.proof import needs_fresh_password
from roster.wording.problems import word_problem

REFRESH_SECONDS = 5
PROBLEM_FILE = "rows-to-correct"
"""The same for every office: a file name tells nothing."""


@blueprint.get("/imports/<int:import_id>")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def show_import(import_id: int) -> ResponseReturnValue:
    """How far the reading is, then the preview, then what became of the rows."""
    staged = get_import(reading(), actor=current_actor(), import_id=import_id)
    if staged.state in {"queued", "reading", "failed"}:
        return _show_reading(staged)
    return _show_rows(staged)


def _show_reading(staged: SpreadsheetImport) -> ResponseReturnValue:
    """A page that asks again by itself until the file is read; it can be asked by hand as well."""
    wording, summary = current_wording(), staged.summary
    advice = (
        word_problem(wording, summary["refused"], summary["values"])
        if staged.state == "failed"
        else None
    )
    total = staged.rows_total or 0
    page = render(
        "coordinators/import_reading.html",
        staged=staged,
        network=wording.term("network", staged.network_code),
        advice=advice,
        can_be_shown=staged.state == "failed" and "sketch" in summary,
        step=summary.get("step", ""),
        is_taken_in=summary.get("step") == TAKE_IN,
        share=min(100 * (staged.rows_read or 0) // total, 100) if total else 0,
    )
    return page, {} if advice else {"Refresh": str(REFRESH_SECONDS)}


def _show_rows(staged: SpreadsheetImport) -> str:
    wording, actor = current_wording(), current_actor()
    rows = list_rows_to_look_at(reading(), staged)
    problems = problem_lines(wording, staged, rows)
    candidates = (
        list_candidates(reading(), actor=actor, staged=staged, rows=rows)
        if staged.state == "confirmed"
        else {}
    )
    named = {record_id for ids in candidates.values() for record_id in ids}
    named |= {record_id for line in problems for record_id in line.records}
    names = get_names(reading(), named)
    return render(
        "coordinators/import.html",
        staged=staged,
        network=wording.term("network", staged.network_code),
        row_count=count_rows(reading(), staged),
        outcome=count_outcomes(reading(), staged.id),
        unclear=count_unclear(staged),
        columns=column_lines(wording, staged),
        skipped=skipped_lines(wording, staged),
        errors_found=[p for p in problems if p.severity == "error"],
        warnings=[p for p in problems if p.severity == "warning"],
        remarks=remark_lines(wording, staged),
        names=names,
        waiting=waiting_lines(wording, staged, rows, candidates),
        seen_before=same_file_before(reading(), staged),
        waits_until=staged.read_at + timedelta(days=UNANSWERED_DAYS),
        undo_until=staged.confirmed_at + timedelta(days=UNDO_DAYS) if staged.confirmed_at else None,
        now=clock.now(),
    )


@blueprint.post("/imports/<int:import_id>/confirm")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def confirm(import_id: int) -> ResponseReturnValue:
    """Take in what is ready, all at once; a long list is left to the job."""
    version = read_version()
    if is_long_list(reading(), import_id):
        queue_confirmation(
            writing(), actor=current_actor(), import_id=import_id, expected_version=version
        )
        return redirect(url_for("coordinators.show_import", import_id=import_id), 303)
    outcome = confirm_import(
        writing(), actor=current_actor(), import_id=import_id, expected_version=version
    )
    counts = {name: value for name, value in vars(outcome).items() if name != "import_id"}
    sentence = current_wording().gettext(
        "Taken in: %(new)s new, %(updated)s updated, %(same)s unchanged. %(waiting)s wait for you.",
        **counts,
    )
    flash(sentence, "yes")
    return redirect(url_for("coordinators.show_import", import_id=import_id), 303)


@blueprint.post("/imports/<int:import_id>/discard")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def discard(import_id: int) -> ResponseReturnValue:
    """Throw away a file that was read and not taken in."""
    version = read_version()
    discard_import(writing(), actor=current_actor(), import_id=import_id, expected_version=version)
    flash_sentence("import_discarded")
    return redirect(url_for("coordinators.list_imports"), 303)


@blueprint.post("/imports/<int:import_id>/undo")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def undo(import_id: int) -> ResponseReturnValue:
    """Take the newest file back; what people have done since stays."""
    version = read_version()
    if is_long_list(reading(), import_id):
        queue_undo(writing(), actor=current_actor(), import_id=import_id, expected_version=version)
        return redirect(url_for("coordinators.show_import", import_id=import_id), 303)
    outcome = undo_import(
        writing(), actor=current_actor(), import_id=import_id, expected_version=version
    )
    sentence = current_wording().gettext(
        "Taken back: %(removed)s women are off the list again, %(set_back)s records say what they"
        " said before. %(kept)s stay, because somebody has worked with them since.",
        **vars(outcome),
    )
    flash(sentence, "yes")
    return redirect(url_for("coordinators.show_import", import_id=import_id), 303)


@blueprint.post("/imports/<int:import_id>/problems")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
@needs_fresh_password
def download_problems(import_id: int) -> ResponseReturnValue:
    """The rows with problems as a file: corrected, it is read like any other."""
    wording = current_wording()
    kind = request.form.get("format", "csv")
    if kind not in FORMATS:
        raise Refused("choice_missing")
    content = write_problem_file(
        writing(),
        actor=current_actor(),
        import_id=import_id,
        heading=wording.gettext("What is to be corrected"),
        word=lambda row: word_row_problems(wording, row),
        kind=kind,
        is_right_to_left=wording.direction == "rtl",
    )
    response = Response(content, mimetype=MIME_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{PROBLEM_FILE}.{kind}"'
    return response


@blueprint.post("/imports/<int:import_id>/rows/<int:row_id>")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def decide(import_id: int, row_id: int) -> ResponseReturnValue:
    """She has looked at a waiting row: a new person, one on her list, or left out."""
    choice, _, record = request.form.get("choice", "").partition("-")
    if choice not in CHOICES or (choice == "same" and not is_number(record)):
        raise Refused("choice_missing")
    row = decide_row(
        writing(),
        actor=current_actor(),
        import_id=import_id,
        row_id=row_id,
        choice=choice,
        record_id=int(record) if choice == "same" else None,
    )
    flash_sentence(f"row_{row.outcome}", row=row.row)
    return redirect(
        url_for("coordinators.show_import", import_id=import_id, _anchor="waiting"), 303
    )
