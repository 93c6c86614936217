"""From a file to the roster: read, look, confirm, and take back. Nothing is saved unseen."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.permissions import Permission
from roster.queries.imports import get_import, import_subject, list_imports_of, same_file_before
from roster.queries.people import get_names
from roster.queries.records import visible_networks
from roster.services.imports import confirm_import, count_outcomes, discard_import, stage_import
from roster.services.unanswered import UNANSWERED_DAYS
from roster.services.undoing_imports import UNDO_DAYS, undo_import
from roster.services.waiting_rows import CHOICES, decide_row, list_candidates
from roster.spreadsheets import ReadResult, SpreadsheetRefused, read_spreadsheet
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.import_words import (
    column_lines,
    problem_lines,
    skipped_lines,
    waiting_lines,
)
from roster.web.pages import current_wording, flash_sentence, render
from roster.wording.codes import word_code
from roster.wording.problems import word_problem

LONGEST_FILE_NAME = 200


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
def read_file() -> ResponseReturnValue:
    """Read the file and show what was understood; a refusal says what to do."""
    wording = current_wording()
    network = request.form.get("network", "")
    upload = request.files.get("file")
    if network not in visible_networks(reading(), current_actor()):
        return _list_page(word_code(wording, "network_missing")), 400
    if upload is None or not upload.filename:
        return _list_page(word_code(wording, "file_missing"), network), 400
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
    return _stage(network, upload.filename[:LONGEST_FILE_NAME], content, result)


def _stage(network: str, file_name: str, content: bytes, result: ReadResult) -> ResponseReturnValue:
    staged = stage_import(
        writing(),
        actor=current_actor(),
        network_code=network,
        file_name=file_name,
        content=content,
        result=result,
    )
    return redirect(url_for("coordinators.show_import", import_id=staged.id), 303)


@blueprint.get("/imports/<int:import_id>")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def show_import(import_id: int) -> str:
    """The preview, or what became of the rows once they were taken in."""
    wording, actor = current_wording(), current_actor()
    staged = get_import(reading(), actor=actor, import_id=import_id)
    problems = problem_lines(wording, staged)
    candidates = (
        list_candidates(reading(), actor=actor, staged=staged)
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
        verdicts=Counter(row.verdict for row in staged.rows),
        outcome=count_outcomes(staged),
        columns=column_lines(wording, staged),
        skipped=skipped_lines(wording, staged),
        errors_found=[p for p in problems if p.severity == "error"],
        warnings=[p for p in problems if p.severity == "warning"],
        remarks=Counter(p.text for p in problems if p.severity == "info"),
        names=names,
        waiting=waiting_lines(wording, staged, candidates),
        seen_before=same_file_before(reading(), staged),
        waits_until=staged.read_at + timedelta(days=UNANSWERED_DAYS),
        undo_until=staged.confirmed_at + timedelta(days=UNDO_DAYS) if staged.confirmed_at else None,
        now=clock.now(),
    )


@blueprint.post("/imports/<int:import_id>/confirm")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def confirm(import_id: int) -> ResponseReturnValue:
    """Take in what is ready, all at once."""
    version = _read_version()
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
    version = _read_version()
    discard_import(writing(), actor=current_actor(), import_id=import_id, expected_version=version)
    flash_sentence("import_discarded")
    return redirect(url_for("coordinators.list_imports"), 303)


@blueprint.post("/imports/<int:import_id>/undo")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def undo(import_id: int) -> ResponseReturnValue:
    """Take the newest file back; what people have done since stays."""
    version = _read_version()
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


@blueprint.post("/imports/<int:import_id>/rows/<int:row_id>")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def decide(import_id: int, row_id: int) -> ResponseReturnValue:
    """She has looked at a waiting row: a new person, one on her list, or left out."""
    choice, _, record = request.form.get("choice", "").partition("-")
    if choice not in CHOICES or (choice == "same" and not _is_number(record)):
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


def _read_version() -> int:
    text = request.form.get("version", "")
    if not _is_number(text):
        raise Refused("version_missing")
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9
