"""The form by which a coordinator changes her network's record of a woman."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from matching.facts import Grade
from roster import clock
from roster.models import Entry, Record
from roster.permissions import Permission
from roster.queries.records import entries_of, get_person, record_subject
from roster.schemas.record import LanguageRow, RecordForm
from roster.services.records import (
    IDENTITY_FIELDS,
    MEMBERSHIP_FIELDS,
    RecordChange,
    WantedEntry,
    change_record,
)
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.words import LEVEL_SKILLS
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, render, term_options, word_errors

CODE_FIELDS = ("nationality", "track", "role_held", "theme", "place")
CONFIRMABLE = {"track": "track", "role_held": "role", "theme": "theme", "place": "country"}
"""Fields whose entries a coordinator may confirm, and the vocabulary of their codes."""
BLANK_LANGUAGES = 2
"""Empty rows for languages that are not there yet."""
NOTHING_SAID: Mapping[str, Any] = dict.fromkeys(RecordForm().fields)
NO_LANGUAGE: Mapping[str, Any] = {**dict.fromkeys(LanguageRow().fields), "is_confirmed": False}
EDITED = frozenset({*CODE_FIELDS, "residence", "birth_year", "seniority", "language", "note"})


@blueprint.get("/people/<int:record_id>/edit")
@needs(Permission.EDIT_RECORD, record_subject)
def edit_person(record_id: int) -> str:
    """The form with what the record says now."""
    person = get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())
    values = _values_of(person.record)
    membership = person.membership
    for name in MEMBERSHIP_FIELDS:
        values[name] = getattr(membership, name) if membership else None
    return _form(person.record, values, {})


@blueprint.post("/people/<int:record_id>/edit")
@needs(Permission.EDIT_RECORD, record_subject)
def change_person(record_id: int) -> Response | tuple[str, int]:
    """Save the form; a wrong field is said beside it and nothing that was typed is lost."""
    person = get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())
    form = read_form(RecordForm())
    if not form.is_valid:
        return _form(person.record, _typed(form), word_errors(form.errors)), 400
    change_record(
        writing(),
        actor=current_actor(),
        record_id=record_id,
        expected_version=form.values["version"],
        change=_as_change(form.values, person.record),
    )
    flash(current_wording().gettext("Saved."), "yes")
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)


def _form(record: Record, values: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    rows = [*values["languages"], *({} for _ in range(BLANK_LANGUAGES))]
    return render(
        "coordinators/edit.html",
        record=record,
        values={**NOTHING_SAID, **values},
        language_rows=[{**NO_LANGUAGE, **row} for row in rows],
        errors=errors,
        level_skills=LEVEL_SKILLS,
        levels=term_options("level"),
        tracks=term_options("track"),
        roles=term_options("role"),
        themes=term_options("theme"),
        seniorities=term_options("seniority"),
        states=term_options("accreditation_state"),
        confirmable=_confirmable(record),
    )


def _typed(form: FormResult) -> dict[str, Any]:
    return {"languages": [], **form.raw}


def _values_of(record: Record) -> dict[str, Any]:
    wording = current_wording()
    values: dict[str, Any] = {name: getattr(record.identity, name) for name in IDENTITY_FIELDS}
    for field in ("track", "role_held", "theme"):
        values[field] = [entry.code for entry in entries_of(record, field)]
    for field in ("nationality", "residence", "place"):
        names = (wording.term("country", entry.code) for entry in entries_of(record, field))
        values[field] = ", ".join(names)
    values["birth_year"] = _first(record, "birth_year", lambda e: e.detail.get("number"))
    values["seniority"] = _first(record, "seniority", lambda e: e.code)
    values["note"] = _first(record, "note", lambda e: e.sealed)
    values["languages"] = [_language_values(entry) for entry in entries_of(record, "language")]
    return values


def _first(record: Record, field: str, read: Any) -> Any:
    return next((read(entry) for entry in entries_of(record, field)), None)


def _language_values(entry: Entry) -> dict[str, Any]:
    name = current_wording().term("language", entry.code)
    return {**entry.detail, "language": name, "is_confirmed": entry.grade >= Grade.CONFIRMED}


def _confirmable(record: Record) -> list[tuple[str, str]]:
    """Entries not confirmed yet: the name of the control's value and the words beside it."""
    wording = current_wording()
    return [
        (f"{field}:{entry.code}", wording.term(kind, entry.code))
        for field, kind in CONFIRMABLE.items()
        for entry in entries_of(record, field)
        if entry.grade < Grade.CONFIRMED
    ]


def _as_change(values: Mapping[str, Any], record: Record) -> RecordChange:
    return RecordChange(
        identity={name: values.get(name) for name in IDENTITY_FIELDS},
        membership={name: values.get(name) for name in MEMBERSHIP_FIELDS if name != "category"},
        entries=tuple(_wanted_entries(values, record)),
        fields=EDITED,
    )


def _wanted_entries(values: Mapping[str, Any], record: Record) -> list[WantedEntry]:
    confirmed = set(values.get("confirm", ()))
    held = {(entry.field, entry.code): entry.detail for entry in record.entries}
    entries = [
        WantedEntry(
            field, code, held.get((field, code), {}), confirm=f"{field}:{code}" in confirmed
        )
        for field in CODE_FIELDS
        for code in values.get(field, ())
    ]
    entries += [_wanted_language(row) for row in values.get("languages", ())]
    for field in ("residence", "seniority"):
        if values.get(field):
            entries.append(WantedEntry(field, values[field]))
    if values.get("birth_year"):
        entries.append(WantedEntry("birth_year", detail={"number": values["birth_year"]}))
    if values.get("note"):
        entries.append(WantedEntry("note", sealed=values["note"]))
    return entries


def _wanted_language(row: Mapping[str, Any]) -> WantedEntry:
    """A level that a person gives takes the place of the free word."""
    levels = {skill: row[skill] for skill in LEVEL_SKILLS if row.get(skill)}
    detail: dict[str, Any] = dict(levels)
    if row.get("word") and not levels:
        detail["word"] = row["word"]
    if row.get("has_mediated"):
        detail["has_mediated"] = True
    return WantedEntry("language", row["language"], detail, confirm=bool(row.get("confirm")))
