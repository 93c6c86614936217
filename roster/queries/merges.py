"""What was joined: which of several mediators stands for a woman, and what of it she may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Account, Identity, Link, Merge, Record
from roster.queries.leaving import left_records
from roster.queries.pair_sides import list_proven
from roster.queries.pairs import list_agreed


@dataclass(frozen=True)
class Joined:
    """A merge that stands, as coordinators of one of its two networks see it."""

    merge: Merge
    record_id: int
    """Their own record."""
    network_code: str
    other_code: str


def list_merges(session: Session, mediator_id: int) -> Sequence[Merge]:
    """Those that stand of which she is the one that was kept, the oldest first."""
    return session.scalars(
        select(Merge)
        .where(Merge.kept_mediator_id == mediator_id, Merge.undone_at.is_(None))
        .order_by(Merge.id)
    ).all()


def list_merged_into(session: Session, mediator_id: int) -> list[int]:
    """Mediators that stand for her no longer, and hold what was not pointed to her."""
    found: list[int] = []
    for merge in list_merges(session, mediator_id):
        found += [merge.merged_mediator_id, *list_merged_into(session, merge.merged_mediator_id)]
    return found


def list_closed_records(session: Session, mediator_id: int) -> frozenset[int]:
    """Records that coordinators say are hers and that she has not shown to be hers.

    Whoever holds her account does not read them: somebody may have been put on a list to be joined
    with another woman. They open with an account whose mailbox stands in the record, or by an
    invitation that was mailed to the address in it.
    """
    moved = {
        number
        for merge in list_merges(session, mediator_id)
        if not merge.moved["is_hers"]
        for number in merge.moved["record"]
    }
    return frozenset(moved - _list_shown_to_be_hers(session, mediator_id)) if moved else frozenset()


def _list_shown_to_be_hers(session: Session, mediator_id: int) -> set[int]:
    invited = select(Link.record_id).where(
        Link.mediator_id == mediator_id,
        Link.purpose == "invitation",
        Link.used_at.is_not(None),
        Link.was_handed_over.is_(False),
    )
    shown = {number for number in session.scalars(invited) if number is not None}
    if mediator_id in list_proven(session, [mediator_id]):
        same_mailbox = (
            select(Record.id)
            .join(Identity, Identity.record_id == Record.id)
            .join(Account, Account.email_digest == Identity.email_digest)
            .where(Account.mediator_id == mediator_id, Record.mediator_id == mediator_id)
        )
        shown |= set(session.scalars(same_mailbox))
    return shown


def list_joined(session: Session, networks: frozenset[str]) -> list[Joined]:
    """Merges that these networks' coordinators may know of, the newest first.

    One that she made herself is shown only while the two networks have agreed to compare: it would
    name a network to the other.
    """
    agreed = list_agreed(session)
    rows = session.scalars(select(Merge).where(Merge.undone_at.is_(None)).order_by(Merge.id.desc()))
    shown = set(session.scalars(select(Record.id).where(Record.id.not_in(left_records()))))
    joined = []
    for merge in rows:
        one, other = merge.moved["pair"]
        first, second = sorted((one["network"], other["network"]))
        if merge.moved["is_hers"] and (first, second) not in agreed:
            continue
        for own, theirs in ((one, other), (other, one)):
            if own["network"] in networks and own["record"] in shown:
                joined.append(Joined(merge, own["record"], own["network"], theirs["network"]))
    return joined


def is_merged(session: Session, mediator_id: int) -> bool:
    """Whether another mediator stands for her."""
    found = select(Merge.id).where(
        Merge.merged_mediator_id == mediator_id, Merge.undone_at.is_(None)
    )
    return session.scalar(found.limit(1)) is not None
