"""Asking many women at once whether their last answer still holds, each within what she has chosen.

Nobody is written to twice for the same answer by a coordinator, nor twice on one day of hers, nor
on a day on which the service reminds her by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.local_days import last_day, local_day
from roster.mail.messages import Letter, write_letter
from roster.models import Availability, Mediator, OutboxMessage
from roster.permissions import Actor, Permission
from roster.queries.people import ListedPerson, list_states
from roster.queries.records import DUE_DAYS, visible_to
from roster.services.due_reminders import WEEK, list_due
from roster.services.expiry import UNMARKED
from roster.services.invitations import send_renewal
from roster.services.links import LIVES, PATHS
from roster.services.reminders import may_be_reminded
from roster.services.stale_messages import ASKED_BY_HER
from roster.services.trail import require
from roster.services.writing import Reach, load_reach

STATES: Mapping[str, str] = {"ending": "due", "ended": "expired", "none": "none"}
"""Whom one may ask together, and their state on the list (``judge_state``)."""
MOST_LOOKED_AT = 300
MOST_ASKED = 100
"""Women written to by one press: so long no other change has to wait."""
NOT_ASKED_AGAIN = timedelta(days=30)
"""So long a woman who never answered is not asked anew."""
TEMPLATE = "renewal"
SHOWN_LINK = "…"
"""Stands in a preview for the one-time part of her link, which is made as the message is."""


@dataclass(frozen=True)
class ToAsk:
    """One woman of the group. ``why`` is None where she is written to, else the code of the reason:

    paused, consent_missing, speak_to_her, no_address, no_reminders, due_today (the service writes
    to her today by itself), written_today, written_this_week (she wants one message a week) or
    asked_already (about this same answer).
    """

    record_id: int
    mediator_id: int
    language: str
    time_zone: str
    valid_until: datetime | None
    why: str | None


@dataclass(frozen=True)
class Group:
    """``women``: at most ``MOST_LOOKED_AT`` of ``total``, whose answer ends first; in that order."""

    women: Sequence[ToAsk]
    total: int


@dataclass(frozen=True)
class Written:
    """When a woman was or will be written to: any message, and the newest by a coordinator."""

    last: datetime
    asked: datetime | None


def list_to_ask(session: Session, *, actor: Actor, which: str, now: datetime) -> Group:
    """The women of the actor's networks in one of ``STATES``, each once, and who is not written to."""
    require(Permission.LIST_RECORDS, actor)
    people = list_states(session, visible_to(session, actor), now)
    wanted = {one.mediator_id: one for one in people if one.state == STATES[which]}
    chosen = sorted(wanted.values(), key=lambda one: (one.valid_until or now, one.record_id))
    judge = _Judge(session, [one.mediator_id for one in chosen[:MOST_LOOKED_AT]], now)
    return Group([judge.judge(one) for one in chosen[:MOST_LOOKED_AT]], len(chosen))


def ask_many(
    session: Session, *, actor: Actor, which: str, record_ids: Collection[int], now: datetime
) -> int:
    """Ask those of ``record_ids`` who may be written to at this moment; return how many."""
    sent = 0
    for one in list_to_ask(session, actor=actor, which=which, now=now).women:
        if one.why is None and one.record_id in record_ids and sent < MOST_ASKED:
            with suppress(Refused):
                send_renewal(session, actor=actor, mediator_id=one.mediator_id)
                sent += 1
    return sent


def preview(one: ToAsk, *, base_url: str, now: datetime) -> Letter:
    """The message as it would be sent to her at this moment, but for the one-time part of its link."""
    values = {
        "path": PATHS["renewal"] + SHOWN_LINK,
        "ends_at": (now + LIVES["renewal"]).isoformat(),
        "time_zone": one.time_zone,
    }
    return write_letter(
        template=TEMPLATE,
        language=one.language,
        recipient="",
        values=values,
        message_id="",
        base_url=base_url,
    )


def last_day_of_link(one: ToAsk, now: datetime) -> str:
    """The day that her message names: two women with one language and day read the same text."""
    return last_day(now + LIVES["renewal"], one.time_zone).isoformat()


class _Judge:
    """Who of these women may be written to; a fixed number of statements for all of them."""

    def __init__(self, session: Session, ids: Sequence[int], now: datetime) -> None:
        self.now = now
        self.reach: dict[int, Reach] = load_reach(session, ids)
        women = select(Mediator.id, Mediator.language, Mediator.paused_until)
        rows = session.execute(women.where(Mediator.id.in_(ids))).all()
        self.languages = {row.id: row.language for row in rows}
        self.paused = {row.id for row in rows if row.paused_until and row.paused_until > now}
        may = select(Mediator.id).where(Mediator.id.in_(ids), may_be_reminded(now))
        self.may = set(session.scalars(may))
        self.due = list_due_today(session, ids, now)
        self.written = load_written(session, ids)

    def judge(self, one: ListedPerson) -> ToAsk:
        return ToAsk(
            one.record_id,
            one.mediator_id,
            self.languages[one.mediator_id],
            one.time_zone,
            one.valid_until,
            self._find_reason(one),
        )

    def _find_reason(self, one: ListedPerson) -> str | None:
        her, reach = one.mediator_id, self.reach[one.mediator_id]
        written = self.written.get(her)
        today = local_day(self.now, one.time_zone)
        last = local_day(written.last, one.time_zone) if written else None
        begun = _beginning(one, self.now)
        reasons = {
            "paused": her in self.paused,
            "consent_missing": her not in self.may,
            "speak_to_her": reach.choice.channel != "mail",
            "no_address": reach.address is None,
            "no_reminders": reach.choice.cadence == "none",
            "due_today": her in self.due,
            "asked_already": bool(written and written.asked and written.asked >= begun),
            "written_today": last is not None and last >= today,
            "written_this_week": reach.choice.cadence == "weekly"
            and written is not None
            and written.last > self.now - WEEK,
        }
        return next((code for code, holds in reasons.items() if holds), None)


def _beginning(one: ListedPerson, now: datetime) -> datetime:
    """Since when she is in her group: a message before that was about something else."""
    if one.valid_until is None:
        return now - NOT_ASKED_AGAIN
    return one.valid_until - timedelta(days=DUE_DAYS) if one.state == "due" else one.valid_until


def list_due_today(session: Session, ids: Sequence[int], now: datetime) -> set[int]:
    """Women to whom the jobs write at their next turn."""
    things, _ = list_due(session, ids, now=now)
    ended = select(Availability.mediator_id).where(
        *UNMARKED,
        Availability.valid_until <= now,
        Availability.confirmed_by != "import",
        Availability.mediator_id.in_(ids),
    )
    return {thing.mediator_id for thing in things} | set(session.scalars(ended))


def load_written(session: Session, ids: Iterable[int]) -> dict[int, Written]:
    """What left or waits to leave; what she asked for herself is not counted."""
    m = OutboxMessage
    rows = session.execute(
        select(Mediator.id, m.template, m.created_at, m.due_at)
        .join(Mediator, Mediator.id == m.mediator_id)
        .where(
            Mediator.id.in_(sorted(ids)),
            m.state.in_(("queued", "sending", "sent")),
            m.template.not_in(sorted(ASKED_BY_HER)),
        )
        .order_by(m.id)
    )
    found: dict[int, Written] = {}
    for her, template, created_at, due_at in rows:
        before = found.get(her)
        asked = created_at if template == TEMPLATE else before.asked if before else None
        found[her] = Written(max(due_at, before.last if before else due_at), asked)
    return found
