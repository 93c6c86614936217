"""Figures for donors: one page and one sheet of what her network, or all together, did in a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Response, request
from flask.typing import ResponseReturnValue

from roster import clock
from roster.local_days import local_day
from roster.permissions import Permission
from roster.queries.records import visible_networks
from roster.schemas.export import FORMATS
from roster.schemas.figures import ALL_NETWORKS, FiguresExportForm
from roster.services.exports import EXPORTS_PER_DAY, Taken, note_export
from roster.services.figures import FigureReport, work_out_figures
from roster.spreadsheets.written import write_csv
from roster.spreadsheets.written_workbooks import write_workbook
from roster.vocabulary.published_series import load_published_shares
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.exports import FORMAT_WORDS, MIME_TYPES
from roster.web.coordinators.figure_words import word_label, word_measure, word_section, word_series
from roster.web.forms import FormResult, read_form
from roster.web.index import get_bits
from roster.web.pages import current_wording, render, word_errors
from roster.web.proof import needs_fresh_password
from roster.wording import N_

HEADINGS = (N_("Section"), N_("Figure"), N_("Value"), N_("Period"), N_("Source"))
OWN_SOURCE = N_("this roster")
SINCE_DAYS = frozenset({"availability", "gender_women"})
"""Sections and lines that are of one day and not of the year."""


@dataclass(frozen=True)
class FigureWords:
    """A line in words: for the network itself, and as it is passed on."""

    section_code: str
    section: str
    label: str
    own: str
    passed_on: str
    period: str


@blueprint.get("/figures")
@needs(Permission.LIST_RECORDS)
def show_figures() -> str:
    """The figures of one of her networks, or of all together; nothing is changed here."""
    return _render({"network": _choose_network(request.args.get("network", ""))})


@blueprint.post("/figures/export")
@needs(Permission.LIST_RECORDS)
@needs_fresh_password
def take_figures() -> ResponseReturnValue:
    """The sheet: what the page shows as passed on, line by line."""
    form = read_form(FiguresExportForm())
    asked = form.raw.get("network", "")
    if asked != _choose_network(asked):
        form = FormResult({}, {**form.errors, "network": ["network_missing"]}, form.raw)
    if not form.is_valid:
        return _render({**form.raw, "network": _choose_network(asked)}, form.errors), 422
    values = form.values
    lines = list(_list_lines(_word_report(_work_out(asked))))
    if len(lines) - 1 != values["rows"]:
        return _render(form.raw, {"rows": ["list_changed"]}), 409
    content = write_csv(lines) if values["format"] == "csv" else _write_workbook(lines)
    # what is said of all networks leaves in the name of the office that takes it
    office = asked if asked != ALL_NETWORKS else visible_networks(reading(), current_actor())[0]
    taken = Taken(office, values["format"], values["reason"], len(lines) - 1, content, "figures")
    note_export(writing(), actor=current_actor(), taken=taken)
    response = Response(content, mimetype=MIME_TYPES[taken.format])
    response.headers["Content-Disposition"] = f'attachment; filename="figures.{taken.format}"'
    return response


def _choose_network(asked: str) -> str:
    """The network asked, if it is hers, or all; otherwise her first."""
    networks = visible_networks(reading(), current_actor())
    return asked if asked in (*networks, ALL_NETWORKS) else networks[0]


def _work_out(asked: str) -> FigureReport:
    network, now = None if asked == ALL_NETWORKS else asked, clock.now()
    return work_out_figures(
        reading(),
        actor=current_actor(),
        network=network,
        bits=get_bits(network).at(reading(), now=now),
        now=now,
    )


def _word_report(report: FigureReport) -> list[FigureWords]:
    wording = current_wording()
    today = wording.date(local_day(report.until, "UTC"))
    year = wording.gettext(
        "%(since)s to %(until)s", since=wording.date(local_day(report.since, "UTC")), until=today
    )
    return [
        FigureWords(
            one.section,
            word_section(wording, one.section),
            word_label(wording, one),
            word_measure(wording, one.own) if one.own is not None else "",
            word_measure(wording, one.passed_on),
            today if {one.section, one.code} & SINCE_DAYS else year,
        )
        for one in report.figures
    ]


def _list_lines(figures: list[FigureWords]) -> Iterator[list[str]]:
    wording = current_wording()
    yield [wording.gettext(heading) for heading in HEADINGS]
    source = wording.gettext(OWN_SOURCE)
    for one in figures:
        yield [one.section, one.label, one.passed_on, one.period, source]
    section = word_section(wording, "share")
    for published in load_published_shares():
        words = word_series(wording, published)
        said = wording.list_plain([words.years, words.scope])
        yield [section, words.label, words.value, said, words.source]


def _write_workbook(lines: list[list[str]]) -> bytes:
    is_right_to_left = current_wording().direction == "rtl"
    return write_workbook(lines, sheet_name="1", is_right_to_left=is_right_to_left)


def _render(asked: dict[str, str], errors: dict[str, list[str]] | None = None) -> str:
    wording = current_wording()
    report = _work_out(asked["network"])
    figures = _word_report(report)
    networks = visible_networks(reading(), current_actor())
    return render(
        "coordinators/figures.html",
        asked=asked,
        network=report.network_code,
        networks=[
            *((code, wording.term("network", code)) for code in networks),
            (ALL_NETWORKS, wording.gettext(N_("All networks together"))),
        ],
        since=local_day(report.since, "UTC"),
        until=local_day(report.until, "UTC"),
        sections=[
            (code, list(some)) for code, some in groupby(figures, key=lambda one: one.section_code)
        ],
        series=[word_series(wording, one) for one in load_published_shares()],
        rows=len(list(_list_lines(figures))) - 1,
        formats=[(code, wording.gettext(FORMAT_WORDS[code])) for code in FORMATS],
        limit=EXPORTS_PER_DAY,
        errors=word_errors(errors or {}),
    )
