"""The first page of a coordinator: what needs her hand this week, each with what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from roster import clock
from roster.local_days import days_left, local_day
from roster.permissions import Permission
from roster.queries.alarms import list_alarms
from roster.queries.applications import list_applications
from roster.queries.approaches import list_of_networks
from roster.queries.demand import Gap, list_gaps, list_past_requests
from roster.queries.ending_consents import list_ending_consents
from roster.queries.lapsing import Lapsing, list_lapsing
from roster.queries.pairs import list_judged_by
from roster.queries.people import ListedPerson, get_names
from roster.queries.person_filter import NOT_FRESH, SEVERAL
from roster.queries.records import visible_networks, visible_to
from roster.queries.spoken_consents import list_waiting
from roster.queries.unfinished_imports import list_unfinished
from roster.web.access import current_actor, log_readings, needs, reading
from roster.web.coordinators import blueprint
from roster.web.coordinators.reach import list_undelivered_lines
from roster.web.coordinators.wishes import get_whole_lists
from roster.web.coordinators.words import SPEAK_TO_HER
from roster.web.pages import current_wording, render
from roster.web.person_words import word_end
from roster.wording import N_
from roster.wording.request_codes import ALARMS

THIS_WEEK = 7
SOON = timedelta(days=30)
"""So long ahead a consent or an accreditation is told: its renewal takes weeks."""
LAPSED = timedelta(days=60)
"""So long what has lapsed is still told."""
TOLD = timedelta(days=7)
"""So long an alarm is told."""
MOST_SHOWN = 20
KINDS = {"theme": N_("Theme"), "language": N_("Language"), "place": N_("Region")}


@dataclass(frozen=True)
class Line:
    """One woman on the page: whose record, and what is said beside her name."""

    record_id: int
    name: str
    words: str
    note: str = ""
    is_spoken_to: bool = False
    is_over: bool = False


@dataclass(frozen=True)
class GapLine:
    """One thing that requests asked and few can offer."""

    what: str
    kind: str
    gap: Gap
    address: str
    """The list of those who have it; empty where nobody does."""


@blueprint.get("/monday")
@needs(Permission.LIST_RECORDS)
def show_monday() -> str:
    """What runs out, lapses, waits or is missing; nothing is changed here."""
    actor, now, wording = current_actor(), clock.now(), current_wording()
    networks, visible = visible_networks(reading(), actor), visible_to(reading(), actor)
    whole = get_whole_lists().get(reading(), actor=actor, now=now)
    people = whole.people
    ending = _list_ending(people, now)
    consents = list_ending_consents(reading(), visible, now=now, until=now + SOON)
    lapsing = _list_lapsing(networks, now)
    shown = [
        *(one.record_id for one in ending[:MOST_SHOWN]),
        *(one.record_id for one in consents[:MOST_SHOWN]),
        *(one.record_id for one in lapsing[:MOST_SHOWN]),
    ]
    names = get_names(reading(), shown)
    women = {one.record_id: one.mediator_id for one in people}
    log_readings({women[number] for number in names if number in women}, "record")
    asked = [one.criteria for one in list_past_requests(reading(), networks, now)]
    return render(
        "coordinators/monday.html",
        today=local_day(now, "UTC"),
        states=whole.states,
        total=len(people),
        ending=[_word_ending(one, names) for one in ending[:MOST_SHOWN]],
        ending_count=len(ending),
        consents=[
            Line(
                one.record_id,
                names[one.record_id],
                wording.day_of(one.ends_at, one.time_zone, weekday=True),
            )
            for one in consents[:MOST_SHOWN]
        ],
        lapsing=_word_lapsing(lapsing[:MOST_SHOWN], names, now.date()),
        pairs=len(list_judged_by(reading(), frozenset(networks), now)),
        undelivered=list_undelivered_lines(),
        approaches=len(list_of_networks(reading(), actor)),
        applications=len(list_applications(reading(), networks, state="submitted")),
        spoken=list_waiting(reading(), actor=actor),
        imports=list_unfinished(reading(), networks),
        alarms=[
            (wording.gettext(ALARMS[one.code]), one.request_code, wording.instant(one.at))
            for one in list_alarms(reading(), networks, now - TOLD)
        ],
        gaps=[_word_gap(gap) for gap in list_gaps(reading(), visible, people, asked)],
        requests=len(asked),
    )


def _list_ending(people: Iterable[ListedPerson], now: datetime) -> list[ListedPerson]:
    """Whose answer's last day is within a week, on her own calendar; the soonest first."""
    due = [
        one
        for one in people
        if one.state == "due"
        and one.valid_until is not None
        and days_left(one.valid_until, now, one.time_zone) < THIS_WEEK
    ]
    return sorted(due, key=lambda one: (one.valid_until or now, one.record_id))


def _list_lapsing(networks: Collection[str], now: datetime) -> list[Lapsing]:
    today = now.date()
    return list_lapsing(reading(), networks, until=today + SOON, since=today - LAPSED)


def _word_ending(one: ListedPerson, names: dict[int, str]) -> Line:
    wording = current_wording()
    until = word_end(wording, one.state, one.valid_until, one.time_zone)
    note = wording.gettext(SPEAK_TO_HER) if one.is_spoken_to else ""
    return Line(one.record_id, names[one.record_id], until, note, one.is_spoken_to)


def _word_lapsing(found: Sequence[Lapsing], names: dict[int, str], today: date) -> list[Line]:
    wording = current_wording()
    return [
        Line(
            one.record_id,
            names[one.record_id],
            wording.date(one.lapses_on),
            wording.gettext("Accreditation")
            if one.what == "accreditation"
            else wording.term("training", one.what),
            is_over=one.lapses_on < today,
        )
        for one in found
        if one.record_id in names
    ]


def _word_gap(gap: Gap) -> GapLine:
    wording = current_wording()
    if gap.field == "place":
        words = [wording.term("region" if one.isdigit() else "country", one) for one in gap.codes]
    else:
        words = wording.terms(gap.field, gap.codes)
    what = wording.list_or(words)
    return GapLine(what, wording.gettext(KINDS[gap.field]), gap, _find_holders(gap))


def _find_holders(gap: Gap) -> str:
    """Those who have it and could be asked; where all have a fresh answer, those."""
    if not gap.fresh and not gap.others:
        return ""
    wishes: dict[str, Any] = {
        gap.field: SEVERAL.join(gap.codes),
        "state": NOT_FRESH if gap.others else "",
    }
    return url_for(
        "coordinators.list_page", **{name: value for name, value in wishes.items() if value}
    )
