"""Is she available: is the statement fresh, and does it cover the dates?"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.codecs import NO_DAY, NO_NUMBER
from matching.columns import Columns
from matching.criteria import (
    GATES,
    Asking,
    Facts,
    Finding,
    Judged,
    Scope,
    ask_always,
    choose,
)
from matching.facts import Availability, Request
from matching.tables import Ints

WORKING = ("available", "partly")
"""Statuses that offer time; ``on_assignment`` and ``unavailable`` say when there is none."""


def is_status(columns: Columns, rows: Ints, *statuses: str) -> NDArray[np.bool_]:
    """Tell for each row whether her last statement has one of these statuses."""
    stated = columns.singles["availability"].only("status", rows)
    has_one = np.zeros(len(rows), np.bool_)
    for status in statuses:
        has_one |= stated == (columns.codes.find(status) or -1)
    return has_one


def is_fresh(columns: Columns, rows: Ints, asking: Asking) -> NDArray[np.bool_]:
    """Tell for each row whether there is a statement that counts at this instant."""
    table = columns.singles["availability"]
    in_force = asking.is_ahead(table.only("valid_until", rows))
    by_import = table.only("confirmed_by", rows) == (columns.codes.find("import") or -1)
    says_something = is_status(columns, rows, *WORKING, "on_assignment", "unavailable")
    fresh: NDArray[np.bool_] = in_force & ~by_import & says_something
    return fresh


def _explain_freshness(finding: Finding) -> Facts:
    availability, now = finding.mediator.availability, finding.asking.now
    if availability is None:
        return {"why": "never_stated", "valid_until": None}
    facts: Facts = {
        "status": availability.status,
        "by": availability.confirmed_by,
        "confirmed_at": availability.confirmed_at,
        "valid_until": availability.valid_until,
    }
    if finding.outcome != o.A1:
        return facts
    return {**facts, **_explain_unknown(availability, now - availability.valid_until)}


def _explain_unknown(availability: Availability, age: timedelta) -> Facts:
    if availability.confirmed_by == "import":
        return {"why": "import"}
    if age >= timedelta(0):
        return {"why": "expired", "days": age.days}
    return {"why": "unknown_status"}


@GATES.gate(
    "freshness",
    Scope.REQUEST,
    asks=ask_always,
    outcomes=(o.PASS, o.PARTLY, o.A1),
    explain=_explain_freshness,
)
def judge_freshness(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Does a dated statement on her availability count at this instant?

    Passes with a statement by herself or her coordinator that is still in force; *partly available*
    passes and is said. Unknown (A1) from ``valid_until`` on, whether or not any job has marked it,
    without a statement, with the status *unknown*, and for whatever a spreadsheet says. A1 is one
    criterion: what an expired statement said of dates, notice or place is not judged as well.
    """
    fresh = is_fresh(columns, rows, asking)
    partly = is_status(columns, rows, "partly")
    return Judged(choose({o.A1: ~fresh, o.PARTLY: partly}, rows, o.PASS))


def count_days(request: Request) -> int:
    """Return the days of the assignment, the first and the last included."""
    return (request.end - request.start).days + 1


def find_earliest(asking: Asking) -> date:
    """Return the first day on which open dates may begin: today, or the day asked if it is past."""
    return min(asking.today, asking.request.start)


def _explain_window(finding: Finding) -> Facts:
    request, availability = finding.asking.request, finding.mediator.availability
    if availability is None:
        return {}
    facts: Facts = {
        "asked_from": request.start,
        "asked_to": request.end,
        "from": availability.window_from,
        "to": availability.window_to,
        "status": availability.status,
    }
    if finding.outcome == o.PASS:
        return facts
    stay = availability.longest_stay_days
    asked = count_days(request)
    if availability.status not in WORKING:
        return {**facts, "why": "status"}
    days = _count_missing_days(finding)
    if days:
        return {**facts, "why": "window", "days": days}
    return {**facts, "why": "stay", "stay": stay, "stay_asked": asked, "days": asked - (stay or 0)}


def _count_missing_days(finding: Finding) -> int:
    """Return the days missing at the start plus those missing at the end of her window."""
    request, availability = finding.asking.request, finding.mediator.availability
    if availability is None:
        return 0
    begin, end = availability.window_from, availability.window_to
    if request.dates_are_open:
        first = max(begin or date.min, find_earliest(finding.asking))
        room = (end - first).days + 1 if end else count_days(request)
        return max(count_days(request) - max(room, 0), 0)
    late = (begin - request.start).days if begin else 0
    early = (request.end - end).days if end else 0
    return max(late, 0) + max(early, 0)


@GATES.gate(
    "window",
    Scope.REQUEST,
    asks=ask_always,
    outcomes=(o.PASS, o.A2, o.A2_UNKNOWN),
    ground="freshness",
    explain=_explain_window,
)
def judge_window(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Does her window cover the whole assignment, from the first to the last day?

    Passes where it does; a window without first or last day is open at that end. A2 where days are
    missing, where the assignment on the spot is longer than her longest stay, and where she says
    unavailable or on assignment for those dates. Unknown (A2) for dates outside the window of such
    a *no*: being back is not yet being available. How far: the days missing. Where any dates will
    do, her window must hold as many days in a row, from today on.
    """
    table, request = columns.singles["availability"], asking.request
    begin, end = table.only("window_from", rows), table.only("window_to", rows)
    offers = is_status(columns, rows, *WORKING)
    is_outside = ((end != NO_DAY) & (end < request.start.toordinal())) | (
        (begin != NO_DAY) & (begin > request.end.toordinal())
    )
    if request.dates_are_open:
        first = np.maximum(begin, find_earliest(asking).toordinal())
        falls_short = (end != NO_DAY) & (end - first + 1 < count_days(request))
    else:
        starts_late = (begin != NO_DAY) & (begin > request.start.toordinal())
        falls_short = starts_late | ((end != NO_DAY) & (end < request.end.toordinal()))
    return Judged(
        choose(
            {
                o.A2_UNKNOWN: ~offers & is_outside,
                o.A2: ~offers | falls_short | _is_stay_too_long(columns, rows, asking),
            },
            rows,
            o.PASS,
        )
    )


def _is_stay_too_long(columns: Columns, rows: Ints, asking: Asking) -> NDArray[np.bool_]:
    if asking.request.modality == "remote":
        return np.zeros(len(rows), np.bool_)
    longest = columns.singles["availability"].only("longest_stay_days", rows)
    days = count_days(asking.request)
    is_too_long: NDArray[np.bool_] = (longest != NO_NUMBER) & (longest < days)
    return is_too_long
