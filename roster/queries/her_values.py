"""How a row about her is said in her download, and which rows the one table of fields leaves out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session

from roster import visibility
from roster.models import (
    AccreditationStep,
    AuditEvent,
    Entry,
    EntryHistory,
    Experience,
    Identity,
    Membership,
    ReadEvent,
    Record,
    RoleGrant,
    Run,
    RunRow,
)
from roster.queries.her_rows import Her
from roster.visibility import Viewer


def may_see_entry(row: Entry, _her: Her) -> bool:
    """By the one table of fields; of what she says herself also what the table does not name."""
    is_unnamed_own = row.field not in visibility.TABLE and row.record.network_code is None
    return visibility.may_see(row.field, Viewer.SELF) or is_unnamed_own


def _record_of(row: EntryHistory) -> Record | None:
    session = object_session(row)
    return session.get(Record, row.record_id) if session else None


def may_see_former(row: EntryHistory, _her: Her) -> bool:
    """As of the value that stands now."""
    record = _record_of(row)
    is_own = record is not None and record.network_code is None
    is_unnamed_own = row.field not in visibility.TABLE and is_own
    return visibility.may_see(row.field, Viewer.SELF) or is_unnamed_own


def network_of_former(row: EntryHistory, _her: Her) -> str | None:
    record = _record_of(row)
    return record.network_code if record else None


def network_of_step(row: AccreditationStep, _her: Her) -> str | None:
    session = object_session(row)
    membership = session.get(Membership, row.membership_id) if session else None
    return membership.network_code if membership else None


def network_of(row: Entry | Experience | Identity, _her: Her) -> str | None:
    return row.record.network_code


def say_actor(row: AuditEvent, her: Her) -> str:
    kind, _, number = row.actor.partition(":")
    return "yourself" if number and int(number) in her.accounts else kind


def say_reader(row: ReadEvent, _her: Her) -> str:
    """The kind of reader: coordinator, envoy, or another account."""
    session = object_session(row)
    roles = select(RoleGrant.role).where(RoleGrant.account_id == row.account_id)
    held = set(session.scalars(roles)) if session else set()
    return next((role for role in ("coordinator", "envoy") if role in held), "other")


def say_instant_of_run(row: RunRow, _her: Her) -> Any:
    session = object_session(row)
    return session.scalar(select(Run.at).where(Run.id == row.run_id)) if session else None


def say_verdicts(row: RunRow, _her: Her) -> list[dict[str, Any]]:
    """Per criterion the verdict, its code and its points, without what the request asked."""
    told = ("criterion", "verdict", "code", "points", "out_of")
    return [{name: one.get(name) for name in told} for one in row.evidence]
