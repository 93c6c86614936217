"""A file is uploaded and read at once, left to the job if it is long, or refused in words."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.permissions import Permission
from roster.queries.imports import list_imports_of
from roster.queries.records import visible_networks
from roster.services.import_choices import load_choices
from roster.services.imports import stage_import
from roster.services.reading_files import NO_TABLE, is_long, queue_import
from roster.services.shown_layouts import keep_unrecognised
from roster.spreadsheets import ReadResult, SpreadsheetRefused, read_spreadsheet
from roster.spreadsheets.refusals import MAX_FILE_BYTES
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.pages import current_wording, render
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
    content, file_name = upload.read(), upload.filename[:LONGEST_FILE_NAME]
    if is_long(content) and len(content) <= MAX_FILE_BYTES:
        return _queue(network, file_name, content)
    try:
        result = read_spreadsheet(
            content,
            file_name=file_name,
            network=network,
            reference_day=clock.now().date(),
            choices=load_choices(reading(), network),
        )
    except SpreadsheetRefused as refusal:
        kept = _keep_unrecognised(network, file_name, content) if refusal.code == NO_TABLE else None
        if kept is not None:
            return kept
        advice = word_problem(wording, refusal.code, refusal.values)
        return _list_page(f"{advice.what} {advice.do}", network), 422
    return _stage(network, file_name, content, result)


def _keep_unrecognised(network: str, file_name: str, content: bytes) -> ResponseReturnValue | None:
    staged = keep_unrecognised(
        writing(),
        actor=current_actor(),
        network_code=network,
        file_name=file_name,
        content=content,
    )
    if staged is None:
        return None
    return redirect(url_for("coordinators.show_import", import_id=staged.id), 303)


def _queue(network: str, file_name: str, content: bytes) -> ResponseReturnValue:
    staged = queue_import(
        writing(),
        actor=current_actor(),
        network_code=network,
        file_name=file_name,
        content=content,
    )
    return redirect(url_for("coordinators.show_import", import_id=staged.id), 303)


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
