"""Rows that are pointed to another mediator when two are joined, and back when it is undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from roster.models import (
    Account,
    Application,
    CrossSuspicion,
    Handle,
    Link,
    Membership,
    Record,
    RunRow,
    SpokenConsent,
)
from roster.queries.pairs import OPEN, select_hers
from roster.services.links import end_links
from roster.services.sign_in import end_sessions

NETWORKS_OWN = ("record", "membership")
"""Tables of what a network holds: pointed to the one that is kept, whoever says that they are one."""
HER_OWN = ("spoken_consent", "application", "handle", "run_row")
"""Tables of what was asked of her or answered with her: pointed only where she has said so herself."""
TABLES: dict[str, Any] = {
    "record": Record,
    "membership": Membership,
    "spoken_consent": SpokenConsent,
    "application": Application,
    "handle": Handle,
    "run_row": RunRow,
}


def point_rows(
    session: Session, kept_id: int, merged_id: int, *, is_hers: bool
) -> dict[str, list[int]]:
    """Point what moves to the kept one; return the numbers of the rows by table.

    Of two handles in one request the kept one's stays: the other's row reads "no longer available".
    """
    own = _find_own_record(session, kept_id) is not None
    moved = {}
    for table in (*NETWORKS_OWN, *(HER_OWN if is_hers else ())):
        rows = session.scalars(
            select(TABLES[table]).where(TABLES[table].mediator_id == merged_id)
        ).all()
        chosen = [row for row in rows if _may_move(session, row, kept_id, own or not is_hers)]
        moved[table] = _point(chosen, kept_id)
        session.flush()
    hide = and_(Link.mediator_id == merged_id, Link.purpose == "hide")
    moved["link"] = _point(session.scalars(select(Link).where(hide)), kept_id)
    moved["cross_suspicion"] = _point_judged(session, kept_id, merged_id)
    session.flush()
    return moved


def point_back(session: Session, moved: dict[str, Any], kept_id: int, merged_id: int) -> None:
    """What is still there goes back to the one that was merged; what was erased since stays so."""
    for name, table in {**TABLES, "link": Link}.items():
        for number in moved.get(name, ()):
            row = session.get(table, number)
            if row is not None and row.mediator_id == kept_id:
                row.mediator_id = merged_id
        session.flush()
    for number in moved["cross_suspicion"]:
        _turn_pair(session, number, kept_id, merged_id)
    session.flush()


def _point(rows: Iterable[Any], mediator_id: int) -> list[int]:
    numbers = []
    for row in rows:
        row.mediator_id = mediator_id
        numbers.append(row.id)
    return numbers


def _may_move(session: Session, row: Any, kept_id: int, keeps_own: bool) -> bool:
    if isinstance(row, Record):
        return row.network_code is not None or not keeps_own
    if isinstance(row, Handle):
        return not _has_handle(session, row.request_id, kept_id)
    if isinstance(row, RunRow):
        request = row.run.request_id
        code = select(Handle.code).where(
            Handle.request_id == request, Handle.mediator_id == kept_id, Handle.code == row.handle
        )
        return session.scalar(code) is not None
    return True


def _has_handle(session: Session, request_id: int, mediator_id: int) -> bool:
    found = select(Handle.id).where(
        Handle.request_id == request_id, Handle.mediator_id == mediator_id
    )
    return session.scalar(found) is not None


def _find_own_record(session: Session, mediator_id: int) -> int | None:
    return session.scalar(
        select(Record.id).where(Record.mediator_id == mediator_id, Record.network_code.is_(None))
    )


def _point_judged(session: Session, kept_id: int, merged_id: int) -> list[int]:
    """Pairs with third women that somebody has judged stay judged; open ones are looked for anew."""
    rows = session.scalars(
        select(CrossSuspicion).where(
            select_hers(merged_id), CrossSuspicion.state.not_in(sorted(OPEN))
        )
    ).all()
    return [row.id for row in rows if _turn_pair(session, row.id, merged_id, kept_id)]


def _turn_pair(session: Session, pair_id: int, one: int, other: int) -> bool:
    """Put ``other`` in the place of ``one``; False where there is such a pair, or it is these two."""
    row = session.get(CrossSuspicion, pair_id)
    if row is None:
        return False
    third = row.second_mediator_id if row.first_mediator_id == one else row.first_mediator_id
    if third == other or one not in (row.first_mediator_id, row.second_mediator_id):
        return False
    first, second = sorted((third, other))
    taken = select(CrossSuspicion.id).where(
        CrossSuspicion.first_mediator_id == first, CrossSuspicion.second_mediator_id == second
    )
    if session.scalar(taken) is not None:
        return False
    if (row.first_mediator_id == third) != (first == third):
        _swap_sides(row)
    row.first_mediator_id, row.second_mediator_id = first, second
    return True


def _swap_sides(row: CrossSuspicion) -> None:
    row.first_said, row.second_said = row.second_said, row.first_said
    row.first_word, row.second_word = row.second_word, row.first_word
    row.first_word_by, row.second_word_by = row.second_word_by, row.first_word_by
    row.features = {**row.features, "records": row.features["records"][::-1]}


def detach_account(session: Session, mediator_id: int) -> dict[str, Any] | None:
    """The second account of one woman opens no page any more; of other work it stays open."""
    account = session.scalars(
        select(Account).where(Account.mediator_id == mediator_id)
    ).one_or_none()
    if account is None:
        return None
    before = {"id": account.id, "is_active": account.is_active}
    account.mediator_id = None
    if {grant.role for grant in account.grants} <= {"mediator"}:
        account.is_active = False
    end_sessions(session, account_id=account.id)
    return before


def attach_account(session: Session, before: dict[str, Any] | None, mediator_id: int) -> None:
    """Her account is hers again; she signs in anew."""
    account = session.get(Account, before["id"]) if before else None
    if account is not None and before and account.mediator_id is None:
        account.mediator_id, account.is_active = mediator_id, before["is_active"]


def end_her_links(session: Session, mediator_id: int) -> None:
    """What was mailed to the one that is merged opens nothing of the one that is kept.

    Only a link to hide with was pointed along: all it can do is hide her.
    """
    end_links(session, Link.mediator_id == mediator_id)
