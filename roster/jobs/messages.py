"""Reminding women, telling coordinators, and handing messages to the mail server."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from roster import clock
from roster.jobs.turn import ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE, Asks, Turn, write_at_pace
from roster.mail.delivery import UNREACHABLE, MailServer
from roster.services.coordinator_digests import list_unanswered, note_unanswered, send_digests
from roster.services.due_reminders import remind
from roster.services.expiry import count_unmarked
from roster.services.outbox import ClaimedMessage, claim_message, settle_message
from roster.services.schedule import find_last_done
from roster.services.women_to_remind import find_women_to_remind

LONGEST_GAP = timedelta(days=1)
"""A run of reminders so long after the last one may come of a clock that has leapt."""


def remind_women(turn: Turn) -> int:
    """Write to the women of whom something runs out soon, batch by batch."""
    began = clock.now()
    with turn.database.reading() as session:
        women = find_women_to_remind(session, now=began)
        if not turn.is_confirmed:
            _check_probable(session, len(women), now=began)
    return write_at_pace(turn, began, women, remind)


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
    write_at_pace(turn, began, unanswered, note_unanswered)
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
