"""Where the headings of a file stand that nobody recognised, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Refused
from roster.models import SpreadsheetImport
from roster.permissions import Permission
from roster.queries.imports import get_import, import_subject
from roster.services.shown_layouts import show_layout
from roster.spreadsheets import FIELDS
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.import_words import FIELDS as FIELD_WORDS
from roster.web.coordinators.versions import is_number, read_version
from roster.web.pages import current_wording, render
from roster.wording.codes import word_code


@blueprint.get("/imports/<int:import_id>/layout")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def show_layout_form(import_id: int) -> ResponseReturnValue:
    """The first lines of the file, and what is asked about them."""
    staged = get_import(reading(), actor=current_actor(), import_id=import_id)
    if "sketch" not in staged.summary:
        return redirect(url_for("coordinators.show_import", import_id=import_id), 303)
    return _page(staged, {}, {})


def _page(staged: SpreadsheetImport, given: Mapping[str, str], errors: Mapping[str, str]) -> str:
    wording, sketch = current_wording(), staged.summary["sketch"]
    rows = [(str(number), _name_line(number, line)) for number, line in sketch["lines"]]
    return render(
        "coordinators/import_layout.html",
        staged=staged,
        lines=sketch["lines"],
        columns=sketch["keys"],
        samples={key: _sample(sketch["lines"], place) for place, key in enumerate(sketch["keys"])},
        rows=[*rows, ("0", wording.gettext("The list has no headings"))],
        options=[(code, wording.gettext(FIELD_WORDS[code])) for code in FIELDS],
        given=given,
        errors=errors,
        labels={"row": wording.gettext("My headings are in")},
    )


LONGEST_LINE = 50


def _name_line(number: int, line: list[str]) -> str:
    text = " · ".join(filter(None, line))
    return f"{number}: {text[:LONGEST_LINE]}{'…' if len(text) > LONGEST_LINE else ''}"


def _sample(lines: list[tuple[int, list[str]]], place: int) -> str:
    """The last text of a column that is shown: the first ones may be titles."""
    return next((line[place] for _, line in reversed(lines) if line[place]), "")


@blueprint.post("/imports/<int:import_id>/layout")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def keep_layout(import_id: int) -> ResponseReturnValue:
    """Read the file so; what is missing is said beside the form."""
    version, wording = read_version(), current_wording()
    staged = get_import(reading(), actor=current_actor(), import_id=import_id)
    row = request.form.get("row", "")
    chosen = {
        key: request.form.get(f"column-{key}", "")
        for key in staged.summary.get("sketch", {}).get("keys", ())
    }
    try:
        show_layout(
            writing(),
            actor=current_actor(),
            import_id=import_id,
            expected_version=version,
            heading_row=_read_row(row),
            columns={key: field for key, field in chosen.items() if field},
        )
    except Refused as refusal:
        is_about_form = refusal.code in {"line_not_shown", "no_name_column"}
        if not is_about_form or "sketch" not in staged.summary:
            raise  # a file that is read already has nothing to show
        error = word_code(wording, refusal.code)
        return _page(staged, request.form.to_dict(), {"row": error}), 422
    return redirect(url_for("coordinators.show_import", import_id=import_id), 303)


def _read_row(text: str) -> int:
    if not is_number(text):
        raise Refused("line_not_shown")
    return int(text)
