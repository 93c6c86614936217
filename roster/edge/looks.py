"""Looks at women, noted whichever door they come in by: each of them can read who looked at her."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g
from sqlalchemy.orm import Session

from roster import clock
from roster.edge.units_of_work import own_unit_of_work
from roster.errors import TooMany
from roster.models import ReadEvent
from roster.permissions import Actor
from roster.services.alarms import (
    LOOK_UPS_A_DAY,
    MOST_READINGS,
    READ_WITHIN,
    count_look_up,
    may_read,
)

DAY_SECONDS = 24 * 3600


def note_looks_of(
    actor: Actor, mediator_ids: Iterable[int], what: str, *, is_metered: bool = True
) -> None:
    """Note that this account looked at these women; ``what`` is record, contact or card.

    Her own looks are not noted. ``TooMany`` once this account has looked at too many women; what
    has a quota of its own, such as an export, is not ``is_metered``.
    """
    women = [each for each in mediator_ids if each != actor.mediator_id]
    if not women:
        return
    if "writing_session" in g:
        may_go_on = _note(g.writing_session, actor, women, what, is_metered)
    else:
        with own_unit_of_work() as session:
            may_go_on = _note(session, actor, women, what, is_metered)
    if not may_go_on:
        wait = int(READ_WITHIN.total_seconds())
        raise TooMany("too_many_readings", limit=MOST_READINGS, retry_after=wait)


def meter_look_up_of(actor: Actor) -> None:
    """Count one look-up of a reason; ``TooMany`` after the last of the day."""
    with own_unit_of_work() as session:
        may_go_on = count_look_up(session, actor=actor)
    if not may_go_on:
        raise TooMany("too_many_look_ups", limit=LOOK_UPS_A_DAY, retry_after=DAY_SECONDS)


def _note(session: Session, actor: Actor, women: list[int], what: str, is_metered: bool) -> bool:
    """Write the looks down, unless there were too many: then nothing is shown."""
    now = clock.now()
    if is_metered and not may_read(session, actor=actor, mediator_ids=women, now=now):
        return False
    session.add_all(
        ReadEvent(at=now, account_id=actor.account_id, mediator_id=each, what=what)
        for each in women
    )
    return True
