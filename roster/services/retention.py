"""What the jobs of forgetting would take away: a dry run by the rules that the jobs use.

Counts only, by the rule of small cells: whoever keeps the service sees no identity, and must not
learn from a one on this list that a certain woman has asked to go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from roster import clock
from roster.permissions import Actor, Permission
from roster.services.availability_history import HISTORY_IS_KEPT, list_outdated
from roster.services.erasing import count_due
from roster.services.erasures import GRACE
from roster.services.exchanges import KEPT_FOR, count_ended
from roster.services.forgotten_applications import KEPT_DECIDED, count_over
from roster.services.former_values import FORMER_ARE_KEPT, list_old_values
from roster.services.small_cells import round_count
from roster.services.trail import require
from roster.services.unanswered import UNANSWERED_DAYS, count_files, count_unanswered

SOON = timedelta(days=30)

Count = Callable[[Session, datetime], int]

RULES: Mapping[str, tuple[timedelta, Count]] = {
    "erasures": (GRACE, lambda session, now: count_due(session, now=now)),
    "applications": (KEPT_DECIDED, lambda session, now: count_over(session, now=now)),
    "women": (
        timedelta(days=UNANSWERED_DAYS),
        lambda session, now: count_unanswered(session, now=now)[0],
    ),
    "files": (
        timedelta(days=UNANSWERED_DAYS),
        lambda session, now: count_files(session, now=now),
    ),
    "statements": (HISTORY_IS_KEPT, lambda session, now: len(list_outdated(session, now=now))),
    "values": (FORMER_ARE_KEPT, lambda session, now: len(list_old_values(session, now=now))),
    "exchanges": (KEPT_FOR, lambda session, now: count_ended(session, now=now)),
}
"""What is forgotten -> how long it is kept, and how many would go at an instant."""


@dataclass(frozen=True)
class Forgotten:
    """One rule. Counts are multiples of 5; None is fewer than five."""

    what: str
    kept_days: int
    now: int | None
    soon: int | None
    """Within 30 days, those of now among them, if nothing changes until then."""


def list_forgotten(session: Session, *, actor: Actor) -> list[Forgotten]:
    """Every rule with what it would take away now and within 30 days; nothing is changed."""
    require(Permission.READ_RETENTION, actor)
    now = clock.now()
    return [
        Forgotten(
            what,
            kept.days,
            round_count(count(session, now)),
            round_count(count(session, now + SOON)),
        )
        for what, (kept, count) in RULES.items()
    ]
