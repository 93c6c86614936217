"""How she can work: notice, days per month, modality, place, weekly and seasonal rhythm."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.calendar import list_months
from matching.codecs import NO_NUMBER, Choices
from matching.columns import Columns
from matching.criteria import (
    GATES,
    Asking,
    Facts,
    Finding,
    Judged,
    Scope,
    choose,
    pick_best,
)
from matching.facts import Request
from matching.gates.availability import count_days
from matching.layout import MODALITIES
from matching.tables import Ints
from matching.terms import Terms

IN_PERSON, REMOTE, HYBRID, HOME_COUNTRY_ONLY = (1 << place for place in range(len(MODALITIES)))


def _ask_notice(asking: Asking) -> Sequence[Hashable]:
    return () if asking.request.notice_days is None else (asking.request.notice_days,)


def _explain_notice(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    found = availability.notice_days if availability else None
    return {"asked": finding.wish, "found": found, "days": max((found or 0) - finding.wish, 0)}


@GATES.gate(
    "notice",
    Scope.REQUEST,
    asks=_ask_notice,
    outcomes=(o.PASS, o.A3, o.A3_UNKNOWN),
    ground="freshness",
    explain=_explain_notice,
)
def judge_notice(columns: Columns, rows: Ints, wish: int, asking: Asking) -> Judged:
    """Can she be there within the days of notice that the request gives?

    Passes if she needs no more. A3 if she needs more (how far: the days more), unknown (A3) if she
    has not said. Not asked where the request gives no notice.
    """
    found = columns.singles["availability"].only("notice_days", rows)
    return Judged(
        choose(
            {
                o.A3_UNKNOWN: found == NO_NUMBER,
                o.A3: found > wish,
            },
            rows,
            o.PASS,
        )
    )


def _ask_days(asking: Asking) -> Sequence[Hashable]:
    return () if asking.request.days_per_month is None else (asking.request.days_per_month,)


def find_fullest_month(request: Request, days_per_month: int) -> tuple[date | None, int]:
    """Return the first month that needs most days of her, by its first day, and how many it needs.

    A month needs the days asked, or all days of the assignment that fall in it where they are
    fewer. None is no certain month: where the dates are open they may fall in one.
    """
    if request.dates_are_open:
        return None, min(days_per_month, count_days(request))
    months = list_months(request.start, request.end)
    needed = [(month, min(days_per_month, days)) for month, days in months]
    return max(needed, key=lambda one: one[1])


def _explain_days(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    found = availability.days_per_month if availability else None
    month, needed = find_fullest_month(finding.asking.request, finding.wish)
    days = 0 if found is None else max(needed - found, 0)
    facts: Facts = {"asked": finding.wish, "found": found, "days": days}
    return {**facts, "month": month, "days_asked": needed}


@GATES.gate(
    "days_per_month",
    Scope.REQUEST,
    asks=_ask_days,
    outcomes=(o.PASS, o.A4, o.A4_UNKNOWN),
    ground="freshness",
    explain=_explain_days,
)
def judge_days_per_month(columns: Columns, rows: Ints, wish: int, asking: Asking) -> Judged:
    """Can she give the days per month that the work takes?

    A month needs as many, or all days of the assignment that fall in it where they are fewer, as in
    a first or last month. Passes if she gives what the fullest month needs, or more. A4 if fewer
    (how far: the days lacking in that month), unknown (A4) if she has not said. Not asked where the
    request names no number.
    """
    _, needed = find_fullest_month(asking.request, wish)
    found = columns.singles["availability"].only("days_per_month", rows)
    return Judged(
        choose(
            {
                o.A4_UNKNOWN: found == NO_NUMBER,
                o.A4: found < needed,
            },
            rows,
            o.PASS,
        )
    )


def _ask_modality(asking: Asking) -> Sequence[Hashable]:
    return () if asking.request.modality == "any" else (None,)


def _explain_modality(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    offered = availability.modalities if availability else None
    found = None if offered is None else tuple(sorted(offered))
    return {"asked": (finding.asking.request.modality,), "found": found}


def _meets_modality(asked: str, offered: NDArray[np.uint8]) -> NDArray[np.bool_]:
    in_person, remote = (offered & IN_PERSON) > 0, (offered & REMOTE) > 0
    hybrid: NDArray[np.bool_] = (offered & HYBRID) > 0
    met = {"remote": remote | hybrid, "hybrid": hybrid | (in_person & remote)}
    meets: NDArray[np.bool_] = met.get(asked, in_person)
    return meets


@GATES.gate(
    "modality",
    Scope.REQUEST,
    asks=_ask_modality,
    outcomes=(o.PASS, o.A5, o.A5_UNKNOWN),
    ground="freshness",
    explain=_explain_modality,
)
def judge_modality(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Does she work in the way that is asked: in person, remote or hybrid?

    In person is met by *in person*, and by *home country only* where the work is in her country of
    residence; remote by *remote* or *hybrid*; hybrid by *hybrid*, or by *in person* and *remote*
    together, or at home as before. Else A5; unknown (A5) if she has not said, or if *home country
    only* meets an unknown residence. Not asked where any way of working will do.
    """
    offered = columns.singles["availability"].only("modalities", rows)
    asked, place = asking.request.modality, asking.request.place
    meets = _meets_modality(asked, offered)
    at_home = ((offered & HOME_COUNTRY_ONLY) != 0) & (asked != "remote")
    residence = columns.scalars["residence"][rows]
    is_home = at_home & (residence == (columns.codes.find(place) or -1))
    is_unknown = (offered == Choices.unknown) | (at_home & is_residence_unknown(columns, rows))
    return Judged(
        choose(
            {
                o.PASS: meets & (offered != Choices.unknown) | is_home,
                o.A5_UNKNOWN: is_unknown,
            },
            rows,
            o.A5,
        )
    )


def is_residence_unknown(columns: Columns, rows: Ints) -> NDArray[np.bool_]:
    """Tell for each row whether her residence is not known or not disclosed."""
    residence = columns.scalars["residence"][rows]
    return np.isin(residence, [0, columns.codes.find("undisclosed") or 0])


def _ask_place(asking: Asking) -> Sequence[Hashable]:
    request = asking.request
    if request.place is None or request.modality == "remote":
        return ()
    return ((request.place, *list_regions_of(asking.terms, request.place)),)


def list_regions_of(terms: Terms, country: str) -> tuple[str, ...]:
    """Return the regions above a country, nearest first; none for a code that is no country."""
    return terms.ancestors("country", country) if terms.has("country", country) else ()


def _explain_place(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    refused = availability.refused if availability else frozenset()
    found = tuple(code for code in finding.wish if code in refused)
    return {"asked": finding.wish[:1], "found": found}


@GATES.gate(
    "place",
    Scope.REQUEST,
    asks=_ask_place,
    outcomes=(o.PASS, o.A5),
    ground="freshness",
    explain=_explain_place,
    table="refused",
)
def judge_place(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Judged:
    """Would she go to the place of the work?

    A5 if she refuses the country or a region (UN M49) in which it lies. Not asked of remote work
    or without a place.
    """
    table = columns.tables["refused"]
    entries = table.find("value", wish)
    return pick_best(rows, table.owner[entries], entries, o.A5, o.PASS)


def _ask_rhythm(asking: Asking) -> Sequence[Hashable]:
    rhythm = asking.request.rhythm
    return (tuple(sorted(rhythm)),) if rhythm else ()


def _explain_rhythm(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    kept = availability.keeps_free if availability else frozenset()
    return {"found": tuple(code for code in finding.wish if code in kept)}


@GATES.gate(
    "rhythm",
    Scope.REQUEST,
    asks=_ask_rhythm,
    outcomes=(o.PASS, o.A6),
    ground="freshness",
    explain=_explain_rhythm,
    table="keeps_free",
)
def judge_rhythm(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Judged:
    """Does the work fall on weekdays, seasons or observances that she keeps free?

    A6 is a flag: it passes, and the clash is said.
    """
    table = columns.tables["keeps_free"]
    entries = table.find("value", wish)
    return pick_best(rows, table.owner[entries], entries, o.A6, o.PASS)
