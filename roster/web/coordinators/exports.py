"""Her list as a file: exactly the rows and columns that the page shows, for a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask import Response, request
from flask.typing import ResponseReturnValue

from roster import clock
from roster.permissions import Permission
from roster.queries.people import ListedPerson, get_shown_details
from roster.queries.people_list import list_people
from roster.queries.person_filter import WISHES, PersonFilter
from roster.queries.records import visible_networks
from roster.schemas.export import FORMATS, ExportForm
from roster.services.exports import EXPORTS_PER_DAY, Taken, note_export
from roster.spreadsheets.written import write_csv
from roster.spreadsheets.written_workbooks import write_workbook
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.wishes import LABELS, get_whole_lists, list_kept, read_wishes
from roster.web.coordinators.words import person_line
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, render, word_errors
from roster.web.proof import needs_fresh_password
from roster.wording import N_

HEADINGS = (
    N_("Name"),
    N_("Name in her own script"),
    N_("Network"),
    N_("Her answer"),
    N_("Until"),
    N_("Tracks and languages"),
    N_("How to reach her"),
)
"""All that the file holds: what a row of the page shows, and nothing else (check X2)."""
FORMAT_WORDS = {"xlsx": N_("Workbook (XLSX)"), "csv": N_("Text file (CSV)")}
AT_ONCE = 1_000
"""Women whose details are read by one statement."""
MIME_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


@blueprint.get("/people/export")
@needs(Permission.LIST_RECORDS)
def show_export() -> ResponseReturnValue:
    """How many rows would leave, and what is asked first."""
    networks = visible_networks(reading(), current_actor())
    wanted, errors = read_wishes(request.args, networks)
    asked = {**list_kept(wanted), "network": wanted.network or networks[0]}
    page = _render(asked, errors)
    return (page, 422) if errors else page


@blueprint.post("/people/export")
@needs(Permission.LIST_RECORDS)
@needs_fresh_password
def take_export() -> ResponseReturnValue:
    """The file, if the list is still the one whose rows she was shown."""
    form = _check_wishes(read_form(ExportForm()))
    if not form.is_valid:
        return _render(form.raw, form.errors), 422
    values = form.values
    people = _list_wanted(values)
    if len(people) != values["rows"]:
        return _render(form.raw, {"rows": ["list_changed"]}), 409
    lines = _list_lines(people)
    content = write_csv(lines) if values["format"] == "csv" else _write_workbook(lines)
    taken = Taken(values["network"], values["format"], values["reason"], len(people), content)
    note_export(writing(), actor=current_actor(), taken=taken)
    log_readings([person.mediator_id for person in people], "record", is_metered=False)
    response = Response(content, mimetype=MIME_TYPES[taken.format])
    response.headers["Content-Disposition"] = f'attachment; filename="list.{taken.format}"'
    return response


def _check_wishes(form: FormResult) -> FormResult:
    """The form with what is wrong with its wishes; a network that is not hers does not exist."""
    networks = visible_networks(reading(), current_actor())
    given = {name: value for name, value in form.raw.items() if isinstance(value, str)}
    errors = {**read_wishes(given, networks)[1], **form.errors}
    if form.raw.get("network") not in networks:
        errors["network"] = ["network_missing"]
    return FormResult({}, errors, form.raw) if errors else form


def _list_wanted(asked: Mapping[str, str]) -> Sequence[ListedPerson]:
    wanted = PersonFilter(**{name: asked.get(name, "") for name in WISHES})
    found = list_people(
        reading(),
        actor=current_actor(),
        wanted=wanted,
        now=clock.now(),
        lists=get_whole_lists(),
    )
    return found.people


def _list_lines(people: Sequence[ListedPerson]) -> Iterator[list[str]]:
    wording, now = current_wording(), clock.now()
    yield [wording.gettext(heading) for heading in HEADINGS]
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        details = get_shown_details(reading(), (person.record_id for person in some))
        for person in some:
            row = person_line(wording, person, details[person.record_id], now)
            own = (row.name, row.original_name, row.network, row.state, row.until)
            yield [*own, row.detail, row.channel]


def _write_workbook(lines: Iterator[list[str]]) -> bytes:
    wording = current_wording()
    is_right_to_left = wording.direction == "rtl"
    return write_workbook(lines, sheet_name="1", is_right_to_left=is_right_to_left)


def _render(asked: dict[str, str], errors: dict[str, list[str]] | None = None) -> str:
    wording = current_wording()
    networks = visible_networks(reading(), current_actor())
    faults = errors or {}
    known = {name: asked.get(name, "") if name not in faults else "" for name in WISHES}
    return render(
        "coordinators/export.html",
        asked={**asked, **known},
        wishes=[(name, known.get(name, "")) for name in WISHES if name != "network"],
        networks=[(code, wording.term("network", code)) for code in networks],
        rows=len(_list_wanted(known)) if known["network"] else 0,
        headings=wording.list_plain([wording.gettext(heading) for heading in HEADINGS]),
        formats=[(code, wording.gettext(FORMAT_WORDS[code])) for code in FORMATS],
        limit=EXPORTS_PER_DAY,
        errors=word_errors(faults),
        labels={name: wording.gettext(label) for name, label in LABELS.items()},
    )
