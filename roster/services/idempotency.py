"""A call that is sent twice is done once: its answer is kept for a week and given again.

The caller holds the ledger head, so that of many equal calls at the same time one is done and all
others wait for its answer. A call that was refused has changed nothing and is judged anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import Refused
from roster.models import IdempotentAnswer

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Once:
    """A call as its program names it. ``call`` is its digest (see ``digest_call``)."""

    key_id: int
    idempotency_key: str
    call: str


def digest_call(method: str, path: str, body: bytes) -> str:
    """Names one call: the same key with another is an error."""
    return keyring().seal(f"call:{method} {path} " + body.hex())


def find_kept(session: Session, once: Once) -> IdempotentAnswer | None:
    """The answer that this key got before; ``Refused`` where it was sent with another call."""
    kept = session.scalar(
        select(IdempotentAnswer).where(
            IdempotentAnswer.program_key_id == once.key_id,
            IdempotentAnswer.idempotency_digest == _digest(once),
        )
    )
    if kept is not None and kept.request_digest != once.call:
        raise Refused("idempotency_other_call")
    return kept


def keep_answer(
    session: Session, once: Once, *, status: int, headers: dict[str, str], document: Any
) -> None:
    """Keep an answer in the transaction that it is about; it holds references and never a card."""
    session.add(
        IdempotentAnswer(
            program_key_id=once.key_id,
            idempotency_digest=_digest(once),
            request_digest=once.call,
            status=status,
            body=json.dumps({"headers": headers, "document": document}),
            created_at=clock.now(),
        )
    )
    session.flush()


def forget_answers(session: Session, *, now: datetime) -> int:
    """Take away what is kept no longer; how many."""
    over = session.scalars(
        select(IdempotentAnswer.id).where(IdempotentAnswer.created_at <= now - KEPT_FOR)
    ).all()
    session.execute(delete(IdempotentAnswer).where(IdempotentAnswer.id.in_(over)))
    return len(over)


def _digest(once: Once) -> str:
    return keyring().seal(f"idempotency:{once.idempotency_key}")
