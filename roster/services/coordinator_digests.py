"""What her coordinator is told: how many women need a word, never who, once a day at most.

A woman is noted when she has not answered by her last day but one, or when her answer has ended;
and where she cannot be written to, at each step at which she would have been. Each thing counts
once. Mail is read over shoulders and in shared boxes: the message has counts and links alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from roster.encryption import keyring
from roster.local_days import local_day
from roster.models import (
    Account,
    Availability,
    Mediator,
    Membership,
    OutboxMessage,
    Record,
    Reminder,
    RoleGrant,
)
from roster.permissions import Actor, Permission
from roster.queries.alarms import list_alarms
from roster.queries.approaches import count_asking
from roster.services.message_choices import DEFAULT, next_allowed
from roster.services.reminders import has_answer, may_be_reminded
from roster.services.trail import add_audit, add_message, require

TIME_TO_ANSWER = timedelta(hours=12)
"""After the reminder of her last day but one, before her coordinator is told."""
TOLD_WITHIN = timedelta(days=60)
"""What ended longer ago is on the list, and no news."""
TEMPLATE = "coordinator_digest"

PATHS = {
    "ended": "/people?state=expired",
    "to_speak": "/people?state=to_speak",
    "alarms": "/monday",
    "approaches": "/approaches",
}


def list_unanswered(session: Session, *, now: datetime) -> list[int]:
    """Answers whose women have not answered since: it looks through all, so read it beforehand."""
    return list(session.scalars(_unanswered(now).with_only_columns(Availability.id)))


def note_unanswered(session: Session, *, actor: Actor, ids: Sequence[int], now: datetime) -> int:
    """Note those of ``ids`` who still have not answered, so that their coordinators are told."""
    require(Permission.RUN_JOBS, actor)
    rows = [
        {"mediator_id": her, "about": "availability", "about_id": one, "step": "coordinator"}
        for one, her in session.execute(_unanswered(now).where(Availability.id.in_(ids)))
    ]
    if rows:
        session.execute(insert(Reminder), [{**row, "at": now} for row in rows])
    return len(rows)


def _unanswered(now: datetime) -> Select[int, int]:
    return (
        select(Availability.id, Availability.mediator_id)
        .join(Mediator, Mediator.id == Availability.mediator_id)
        .where(
            Availability.superseded_at.is_(None),
            Availability.confirmed_by != "import",
            Availability.valid_until > now - TOLD_WITHIN,
            Availability.valid_until <= now + timedelta(days=3),
            may_be_reminded(now),
            ~_has_step("coordinator"),
            or_(
                and_(Availability.valid_until > now, _has_step("days_1", now - TIME_TO_ANSWER)),
                and_(Availability.expired_at.is_not(None), ~has_answer(now)),
            ),
        )
        .order_by(Availability.id)
    )


def _has_step(step: str, before: datetime | None = None) -> ColumnElement[bool]:
    return exists().where(
        Reminder.about == "availability",
        Reminder.about_id == Availability.id,
        Reminder.step == step,
        *([Reminder.at <= before] if before else []),
    )


def send_digests(session: Session, *, actor: Actor, now: datetime) -> int:
    """One message to each coordinator whose women need a word since her last; return how many."""
    require(Permission.RUN_JOBS, actor)
    sent = 0
    for account, codes in _list_coordinators(session):
        since = _last_told(session, account)
        if since is not None and _day(account, since) >= _day(account, now):
            continue
        counts = _count_news(session, codes, since or now - TOLD_WITHIN, now)
        if any(counts.values()):
            _send(session, actor, account, counts, now)
            sent += 1
    return sent


def _list_coordinators(session: Session) -> Iterable[tuple[Account, frozenset[str]]]:
    grants = session.execute(
        select(RoleGrant.account_id, RoleGrant.network_code).where(RoleGrant.role == "coordinator")
    )
    networks: dict[int, set[str]] = {}
    for account_id, code in grants:
        networks.setdefault(account_id, set()).add(code or "")
    accounts = select(Account).where(Account.id.in_(sorted(networks)), Account.is_active)
    for account in session.scalars(accounts.order_by(Account.id)):
        yield account, frozenset(networks[account.id])


def _day(account: Account, moment: datetime) -> str:
    return local_day(moment, account.time_zone).isoformat()


def _name(account: Account) -> str:
    """How the Message-IDs of an account's digests begin: a pseudonym, the same every day."""
    return keyring().seal(f"{TEMPLATE}:{account.id}")[:32]


def _last_told(session: Session, account: Account) -> datetime | None:
    told = select(func.max(OutboxMessage.created_at)).where(
        OutboxMessage.template == TEMPLATE, OutboxMessage.message_id.startswith(_name(account))
    )
    return session.scalar(told)


def _count_news(
    session: Session, codes: Collection[str], since: datetime, now: datetime
) -> dict[str, int]:
    """Women of these networks: whose answer has ended or is about to, and who is to be spoken to;
    what was asked or read in an unusual way; and what is asked of women and waits for a word."""
    spoken = and_(Reminder.step != "coordinator", Reminder.message_id.is_(None))
    ended = _women(codes, since, now).where(Reminder.step == "coordinator")
    to_speak = _women(codes, since, now).where(spoken, ~_is_among_the_ended(since))
    counts = {
        name: session.scalar(select(func.count()).select_from(women.subquery())) or 0
        for name, women in (("ended", ended), ("to_speak", to_speak))
    }
    more = {
        "alarms": len(list_alarms(session, codes, since)),
        "approaches": count_asking(session, codes, since, now),
    }
    return counts | {name: count for name, count in more.items() if count}


def _women(codes: Collection[str], since: datetime, now: datetime) -> Select[int]:
    """Women noted since who have not answered meanwhile, once each in however many networks."""
    was_answered = exists().where(
        Availability.id == Reminder.about_id,
        Reminder.about == "availability",
        Availability.superseded_at.is_not(None),
    )
    return (
        select(Reminder.mediator_id)
        .join(Mediator, Mediator.id == Reminder.mediator_id)
        .where(
            Reminder.at > since,
            Reminder.at <= now,
            may_be_reminded(now),
            ~was_answered,
            _is_of(codes),
        )
        .distinct()
    )


def _is_of(codes: Collection[str]) -> ColumnElement[bool]:
    return exists().where(
        Record.mediator_id == Mediator.id,
        Record.network_code.in_(sorted(codes)),
        Membership.mediator_id == Mediator.id,
        Membership.network_code == Record.network_code,
        Membership.ended_on.is_(None),
    )


def _is_among_the_ended(since: datetime) -> ColumnElement[bool]:
    other = aliased(Reminder)
    return exists().where(
        other.mediator_id == Mediator.id, other.step == "coordinator", other.at > since
    )


def _send(
    session: Session, actor: Actor, account: Account, counts: dict[str, int], now: datetime
) -> None:
    values: dict[str, Any] = {
        "items": [
            {"about": name, "count": count, "path": PATHS[name]}
            for name, count in counts.items()
            if count
        ]
    }
    add_message(
        session,
        template=TEMPLATE,
        language=account.language,
        recipient=account.email,
        values=values,
        message_id=f"{_name(account)}.{_day(account, now)}",
        due_at=next_allowed(DEFAULT, account.time_zone, now),
    )
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="digest.sent",
        subject_kind="account",
        subject_id=account.id,
        detail=counts,
    )
