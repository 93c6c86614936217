"""A file whose headings nobody recognised waits until a person shows them; then it is read so."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.models import SpreadsheetImport
from roster.permissions import Actor
from roster.services.import_choices import keep_new_columns
from roster.services.imports import audit_import, check_state, open_import
from roster.services.reading_files import NO_TABLE, queue_import
from roster.spreadsheets import FIELDS
from roster.spreadsheets.hand_layouts import list_headings, sketch_file


def keep_unrecognised(
    session: Session, *, actor: Actor, network_code: str, file_name: str, content: bytes
) -> SpreadsheetImport | None:
    """Keep a short file without headings that were recognised, until a person shows them.

    None where nothing of it could be shown.
    """
    sketch = sketch_file(content, file_name=file_name)
    if sketch is None or not sketch["lines"]:
        return None
    staged = queue_import(
        session,
        actor=actor,
        network_code=network_code,
        file_name=file_name,
        content=content,
    )
    staged.state = "failed"
    staged.summary = {"refused": NO_TABLE, "values": {}, "sketch": sketch}
    session.flush()
    return staged


def show_layout(
    session: Session,
    *,
    actor: Actor,
    import_id: int,
    expected_version: int,
    heading_row: int,
    columns: Mapping[str, str],
) -> SpreadsheetImport:
    """She has shown where the headings stand and what the columns mean: it is read again so.

    ``columns``: key of a column -> field; headings without a decision are kept with it for the next
    files. Refused where no column holds a name, or the line was not shown.
    """
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "failed")
    sketch = staged.summary.get("sketch")
    if sketch is None:
        raise Refused("import_already_decided")
    if heading_row and heading_row not in {number for number, _ in sketch["lines"]}:
        raise Refused("line_not_shown", row=heading_row)
    if not set(columns) <= set(sketch["keys"]) or not set(columns.values()) <= set(FIELDS):
        raise Refused("meaning_unknown")
    if not any(field.startswith("name") for field in columns.values()):
        raise Refused("no_name_column")
    headings = list_headings(sketch, heading_row)
    chosen = {headings[key]: field for key, field in columns.items() if key in headings}
    keep_new_columns(session, actor, staged.network_code, chosen)
    layout = {"sheet": sketch["sheet"], "heading_row": heading_row, "columns": dict(columns)}
    staged.state, staged.summary, staged.rows_read = "queued", {"layout": layout}, 0
    audit_import(session, actor, "import.layout_shown", staged, {"columns": len(columns)})
    return staged
