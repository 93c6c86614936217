"""The roster as columns in memory, following the database change by change.

Every writing transaction leaves change rows with its number of the ledger. Before each request the
rows after the index's own number are read and applied, so a worker misses nothing that was
committed before the request's session began.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from matching.columns import Columns
from matching.terms import Terms
from roster import clock
from roster.facts import load_mediators
from roster.models import Availability, Change, LedgerHead
from roster.queries.terms import load_terms
from roster.vocabulary import vocabulary_in_force

NAMED_AT_ONCE = 10_000
"""Women named in one statement: in a night of many ends hundreds of thousands change."""


class RosterIndex:
    """One per process. Build it with the vocabulary; the first use reads everybody."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._columns: Columns | None = None
        self._judged_at: datetime | None = None
        self._lock = threading.RLock()
        self.n = -1
        """Number of the last writing transaction that is in the columns; -1 before the first use."""

    @contextmanager
    def opened(self, session: Session, *, now: datetime | None = None) -> Iterator[Columns]:
        """The columns as the session sees the database; held still until the block ends."""
        with self._lock:
            yield self.current(session, now=now)

    def current(self, session: Session, *, now: datetime | None = None) -> Columns:
        """Bring the columns up to what the session sees and return them.

        Where threads share the index, use ``opened`` instead. ``now`` (the clock's unless given)
        decides which of two statements of availability stands in the columns.
        """
        instant = now or clock.now()
        # who uses a merged term has a change row: she is read again by the vocabulary of the same state
        with self._lock, vocabulary_in_force(load_terms(session)):
            n = _last_committed(session)
            if self._columns is None:
                self._columns = Columns.build(load_mediators(session, now=instant), self._terms)
                self.n = n
            else:
                changed = _list_changed(session, self.n, n)
                changed |= _list_succeeded(session, self._judged_at or instant, instant)
                _apply(self._columns, session, sorted(changed), instant)
                self.n = max(self.n, n)
            self._judged_at = instant
            return self._columns


def _last_committed(session: Session) -> int:
    """Number of the newest transaction that is committed; a writer's own is not yet."""
    own: int | None = session.info.get("n")
    if own is not None:
        return own - 1
    return session.scalars(select(LedgerHead.n)).one()


def _list_changed(session: Session, after: int, upto: int) -> set[int]:
    numbers = (Change.n > after, Change.n <= upto)
    return set(session.scalars(select(Change.mediator_id).where(*numbers).distinct()))


def _list_succeeded(session: Session, one: datetime, other: datetime) -> set[int]:
    """Women whose own statement ended between two instants while their coordinator's goes on."""
    earlier, later = sorted((one, other))
    own, coordinators = aliased(Availability), aliased(Availability)
    statement = (
        select(own.mediator_id)
        .join(coordinators, coordinators.mediator_id == own.mediator_id)
        .where(
            own.confirmed_by == "self",
            own.superseded_at.is_(None),
            own.valid_until > earlier,
            own.valid_until <= later,
            coordinators.confirmed_by == "coordinator",
            coordinators.superseded_at.is_(None),
        )
    )
    return set(session.scalars(statement))


def _apply(columns: Columns, session: Session, ids: Sequence[int], now: datetime) -> None:
    """Put the present facts of these women into the columns; those who are gone leave them."""
    for first in range(0, len(ids), NAMED_AT_ONCE):
        named = ids[first : first + NAMED_AT_ONCE]
        gone = set(named)
        for mediator in load_mediators(session, ids=named, now=now):
            columns.apply(mediator)
            gone.remove(mediator.id)
        for one in gone:
            if one in columns:
                columns.remove(one)
