"""Erasing: whatever holds a woman goes, or stays as a count without her. The trail stays as it is.

The trail knows her by an id that stands for nobody any more. Rows of an office's file keep their
place and outcome, rows of an answer their handle and verdict; neither says anything of her.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.models import (
    Account,
    Application,
    Consent,
    Erasure,
    Identity,
    Mediator,
    Membership,
    Record,
    RoleGrant,
    RunRow,
    SignInCounter,
    SpokenConsent,
)
from roster.permissions import Actor, Permission
from roster.queries.leaving import is_open
from roster.services.erased_rows import blank_rows, find_unlinked
from roster.services.erasures import GRACE
from roster.services.joined_erasures import erase_joined
from roster.services.saved_searches import forget_records
from roster.services.sign_in import end_sessions
from roster.services.trail import add_audit, add_change, require

BATCH = 5
"""Erasures in one transaction: each is a few dozen rows in twenty tables."""


def plan_erasures(session: Session, *, now: datetime) -> dict[int, set[int]]:
    """Per erasure that is due the rows of files with her address; for reading, since it is slow."""
    plan = {}
    for erasure in session.scalars(_select_due(now)).all():
        her = Mediator.key == erasure.mediator_key
        records = select(Record.id).join(Mediator).where(her)
        if erasure.network_code is not None:
            records = records.where(Record.network_code == erasure.network_code)
        networks = select(Record.network_code).where(Record.id.in_(records))
        codes = [code for code in session.scalars(networks) if code]
        addresses = _list_addresses(session, her, records)
        plan[erasure.id] = find_unlinked(session, addresses, codes) if codes else set()
    return plan


def _select_due(now: datetime) -> Select[Erasure]:
    due = (is_open(), Erasure.asked_at <= now - GRACE)
    return select(Erasure).where(*due).order_by(Erasure.asked_at, Erasure.id)


def count_due(session: Session, *, now: datetime) -> int:
    """Erasures whose days of grace are over."""
    return session.scalar(select(func.count()).select_from(_select_due(now).subquery())) or 0


def erase_due(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    plan: Mapping[int, Collection[int]],
    limit: int = BATCH,
) -> int:
    """Erase up to ``limit`` whose days of grace are over; return how many.

    ``plan`` is what ``plan_erasures`` found. What is done is marked in the same transaction, so
    that a repeated or late run adds nothing.
    """
    require(Permission.RUN_JOBS, actor)
    due = session.scalars(_select_due(now).limit(limit)).all()
    for erasure in due:
        if erasure.done_at is None:  # she may have left a network, and then the service
            _erase(session, actor, erasure, plan.get(erasure.id, ()), now)
    return len(due)


def _erase(
    session: Session, actor: Actor, erasure: Erasure, unlinked: Collection[int], now: datetime
) -> None:
    mediator_id = session.scalar(
        select(Mediator.id).where(Mediator.key == erasure.mediator_key).with_for_update()
    )
    if mediator_id is not None:
        if erasure.network_code is None:
            erase_woman(session, mediator_id, unlinked)
        else:
            _erase_from_network(session, mediator_id, erasure, unlinked, now)
        add_change(session, mediator_id)
        add_audit(
            session,
            actor=actor,
            action="mediator.erased" if erasure.network_code is None else "record.erased",
            subject_kind="mediator",
            subject_id=mediator_id,
            network_code=erasure.network_code,
        )
    _mark_done(session, erasure, now)


def _mark_done(session: Session, erasure: Erasure, now: datetime) -> None:
    """This one; and with the woman herself all that was asked of her networks."""
    hers = Erasure.mediator_key == erasure.mediator_key
    which = hers if erasure.network_code is None else Erasure.id == erasure.id
    for each in session.scalars(select(Erasure).where(which, is_open())):
        each.done_at = now
    session.flush()


def erase_woman(session: Session, mediator_id: int, unlinked: Collection[int] = ()) -> None:
    """Whatever holds her, in every table; the caller writes the line of change and the event.

    ``unlinked``: rows of files that became no record of hers but speak of her. What was joined with
    her and stayed behind goes with her.
    """
    erase_joined(session, mediator_id, _erase_one)
    _erase_one(session, mediator_id, unlinked)


def _erase_one(session: Session, mediator_id: int, unlinked: Collection[int] = ()) -> None:
    records = select(Record.id).where(Record.mediator_id == mediator_id)
    addresses = _list_addresses(session, Mediator.id == mediator_id, records)
    blank_rows(session, records, unlinked)
    forget_records(session, session.scalars(records).all())
    session.execute(
        update(RunRow)
        .where(RunRow.mediator_id == mediator_id)
        .values(mediator_id=None, evidence=[], points=0, out_of=0)
    )
    digests = [keyring().digest(address) for address in addresses]
    session.execute(
        delete(Application).where(
            or_(Application.mediator_id == mediator_id, Application.email_digest.in_(digests))
        )
    )
    tries = [
        keyring().digest(f"{kind}:{address}")
        for address in addresses
        for kind in ("address", "link")
    ]
    session.execute(delete(SignInCounter).where(SignInCounter.subject_digest.in_(tries)))
    _erase_account(session, mediator_id)
    # her records, answers, links, messages, reminders, looks and handles go with her row
    _delete(session, delete(Mediator).where(Mediator.id == mediator_id))


def _list_addresses(session: Session, her: ColumnElement[bool], records: Select[int]) -> list[str]:
    """The addresses by which something of her may be found that does not point to her."""
    of_records = select(Identity.email).where(Identity.record_id.in_(records))
    of_account = select(Account.email).join(Mediator).where(her)
    found = [*session.scalars(of_records), *session.scalars(of_account)]
    return sorted({address for address in found if address})


def _erase_account(session: Session, mediator_id: int) -> None:
    """Her account; of one by which she also does other work only that it is hers as a mediator."""
    account = session.scalars(
        select(Account).where(Account.mediator_id == mediator_id)
    ).one_or_none()
    if account is None:
        return
    if {grant.role for grant in account.grants} <= {"mediator"}:
        _delete(session, delete(Account).where(Account.id == account.id))
        return
    hers = (RoleGrant.account_id == account.id, RoleGrant.role == "mediator")
    _delete(session, delete(RoleGrant).where(*hers))
    session.execute(update(Account).where(Account.id == account.id).values(mediator_id=None))
    end_sessions(session, account_id=account.id)


def _erase_from_network(
    session: Session,
    mediator_id: int,
    erasure: Erasure,
    unlinked: Collection[int],
    now: datetime,
) -> None:
    """The network's record of her and what it kept beside it; nothing that is newer than her wish.

    An answer by voice went through this network's people: with the note of it the answer ends.
    """
    network_code, asked_at = erasure.network_code, erasure.asked_at
    hers = (Record.mediator_id == mediator_id, Record.network_code == network_code)
    newer = select(Record.id).where(*hers, Record.created_at > asked_at)
    if session.scalar(newer.limit(1)) is not None:
        return
    records = select(Record.id).where(*hers)
    blank_rows(session, records, unlinked)
    forget_records(session, session.scalars(records).all())
    spoken = select(SpokenConsent.id).where(
        SpokenConsent.mediator_id == mediator_id, SpokenConsent.network_code == network_code
    )
    session.execute(
        update(Consent)
        .where(Consent.spoken_consent_id.in_(spoken), Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
        .execution_options(synchronize_session=False)
    )
    for table in (SpokenConsent, Membership, Application):
        _delete(
            session,
            delete(table).where(
                table.mediator_id == mediator_id, table.network_code == network_code
            ),
        )
    _delete(session, delete(Record).where(Record.id.in_(records)))


def _delete(session: Session, statement: Delete) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
