"""A peace process as a requester keeps it: its sides and their offices, its phases, its end.

A request may be of a process. It keeps what was asked in its own criteria; only the objections of
the process's sides reach it from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import MatchRequest, Process, ProcessPhase
from roster.permissions import Actor, Permission, Subject
from roster.services.public_codes import draw_code
from roster.services.trail import add_audit, require


@dataclass(frozen=True)
class KeptProcess:
    """What is kept of a process. A side has code, country and stance, and beside them its name
    and the codes of its offices."""

    title: str
    countries: Sequence[str] = ()
    parties: Sequence[Mapping[str, Any]] = ()
    mandating_body: str | None = None
    sensitivity: str = "restricted"

    def as_columns(self) -> dict[str, Any]:
        """The values of the table; a state's code is its country."""
        return {
            "title": self.title,
            "mandating_body": self.mandating_body,
            "countries": list(self.countries),
            "parties": [_write_side(one) for one in self.parties],
            "sensitivity": self.sensitivity,
        }


def _write_side(side: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": side.get("code") or side.get("country"),
        "country": side.get("country"),
        "stance": side.get("stance") or "party",
        "name": side.get("name") or "",
        "offices": list(side.get("offices") or ()),
    }


def create_process(session: Session, *, actor: Actor, kept: KeptProcess) -> Process:
    """A process of ``actor``."""
    require(Permission.LIST_PROCESSES, actor)
    if actor.account_id is None:
        raise Refused("request_without_account")
    columns = kept.as_columns()
    _check_sides(columns["parties"])
    process = Process(
        code=draw_code(session, Process),
        account_id=actor.account_id,
        created_at=clock.now(),
        **columns,
    )
    session.add(process)
    session.flush()
    _audit(session, actor, "process.created", process)
    return process


def change_process(
    session: Session, *, actor: Actor, process_id: int, expected_version: int, kept: KeptProcess
) -> Process:
    """Other sides, countries or words; requests keep what they asked."""
    process = take_process(session, actor, process_id)
    columns = kept.as_columns()
    if process.version != expected_version:
        raise StaleVersion({name: getattr(process, name) for name in columns}, columns)
    _check_sides(columns["parties"])
    for name, value in columns.items():
        setattr(process, name, value)
    session.flush()
    _audit(session, actor, "process.changed", process)
    return process


def add_phase(
    session: Session,
    *,
    actor: Actor,
    process_id: int,
    expected_version: int,
    phase: str,
    since: date,
) -> ProcessPhase:
    """A phase from a day on. What was noted before stands: phases come back."""
    process = take_process(session, actor, process_id)
    if process.version != expected_version:
        raise StaleVersion({"version": process.version}, {"phase": phase, "since": str(since)})
    if since > clock.now().date():
        raise Refused("day_to_come")
    row = ProcessPhase(
        process_id=process.id,
        phase=phase,
        since=since,
        noted_by=actor.account_id,
        noted_at=clock.now(),
    )
    session.add(row)
    session.flush()
    _audit(session, actor, "process.phase_added", process)
    return row


def close_process(
    session: Session, *, actor: Actor, process_id: int, expected_version: int
) -> Process:
    """No new request is made of it; its objections stand for those that it has."""
    process = take_process(session, actor, process_id)
    if process.version != expected_version:
        raise StaleVersion({"version": process.version}, {"version": expected_version})
    process.closed_at = clock.now()
    session.flush()
    _audit(session, actor, "process.closed", process)
    return process


def place_request(
    session: Session, *, actor: Actor, request: MatchRequest, process_code: str
) -> None:
    """Say of which process a request is; "" for none. Refused for a process that is closed."""
    require(Permission.EDIT_REQUEST, actor, Subject(account_id=request.account_id))
    process = None
    if process_code:
        process = session.scalars(
            select(Process).where(
                Process.code == process_code, Process.account_id == request.account_id
            )
        ).one_or_none()
        if process is None:
            raise NotFound
    wanted = None if process is None else process.id
    if wanted == request.process_id:
        return
    if process is not None and process.closed_at is not None:
        raise Refused("process_closed")
    request.process_id = wanted
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="request.placed",
        subject_kind="request",
        subject_id=request.id,
        detail={"process": wanted},
    )


def take_process(session: Session, actor: Actor, process_id: int) -> Process:
    """A process to be changed; NotFound for another's, Refused for one that is closed."""
    process = session.get(Process, process_id)
    if process is None:
        raise NotFound
    require(Permission.KEEP_PROCESS, actor, Subject(account_id=process.account_id))
    if process.closed_at is not None:
        raise Refused("process_closed")
    return process


def _check_sides(sides: Sequence[Mapping[str, Any]]) -> None:
    codes = [side["code"] for side in sides]
    if len(set(codes)) < len(codes):
        raise Refused("same_code_twice")


def _audit(session: Session, actor: Actor, action: str, process: Process) -> None:
    add_audit(session, actor=actor, action=action, subject_kind="process", subject_id=process.id)
