"""She leaves, and what was joined with her leaves with her: also from a backup of before the merge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from roster.models import Account, Erasure, Mediator
from roster.queries.leaving import is_open
from roster.queries.merges import list_merged_into, list_merges
from roster.services.erasure_ledger import write_after_commit
from roster.services.trail import add_change


def leave_with_joined(session: Session, mediator_id: int, erasure: Erasure, ledger: Path) -> None:
    """Ask the same for those who stand for her no longer, under their own keys."""
    for key in _list_keys(session, mediator_id):
        joined = Erasure(
            mediator_key=key,
            network_code=erasure.network_code,
            asked_at=erasure.asked_at,
            due_at=erasure.due_at,
        )
        session.add(joined)
        session.flush()
        write_after_commit(session, ledger, joined)


def stay_with_joined(session: Session, mediator_id: int, erasure: Erasure, ledger: Path) -> None:
    """Take it back for them as well."""
    for joined in session.scalars(
        select(Erasure).where(
            Erasure.mediator_key.in_(_list_keys(session, mediator_id)),
            Erasure.network_code.is_not_distinct_from(erasure.network_code),
            Erasure.asked_at == erasure.asked_at,
            is_open(),
        )
    ):
        joined.taken_back_at = erasure.taken_back_at
        write_after_commit(session, ledger, joined)


def _list_keys(session: Session, mediator_id: int) -> list[str]:
    joined = list_merged_into(session, mediator_id)
    return list(session.scalars(select(Mediator.key).where(Mediator.id.in_(joined))))


def erase_joined(session: Session, mediator_id: int, erase: Callable[[Session, int], None]) -> None:
    """Erase what stayed behind when others were joined with her, and the accounts it ended."""
    joined = list_merged_into(session, mediator_id)
    accounts = [
        merge.moved["account"]["id"]
        for each in (mediator_id, *joined)
        for merge in list_merges(session, each)
        if merge.moved["account"]
    ]
    session.execute(
        delete(Account)
        .where(
            Account.id.in_(accounts), Account.mediator_id.is_(None), Account.is_active.is_(False)
        )
        .execution_options(synchronize_session=False)
    )
    for each in joined:
        erase(session, each)
        add_change(session, each)
