"""One turn of a job: where it writes and as whom, when it must ask, how it goes through many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import RosterError
from roster.permissions import Actor
from roster.queries.terms import load_terms
from roster.services.pace import Pace
from roster.services.schedule import keep_lease
from roster.settings import Settings
from roster.vocabulary import vocabulary_in_force

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

ASKS_ABOVE_ROWS = 100
ASKS_ABOVE_SHARE = 0.5
"""Expiring more rows than this at once, and more than this share of all, looks like a wrong clock.

Low enough for a roster of a few hundred: each of them would get a message that is not true."""


class Asks(RosterError):
    """A job stopped before an improbable step; a person decides whether it goes on."""


@dataclass(frozen=True)
class Turn:
    """One turn of a job: where it writes, as whom, and whether it must hold the lease to write."""

    database: Database
    settings: Settings
    actor: Actor
    holder: str | None = None
    """None: run by hand, beside whichever scheduler there is."""
    is_confirmed: bool = False
    """A person looked at an improbable number and said yes."""
    is_stopping: Callable[[], bool] = lambda: False
    """Asked between two transactions: whether the process was told to stop."""

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A writing session in which the lease was seen to be held; commit it inside.

        What it wrote is carried from the log into the file afterwards, when nobody waits for it.
        """
        with self.database.writing() as session:
            if self.holder is not None:
                keep_lease(session, holder=self.holder, now=clock.now())
            yield session
        self.database.carry_log()


@dataclass(frozen=True)
class Job:
    """``run`` returns how many rows or messages it changed."""

    name: str
    every: timedelta
    what: str
    run: Callable[[Turn], int]

    def take(self, turn: Turn) -> int:
        """Run it by the vocabulary as it stands now."""
        with turn.database.reading() as session:
            terms = load_terms(session)
        with vocabulary_in_force(terms):
            return self.run(turn)

    def slot_at(self, moment: datetime) -> datetime:
        """The newest instant at or before ``moment`` at which this job was due."""
        return moment - (moment - EPOCH) % self.every


def write_at_pace(
    turn: Turn, began: datetime, ids: Sequence[int], write: Callable[..., int]
) -> int:
    """Write about each of ``ids``, at once about as many as others can wait for."""
    pace, changed = Pace(), 0
    while ids and not turn.is_stopping():
        batch, ids, now = ids[: pace.rows], ids[pace.rows :], min(began, clock.now())
        with turn.writing() as session, pace.measured():
            changed += write(session, actor=turn.actor, ids=batch, now=now)
            session.commit()
        pace.rest()
    return changed


def repeat_in_batches(turn: Turn, step: Callable[..., int]) -> int:
    """Repeat a step, each time in a transaction of its own, until it finds nothing."""
    pace, changed, batch = Pace(), 0, 1
    while batch and not turn.is_stopping():
        with turn.writing() as session, pace.measured():
            batch = step(session, actor=turn.actor, now=clock.now())
            session.commit()
        changed += batch
        if batch:
            pace.rest()
    return changed
