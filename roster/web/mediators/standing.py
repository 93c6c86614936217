"""How her answer stands, for every page of hers that says so: its state, words, days, picture."""

from __future__ import annotations

from roster import clock
from roster.facts import load_outlook
from roster.local_days import days_left, last_day, local_day
from roster.models import Availability, Mediator
from roster.queries.records import DUE_DAYS
from roster.services.availability import get_life_days, get_standing
from roster.web.access import reading
from roster.web.mediators.words import describe_statement
from roster.web.outlook import draw_outlook
from roster.web.pages import current_wording


def describe_time(mediator: Mediator) -> dict[str, object]:
    """Her standing answer, her pause, and what is said of her in the coming year."""
    now, zone = clock.now(), mediator.time_zone
    standing = get_standing(reading(), mediator.id)
    spans = load_outlook(reading(), mediator_id=mediator.id, time_zone=zone, now=now)
    paused_until = mediator.paused_until
    return {
        **_describe_standing(mediator, standing),
        "standing": standing,
        "picture": draw_outlook(current_wording(), spans, to_herself=True),
        "is_paused": paused_until is not None and paused_until > now,
        "paused_to": last_day(paused_until, zone) if paused_until else None,
        "today": local_day(now, zone),
    }


def _describe_standing(mediator: Mediator, standing: Availability | None) -> dict[str, object]:
    """Whether it is missing, fresh, due or expired; its words and its days."""
    life = get_life_days(reading(), mediator.id)
    if standing is None or standing.confirmed_by == "import":
        return {"state": "none", "life": life, "left": 0}
    now, zone = clock.now(), mediator.time_zone
    left = days_left(standing.valid_until, now, zone)
    state = "expired" if standing.valid_until <= now else "due" if left <= DUE_DAYS else "fresh"
    return {
        "state": state,
        "sentence": describe_statement(current_wording(), standing),
        "said_on": local_day(standing.confirmed_at, zone),
        "good_to": last_day(standing.valid_until, zone),
        "left": left,
        "life": life,
        "life_total": max(life, left),
    }
