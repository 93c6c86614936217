"""Between a record and the form of it: what the controls hold, and what a sent form asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from matching.facts import Grade
from roster.models import Entry, Record
from roster.queries.records import Person, entries_of
from roster.schemas.record import LanguageRow, RecordForm
from roster.services.records import (
    IDENTITY_FIELDS,
    MEMBERSHIP_FIELDS,
    RecordChange,
    WantedEntry,
)
from roster.vocabulary.used_codes import list_stored, read_code
from roster.web.person_words import LEVEL_SKILLS
from roster.wording import Wording

CODE_FIELDS = ("nationality", "track", "role_held", "theme", "place")
SINGLE_CODES = ("residence", "seniority")
CONFIRMABLE = {"track": "track", "role_held": "role", "theme": "theme", "place": "country"}
"""Fields whose entries a coordinator may confirm, and the vocabulary of their codes."""
NOTHING_SAID: Mapping[str, Any] = dict.fromkeys(RecordForm().fields)
NO_LANGUAGE: Mapping[str, Any] = {**dict.fromkeys(LanguageRow().fields), "is_confirmed": False}
EDITED = frozenset({*CODE_FIELDS, *SINGLE_CODES, "birth_year", "language", "note", "unmapped"})
"""Fields that this form speaks of; entries of all others stay as they are."""


def read_values(person: Person, wording: Wording) -> dict[str, Any]:
    """What the form's controls hold for the record as it stands."""
    record, membership = person.record, person.membership
    values: dict[str, Any] = {name: getattr(record.identity, name) for name in IDENTITY_FIELDS}
    for name in MEMBERSHIP_FIELDS:
        values[name] = getattr(membership, name) if membership else None
    for field in ("track", "role_held", "theme"):
        codes = (read_code(field, entry.code) for entry in entries_of(record, field))
        values[field] = list(dict.fromkeys(codes))
    for field in ("nationality", "residence", "place"):
        names = (wording.term("country", entry.code) for entry in entries_of(record, field))
        values[field] = ", ".join(names)
    values["birth_year"] = _first(record, "birth_year", lambda e: e.detail.get("number"))
    values["seniority"] = _first(record, "seniority", lambda e: e.code)
    values["note"] = _first(record, "note", lambda e: e.sealed)
    values["languages"] = [_read_language(e, wording) for e in entries_of(record, "language")]
    return values


def _first(record: Record, field: str, read: Callable[[Entry], Any]) -> Any:
    return next((read(entry) for entry in entries_of(record, field)), None)


def _read_language(entry: Entry, wording: Wording) -> dict[str, Any]:
    """A single level speaks for two skills, and stands in the form as these two."""
    single = entry.detail.get("level")
    spoken = {"speaking": single, "listening": single} if single else {}
    return {
        **spoken,
        **entry.detail,
        "language": wording.term("language", entry.code),
        "is_confirmed": entry.grade >= Grade.CONFIRMED,
    }


def list_confirmable(record: Record, wording: Wording) -> list[tuple[str, str]]:
    """Entries not confirmed yet: the value of their control and the words beside it."""
    return [
        (f"{field}:{entry.code}", wording.term(kind, entry.code))
        for field, kind in CONFIRMABLE.items()
        for entry in entries_of(record, field)
        if entry.grade < Grade.CONFIRMED
    ]


def list_unmapped(record: Record) -> dict[str, list[str]]:
    """Words of a list that fit no code yet, by the part of the row that they stood in."""
    entries = entries_of(record, "unmapped")
    return {
        part: [str(word) for word in words]
        for entry in entries
        for part, words in entry.detail.items()
    }


def as_change(values: Mapping[str, Any], record: Record) -> RecordChange:
    """What a valid form asks for; details that the form does not show are kept."""
    return RecordChange(
        identity={name: values.get(name) for name in IDENTITY_FIELDS},
        membership={
            name: values.get(name)
            for name in MEMBERSHIP_FIELDS
            if name != "category" and (name != "pool" or name in values)
        },
        entries=tuple(_list_wanted(values, record)),
        fields=EDITED,
    )


def _list_wanted(values: Mapping[str, Any], record: Record) -> list[WantedEntry]:
    confirmed = set(values.get("confirm", ()))
    held = {(entry.field, entry.code): entry.detail for entry in record.entries}
    singles = [(field, [values[field]]) for field in SINGLE_CODES if values.get(field)]
    lists = [(field, values.get(field, ())) for field in CODE_FIELDS]
    entries = [
        WantedEntry(
            field, code, held.get((field, code), {}), confirm=f"{field}:{code}" in confirmed
        )
        for field, codes in (*lists, *singles)
        for chosen in codes
        for code in list_stored(held, field, chosen)
    ]
    entries += [
        _as_language(row, held.get(("language", row["language"]), {}))
        for row in values.get("languages", ())
    ]
    if values.get("birth_year"):
        entries.append(WantedEntry("birth_year", detail={"number": values["birth_year"]}))
    if values.get("note"):
        entries.append(WantedEntry("note", sealed=values["note"]))
    return [*entries, *_list_unsettled(values, record)]


def _as_language(row: Mapping[str, Any], held: Mapping[str, Any]) -> WantedEntry:
    """A level that a person gives takes the place of the free word.

    An untouched language stays as it is written, so that it keeps its confirmation.
    """
    levels = {skill: row[skill] for skill in LEVEL_SKILLS if row.get(skill)}
    detail: dict[str, Any] = {k: v for k, v in held.items() if k not in _LEVEL_KEYS}
    detail |= levels
    if row.get("word") and not levels:
        detail["word"] = row["word"]
    if row.get("has_mediated"):
        detail["has_mediated"] = True
    single = held.get("level")
    if single and levels == {"speaking": single, "listening": single}:
        detail = {k: v for k, v in detail.items() if k not in levels} | {"level": single}
    return WantedEntry("language", row["language"], detail, confirm=bool(row.get("confirm")))


_LEVEL_KEYS = frozenset({*LEVEL_SKILLS, "level", "word", "has_mediated"})


def _list_unsettled(values: Mapping[str, Any], record: Record) -> list[WantedEntry]:
    """The words of a list that she has not dealt with yet."""
    settled = set(values.get("settled", ()))
    left = {part: words for part, words in list_unmapped(record).items() if part not in settled}
    has_sealed = any(entry.sealed for entry in entries_of(record, "unmapped"))
    if not left and not has_sealed:
        return []
    sealed = _first(record, "unmapped", lambda e: e.sealed)
    return [WantedEntry("unmapped", detail=left, sealed=sealed)]
