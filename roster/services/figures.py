"""Figures for donors: what a network did in a year, as she may read it and as it may be passed on.

Of her own network a coordinator reads exact numbers. What is passed on, and all that is said of all
networks together, counts only women who agreed to be counted, and hides small numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from roster.permissions import Actor, Permission, Subject
from roster.queries.coverage_bits import CoverageBits
from roster.queries.figures import (
    AskedRequest,
    AskedWoman,
    list_agreed,
    list_approaches,
    list_proposed,
    list_requests,
)
from roster.services.figure_lines import Figure, of_requests
from roster.services.measures import (
    TOO_FEW,
    Count,
    Measure,
    Unknown,
    band,
    measure_hours,
    measure_part,
    measure_share,
)
from roster.services.pledge import keep_pledge
from roster.services.small_cells import OTHERS, STEP, count_fallen
from roster.services.trail import require

LOOKED_BACK = timedelta(days=365)
IN_TIME = timedelta(hours=72)
"""An approach is answered in time within these (product, section 11)."""
CALLED_OFF = frozenset({"called_off"})
"""Nobody waits for an answer any more."""


@dataclass(frozen=True)
class FigureReport:
    """Figures in their order; what has a span of time is of the time from ``since`` to ``until``."""

    network_code: str | None
    since: datetime
    until: datetime
    figures: Sequence[Figure]


def work_out_figures(
    session: Session, *, actor: Actor, network: str | None, bits: CoverageBits, now: datetime
) -> FigureReport:
    """The figures of one network of the actor's, or (None) of all networks together.

    ``bits`` are of the same women. Changes nothing; ``NotFound`` for another's network.
    """
    require(Permission.LIST_RECORDS, actor, Subject(network_code=network))
    since = now - LOOKED_BACK
    requests = list_requests(session, network, since)
    approaches = list_approaches(session, network, since)
    proposed = list_proposed(session, network, since)
    everybody = proposed | {one.mediator_id for one in approaches}
    women = _Women(list_agreed(session, everybody, now))
    measured = [
        _count_fresh(bits),
        *_count_requests(requests),
        _count_answers(approaches, women, now),
        *_count_chosen(approaches, proposed, women, has_requests=bool(requests)),
        *_share_of_women(requests, approaches),
        *keep_pledge(requests, bits),
    ]
    if network is None:
        measured = [
            Figure(one.section, one.code, None, one.passed_on, one.detail) for one in measured
        ]
    return FigureReport(network, since, now, measured)


@dataclass(frozen=True)
class _Women:
    """Who agreed to be counted."""

    agreed: set[int]

    def count(self, section: str, code: str, ids: set[int], none: str) -> Figure:
        own = Count(len(ids)) if ids or not none else Unknown(none)
        return Figure(section, code, own, band(Count(len(ids & self.agreed))))


def _count_fresh(bits: CoverageBits) -> Figure:
    """The share of women who can be asked today.

    Passed on are only those of them who agreed to be counted, of all on the list: of those who
    agreed nearly all have just answered, and their share would flatter.
    """
    women, counted = bits.women.bit_count(), (bits.fresh & bits.agreed).bit_count()
    own = measure_part(bits.fresh.bit_count(), women, "no_women")
    return Figure("availability", "fresh", own, band(measure_part(counted, women, "no_women")))


def _count_requests(requests: Sequence[AskedRequest]) -> list[Figure]:
    """How many there were, how fast they had a list, and how many have none, and why."""
    hours = [
        (one.listed_at - one.submitted_at) / timedelta(hours=1)
        for one in requests
        if one.listed_at is not None
    ]
    searched = [one for one in requests if one.funnel is not None]
    without = [one for one in searched if not one.has_list]
    reasons = Counter(_main_reason(one.funnel or ()) for one in without)
    return [
        of_requests(
            "requests", "requests", Count(len(requests)) if requests else Unknown("no_requests")
        ),
        of_requests("requests", "hours", measure_hours(hours, "no_requests")),
        of_requests(
            "requests", "no_match", measure_part(len(without), len(searched), "no_requests")
        ),
        *(
            of_requests("requests", "reason", Count(count), reason)
            for reason, count in sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
        ),
    ]


def _main_reason(funnel: Iterable[Mapping[str, object]]) -> str:
    """The group of gates at which most women fell; ties go to the earlier one."""
    fell = count_fallen(funnel)
    return max(fell, key=lambda group: fell[group], default=OTHERS)


def _count_answers(approaches: Sequence[AskedWoman], women: _Women, now: datetime) -> Figure:
    """Of the approaches that were answered or are older than 72 hours: those answered in time."""
    due = [
        one
        for one in approaches
        if one.answered_at is not None
        or (one.sent_at + IN_TIME <= now and one.state not in CALLED_OFF)
    ]

    def measure(some: Sequence[AskedWoman]) -> Measure:
        in_time = [
            one for one in some if one.answered_at and one.answered_at - one.sent_at <= IN_TIME
        ]
        return measure_part(len(in_time), len(some), "no_approaches")

    counted = [one for one in due if one.mediator_id in women.agreed]
    return Figure("approaches", "answered", measure(due), band(measure(counted)))


def _count_chosen(
    approaches: Sequence[AskedWoman], proposed: set[int], women: _Women, *, has_requests: bool
) -> list[Figure]:
    """From proposed to deployed: women, each counted once."""

    def pick(rule: Callable[[AskedWoman], bool]) -> set[int]:
        return {one.mediator_id for one in approaches if rule(one)}

    none = "" if approaches else "no_approaches"
    return [
        women.count("women", "proposed", proposed, "" if has_requests else "no_requests"),
        women.count("women", "approached", pick(lambda one: True), none),
        women.count("women", "selected", pick(lambda one: one.was_selected), none),
        women.count("women", "deployed", pick(lambda one: one.was_deployed), none),
    ]


def _share_of_women(
    requests: Sequence[AskedRequest], approaches: Sequence[AskedWoman]
) -> list[Figure]:
    """In the teams that asked, before, and with the women chosen here. Told from five teams on."""
    teams = [team for one in requests if (team := one.criteria.get("present_team"))]
    women = sum(int(team.get("women", 0)) for team in teams)
    men = sum(int(team.get("men", 0)) for team in teams)
    cases = sum(1 for team in teams if team.get("women") or team.get("men"))
    chosen = sum(1 for one in approaches if one.was_selected)
    after = measure_share(women + chosen, women + men + chosen, cases)
    return [
        of_requests("share", "teams", measure_share(women, women + men, cases)),
        # without five women chosen the difference of the two shares would tell how many
        of_requests("share", "teams_after", after if chosen >= STEP else TOO_FEW),
    ]
