"""Addresses at which a message to a woman did not arrive, as far as a coordinator may know of them.

Her networks share the address of her account and of her own record; what one network's record
holds is that network's business, and so is whether it works.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from roster.models import Account, Identity, OutboxMessage, Record

FAILED = ("failed", "bounced")


@dataclass(frozen=True)
class Undelivered:
    """The last message to an address did not arrive. ``code`` is the mail server's, or a word."""

    record_id: int
    mediator_id: int
    at: datetime
    code: str


def list_undelivered(session: Session, records: Select[Record]) -> list[Undelivered]:
    """Of the records given (already narrowed to what may be seen), those that need a look.

    Only the newest message to an address counts: one that arrives clears the notice, and so does
    a changed address. The latest come first.
    """
    affected = select(OutboxMessage.mediator_id).where(OutboxMessage.state.in_(FAILED))
    shown = session.execute(
        records.join(Identity, Identity.record_id == Record.id)
        .where(Record.mediator_id.in_(affected))
        .with_only_columns(Record.id, Record.mediator_id, Identity.email)
    ).all()
    women = {her for _, her, _ in shown}
    newest, own = _load_newest(session, women), _load_own_addresses(session, women)
    found = []
    for record_id, her, email in shown:
        addresses = {(address or "").casefold() for address in (email, *own.get(her, ()))}
        failures = [
            message
            for message in (newest.get((her, address)) for address in addresses)
            if message is not None and message.state in FAILED
        ]
        if failures:
            last = max(failures, key=lambda message: message.id)
            found.append(Undelivered(record_id, her, last.due_at, last.problem or ""))
    return sorted(found, key=lambda one: (one.at, one.record_id), reverse=True)


def _load_newest(
    session: Session, women: Collection[int]
) -> dict[tuple[int | None, str], OutboxMessage]:
    """Per woman and address the newest message of which is known what became of it."""
    messages = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.mediator_id.in_(sorted(women)),
            OutboxMessage.state.in_((*FAILED, "sent")),
        )
        .order_by(OutboxMessage.id)
    )
    return {(message.mediator_id, message.recipient.casefold()): message for message in messages}


def _load_own_addresses(session: Session, women: Collection[int]) -> dict[int, list[str | None]]:
    """Addresses that she gave herself, which all her networks may write to."""
    ids, found = sorted(women), dict[int, list[str | None]]()
    own = (
        select(Record.mediator_id, Identity.email)
        .join(Identity)
        .where(Record.mediator_id.in_(ids), Record.network_code.is_(None))
    )
    accounts = select(Account.mediator_id, Account.email).where(Account.mediator_id.in_(ids))
    for statement in (own, accounts):
        for her, email in session.execute(statement):
            found.setdefault(her, []).append(email)
    return found
