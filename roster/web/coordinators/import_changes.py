"""What a file would change on the list, row by row, before anything is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.imports import get_import, import_subject
from roster.queries.people import get_names
from roster.services.import_differences import Difference, RowDifferences, list_differences
from roster.services.imported_values import ImportedAvailability
from roster.services.imports import count_outcomes
from roster.web.access import current_actor, needs, reading
from roster.web.coordinators import blueprint
from roster.web.pages import current_wording, render
from roster.web.person_words import FIELDS, word_since
from roster.wording import N_, Wording

PAGE_SIZE = 25
LABELS = {
    "display_name": N_("Name"),
    "original_name": N_("In her script"),
    "title": N_("Title"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "since": N_("Member since"),
    "antenna": N_("Antenna"),
    "language": N_("Languages"),
    "other_network": N_("Networks"),
    "availability": N_("Availability"),
}
KINDS = {"language": "language", "other_network": "network"}


@dataclass(frozen=True)
class ChangeLine:
    """One value: its field, what stands now, what the file says, and whether that is taken."""

    label: str
    before: str
    after: str
    is_taken: bool


@blueprint.get("/imports/<int:import_id>/changes")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def show_changes(import_id: int) -> ResponseReturnValue:
    """Per woman on the list: what the file says differently, old beside new."""
    wording = current_wording()
    staged = get_import(reading(), actor=current_actor(), import_id=import_id)
    if staged.state != "read":
        return redirect(url_for("coordinators.show_import", import_id=import_id), 303)
    count = count_outcomes(reading(), import_id).updated
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    found = list_differences(
        reading(),
        actor=current_actor(),
        staged=staged,
        first=(page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return render(
        "coordinators/import_changes.html",
        staged=staged,
        names=get_names(reading(), {one.record_id for one in found}),
        rows=[(one, _list_lines(wording, one)) for one in found],
        count=count,
        page=page,
        pages=pages,
    )


def _list_lines(wording: Wording, row: RowDifferences) -> list[ChangeLine]:
    return [_line(wording, difference) for difference in row.differences]


def _line(wording: Wording, one: Difference) -> ChangeLine:
    kind, label = FIELDS.get(one.field, ("", LABELS.get(one.field, one.field)))
    kind = KINDS.get(one.field, kind)
    before = one.before if one.is_taken else one.stands
    return ChangeLine(
        label=wording.gettext(label),
        before=_word(wording, one, kind, before),
        after=_word(wording, one, kind, one.after),
        is_taken=one.is_taken,
    )


def _word(wording: Wording, one: Difference, kind: str, value: Any) -> str:
    """A value in words; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, ImportedAvailability):
        return _word_availability(wording, value)
    if isinstance(value, str):
        return word_since(wording, value) if one.field == "since" else value
    detail, sealed = value
    if sealed:
        return str(sealed)
    name = wording.term(kind, one.code) if kind else ""
    return wording.list_parts([part for part in (name, _word_detail(wording, one, detail)) if part])


def _word_detail(wording: Wording, one: Difference, detail: dict[str, Any]) -> str:
    if one.field == "unmapped":
        return wording.list_parts(str(word) for words in detail.values() for word in words)
    if "number" in detail:
        return str(detail["number"])
    if "speaking" in detail:
        return wording.term("level", detail["speaking"])
    return str(detail.get("word", ""))


def _word_availability(wording: Wording, said: ImportedAvailability) -> str:
    parts = [wording.term("availability_status", said.status)]
    if said.window_from:
        parts.append(wording.gettext("from %(day)s", day=wording.date(said.window_from)))
    if said.window_to:
        parts.append(wording.gettext("to %(day)s", day=wording.date(said.window_to)))
    return wording.list_plain(parts)
