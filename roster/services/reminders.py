"""What she is reminded of, once for each step, and the end of it when she has answered.

Who may be reminded is decided here: she is active, neither hidden nor paused, and has let the
service keep her file and match her. Hiding is a sign of danger: nothing is written to a hidden
woman, nor told about her.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from roster import clock
from roster.encryption import keyring
from roster.models import Availability, Consent, Link, Mediator, OutboxMessage, Reminder
from roster.services.links import LIVES, PATHS, TOKEN_BYTES
from roster.services.message_choices import next_allowed
from roster.services.writing import Reach, load_reach, make_message_id

PURPOSES = {"availability": "renewal", "consent": "consent"}
"""The link that a reminder carries; a declaration is made behind the sign-in."""
HOME = "/me"
NEEDED_PURPOSES = ("membership_file", "matching")


@dataclass(frozen=True)
class Thing:
    """One thing of hers that runs out or has ended, and the step at which she is told."""

    mediator_id: int
    about: str
    """availability, consent or declaration"""
    about_id: int
    step: str
    """days_30, days_14, days_7, days_1 or ended"""


def stop_reminders(session: Session, mediator_id: int, about: str) -> None:
    """She has answered: what is still queued about it is not sent.

    A message that speaks of other things as well goes on without this one.
    """
    queued = (
        select(OutboxMessage)
        .join(Reminder, Reminder.message_id == OutboxMessage.id)
        .where(
            Reminder.mediator_id == mediator_id,
            Reminder.about == about,
            OutboxMessage.state == "queued",
        )
    )
    for message in session.scalars(queued).unique().all():
        items = [item for item in message.values.get("items", ()) if item["about"] != about]
        message.values = {**message.values, "items": items}
        if not items:
            message.state = "cancelled"
    if about == "declaration":
        _begin_anew(session, mediator_id, about)


def _begin_anew(session: Session, mediator_id: int, about: str) -> None:
    """A declaration made again is the same row: its steps come again before the next year ends."""
    session.flush()
    session.execute(
        delete(Reminder).where(Reminder.mediator_id == mediator_id, Reminder.about == about)
    )


def add_ended_reminders(
    session: Session, *, rows: Iterable[tuple[int, int]], now: datetime
) -> None:
    """Tell each woman whose answer has just ended that it is unknown now, with a fresh link.

    ``rows`` are (availability id, mediator id) of one batch of the expiry job. Nobody is told
    while another answer of hers holds, whom nothing may be written to, or who asked for no
    reminders.
    """
    answers = session.execute(
        select(Availability.mediator_id, Availability.id).where(
            Availability.id.in_(sorted(availability_id for availability_id, _ in rows)),
            Availability.confirmed_by != "import",
        )
    )
    ended: dict[int, int] = dict(answers.all())
    told = select(Mediator.id).where(
        Mediator.id.in_(sorted(ended)), may_be_reminded(now), ~has_answer(now)
    )
    reach = load_reach(session, ended)
    send_reminders(
        session,
        [
            Thing(her, "availability", ended[her], "ended")
            for her in session.scalars(told.order_by(Mediator.id))
            if reach[her].choice.cadence != "none"
        ],
        reach=reach,
        template="ended",
        now=now,
    )


def may_be_reminded(now: datetime) -> ColumnElement[bool]:
    """Whether a mediator may be reminded at all."""
    return and_(
        Mediator.state == "active",
        Mediator.is_hidden.is_(False),
        or_(Mediator.paused_until.is_(None), Mediator.paused_until <= now),
        *(_agrees_to(purpose, now) for purpose in NEEDED_PURPOSES),
    )


def _agrees_to(purpose: str, now: datetime) -> ColumnElement[bool]:
    consent = aliased(Consent)  # whatever else the statement around it says of consents
    return exists().where(
        consent.mediator_id == Mediator.id,
        consent.purpose == purpose,
        consent.withdrawn_at.is_(None),
        consent.valid_until > now,
    )


def has_answer(now: datetime) -> ColumnElement[bool]:
    """Whether an answer of a mediator's holds, her own or one told to her coordinator."""
    answer = aliased(Availability)
    return exists().where(
        answer.mediator_id == Mediator.id,
        answer.superseded_at.is_(None),
        answer.confirmed_by != "import",
        answer.valid_until > now,
    )


def send_reminders(
    session: Session,
    things: Sequence[Thing],
    *,
    reach: dict[int, Reach],
    template: str,
    now: datetime,
) -> int:
    """One message to each woman for all that is due of hers; return how many messages.

    Where she cannot be written to, only the reminder is noted, and her coordinator is told of it.
    A few statements, whatever the number of women.
    """
    by_woman: dict[int, list[Thing]] = {}
    for thing in things:
        by_woman.setdefault(thing.mediator_id, []).append(thing)
    written = {her: due for her, due in by_woman.items() if reach[her].address}
    links = _make_links(session, written, now)
    ids = _add_messages(session, written, links, reach, template, now)
    _note(session, things, ids, now)
    return len(ids)


def _make_links(
    session: Session, written: dict[int, list[Thing]], now: datetime
) -> dict[tuple[int, str], dict[str, Any]]:
    """A fresh link for each (woman, about) that has one; older ones of the same purpose end."""
    items, rows = {}, []
    for about, purpose in PURPOSES.items():
        women = [her for her, due in written.items() if any(t.about == about for t in due)]
        _end_older(session, women, purpose)
        for her in women:
            token, ends_at = secrets.token_urlsafe(TOKEN_BYTES), now + LIVES[purpose]
            rows.append(
                {
                    "token_digest": keyring().seal(token),
                    "purpose": purpose,
                    "mediator_id": her,
                    "created_at": now,
                    "ends_at": ends_at,
                }
            )
            items[her, about] = {"path": PATHS[purpose] + token, "ends_at": ends_at.isoformat()}
    if rows:
        session.execute(insert(Link), rows)
    return items


def _end_older(session: Session, women: Sequence[int], purpose: str) -> None:
    session.execute(
        update(Link)
        .where(
            Link.mediator_id.in_(women),
            Link.purpose == purpose,
            Link.used_at.is_(None),
            Link.replaced_at.is_(None),
        )
        .values(replaced_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _add_messages(
    session: Session,
    written: dict[int, list[Thing]],
    links: dict[tuple[int, str], dict[str, Any]],
    reach: dict[int, Reach],
    template: str,
    now: datetime,
) -> dict[int, int]:
    """Queue one message a woman; return its id per woman."""
    if not written:
        return {}
    columns = select(Mediator.id, Mediator.language, Mediator.time_zone)
    rows = [
        {
            "n": session.info["n"],
            "template": template,
            "language": language,
            "recipient": reach[her].address,
            "values": {
                "items": [
                    {"about": thing.about, **links.get((her, thing.about), {"path": HOME})}
                    for thing in written[her]
                ],
                "time_zone": time_zone,
            },
            "mediator_id": her,
            "message_id": make_message_id(),
            "created_at": now,
            "due_at": next_allowed(reach[her].choice, time_zone, now),
        }
        for her, language, time_zone in session.execute(
            columns.where(Mediator.id.in_(sorted(written))).order_by(Mediator.id)
        )
    ]
    added = session.execute(
        insert(OutboxMessage).returning(OutboxMessage.mediator_id, OutboxMessage.id), rows
    )
    return {her: message_id for her, message_id in added if her is not None}


def _note(
    session: Session, things: Sequence[Thing], messages: dict[int, int], now: datetime
) -> None:
    rows = [
        {**vars(thing), "at": now, "message_id": messages.get(thing.mediator_id)}
        for thing in things
    ]
    if rows:
        session.execute(insert(Reminder), rows)
