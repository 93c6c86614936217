"""Which reminders are due: steps before her answer, her consents or her declaration run out.

Steps are days of her own calendar, counted back from the last day. Only the newest step is ever
due, so that a scheduler that comes late sends one message and never several at once; and no step
whose day was not after the day on which she said it, so that a short answer is not asked about
while she is still on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.calendar import add_years
from roster.local_days import last_day, local_day
from roster.models import Consent, Declaration, Mediator, Reminder
from roster.permissions import Actor, Permission
from roster.queries.records import standing_availabilities
from roster.services.reminders import Thing, may_be_reminded, send_reminders
from roster.services.trail import add_audits, require
from roster.services.writing import Reach, load_reach

_BEFORE_AN_ANSWER = {"three": (14, 7, 1), "one": (7,), "weekly": (14, 7), "none": ()}
_BEFORE_A_YEAR = {"three": (30, 7), "one": (7,), "weekly": (14, 7), "none": ()}
STEPS: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "availability": _BEFORE_AN_ANSWER,
    "consent": _BEFORE_A_YEAR,
    "declaration": _BEFORE_A_YEAR,
}
"""Per thing and cadence: days left at which she is reminded (product, sections 6 and 9)."""

WEEK = timedelta(days=7)
"""Least time between two messages to a woman who wants one a week."""


@dataclass(frozen=True)
class Ending:
    """One thing of hers, its last day and the day on which she said it, on her own calendar."""

    mediator_id: int
    about: str
    about_id: int
    last_day: date
    said_on: date


def remind(session: Session, *, actor: Actor, ids: Iterable[int], now: datetime) -> int:
    """Write to each of these women of all that is due of hers today; return how many messages."""
    require(Permission.RUN_JOBS, actor)
    things, reach = list_due(session, ids, now=now)
    if not things:
        return 0
    sent = send_reminders(session, things, reach=reach, template="reminder", now=now)
    add_audits(
        session,
        actor=actor,
        action="reminder.due",
        subject_kind="mediator",
        subjects=[
            (thing.mediator_id, {"about": thing.about, "step": thing.step}) for thing in things
        ],
    )
    return sent


def list_due(
    session: Session, ids: Iterable[int], *, now: datetime
) -> tuple[list[Thing], dict[int, Reach]]:
    """What is due of these women, and how they are reached. Changes nothing."""
    zones = _load_zones(session, ids, now)
    reach = load_reach(session, zones)
    noted = _load_noted(session, zones)
    waiting = _load_waiting(session, reach, now)
    due = [
        Thing(ending.mediator_id, ending.about, ending.about_id, step)
        for ending in _list_endings(session, zones, now)
        if ending.mediator_id not in waiting
        and (
            step := choose_step(
                ending,
                reach[ending.mediator_id].choice.cadence,
                local_day(now, zones[ending.mediator_id]),
            )
        )
        and (ending.about, ending.about_id, step) not in noted
    ]
    return due, reach


def choose_step(ending: Ending, cadence: str, today: date) -> str | None:
    """The newest step that has come; None where there is none, or the last day is over."""
    left = (ending.last_day - today).days
    reached = [days for days in STEPS[ending.about][cadence] if 0 <= left <= days]
    if not reached or ending.last_day - timedelta(days=min(reached)) <= ending.said_on:
        return None
    return f"days_{min(reached)}"


def _load_zones(session: Session, ids: Iterable[int], now: datetime) -> dict[int, str]:
    rows = session.execute(
        select(Mediator.id, Mediator.time_zone).where(
            Mediator.id.in_(sorted(set(ids))), may_be_reminded(now)
        )
    )
    return dict(rows.all())


def _load_noted(session: Session, ids: Iterable[int]) -> set[tuple[str, int, str]]:
    rows = session.execute(
        select(Reminder.about, Reminder.about_id, Reminder.step).where(
            Reminder.mediator_id.in_(sorted(ids))
        )
    )
    return {(about, about_id, step) for about, about_id, step in rows}


def _load_waiting(session: Session, reach: Mapping[int, Reach], now: datetime) -> set[int]:
    """Women who want one message a week and have had it."""
    weekly = [her for her, one in reach.items() if one.choice.cadence == "weekly"]
    return set(
        session.scalars(
            select(Reminder.mediator_id).where(
                Reminder.mediator_id.in_(weekly),
                Reminder.step.startswith("days_"),
                Reminder.at > now - WEEK,
            )
        )
    )


def _list_endings(session: Session, zones: Mapping[int, str], now: datetime) -> Iterator[Ending]:
    for her, row in standing_availabilities(session, zones, now).items():
        if row.confirmed_by != "import" and row.valid_until > now:
            ends, said = last_day(row.valid_until, zones[her]), row.confirmed_at
            yield Ending(her, "availability", row.id, ends, local_day(said, zones[her]))
    for consent in _first_to_end(session, sorted(zones), now):
        zone = zones[consent.mediator_id]
        ends, said = last_day(consent.valid_until, zone), consent.given_at
        yield Ending(consent.mediator_id, "consent", consent.id, ends, local_day(said, zone))
    declarations = select(Declaration.mediator_id, Declaration.id, Declaration.declared_on)
    for her, declaration_id, said_on in session.execute(
        declarations.where(Declaration.mediator_id.in_(sorted(zones)))
    ):
        yield Ending(her, "declaration", declaration_id, add_years(said_on, 1), said_on)


def _first_to_end(session: Session, ids: Sequence[int], now: datetime) -> list[Consent]:
    """Per woman the consent that ends first, of those that hold longest for their purpose."""
    rows = session.scalars(
        select(Consent)
        .where(
            Consent.mediator_id.in_(ids),
            Consent.withdrawn_at.is_(None),
            Consent.valid_until > now,
        )
        .order_by(Consent.valid_until, Consent.id)
    ).all()
    longest = {(row.mediator_id, row.purpose): row for row in rows}
    first: dict[int, Consent] = {}
    for row in longest.values():
        held = first.get(row.mediator_id)
        if held is None or (row.valid_until, row.id) < (held.valid_until, held.id):
            first[row.mediator_id] = row
    return list(first.values())
