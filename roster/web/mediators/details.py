"""Her own record, to read and to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.errors import NotFound
from roster.models import Entry, Record
from roster.permissions import Permission
from roster.queries.held import list_held
from roster.schemas.mediator import OwnRecordForm
from roster.services.profile_changes import list_differences, preview_own_record, say_record
from roster.services.profiles import (
    change_own_record,
    choose_level,
    find_inviting_record,
    find_own_record,
)
from roster.services.records import RecordChange, WantedEntry
from roster.vocabulary.used_codes import list_stored, read_code
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.change_words import (
    ChangeLine,
    carry,
    word_changes,
    word_differences,
)
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


def _render(form: FormResult | None, *, is_same: bool = False) -> str:
    """The form; ``is_same``: what she sent is what is stored."""
    record, version = _basis()
    wording = current_wording()
    given = form.raw if form else _as_form(record)
    return render_hers(
        "mediators/details.html",
        given=given,
        rows=[*given.get("languages", []), *({} for _ in range(SPARE_ROWS))],
        version=version if form is None or "version" in form.errors else given["version"],
        is_same=is_same,
        differences=_find_differences(record),
        is_start=(given.get("then") or request.args.get("then")) == "start",
        levels=level_options(wording),
        tracks=options_in_order(wording, "track"),
        themes=term_options("theme", held=given.get("theme", ())),
        roles=term_options(
            "role", held=[*given.get("role_held", ()), *given.get("role_sought", ())]
        ),
        seniorities=options_in_order(wording, "seniority"),
        errors=word_errors(form.errors if form else {}),
    )


def _find_differences(record: Record) -> list[ChangeLine]:
    """What her networks say otherwise than her own record; nothing before she has one."""
    if record.network_code is not None:
        return []
    wording, own = current_wording(), say_record(record)
    return [
        line
        for held in list_held(reading(), actor=current_actor(), mediator_id=own_id())
        if held.record is not None and not held.is_left
        for line in word_differences(
            wording, held.network_code, list_differences(say_record(held.record), own)
        )
    ]


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
    return list(dict.fromkeys(read_code(field, entry.code) for entry in _of(record, field)))


@blueprint.post("/me/details")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_details() -> ResponseReturnValue:
    """First show what would change, then store it; nothing is lost when something must be mended.

    On the pages of her invitation it is stored at once: the page that follows shows all of it.
    """
    form = read_form(OwnRecordForm())
    if not form.is_valid:
        return _render(form), 422
    values = form.values
    is_start = values.get("then") == "start"
    if values.get("do") == "edit":
        return _render(form)
    if values.get("do") != "save" and not is_start:
        return _show_changes(form)
    change_own_record(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=values["version"],
        change=_as_change(values),
    )
    flash_sentence("details_saved")
    place = "mediators.start_record" if is_start else "mediators.show_details"
    return redirect(url_for(place), 303)


def _show_changes(form: FormResult) -> str:
    changes = preview_own_record(
        reading(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=form.values["version"],
        change=_as_change(form.values),
    )
    if not changes:
        return _render(form, is_same=True)
    return render_hers(
        "mediators/changes.html",
        changes=word_changes(current_wording(), changes),
        carried=carry(form.raw),
    )


def _as_change(values: Mapping[str, Any]) -> RecordChange:
    record, _ = _basis()
    return RecordChange(
        identity={name: values.get(name) for name in IDENTITY},
        membership={},
        entries=(*_wanted(record, values), *_untouched(record)),
        fields=FORM_FIELDS | {entry.field for entry in _untouched(record)},
    )


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
        for chosen in dict.fromkeys(values.get(field, ())):
            for code in list_stored(held, field, chosen):
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
