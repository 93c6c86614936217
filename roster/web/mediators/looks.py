"""Who looked at her: every look and every answer that named her, by the day of her own calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from roster.local_days import local_day
from roster.permissions import Permission
from roster.queries.mediators import Look, count_looks, list_looks
from roster.web.access import current_actor, needs, reading
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, read_page, render_hers
from roster.web.mediators.words import LOOKS, is_hour_told
from roster.web.pages import current_wording

PAGE_SIZE = 50


@dataclass
class DayOfLooks:
    """What happened on one of her days: words, the instant where it is told, and how often."""

    day: date
    looks: list[tuple[str, str, int]] = field(default_factory=list)


@blueprint.get("/me/looks")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_looks() -> str:
    """Everybody who looked at her, and every answer that named her, the newest first."""
    actor = current_actor()
    pages = -(-count_looks(reading(), actor=actor, mediator_id=own_id()) // PAGE_SIZE)
    page = read_page(pages)
    looks = list_looks(
        reading(),
        actor=actor,
        mediator_id=own_id(),
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
    )
    return render_hers(
        "mediators/looks.html",
        days=_group(looks, herself().time_zone),
        page=page,
        pages=max(1, pages),
    )


def _group(looks: Iterable[Look], zone: str) -> list[DayOfLooks]:
    wording = current_wording()
    days: list[DayOfLooks] = []
    for look in looks:
        day = local_day(look.at, zone)
        if not days or days[-1].day != day:
            days.append(DayOfLooks(day))
        at = wording.instant(look.at, zone, weekday=False) if is_hour_told(look) else ""
        days[-1].looks.append((wording.gettext(LOOKS[look.kind]), at, look.times))
    return days
