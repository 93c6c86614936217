"""Writing to a woman: one message, to her own address, in her language, at an hour that she allows.

Her safe channel is asked here and nowhere else: where she chose her coordinator, no use case can
mail to her, whatever it is about.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Account, Identity, Mediator, OutboxMessage, Record
from roster.services.message_choices import DEFAULT, Choice, get_choice, load_choices, next_allowed
from roster.services.trail import add_message

MESSAGE_ID_BYTES = 16


@dataclass(frozen=True)
class Reach:
    """How one woman may be written to. ``address`` None: not by mail."""

    address: str | None
    choice: Choice


def write_to_her(
    session: Session,
    *,
    mediator: Mediator,
    template: str,
    values: Mapping[str, Any],
    address: str | None = None,
    at: datetime | None = None,
    ignores_quiet_hours: bool = False,
) -> OutboxMessage | None:
    """Queue one message to her; None where her coordinator is her channel, or she has no address.

    Hiding is a sign of danger: a hidden woman gets only what she has asked for herself.
    ``values`` are the template's, without ``time_zone``: that is hers. ``address`` is for a network
    that writes to the address in its own record. ``at`` is the earliest instant; her quiet hours
    move it further, unless she waits for the message because she has asked for it herself.
    """
    choice = get_choice(session, mediator.id)
    recipient = address or find_address(session, mediator.id)
    is_out_of_sight = mediator.is_hidden and not ignores_quiet_hours
    if choice.channel != "mail" or is_out_of_sight or not recipient:
        return None
    moment = at or clock.now()
    return add_message(
        session,
        template=template,
        language=mediator.language,
        recipient=recipient,
        values={**values, "time_zone": mediator.time_zone},
        message_id=make_message_id(),
        mediator_id=mediator.id,
        due_at=moment if ignores_quiet_hours else next_allowed(choice, mediator.time_zone, moment),
    )


def make_message_id() -> str:
    """Random: a header tells nobody what a message is about."""
    return secrets.token_hex(MESSAGE_ID_BYTES)


def load_reach(session: Session, ids: Iterable[int]) -> dict[int, Reach]:
    """How each of these women may be written to unasked: no address where it must not be by mail."""
    wanted = sorted(set(ids))
    shown = session.scalars(
        select(Mediator.id).where(Mediator.id.in_(wanted), Mediator.is_hidden.is_(False))
    )
    choices, addresses = load_choices(session, wanted), load_addresses(session, shown)
    reach = {}
    for mediator_id in wanted:
        choice = choices.get(mediator_id, DEFAULT)
        address = addresses.get(mediator_id) if choice.channel == "mail" else None
        reach[mediator_id] = Reach(address, choice)
    return reach


def find_address(session: Session, mediator_id: int) -> str | None:
    """Where she reads mail: her account's address, else her own record's, else a network's."""
    return load_addresses(session, [mediator_id]).get(mediator_id)


def load_addresses(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Where each of these women reads mail (``find_address``). Opens no address but that one."""
    wanted = sorted(set(ids))
    accounts = select(Account.mediator_id, Account.email).where(Account.mediator_id.in_(wanted))
    found = {her: email for her, email in session.execute(accounts) if her and "@" in email}
    holders = session.execute(
        select(Record.mediator_id, Record.id)
        .join(Identity)
        .where(
            Record.mediator_id.in_([her for her in wanted if her not in found]),
            Identity.email.is_not(None),
        )
        .order_by(Record.network_code.is_(None), Record.id.desc())
    )
    chosen = {record_id: her for her, record_id in dict(holders.all()).items()}
    emails = select(Identity.record_id, Identity.email).where(
        Identity.record_id.in_(sorted(chosen))
    )
    for record_id, email in session.execute(emails):
        if email:
            found[chosen[record_id]] = email
    return found
