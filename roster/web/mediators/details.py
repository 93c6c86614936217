"""Her own record, to read and to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.errors import NotFound
from roster.models import Entry, Record
from roster.permissions import Permission
from roster.schemas.mediator import OwnRecordForm
from roster.services.profiles import (
    change_own_record,
    choose_level,
    find_inviting_record,
    find_own_record,
)
from roster.services.records import RecordChange, WantedEntry
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import own_id, own_subject, render_hers
from roster.web.mediators.words import level_of
from roster.web.options import level_options, options_in_order, place_names
from roster.web.pages import current_wording, flash_sentence, term_options, word_errors

SPARE_ROWS = 3
LISTS = ("track", "theme", "role_held", "role_sought")
PLACES = ("nationality", "place")
FORM_FIELDS = frozenset(
    {*LISTS, *PLACES, "residence", "birth_year", "language", "seniority", "biography"}
)
"""What the form speaks of; everything else in her record is left as it is."""
IDENTITY = ("display_name", "original_name", "email", "phone", "safe_contact")


@blueprint.get("/me/details")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_details() -> str:
    """The form with what she says of herself, or with what her network holds."""
    return _render(None)


def _basis() -> tuple[Record, int]:
    """The record that the form begins with, and the version of her own one."""
    own = find_own_record(reading(), own_id())
    record = own or find_inviting_record(reading(), own_id())
    if record is None:
        raise NotFound
    return record, own.version if own else 0


def _render(form: FormResult | None) -> str:
    record, version = _basis()
    wording = current_wording()
    given = form.raw if form else _as_form(record)
    return render_hers(
        "mediators/details.html",
        given=given,
        rows=[*given.get("languages", []), *({} for _ in range(SPARE_ROWS))],
        version=version,
        is_start=(given.get("then") or request.args.get("then")) == "start",
        levels=level_options(wording),
        tracks=options_in_order(wording, "track"),
        themes=term_options("theme"),
        roles=term_options("role"),
        seniorities=options_in_order(wording, "seniority"),
        errors=word_errors(form.errors if form else {}),
    )


def _as_form(record: Record) -> dict[str, Any]:
    wording = current_wording()
    codes = {name: _codes(record, name) for name in (*LISTS, *PLACES, "residence", "seniority")}
    return {
        **{name: getattr(record.identity, name) or "" for name in IDENTITY},
        **{name: codes[name] for name in LISTS},
        **{name: place_names(wording, codes[name]) for name in (*PLACES, "residence")},
        "seniority": next(iter(codes["seniority"]), ""),
        "birth_year": next((e.detail.get("number") for e in _of(record, "birth_year")), ""),
        "biography": next((e.sealed for e in _of(record, "biography")), ""),
        "languages": [
            {
                "language": wording.term("language", entry.code),
                "level": level_of(entry.detail),
                "word": entry.detail.get("word", ""),
            }
            for entry in _of(record, "language")
        ],
    }


def _of(record: Record, field: str) -> list[Entry]:
    return sorted((e for e in record.entries if e.field == field), key=lambda e: e.code)


def _codes(record: Record, field: str) -> list[str]:
    return [entry.code for entry in _of(record, field)]


@blueprint.post("/me/details")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_details() -> ResponseReturnValue:
    """Store what she says of herself; nothing of it is lost when something must be mended."""
    form = read_form(OwnRecordForm())
    if not form.is_valid:
        return _render(form), 422
    record, _ = _basis()
    values = form.values
    change_own_record(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=values["version"],
        change=RecordChange(
            identity={name: values.get(name) for name in IDENTITY},
            membership={},
            entries=(*_wanted(record, values), *_untouched(record)),
            fields=FORM_FIELDS | {entry.field for entry in _untouched(record)},
        ),
    )
    flash_sentence("details_saved")
    if values.get("then") == "start":
        return redirect(url_for("mediators.start_record"), 303)
    return redirect(url_for("mediators.show_details"), 303)


def _untouched(record: Record) -> list[WantedEntry]:
    """Fields without a control, which a first own record takes over from her network's."""
    if record.network_code is None:
        return []
    kept = ("phase", "days_per_month", "experience_years")
    return [
        WantedEntry(entry.field, entry.code, entry.detail, entry.sealed)
        for entry in record.entries
        if entry.field in kept
    ]


def _wanted(record: Record, values: Mapping[str, Any]) -> Iterable[WantedEntry]:
    """The entries that the form makes; what it does not ask of a known one (depth) stays."""
    held = {(entry.field, entry.code): entry.detail for entry in record.entries}
    for field in (*LISTS, *PLACES):
        for code in dict.fromkeys(values.get(field, ())):
            yield WantedEntry(field, code, held.get((field, code), {}))
    for field in ("residence", "seniority"):
        if values.get(field):
            yield WantedEntry(field, values[field], held.get((field, values[field]), {}))
    if values.get("birth_year"):
        yield WantedEntry("birth_year", "", {"number": values["birth_year"]})
    if values.get("biography"):
        yield WantedEntry("biography", "", {}, values["biography"])
    languages = {row["language"]: row.get("level") for row in values.get("languages", ())}
    for code, level in languages.items():
        detail = choose_level(held.get(("language", code), {}), level)
        yield WantedEntry("language", code, detail)
