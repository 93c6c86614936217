"""The schedule, as one table: what runs how often, and what it does.

Slots are whole multiples of a job's interval since the epoch in UTC, so that clock changes cannot
double or skip one. A late start runs the newest slot only: one catch-up, however long the pause.
Every job works in small transactions and may be stopped between, or in, any two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import RosterError
from roster.mail.delivery import UNREACHABLE, MailServer
from roster.permissions import Actor
from roster.services.anchors import add_anchor, anchor_path
from roster.services.availability_history import count_replaced, forget_statements, list_outdated
from roster.services.coordinator_digests import list_unanswered, note_unanswered, send_digests
from roster.services.due_reminders import remind
from roster.services.erasing import erase_due, plan_erasures
from roster.services.erasure_ledger import catch_up, ledger_path
from roster.services.erasure_replay import list_forgotten, replay
from roster.services.expiry import count_due, count_unmarked, expire_availabilities
from roster.services.forgotten_applications import forget_applications
from roster.services.outbox import ClaimedMessage, claim_message, settle_message
from roster.services.pace import Pace
from roster.services.schedule import find_last_done, forget_old_runs, keep_lease
from roster.services.unanswered import count_unanswered, forget_files, forget_unanswered
from roster.services.women_to_remind import find_women_to_remind
from roster.settings import Settings

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

ASKS_ABOVE_ROWS = 100
ASKS_ABOVE_SHARE = 0.5
"""Expiring more rows than this at once, and more than this share of all, looks like a wrong clock.

Low enough for a roster of a few hundred: each of them would get a message that is not true."""

LONGEST_GAP = timedelta(days=1)
"""A run of reminders so long after the last one may come of a clock that has leapt."""


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
        """A writing session in which the lease was seen to be held; commit it inside."""
        with self.database.writing() as session:
            if self.holder is not None:
                keep_lease(session, holder=self.holder, now=clock.now())
            yield session


@dataclass(frozen=True)
class Job:
    """``run`` returns how many rows or messages it changed."""

    name: str
    every: timedelta
    what: str
    run: Callable[[Turn], int]

    def slot_at(self, moment: datetime) -> datetime:
        """The newest instant at or before ``moment`` at which this job was due."""
        return moment - (moment - EPOCH) % self.every


def expire(turn: Turn) -> int:
    """Mark statements that have run out, batch by batch, resting in between."""
    began = clock.now()
    with turn.database.reading() as session:
        is_any = _count_probable(session, began, is_confirmed=turn.is_confirmed) > 0
    pace, changed = Pace(), 0
    while is_any and not turn.is_stopping():
        limit = pace.rows
        taken = _expire_batch(turn, began, pace)
        changed += taken
        is_any = taken == limit
        if is_any:
            pace.rest()
    return changed


def _count_probable(session: Session, now: datetime, *, is_confirmed: bool) -> int:
    """How many are due, as far as it matters; ``Asks`` if they are improbably many.

    The share is reckoned only above the number, so that most runs read a handful of rows.
    """
    due = count_due(session, now=now, limit=ASKS_ABOVE_ROWS + 1)
    if due <= ASKS_ABOVE_ROWS or is_confirmed:
        return due
    due, unmarked = count_due(session, now=now), count_unmarked(session)
    if due > ASKS_ABOVE_SHARE * unmarked:
        raise Asks("expiry_improbable", due=due, of=unmarked)
    return due


def _expire_batch(turn: Turn, began: datetime, pace: Pace) -> int:
    with turn.writing() as session, pace.measured():
        # A clock that leaps ahead while the job runs adds nothing to what was counted.
        until = min(began, clock.now())
        taken = expire_availabilities(session, actor=turn.actor, now=until, limit=pace.rows)
        session.commit()
    return taken


def remind_women(turn: Turn) -> int:
    """Write to the women of whom something runs out soon, batch by batch."""
    began = clock.now()
    with turn.database.reading() as session:
        women = find_women_to_remind(session, now=began)
        if not turn.is_confirmed:
            _check_probable(session, len(women), now=began)
    return _at_pace(turn, began, women, remind)


def _at_pace(turn: Turn, began: datetime, ids: Sequence[int], write: Callable[..., int]) -> int:
    """Write about each of ``ids``, at once about as many as others can wait for."""
    pace, changed = Pace(), 0
    while ids and not turn.is_stopping():
        batch, ids, now = ids[: pace.rows], ids[pace.rows :], min(began, clock.now())
        with turn.writing() as session, pace.measured():
            changed += write(session, actor=turn.actor, ids=batch, now=now)
            session.commit()
        pace.rest()
    return changed


def _check_probable(session: Session, due: int, *, now: datetime) -> None:
    """``Asks`` if most would be reminded at once after a time that no run has seen.

    The share alone is no sign: a hundred who were invited in one week are due in one week, too.
    """
    if due <= ASKS_ABOVE_ROWS:
        return
    of, last = count_unmarked(session), find_last_done(session, "reminders")
    has_leapt = last is None or abs(now - last) > LONGEST_GAP
    if has_leapt and due > ASKS_ABOVE_SHARE * of:
        raise Asks("reminders_improbable", due=due, of=of)


def tell_coordinators(turn: Turn) -> int:
    """Note who has not answered; then one message of counts to each coordinator concerned."""
    began = clock.now()
    with turn.database.reading() as session:
        unanswered = list_unanswered(session, now=began)
    _at_pace(turn, began, unanswered, note_unanswered)
    with turn.writing() as session:
        sent = send_digests(session, actor=turn.actor, now=clock.now())
        session.commit()
    return sent


def deliver(turn: Turn) -> int:
    """Hand due messages to the mail server, one recipient each; without a server they wait."""
    if not turn.settings.smtp_url:
        return 0
    server = MailServer.at(turn.settings.smtp_url, sender=turn.settings.sender)
    sent = 0
    while not turn.is_stopping() and (message := _claim(turn)) is not None:
        outcome = server.send(message.letter(turn.settings.base_url))
        with turn.writing() as session:
            settle_message(
                session,
                actor=turn.actor,
                message_id=message.id,
                outcome=outcome,
                now=clock.now(),
                keeps_values=turn.settings.is_demo,
            )
            session.commit()
        sent += outcome.is_sent
        if outcome.problem == UNREACHABLE:
            break  # the others keep their tries for a server that answers
    return sent


def _claim(turn: Turn) -> ClaimedMessage | None:
    with turn.writing() as session:
        message = claim_message(session, actor=turn.actor, now=clock.now())
        session.commit()
    return message


def anchor(turn: Turn) -> int:
    """Note the trail's length and last digest outside the database."""
    with turn.database.reading() as session:
        path = anchor_path(turn.settings)
        return int(add_anchor(session, path, actor=turn.actor, now=clock.now()))


def erase(turn: Turn) -> int:
    """Erase those whose days of grace are over, and leave nothing of them in the log of writes."""
    replay_ledger(turn)
    with turn.database.reading() as session:
        catch_up(session, ledger_path(turn.settings))
        plan = plan_erasures(session, now=clock.now())
    changed = _in_batches(turn, partial(erase_due, plan=plan))
    turn.database.empty_log()
    return changed


def replay_ledger(turn: Turn) -> int:
    """Hide whoever left since the backup that this database was restored from; mostly nobody."""
    ledger = ledger_path(turn.settings)
    with turn.database.reading() as session:
        if not list_forgotten(session, ledger):
            return 0
    with turn.writing() as session:
        count = replay(session, actor=turn.actor, ledger=ledger, now=clock.now())
        session.commit()
    return count


def tidy(turn: Turn) -> int:
    """Forget what the ledger of runs needs no longer."""
    with turn.writing() as session:
        forgotten = forget_old_runs(session, now=clock.now())
        session.commit()
    return forgotten


def forget_imports(turn: Turn) -> int:
    """Forget files, rows and women of imports that nobody answered to, batch by batch."""
    with turn.database.reading() as session:
        due, of = count_unanswered(session, now=clock.now())
    if due > max(ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE * of) and not turn.is_confirmed:
        raise Asks("forgetting_improbable", due=due, of=of)
    steps = (forget_files, forget_unanswered)
    return sum(_in_batches(turn, step) for step in steps)


def _in_batches(turn: Turn, step: Callable[..., int]) -> int:
    """Repeat a step, each time in a transaction of its own, until it finds nothing."""
    changed, batch = 0, 1
    while batch and not turn.is_stopping():
        with turn.writing() as session:
            batch = step(session, actor=turn.actor, now=clock.now())
            session.commit()
        changed += batch
    return changed


def forget_history(turn: Turn) -> int:
    """Forget statements of availability that were replaced long ago, batch by batch."""
    began = clock.now()
    with turn.database.reading() as session:
        ids, replaced = list_outdated(session, now=began), count_replaced(session)
    is_improbable = len(ids) > max(ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE * replaced)
    if is_improbable and not turn.is_confirmed:
        raise Asks("forgetting_improbable", due=len(ids), of=replaced)
    return _at_pace(turn, began, ids, forget_statements)


JOBS: tuple[Job, ...] = (
    Job("expiry", timedelta(minutes=1), "mark availabilities that have run out", expire),
    Job("reminders", timedelta(minutes=15), "remind of what runs out soon", remind_women),
    Job("digests", timedelta(days=1), "tell coordinators how many need a word", tell_coordinators),
    Job("outbox", timedelta(seconds=30), "hand due messages to the mail server", deliver),
    Job("anchor", timedelta(hours=1), "note the trail's last digest beside the keys", anchor),
    Job("erase", timedelta(minutes=5), "erase those who left, a week after they asked", erase),
    Job(
        "forget_applications",
        timedelta(days=1),
        "forget applications of long ago",
        partial(_in_batches, step=forget_applications),
    ),
    Job("forget_imports", timedelta(days=1), "forget imports nobody answered to", forget_imports),
    Job("forget_history", timedelta(days=1), "forget answers of a year ago", forget_history),
    Job("tidy", timedelta(days=1), "forget runs of jobs older than 30 days", tidy),
)


def get_job(name: str) -> Job:
    """The job of that name; KeyError if there is none."""
    return {job.name: job for job in JOBS}[name]
