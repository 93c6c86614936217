"""What a change of her own record would do, field by field, before anything is stored.

Two records are compared the same way: hers with what a network's list says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from roster.errors import NotFound, StaleVersion
from roster.facts.levels import as_entered
from roster.models import Entry, Record
from roster.permissions import Actor, Permission, Subject
from roster.services.profiles import (
    IDENTITY_FIELDS,
    describe_change,
    find_inviting_record,
    find_own_record,
)
from roster.services.records import RecordChange, WantedEntry, describe_record
from roster.services.trail import require
from roster.vocabulary.used_codes import read_code

LISTS = ("nationality", "track", "role_held", "role_sought", "theme", "place")
SINGLES = ("residence", "seniority")
Said = Mapping[str, Any]
"""Field -> text, number or code; for a list its codes; for languages code -> level or word."""


@dataclass(frozen=True)
class FieldChange:
    """One field that would say something else. ``before`` and ``after`` are None for nothing.

    Of a list ``before`` holds the codes that go and ``after`` those that come; of languages both
    hold code -> level for those whose level differs, ``""`` for one without a level.
    """

    field: str
    before: Any = None
    after: Any = None


def preview_own_record(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    expected_version: int,
    change: RecordChange,
) -> list[FieldChange]:
    """What ``change_own_record`` would do with the same arguments. Nothing is stored.

    Before her first own record it is compared with the record that it would begin from.
    """
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    own = find_own_record(session, mediator_id)
    if (own.version if own else 0) != expected_version:
        raise StaleVersion(describe_record(own) if own else {}, describe_change(change))
    record = own or find_inviting_record(session, mediator_id)
    if record is None:
        raise NotFound
    return compare(say_record(record), say_change(change, record))


def say_record(record: Record) -> Said:
    """What a record says, in the form that is compared."""
    names = {name: getattr(record.identity, name) for name in IDENTITY_FIELDS}
    return {**names, **_say_entries(record.entries)}


def say_change(change: RecordChange, record: Record) -> Said:
    """What ``record`` would say after ``change``; fields that it does not name stay."""
    kept = [entry for entry in record.entries if entry.field not in change.fields]
    names = {
        name: change.identity.get(name, getattr(record.identity, name)) for name in IDENTITY_FIELDS
    }
    return {**names, **_say_entries([*kept, *change.entries])}


def _say_entries(entries: Iterable[Entry | WantedEntry]) -> dict[str, Any]:
    said: dict[str, Any] = {name: set() for name in LISTS}
    languages: dict[str, str] = {}
    for entry in entries:
        if entry.field in LISTS:
            said[entry.field].add(read_code(entry.field, entry.code))
        elif entry.field in SINGLES:
            said[entry.field] = entry.code
        elif entry.field == "birth_year":
            said["birth_year"] = entry.detail.get("number")
        elif entry.field == "biography":
            said["biography"] = (entry.sealed or "").replace("\r\n", "\n")
        elif entry.field == "language":
            languages[entry.code] = say_level(entry.detail)
    return {**said, "language": languages}


def say_level(detail: Mapping[str, Any]) -> str:
    """The level of speaking as it was entered, else any, else the free word; ``""`` for none."""
    level = detail.get("speaking") or detail.get("level")
    return str(level or as_entered(detail) or "")


def compare(before: Said, after: Said) -> list[FieldChange]:
    """What differs, names first, then fields in the order of the form."""
    singles = (*IDENTITY_FIELDS, "birth_year", *SINGLES, "biography")
    changes = [
        FieldChange(name, before.get(name) or None, after.get(name) or None)
        for name in singles
        if (before.get(name) or None) != (after.get(name) or None)
    ]
    changes += [
        FieldChange(name, gone, come)
        for name in LISTS
        for gone, come in [(sorted(before[name] - after[name]), sorted(after[name] - before[name]))]
        if gone or come
    ]
    gone, come = _compare_levels(before["language"], after["language"])
    return [*changes, *([FieldChange("language", gone, come)] if gone or come else [])]


def _compare_levels(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    differ = [c for c in sorted({*before, *after}) if before.get(c) != after.get(c)]
    return (
        {code: before[code] for code in differ if code in before},
        {code: after[code] for code in differ if code in after},
    )


def list_differences(network: Said, own: Said) -> list[FieldChange]:
    """What a network says otherwise than she does: ``before`` is its word, ``after`` hers.

    Names and contacts are left out: each keeps its own way of writing them. Where the network
    says nothing, or she does, there is no difference.
    """
    differences = []
    for change in compare(network, own):
        if change.field in IDENTITY_FIELDS or change.field == "biography" or not change.before:
            continue
        if change.field in LISTS:
            differences.append(FieldChange(change.field, change.before, []))
        elif change.field == "language":
            after = {code: own["language"].get(code) for code in change.before}
            differences.append(FieldChange("language", change.before, after))
        elif change.after:
            differences.append(change)
    return differences
