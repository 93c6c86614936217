"""Availability: each statement is new, dated, ends, and takes the place of the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock, permissions
from roster.errors import NotFound, Refused, StaleVersion
from roster.local_days import end_of_day, local_day
from roster.models import Availability, Mediator, Membership, Network
from roster.permissions import Actor, Permission, Subject
from roster.queries.records import standing_availabilities
from roster.services.reminders import stop_reminders
from roster.services.trail import add_audit, trace_mediator

DEFAULT_LIFE_DAYS = 90
"""Life of her own statement where no network says otherwise (product, section 6)."""
COORDINATOR_LIFE_DAYS = 30
"""Life of what a coordinator wrote down on the telephone (product, section 6)."""
LONGEST_PAUSE_DAYS = 366
"""A pause has an end, so that nobody is forgotten in it."""
FURTHEST_DAYS = 5 * 366
"""A day further from today than five years is taken for a slip of the hand."""

OUTWEIGHS = {"self": ("self", "coordinator", "import"), "coordinator": ("coordinator", "import")}
"""Whose standing statement a new one ends: hers ends all, a coordinator's never ends hers."""


@dataclass(frozen=True)
class Statement:
    """What she says of her time. Days are hers, inclusive; None is: not said."""

    status: str
    window_from: date | None = None
    window_to: date | None = None
    notice_days: int | None = None
    longest_stay_days: int | None = None
    days_per_month: int | None = None
    modalities: tuple[str, ...] | None = None
    refused: tuple[str, ...] = ()


def get_life_days(session: Session, mediator_id: int) -> int:
    """Days that her own answer lives: the least of her networks', since one answer serves all."""
    lives = session.scalars(
        select(Network.availability_days)
        .join(Membership, Membership.network_code == Network.code)
        .where(Membership.mediator_id == mediator_id, Membership.ended_on.is_(None))
    ).all()
    return min(lives, default=DEFAULT_LIFE_DAYS)


def state_availability(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    expected_id: int | None,
    statement: Statement,
) -> Availability:
    """Take a new statement in place of the standing one.

    ``expected_id`` is the id of the statement that the writer saw (None: there was none); each
    statement is a row of its own, so its id serves as the version. By herself it lives as long as
    the strictest of her networks says, by a coordinator 30 days at most.
    """
    mediator, confirmed_by = authorise(session, actor, mediator_id)
    _check_seen(session, mediator, confirmed_by, expected_id, statement)
    check_statement(statement, local_day(clock.now(), mediator.time_zone))
    return _replace(session, actor, mediator, confirmed_by, statement)


def renew(
    session: Session, *, actor: Actor, mediator_id: int, expected_id: int | None = None
) -> Availability:
    """Say the standing answer again: the same words, a new date. ``expected_id`` None: whichever.

    What a spreadsheet said was never her answer; it cannot be renewed, only stated.
    """
    mediator, confirmed_by = authorise(session, actor, mediator_id)
    standing = get_standing(session, mediator_id)
    if standing is None or standing.confirmed_by == "import":
        raise Refused("nothing_to_renew")
    if expected_id not in (None, standing.id):
        raise StaleVersion(describe(standing), {})
    if standing.window_to and standing.window_to < local_day(clock.now(), mediator.time_zone):
        raise Refused("window_over", window_to=standing.window_to)
    return _replace(session, actor, mediator, confirmed_by, read_statement(standing))


def pause(session: Session, *, actor: Actor, mediator_id: int, until: date) -> None:
    """Do not ask her until the end of a local day; her statement stands meanwhile."""
    mediator, _ = authorise(session, actor, mediator_id)
    today = local_day(clock.now(), mediator.time_zone)
    if until < today:
        raise Refused("pause_in_the_past")
    if (until - today).days > LONGEST_PAUSE_DAYS:
        raise Refused("pause_too_long", days=LONGEST_PAUSE_DAYS)
    mediator.paused_until = end_of_day(until, mediator.time_zone)
    trace_mediator(session, actor, mediator_id, "mediator.paused")


def end_pause(session: Session, *, actor: Actor, mediator_id: int) -> None:
    """She may be asked again."""
    mediator, _ = authorise(session, actor, mediator_id)
    if mediator.paused_until is not None:
        mediator.paused_until = None
        trace_mediator(session, actor, mediator_id, "mediator.pause_ended")


def choose_time_zone(session: Session, *, actor: Actor, mediator: Mediator, name: str) -> None:
    """Let her days be counted elsewhere from now on; what was said keeps its end."""
    if mediator.time_zone != name:
        mediator.time_zone = name
        add_audit(
            session,
            actor=actor,
            action="mediator.time_zone_changed",
            subject_kind="mediator",
            subject_id=mediator.id,
        )


def get_standing(session: Session, mediator_id: int) -> Availability | None:
    """The statement that stands now; None where nothing was ever said."""
    return standing_availabilities(session, [mediator_id], clock.now()).get(mediator_id)


def read_statement(row: Availability) -> Statement:
    """What a stored statement says, without its dates of confirmation."""
    return Statement(
        status=row.status,
        window_from=row.window_from,
        window_to=row.window_to,
        notice_days=row.notice_days,
        longest_stay_days=row.longest_stay_days,
        days_per_month=row.days_per_month,
        modalities=tuple(row.modalities) if row.modalities is not None else None,
        refused=tuple(row.refused),
    )


def describe(row: Availability | None) -> dict[str, object]:
    """A statement as the second editor of two is shown it."""
    return {} if row is None else {"confirmed_by": row.confirmed_by, **vars(read_statement(row))}


def check_statement(statement: Statement, today: date) -> None:
    """Refuse days that cannot be meant; the value ``field`` says which of them. ``today`` is hers."""
    for field in ("window_from", "window_to"):
        day = getattr(statement, field)
        if day and abs((day - today).days) > FURTHEST_DAYS:
            raise Refused("day_too_far", field=field)
    begin, end = statement.window_from, statement.window_to
    if begin and end and end < begin:
        raise Refused("window_out_of_order", field="window_to")
    if end and end < today:
        raise Refused("window_over", field="window_to", window_to=end)


def authorise(session: Session, actor: Actor, mediator_id: int) -> tuple[Mediator, str]:
    """The woman and whose word this is; NotFound for anybody else."""
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or mediator.state != "active":
        raise NotFound
    if permissions.decide(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)):
        return mediator, "self"
    networks = list_networks(session, mediator_id)
    if any(
        permissions.decide(Permission.EDIT_RECORD, actor, Subject(network_code=n)) for n in networks
    ):
        return mediator, "coordinator"
    raise NotFound


def list_networks(session: Session, mediator_id: int) -> list[str]:
    """Codes of the networks that she is a member of today."""
    return list(
        session.scalars(
            select(Membership.network_code).where(
                Membership.mediator_id == mediator_id, Membership.ended_on.is_(None)
            )
        )
    )


def _check_seen(
    session: Session,
    mediator: Mediator,
    confirmed_by: str,
    expected_id: int | None,
    statement: Statement,
) -> None:
    standing = get_standing(session, mediator.id)
    if (standing.id if standing else None) == expected_id:
        return
    raise StaleVersion(describe(standing), {"confirmed_by": confirmed_by, **vars(statement)})


def _replace(
    session: Session, actor: Actor, mediator: Mediator, confirmed_by: str, statement: Statement
) -> Availability:
    now = clock.now()
    _end_outweighed(session, mediator.id, OUTWEIGHS[confirmed_by], now)
    row = Availability(
        mediator_id=mediator.id,
        status=statement.status,
        window_from=statement.window_from,
        window_to=statement.window_to,
        notice_days=statement.notice_days,
        longest_stay_days=statement.longest_stay_days,
        days_per_month=statement.days_per_month,
        modalities=list(statement.modalities) if statement.modalities is not None else None,
        refused=list(statement.refused),
        confirmed_at=now,
        confirmed_by=confirmed_by,
        valid_until=get_valid_until(
            now, mediator.time_zone, _life_of(session, mediator.id, confirmed_by)
        ),
    )
    session.add(row)
    stop_reminders(session, mediator.id, "availability")
    trace_mediator(session, actor, mediator.id, "availability.stated", {"by": confirmed_by})
    return row


def get_valid_until(now: datetime, time_zone: str, life_days: int) -> datetime:
    """The UTC end of the local day that is ``life_days`` days after today."""
    return end_of_day(local_day(now, time_zone) + timedelta(days=life_days), time_zone)


def _life_of(session: Session, mediator_id: int, confirmed_by: str) -> int:
    life = get_life_days(session, mediator_id)
    return life if confirmed_by == "self" else min(life, COORDINATOR_LIFE_DAYS)


def _end_outweighed(
    session: Session, mediator_id: int, kinds: Iterable[str], now: datetime
) -> None:
    rows = session.scalars(
        select(Availability).where(
            Availability.mediator_id == mediator_id,
            Availability.superseded_at.is_(None),
            Availability.confirmed_by.in_(list(kinds)),
        )
    )
    for row in rows:
        row.superseded_at = now
    session.flush()
