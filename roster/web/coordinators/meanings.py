"""What headings and words of a file mean: she decides once, and it holds for her network's files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.models import SpreadsheetImport
from roster.permissions import Permission
from roster.queries.import_choices import (
    choice_subject,
    list_column_choices,
    list_word_choices,
)
from roster.queries.imports import get_import, import_subject
from roster.queries.records import visible_networks
from roster.services.import_choices import decide_meanings, forget_choice
from roster.spreadsheets import FIELDS
from roster.spreadsheets.choices import KINDS
from roster.vocabulary import load_vocabulary
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.import_words import FIELDS as FIELD_WORDS
from roster.web.coordinators.meaning_words import (
    ASKED,
    LEAVE,
    HeadingLine,
    WordLine,
    heading_lines,
    word_lines,
)
from roster.web.coordinators.versions import read_version
from roster.web.pages import current_wording, flash_sentence, render
from roster.wording.codes import word_code

Answers = Mapping[str, str]


@blueprint.get("/imports/<int:import_id>/meanings")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def show_meanings(import_id: int) -> ResponseReturnValue:
    """The headings and words of one file, each with what it may stand for."""
    staged = get_import(reading(), actor=current_actor(), import_id=import_id)
    if staged.state != "read":
        return redirect(url_for("coordinators.show_import", import_id=import_id), 303)
    return _page(staged, {}, {})


def _page(staged: SpreadsheetImport, given: Answers, errors: Mapping[str, str]) -> str:
    wording = current_wording()
    words = word_lines(wording, staged.summary)
    shown = sum(len(lines) for lines in words.values())
    in_all = len(staged.summary.get("words", ())) + staged.summary.get("more_words", 0)
    return render(
        "coordinators/import_meanings.html",
        staged=staged,
        headings=heading_lines(wording, staged.summary),
        words=[(wording.gettext(ASKED[asked]), lines) for asked, lines in words.items()],
        more=in_all - shown,
        given=given,
        errors=errors,
        labels={line.name: line.word for lines in words.values() for line in lines},
    )


@blueprint.post("/imports/<int:import_id>/meanings")
@needs(Permission.IMPORT_SPREADSHEET, import_subject)
def decide_file_meanings(import_id: int) -> ResponseReturnValue:
    """Keep what she has decided, and read the file again by it."""
    version, wording = read_version(), current_wording()
    staged = get_import(reading(), actor=current_actor(), import_id=import_id)
    words, errors = _read_words(
        line for lines in word_lines(wording, staged.summary).values() for line in lines
    )
    if errors:
        return _page(staged, request.form.to_dict(), errors), 422
    columns = _read_columns(heading_lines(wording, staged.summary))
    decide_meanings(
        writing(),
        actor=current_actor(),
        import_id=import_id,
        expected_version=version,
        columns=columns,
        words=words,
    )
    flash(
        wording.ngettext(
            "%(num)d decision is kept for your next files.",
            "%(num)d decisions are kept for your next files.",
            len(columns) + len(words),
        ),
        "yes",
    )
    return redirect(url_for("coordinators.show_import", import_id=import_id), 303)


def _read_columns(lines: Iterable[HeadingLine]) -> dict[str, str | None]:
    """The headings that she wants read otherwise than they are now."""
    chosen = {}
    for line in lines:
        answer = request.form.get(line.name, "")
        if answer not in {"", line.field}:
            chosen[line.header] = None if answer == LEAVE else answer
    return chosen


def _read_words(
    lines: Iterable[WordLine],
) -> tuple[dict[tuple[str, str], str | None], dict[str, str]]:
    """The words that she has decided on, and what could not be understood of her answers."""
    chosen: dict[tuple[str, str], str | None] = {}
    errors = {}
    for line in lines:
        written = request.form.get(f"{line.name}-written", "").strip()
        answer = request.form.get(line.name, "")
        if written:
            found = load_vocabulary().find(written[:200], KINDS[line.asked])
            if found is None:
                errors[line.name] = word_code(current_wording(), f"unknown_word:{written[:200]}")
                continue
            answer = found.code
        if answer:
            chosen[line.asked, line.word] = None if answer == LEAVE else answer
    return chosen, errors


def _label_field(field: str | None) -> str:
    """The name of a field, in English; a heading of none is passed over."""
    return FIELD_WORDS[field if field in FIELDS else "ignore"]


@blueprint.get("/imports/meanings")
@needs(Permission.IMPORT_SPREADSHEET)
def list_meanings() -> str:
    """What was decided for the files of her networks, to be read and to be forgotten."""
    wording, networks = current_wording(), visible_networks(reading(), current_actor())
    nothing = wording.gettext("Left as it is")
    columns = [
        (choice, choice.heading, wording.gettext(_label_field(choice.field)))
        for choice in list_column_choices(reading(), networks)
    ]
    words = [
        (
            choice,
            choice.word,
            wording.term(KINDS[choice.field], choice.meaning["code"])
            if choice.meaning
            else nothing,
        )
        for choice in list_word_choices(reading(), networks)
    ]
    return render("coordinators/import_choices.html", columns=columns, words=words, asked=ASKED)


@blueprint.post("/imports/meanings/<kind>/<int:choice_id>/forget")
@needs(Permission.IMPORT_SPREADSHEET, choice_subject)
def forget_meaning(kind: str, choice_id: int) -> ResponseReturnValue:
    """Ask again at the next file."""
    version = read_version()
    forget_choice(
        writing(),
        actor=current_actor(),
        kind=kind,
        choice_id=choice_id,
        expected_version=version,
    )
    flash_sentence("meaning_forgotten")
    return redirect(url_for("coordinators.list_meanings"), 303)
