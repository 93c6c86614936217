"""The women of one letter as rows: each says what all say, but for the one thing that decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Entry, Record
from tests.answer_factories import add_availability, add_declaration
from tests.factories import add_mediator, canary

ENTRIES = (
    "nationality",
    "residence",
    "language",
    "theme",
    "track",
    "role_held",
    "phase",
    "place",
    "seniority",
)
"""What she says in words: a code, then ``stated``, a level, ``former 2015``, or a depth."""
TIME = ("notice_days", "days_per_month", "modalities", "longest_stay_days")
DEPTHS = {"practitioner": 1, "specialist": 2, "authority": 3}
Says = Mapping[str, Any]


def add_woman(session: Session, says: Says) -> int:
    """Add her and return her number. Without ``renewed`` her availability has just expired."""
    woman = add_mediator(
        session,
        network=says.get("network", "nwm"),
        languages={},
        availability=False,
        has_own_record=False,
        declares=False,
        safety_class=says.get("safety_class", 2),
        accreditation=says.get("accreditation", "accredited"),
        last_proposed_at=_begin(says.get("proposed")),
    )
    record = session.scalars(select(Record.id).where(Record.mediator_id == woman.id)).one()
    for field in ENTRIES:
        session.add_all(_make_entry(record, field, written) for written in says.get(field, ()))
    asked = {name: says[name] for name in TIME if name in says}
    ends = clock.now() + timedelta(days=60 if says.get("renewed", True) else -1)
    add_availability(session, woman, valid_until=ends, **asked)
    add_declaration(
        session, woman, covers=says.get("covers", ()), interests=says.get("interests", ())
    )
    session.flush()
    return woman.id


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _make_entry(record_id: int, field: str, written: str) -> Entry:
    code, *more = written.split()
    detail, grade = _read_detail(field, more)
    return Entry(
        record_id=record_id,
        field=field,
        code=code,
        detail=detail,
        sealed=canary(field, record_id),
        grade=grade,
        source="coordinator",
        entered_at=clock.now(),
        confirmed_on=clock.now().date(),
    )


def _read_detail(field: str, words: list[str]) -> tuple[dict[str, Any], int]:
    match words:
        case ["stated"]:
            return {}, 1
        case ["former", year]:
            return {"is_current": False, "ended_year": int(year)}, 2
        case ["since", year]:
            return {"since_year": int(year)}, 2
        case [word] if field == "language":
            return ({"level": word} if word[0] in "ABCU" else {"word": word}), 2
        case [word]:
            return {"depth": DEPTHS[word]}, 2
        case _:
            return {}, 2
