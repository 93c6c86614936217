"""Two networks agree that their coordinators may compare: both must say yes, either ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, StaleVersion
from roster.models import ComparisonAgreement, Network
from roster.permissions import Actor, Permission, Subject
from roster.services.trail import add_audit, require


@dataclass(frozen=True)
class Standing:
    """How one network stands with another. ``state``: none, asked (by us), waits (for us), agreed."""

    network_code: str
    other_code: str
    state: str
    since: datetime | None
    version: int
    """0 while neither has said anything."""


def list_standings(session: Session, network_code: str) -> list[Standing]:
    """How this network stands with every other one that keeps members, by its code."""
    rows = session.scalars(
        select(ComparisonAgreement).where(
            or_(
                ComparisonAgreement.first_code == network_code,
                ComparisonAgreement.second_code == network_code,
            )
        )
    )
    held = {(row.first_code, row.second_code): row for row in rows}
    codes = session.scalars(select(Network.code).where(Network.has_members).order_by(Network.code))
    return [
        _describe(held.get(_in_order(network_code, other)), network_code, other)
        for other in codes
        if other != network_code
    ]


def _in_order(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((one, other))
    return first, second


def _describe(row: ComparisonAgreement | None, network_code: str, other: str) -> Standing:
    if row is None:
        return Standing(network_code, other, "none", None, 0)
    ours, theirs = row.first_agreed_at, row.second_agreed_at
    if row.first_code != network_code:
        ours, theirs = theirs, ours
    if ours and theirs:
        return Standing(network_code, other, "agreed", max(ours, theirs), row.version)
    state = "asked" if ours else "waits" if theirs else "none"
    return Standing(network_code, other, state, ours or theirs, row.version)


def agree_to_compare(
    session: Session, *, actor: Actor, network_code: str, other_code: str, expected_version: int
) -> None:
    """This network's yes. It holds once the other has said it too."""
    row = _get_row(session, actor, network_code, other_code, expected_version)
    _say(session, actor, row, network_code, clock.now(), "comparison.agreed")


def end_comparing(
    session: Session, *, actor: Actor, network_code: str, other_code: str, expected_version: int
) -> None:
    """Take this network's yes back. At once no pair between the two is shown or judged any more."""
    row = _get_row(session, actor, network_code, other_code, expected_version)
    _say(session, actor, row, network_code, None, "comparison.ended")


def _get_row(
    session: Session, actor: Actor, network_code: str, other_code: str, expected_version: int
) -> ComparisonAgreement:
    require(Permission.KEEP_COMPARISONS, actor, Subject(network_code=network_code))
    other = session.get(Network, other_code)
    if other is None or not other.has_members or other_code == network_code:
        raise NotFound
    first, second = _in_order(network_code, other_code)
    row = session.scalars(
        select(ComparisonAgreement).where(
            ComparisonAgreement.first_code == first, ComparisonAgreement.second_code == second
        )
    ).one_or_none()
    if (row.version if row else 0) != expected_version:
        standing = _describe(row, network_code, other_code)
        raise StaleVersion({"state": standing.state}, {})
    if row is None:
        row = ComparisonAgreement(first_code=first, second_code=second)
        session.add(row)
    return row


def _say(
    session: Session,
    actor: Actor,
    row: ComparisonAgreement,
    network_code: str,
    at: datetime | None,
    action: str,
) -> None:
    if row.first_code == network_code:
        row.first_agreed_at = at
    else:
        row.second_agreed_at = at
    session.flush()
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="comparison",
        subject_id=row.id,
        network_code=network_code,
    )
