"""A network accredits a woman step by step; each step says the day and who took it.

Which step may follow which stands in one table. *Suspended* bars her everywhere until it is lifted;
an accreditation lapses on its day by itself, since matching asks the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.calendar import add_years
from matching.gates.accreditation import LADDER
from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AccreditationStep, Membership, Record
from roster.permissions import Actor, Permission, Subject
from roster.services.trail import add_audit, add_change, require

LASTS_YEARS = 2
"""An accreditation lapses after 24 months unless a day is set (product, section 4)."""
MOST_YEARS = 5
"""A day later than this looks like a slip of the pen."""
ACCREDITED = LADDER[-1]

_LEAVES = frozenset({"suspended", "withdrawn", "deceased"})
NEXT: Mapping[str, frozenset[str]] = {
    **{state: frozenset(LADDER) - {state} | _LEAVES for state in LADDER[:-1]},
    # accredited again is a renewal: a new day, a new end
    ACCREDITED: frozenset(LADDER) | {"needs_update"} | _LEAVES,
    "needs_update": frozenset(LADDER) | _LEAVES,
    "suspended": (frozenset(LADDER) | {"needs_update"} | _LEAVES) - {"suspended"},
    "withdrawn": frozenset({"draft", "deceased"}),
    "deceased": frozenset({"draft"}),
    "merged": frozenset(),
}
"""State -> the states that may follow. Networks skip steps (an inherited chapter, a state's
nomination), so any step of the ladder may follow any other; what was skipped shows in the history.
"""


@dataclass(frozen=True)
class Step:
    """What a coordinator says: the new state, since when, until when, and why (office only)."""

    to_state: str
    on_day: date
    lapses_on: date | None = None
    note: str | None = None


def needs_reason(from_state: str, to_state: str) -> bool:
    """Going back, suspending, lifting it and correcting a death are explained to who comes after."""
    if "suspended" in (from_state, to_state) or from_state == "deceased":
        return True
    is_back = from_state in LADDER and to_state in LADDER
    return is_back and LADDER.index(to_state) < LADDER.index(from_state)


def take_step(
    session: Session, *, actor: Actor, record_id: int, expected_version: int, step: Step
) -> Membership:
    """Take one step with the network's own member, known by its record.

    Raises NotFound, StaleVersion, or Refused with ``step_not_possible``, ``day_in_future``,
    ``reason_missing`` or ``lapse_not_after`` / ``lapse_too_late`` (values: ``most``).
    """
    record = session.get(Record, record_id)
    if record is None or record.network_code is None:
        raise NotFound
    require(Permission.EDIT_RECORD, actor, Subject(network_code=record.network_code))
    membership = find_membership(session, record)
    if membership.version != expected_version:
        held = {"accreditation": membership.accreditation, "lapses_on": membership.lapses_on}
        raise StaleVersion(held, {"accreditation": step.to_state, "lapses_on": step.lapses_on})
    _check(membership.accreditation, step)
    _write(session, actor, membership, step)
    add_change(session, record.mediator_id)
    add_audit(
        session,
        actor=actor,
        action="accreditation.changed",
        subject_kind="record",
        subject_id=record.id,
        network_code=record.network_code,
        detail={"to": step.to_state},
    )
    session.flush()
    return membership


def find_membership(session: Session, record: Record) -> Membership:
    """Her membership of the network whose record it is."""
    return session.scalars(
        select(Membership).where(
            Membership.mediator_id == record.mediator_id,
            Membership.network_code == record.network_code,
        )
    ).one()


def _check(from_state: str, step: Step) -> None:
    if step.to_state not in NEXT[from_state]:
        raise Refused("step_not_possible")
    if step.on_day > clock.now().date():
        raise Refused("day_in_future")
    if needs_reason(from_state, step.to_state) and not step.note:
        raise Refused("reason_missing")
    if step.lapses_on is None or step.to_state != ACCREDITED:
        return
    if step.lapses_on <= step.on_day:
        raise Refused("lapse_not_after")
    if step.lapses_on > add_years(step.on_day, MOST_YEARS):
        raise Refused("lapse_too_late", most=MOST_YEARS)


def _write(session: Session, actor: Actor, membership: Membership, step: Step) -> None:
    before = membership.accreditation
    membership.accreditation = step.to_state
    membership.version = membership.version + 1
    if step.to_state == ACCREDITED:
        membership.accredited_on = step.on_day
        membership.lapses_on = step.lapses_on or add_years(step.on_day, LASTS_YEARS)
    note_step(session, actor, membership, before, step)


def note_step(
    session: Session, actor: Actor, membership: Membership, from_state: str, step: Step
) -> None:
    """Keep one step, whichever use case took it."""
    session.add(
        AccreditationStep(
            membership_id=membership.id,
            from_state=from_state,
            to_state=step.to_state,
            on_day=step.on_day,
            lapses_on=membership.lapses_on if step.to_state == ACCREDITED else None,
            note=step.note,
            taken_by=actor.account_id,
            taken_at=clock.now(),
        )
    )


def list_steps(session: Session, membership_id: int) -> list[AccreditationStep]:
    """The steps of one membership, the newest first."""
    taken = select(AccreditationStep).where(AccreditationStep.membership_id == membership_id)
    return list(session.scalars(taken.order_by(AccreditationStep.id.desc())))


def describe_values(membership: Membership) -> dict[str, Any]:
    """What a form shows of an accreditation as it stands."""
    return {
        "accreditation": membership.accreditation,
        "accredited_on": membership.accredited_on,
        "lapses_on": membership.lapses_on,
    }
