"""The coverage matrix of a document's team as a workbook: by code, for the team's own use."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from roster import clock
from roster.documents import Woman, list_matrix
from roster.documents.words import Matrix
from roster.errors import Ended
from roster.models import Document
from roster.permissions import Permission
from roster.queries.documents import find_own_copy, get_document, get_document_subject, is_over
from roster.schemas.document import TeamSheetForm
from roster.services.exports import EXPORTS_PER_DAY, Taken, note_team_sheet
from roster.services.shown_documents import Shown
from roster.spreadsheets.written_workbooks import write_workbook
from roster.web.access import current_actor, needs, reading, writing
from roster.web.document_pages import note_looks, read_document
from roster.web.envoys import blueprint
from roster.web.forms import read_form
from roster.web.pages import current_wording, render, word_errors
from roster.web.proof import needs_fresh_password

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/documents/<document_code>/matrix")
@needs(Permission.READ_REQUEST, get_document_subject)
def show_matrix(document_code: str) -> ResponseReturnValue:
    """What the sheet would hold, and what is asked first."""
    document = _get_live(document_code)
    return _render(document, _read(document))


@blueprint.post("/documents/<document_code>/matrix")
@needs(Permission.EDIT_REQUEST, get_document_subject)
@needs_fresh_password
def take_matrix(document_code: str) -> ResponseReturnValue:
    """The sheet, if it still has the rows that were shown."""
    document = _get_live(document_code)
    shown, form = _read(document), read_form(TeamSheetForm())
    if not form.is_valid:
        return _render(document, shown, form.raw, form.errors), 422
    lines = _list_lines(_make_matrix(shown))
    if len(lines) - 1 != form.values["rows"]:
        return _render(document, shown, form.raw, {"rows": ["list_changed"]}), 409
    is_right_to_left = current_wording().direction == "rtl"
    content = write_workbook(lines, sheet_name="1", is_right_to_left=is_right_to_left)
    taken = Taken(None, "xlsx", form.values["reason"], len(lines) - 1, content, "team_sheet")
    note_team_sheet(writing(), actor=current_actor(), document_id=document.id, taken=taken)
    note_looks(shown)
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="team.xlsx"'
    return response


def _get_live(document_code: str) -> Document:
    document = get_document(reading(), current_actor(), document_code)
    if is_over(document, clock.now()):
        raise Ended("document_ended")
    return document


def _read(document: Document) -> Shown:
    """As for any file: nobody who may be shown on the screen only."""
    return read_document(document, find_own_copy(document), on_screen=False)


def _make_matrix(shown: Shown) -> Matrix | None:
    women: tuple[Woman, ...] = shown.issue.chosen
    return list_matrix(current_wording(), women)


def _list_lines(matrix: Matrix | None) -> list[list[str]]:
    if matrix is None:
        return [[]]
    lines = [[label, *(cell.text for cell in cells), held] for label, cells, held in matrix.lines]
    return [list(matrix.heads), *lines]


def _render(
    document: Document,
    shown: Shown,
    given: dict[str, str] | None = None,
    errors: dict[str, list[str]] | None = None,
) -> str:
    return render(
        "envoys/team_sheet.html",
        document=document,
        request_code=shown.issue.request_code,
        matrix=_make_matrix(shown),
        given=given or {},
        limit=EXPORTS_PER_DAY,
        errors=word_errors(errors or {}),
    )
