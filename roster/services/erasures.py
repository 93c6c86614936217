"""She leaves a network, or the service: hidden at once, erased after days in which she may return.

What is promised is thirty days (product, section 9); the job erases as soon as the days of grace
are over, so that a job that fails for a week breaks no promise.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from roster import clock
from roster.errors import NotFound, StaleVersion
from roster.models import (
    Account,
    Application,
    Erasure,
    Link,
    Mediator,
    Membership,
    OutboxMessage,
    Record,
)
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import list_open_erasures
from roster.queries.merges import is_merged
from roster.services.erasure_ledger import write_after_commit
from roster.services.joined_erasures import leave_with_joined, stay_with_joined
from roster.services.links import end_links
from roster.services.own_approaches import leave_approaches
from roster.services.sign_in import end_sessions
from roster.services.trail import add_audit, add_change, require

PROMISE = timedelta(days=30)
"""Within this all of it is erased (product, section 9)."""
GRACE = timedelta(days=7)
"""So long she can take it back: time to notice what somebody did on her unlocked telephone."""


def list_leavable(session: Session, mediator_id: int) -> list[str]:
    """Codes of the networks that hold something of her and that she is not leaving yet."""
    leaving = {erasure.network_code for erasure in list_open_erasures(session, mediator_id)}
    held = {
        *session.scalars(
            select(Record.network_code).where(
                Record.mediator_id == mediator_id, Record.network_code.is_not(None)
            )
        ),
        *session.scalars(
            select(Membership.network_code).where(Membership.mediator_id == mediator_id)
        ),
    }
    return sorted(code for code in held if code and code not in leaving)


def leave_networks(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    network_codes: Iterable[str],
    expected_version: int,
    ledger: Path,
) -> list[Erasure]:
    """Leave these networks. Their records are seen by nobody from now on; her own and others' stay.

    NotFound, and none is left, if one holds nothing of her or she is leaving it already.
    """
    mediator = _get_herself(session, actor, mediator_id)
    _check_version(mediator, expected_version)
    codes = sorted(set(network_codes))
    if mediator.state != "active" or not set(codes) <= set(list_leavable(session, mediator_id)):
        raise NotFound
    return [_ask(session, actor, mediator, code, ledger) for code in codes]


def leave_service(
    session: Session, *, actor: Actor, mediator_id: int, expected_version: int, ledger: Path
) -> Erasure:
    """Leave the service. From the next request on nobody finds her; sessions and links end."""
    mediator = _get_herself(session, actor, mediator_id)
    _check_version(mediator, expected_version)
    if mediator.state != "active":
        raise NotFound
    return _ask(session, actor, mediator, None, ledger)


def take_back(
    session: Session, *, actor: Actor, mediator_id: int, erasure_id: int, ledger: Path
) -> None:
    """Stay after all: what was hidden is shown as before. Links and sessions stay ended."""
    mediator = _get_herself(session, actor, mediator_id)
    open_ones = {each.id: each for each in list_open_erasures(session, mediator_id)}
    if erasure_id not in open_ones:
        raise NotFound
    erasure = open_ones[erasure_id]
    undo(session, actor, mediator, erasure, clock.now())
    write_after_commit(session, ledger, erasure)
    stay_with_joined(session, mediator.id, erasure, ledger)


def _get_herself(session: Session, actor: Actor, mediator_id: int) -> Mediator:
    require(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    mediator = session.get(Mediator, mediator_id)
    if mediator is None:
        raise NotFound
    return mediator


def _check_version(mediator: Mediator, expected_version: int) -> None:
    if mediator.version != expected_version:
        raise StaleVersion({"state": mediator.state}, {"state": "withdrawn"})


def _ask(
    session: Session, actor: Actor, mediator: Mediator, network_code: str | None, ledger: Path
) -> Erasure:
    now = clock.now()
    erasure = Erasure(
        mediator_key=mediator.key,
        network_code=network_code,
        asked_at=now,
        due_at=now + PROMISE,
    )
    take_effect(session, actor, mediator, erasure)
    write_after_commit(session, ledger, erasure)
    leave_with_joined(session, mediator.id, erasure, ledger)
    return erasure


def take_effect(session: Session, actor: Actor, mediator: Mediator, erasure: Erasure) -> None:
    """Hide at once what is to be erased; also what a restored backup had forgotten."""
    session.add(erasure)
    if erasure.network_code is None:
        _withdraw(session, mediator)
        leave_approaches(session, actor=actor, mediator_id=mediator.id)
        action = "mediator.left"
    else:
        _end_membership(session, mediator, erasure.network_code, erasure.asked_at)
        action = "mediator.left_network"
    _trace(session, actor, mediator, action, erasure.network_code)


def undo(
    session: Session, actor: Actor, mediator: Mediator, erasure: Erasure, at: datetime
) -> None:
    """Show again what this erasure had hidden."""
    erasure.taken_back_at = at
    if erasure.network_code is None:
        mediator.state = "merged" if is_merged(session, mediator.id) else "active"
        action = "mediator.stayed"
    else:
        membership = _find_membership(session, mediator.id, erasure.network_code)
        # one that had ended before she left stays ended
        if membership is not None and membership.ended_on == erasure.asked_at.date():
            membership.ended_on = None
        action = "mediator.stayed_in_network"
    _trace(session, actor, mediator, action, erasure.network_code)


def _withdraw(session: Session, mediator: Mediator) -> None:
    mediator.state = "withdrawn"
    applications = select(Application.id).where(Application.mediator_id == mediator.id)
    account_ids = session.scalars(select(Account.id).where(Account.mediator_id == mediator.id))
    accounts = account_ids.all()
    whose = or_(
        Link.mediator_id == mediator.id,
        Link.application_id.in_(applications),
        Link.account_id.in_(accounts),
    )
    end_links(session, whose)
    for account_id in accounts:
        end_sessions(session, account_id=account_id)
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.mediator_id == mediator.id, OutboxMessage.state == "queued")
        .values(state="cancelled", values={})
    )


def _end_membership(
    session: Session, mediator: Mediator, network_code: str, asked_at: datetime
) -> None:
    """Her accreditation is left as it was, for the case that she takes it back."""
    membership = _find_membership(session, mediator.id, network_code)
    day = asked_at.date()  # the engine counts a membership's end in UTC
    if membership is not None and (membership.ended_on is None or membership.ended_on > day):
        membership.ended_on = day
    flag_modified(mediator, "state")  # a second page open at the same time has an old version
    records = select(Record.id).where(
        Record.mediator_id == mediator.id, Record.network_code == network_code
    )
    end_links(session, Link.record_id.in_(records))


def _find_membership(session: Session, mediator_id: int, network_code: str) -> Membership | None:
    return session.scalars(
        select(Membership).where(
            Membership.mediator_id == mediator_id, Membership.network_code == network_code
        )
    ).one_or_none()


def _trace(
    session: Session, actor: Actor, mediator: Mediator, action: str, network_code: str | None
) -> None:
    session.flush()
    add_change(session, mediator.id)
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="mediator",
        subject_id=mediator.id,
        network_code=network_code,
    )
